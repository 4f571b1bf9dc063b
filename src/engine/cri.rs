//! What the kubelet asks of the runtime, and what it answers: the CRI, in short.

use super::bandwidth::Bandwidth;
use crate::base::SimTime;
use crate::shell::User;
use crate::shell::behaviour::{Behaviour, Port};
use std::rc::Rc;

/// Which processes the containers of a Pod see.
/// Source: kubelet kuberuntime/util NamespacesForPod
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PidMode {
    /// Each its own.
    #[default]
    Container,
    /// All those of the Pod (`shareProcessNamespace`).
    Pod,
    /// All those of the node (`hostPID`).
    Node,
}

/// A call of the CRI.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RuntimeCall {
    /// Make the Pod's sandbox: pause, network, address.
    RunSandbox {
        /// Pod UID.
        uid: String,
        /// Host name of its containers.
        hostname: String,
        /// Which processes its containers see.
        pid_mode: PidMode,
        /// Whether it shares the node's network.
        host_network: bool,
        /// What its annotations say of its bandwidth.
        bandwidth: Bandwidth,
        /// Ports of the node that lead to ports of the Pod.
        host_ports: Vec<(u16, u16)>,
        /// Their `/etc/resolv.conf`.
        resolv: String,
    },
    /// Make, fill or check the Pod's volumes on the node's disk.
    ///
    /// The kubelet itself does this on a node; the disk is the runtime's here, as the processes
    /// that use it are.
    Volumes {
        /// Pod UID.
        uid: String,
        /// What to do, a volume each.
        work: Rc<Vec<VolumeWork>>,
    },
    /// What do these files of the Pod's volumes say? Read by the kubelet itself on a node, too.
    Files {
        /// Pod UID.
        uid: String,
        /// Volume names, and paths in them.
        wanted: Vec<(String, String)>,
    },
    /// What does each Pod use?
    NodeUse,
    /// How much local storage does the Pod use?
    Storage {
        /// Pod UID.
        uid: String,
    },
    /// Is the image on the node?
    ImageStatus {
        /// Image reference, as written.
        image: String,
    },
    /// Fetch an image.
    Pull {
        /// Image reference, as written.
        image: String,
        /// What the Pod says of it.
        behaviour: Rc<Behaviour>,
    },
    /// Create a container.
    Create(Rc<CreateSpec>),
    /// Start it.
    Start(u64),
    /// Stop it: signal, wait, SIGKILL.
    Stop {
        /// Which instance.
        instance: u64,
        /// How long to wait for the signal to work.
        timeout: SimTime,
    },
    /// Run a command in a container, and wait.
    Exec {
        /// Which instance.
        instance: u64,
        /// The command.
        argv: Vec<String>,
        /// How long it may take; `None`: any time.
        timeout: Option<SimTime>,
    },
    /// Forget instances that do not run.
    RemoveContainers {
        /// Which.
        instances: Vec<u64>,
    },
    /// Stop the Pod's sandbox.
    StopSandbox {
        /// Pod UID.
        uid: String,
    },
    /// Remove everything of a Pod.
    RemovePod {
        /// Pod UID.
        uid: String,
    },
    /// What is there of one Pod, or of all?
    List {
        /// Pod UID.
        of: Option<String>,
    },
}

/// A container to create.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CreateSpec {
    /// Pod UID.
    pub uid: String,
    /// Pod name.
    pub pod: String,
    /// Container name.
    pub container: String,
    /// Restart count.
    pub attempt: u32,
    /// Image reference, as written.
    pub image: String,
    /// How willing the kernel is to kill it (`oom_score_adj`).
    pub oom_score: i64,
    /// `command` of the container.
    pub command: Vec<String>,
    /// `args` of the container.
    pub args: Vec<String>,
    /// Environment.
    pub env: Vec<(String, String)>,
    /// Working directory, may be empty.
    pub cwd: String,
    /// Where the termination message is read; empty: nowhere.
    pub message_path: String,
    /// Whether the end of the log is the message of a container that failed without one.
    pub message_from_log: bool,
    /// Its `/etc/hosts`.
    pub hosts: String,
    /// What it mounts.
    pub mounts: Vec<MountSpec>,
    /// Whether it may not write outside of its mounts.
    pub read_only_root: bool,
    /// Whether its standard input is open (`stdin`, `tty`): nobody writes there, but it never ends.
    pub stdin: bool,
    /// Whether it has a terminal (`tty`).
    pub terminal: bool,
    /// Who its processes are.
    pub user: UserSpec,
    /// Memory and processor time that it may use.
    pub limits: crate::shell::Limits,
    /// The fields that name the command, as paths in the Pod.
    pub fields: Vec<String>,
    /// What the Pod's annotations say that the program does.
    pub behaviour: Rc<Behaviour>,
    /// Ports that the container's ports, probes and hooks name.
    pub ports: Vec<Port>,
}

/// Who the processes of a container are to be.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UserSpec {
    /// User id; else the image's.
    pub uid: Option<u32>,
    /// Group id; else the one that the image has for the user.
    pub gid: Option<u32>,
    /// More groups.
    pub groups: Vec<u32>,
    /// Whether the groups of the image's `/etc/group` do not count.
    pub strict: bool,
}

/// A mount of a container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MountSpec {
    /// Where in the container.
    pub path: String,
    /// The volume's id on the node.
    pub volume: String,
    /// What of the volume is shown; empty for all of it. A directory that is missing is made.
    pub sub_path: String,
    /// Whether writing is refused.
    pub read_only: bool,
    /// Where it is on the node, for error messages.
    pub source: String,
}

/// What is done to a volume on the node's disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VolumeWork {
    /// An empty volume, if there is none of this id yet.
    Empty {
        /// The volume's id on the node.
        id: String,
        /// Room in bytes; `None`: as the disk has it.
        limit: Option<u64>,
        /// The group that owns it.
        group: Option<u32>,
    },
    /// A volume of the network, whose content is the same on every node.
    Network {
        /// Its id: the same on every node.
        id: String,
        /// Room in bytes; `None`: nobody counts.
        limit: Option<u64>,
        /// The group that owns it.
        group: Option<u32>,
    },
    /// Exactly these files, all at once.
    Files {
        /// The volume's id on the node.
        id: String,
        /// The files.
        files: Rc<Vec<VolumeFile>>,
        /// The name of the directory that holds this version of them.
        version: String,
        /// Whether they are kept in memory.
        in_memory: bool,
        /// The group that owns them.
        group: Option<u32>,
    },
    /// A path of the node, checked or made.
    HostPath {
        /// The volume's name in the Pod.
        volume: String,
        /// The path.
        path: String,
        /// `type` of the volume.
        kind: String,
    },
}

/// Local storage that a Pod uses, in bytes and inodes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StorageUse {
    /// By volume name.
    pub volumes: Vec<(String, u64)>,
    /// By container name: what it wrote outside of volumes, and its log.
    pub containers: Vec<(String, u64)>,
    /// Files, directories and links by volume name; of the containers, under the empty name.
    pub inodes: Vec<(String, u64)>,
}

/// What a Pod uses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PodUsage {
    /// Memory in bytes, by container name.
    pub memory: Vec<(String, u64)>,
    /// Local storage.
    pub storage: StorageUse,
}

/// What a node's Pods use.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NodeUse {
    /// By Pod UID.
    pub pods: Vec<(String, PodUsage)>,
    /// Whether something outside of Pods takes all memory, or all disk, that is left.
    pub hogged: [bool; 2],
    /// Whether it may run short soon.
    pub strained: bool,
}

/// A file of a volume.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VolumeFile {
    /// Path inside the volume.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// Permission bits.
    pub mode: u16,
}

/// How the ids of volumes of the network begin.
pub const NETWORK_VOLUME: &str = "pv/";

/// The volume id of the node's own disk.
pub const HOST_DISK: &str = "host";

/// How an error of the runtime without a code of its own begins.
pub const RPC_UNKNOWN: &str = "rpc error: code = Unknown desc = ";

/// An answer of the CRI.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RuntimeReply {
    /// The sandbox is up, with this address.
    Sandbox(String),
    /// It could not be made: why.
    SandboxFailed(String),
    /// The volumes are as they were wanted, but for these: name and what is wrong.
    Volumes(Vec<(String, String)>),
    /// The files that were asked for: volume, path, and the text of those that are there.
    Files(Vec<(String, String, Option<String>)>),
    /// Local storage in use.
    Storage(Rc<StorageUse>),
    /// What the node's Pods use.
    NodeUse(Rc<NodeUse>),
    /// Whether the image is on the node.
    ImageStatus(bool),
    /// The image is there; how long it took, waiting for other pulls included, and its size.
    Pulled {
        /// The pull itself.
        took: SimTime,
        /// With waiting.
        waited: SimTime,
        /// Bytes.
        size: u64,
    },
    /// The image is not to be had.
    PullFailed(String),
    /// The container's number.
    Created(u64),
    /// Its process runs.
    Started,
    /// Its process could not be started.
    StartFailed(String),
    /// It is stopped.
    Stopped,
    /// A command ended.
    Execed {
        /// Exit code.
        code: i32,
        /// What it wrote to stdout.
        stdout: String,
        /// What it wrote to stderr.
        stderr: String,
    },
    /// A command took too long and was killed.
    ExecTimeout,
    /// A command could not be run.
    ExecFailed(String),
    /// The sandbox is stopped.
    SandboxStopped,
    /// Everything of the Pod is removed.
    Removed,
    /// The Pods that were asked for, by UID.
    Listed {
        /// When it was looked.
        at: SimTime,
        /// What was there.
        pods: Rc<Vec<Rc<PodSnapshot>>>,
    },
}

/// A Pod as the runtime has it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PodSnapshot {
    /// Pod UID.
    pub uid: String,
    /// Whether its sandbox is up.
    pub sandbox_ready: bool,
    /// When its sandbox was made.
    pub sandbox_created: SimTime,
    /// Its address.
    pub ip: String,
    /// Its container instances, the newest first.
    pub instances: Vec<InstanceStatus>,
}

/// State of an instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InstanceState {
    /// Created.
    Created,
    /// Running.
    Running,
    /// Ended.
    Exited,
}

/// An instance as the runtime has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstanceStatus {
    /// Its number.
    pub id: u64,
    /// Its id, as the API shows it.
    pub container_id: String,
    /// Container name.
    pub name: String,
    /// Restart count.
    pub attempt: u32,
    /// State.
    pub state: InstanceState,
    /// When it was created.
    pub created: SimTime,
    /// When it started (`None` if it could not).
    pub started: Option<SimTime>,
    /// When it ended.
    pub finished: Option<SimTime>,
    /// Exit code, if it ended.
    pub exit_code: i32,
    /// `Completed`, `Error`, `StartError` …
    pub reason: String,
    /// Termination message.
    pub message: String,
    /// The image in full, and its digest.
    pub image: (String, String),
    /// Image reference, as it was asked for.
    pub asked_image: String,
    /// Who its first process is.
    pub user: User,
}

impl PodSnapshot {
    /// Whether a container has an instance in the sandbox that is up.
    /// Source: kubelet/container/helpers.go HasAnyActiveRegularContainerStarted
    pub fn is_active(&self, name: &str) -> bool {
        let here = |i: &InstanceStatus| i.name == name && i.created >= self.sandbox_created;
        self.sandbox_ready && self.instances.iter().any(here)
    }

    /// The newest instance of a container.
    pub fn newest(&self, name: &str) -> Option<&InstanceStatus> {
        self.instances.iter().find(|i| i.name == name)
    }

    /// The second newest instance of a container.
    pub fn before(&self, name: &str) -> Option<&InstanceStatus> {
        self.instances.iter().filter(|i| i.name == name).nth(1)
    }

    /// The newest instance of a container that has ended.
    pub fn newest_exited(&self, name: &str) -> Option<&InstanceStatus> {
        let ended = |i: &&InstanceStatus| i.name == name && i.state == InstanceState::Exited;
        self.instances.iter().find(ended)
    }
}

impl RuntimeCall {
    /// Whether something new comes of it.
    pub fn starts(&self) -> bool {
        matches!(
            self,
            RuntimeCall::RunSandbox { .. } | RuntimeCall::Create(_) | RuntimeCall::Start(_)
        )
    }

    /// The CRI's own name of the call.
    pub fn label(&self) -> String {
        match self {
            RuntimeCall::RunSandbox { .. } => "RunPodSandbox".into(),
            RuntimeCall::Volumes { .. } => "volumes".into(),
            RuntimeCall::Files { .. } => "env files".into(),
            RuntimeCall::Storage { .. } | RuntimeCall::NodeUse => "ListPodSandboxStats".into(),
            RuntimeCall::ImageStatus { image } => format!("ImageStatus {image}"),
            RuntimeCall::Pull { image, .. } => format!("PullImage {image}"),
            RuntimeCall::Create(spec) => format!("CreateContainer {}", spec.container),
            RuntimeCall::Start(_) => "StartContainer".into(),
            RuntimeCall::Stop { timeout, .. } => format!("StopContainer {}s", timeout.as_secs()),
            RuntimeCall::Exec { argv, .. } => format!("ExecSync {}", argv.join(" ")),
            RuntimeCall::RemoveContainers { .. } => "RemoveContainer".into(),
            RuntimeCall::StopSandbox { .. } => "StopPodSandbox".into(),
            RuntimeCall::RemovePod { .. } => "RemovePodSandbox".into(),
            RuntimeCall::List { .. } => "ListContainers".into(),
        }
    }
}

impl RuntimeReply {
    /// The answer in a word or two.
    pub fn label(&self) -> String {
        match self {
            RuntimeReply::Sandbox(ip) => format!("sandbox {ip}"),
            RuntimeReply::SandboxFailed(error) => error.clone(),
            RuntimeReply::Volumes(errors) if errors.is_empty() => "mounted".into(),
            RuntimeReply::Volumes(_) => "not mounted".into(),
            RuntimeReply::Files(_) => "env files".into(),
            RuntimeReply::Storage(_) | RuntimeReply::NodeUse(_) => "stats".into(),
            RuntimeReply::ImageStatus(true) => "present".into(),
            RuntimeReply::ImageStatus(false) => "absent".into(),
            RuntimeReply::Pulled { .. } => "pulled".into(),
            RuntimeReply::PullFailed(_) => "pull failed".into(),
            RuntimeReply::Created(_) => "created".into(),
            RuntimeReply::Started => "started".into(),
            RuntimeReply::StartFailed(_) => "StartError".into(),
            RuntimeReply::Stopped => "stopped".into(),
            RuntimeReply::Execed { code, .. } => format!("exit {code}"),
            RuntimeReply::ExecTimeout => "timed out".into(),
            RuntimeReply::ExecFailed(_) => "exec failed".into(),
            RuntimeReply::SandboxStopped => "sandbox stopped".into(),
            RuntimeReply::Removed => "removed".into(),
            RuntimeReply::Listed { .. } => "containers".into(),
        }
    }
}
