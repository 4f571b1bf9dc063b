//! The inspector: one object, and all that can be known of it at the cursor.

use super::processes::{ProcessView, SharedView, UsageView};
use super::sharing::SharingView;
use super::stage::{ConditionView, LogView};
use crate::base::{Said, SimTime};

/// What is inspected, and which side of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inspect {
    /// `Pod`, `Node` …
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The container of a Pod that is looked at; empty: all of them.
    pub container: String,
    /// Which side.
    pub section: Section,
    /// Since when the YAML is compared.
    pub since: Since,
}

/// A side of an object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Section {
    /// `kubectl describe`.
    #[default]
    Describe,
    /// The object, with what has changed.
    Yaml,
    /// Its conditions.
    Conditions,
    /// Its Events.
    Events,
    /// What its containers wrote.
    Logs,
    /// What its containers see of files.
    Files,
    /// Its processes.
    Processes,
    /// Its addresses and namespaces.
    Network,
    /// What it asks for, may use and uses.
    Resources,
}

impl Section {
    /// All of them, in the order of the tabs.
    pub const ALL: [Section; 9] = [
        Section::Describe,
        Section::Yaml,
        Section::Conditions,
        Section::Events,
        Section::Logs,
        Section::Files,
        Section::Processes,
        Section::Network,
        Section::Resources,
    ];

    /// A word for ids.
    pub const fn code(self) -> &'static str {
        match self {
            Section::Describe => "describe",
            Section::Yaml => "yaml",
            Section::Conditions => "conditions",
            Section::Events => "events",
            Section::Logs => "logs",
            Section::Files => "files",
            Section::Processes => "processes",
            Section::Network => "network",
            Section::Resources => "resources",
        }
    }

    /// Whether it tells of one container as well as of all of a Pod.
    pub const fn is_of_containers(self) -> bool {
        matches!(self, Section::Logs | Section::Files | Section::Processes | Section::Resources)
    }

    /// The sides that objects of a kind have.
    pub fn of(kind: &str) -> &'static [Section] {
        if kind == "Pod" { &Section::ALL } else { &Section::ALL[..4] }
    }
}

/// With which state of the object its YAML is compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Since {
    /// As it was at the mark before the cursor.
    #[default]
    Mark,
    /// As it was before it changed last.
    Change,
    /// As it was at first.
    Start,
}

/// What the inspector shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InspectorView {
    /// The moment.
    pub now: SimTime,
    /// What is inspected.
    pub chosen: Inspect,
    /// What could be: kind and name, Pods first.
    pub objects: Vec<(String, String)>,
    /// The Pod's containers, of which one may be looked at.
    pub containers: Vec<String>,
    /// Whether the object is there at this moment.
    pub here: bool,
    /// The command that shows the same in a real cluster, with the word kubectl; may be empty.
    pub command: String,
    /// What is shown.
    pub body: Body,
}

/// A side of the object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Body {
    /// The object is not there.
    #[default]
    Gone,
    /// A text of kubectl's.
    Text(String),
    /// The object with what changed.
    Yaml(YamlView),
    /// Conditions, and why the truths of a Pod differ.
    Conditions(Vec<ConditionView>, Vec<Said>),
    /// Events, the oldest first.
    Events(Vec<EventView>),
    /// Instances, those of a container by number.
    Logs(Vec<LogsView>),
    /// Containers with their files.
    Files(Vec<FilesView>),
    /// Containers with their processes.
    Processes(Vec<(String, Vec<ProcessView>)>, Option<SharedView>),
    /// The network.
    Network(Box<NetworkView>),
    /// Resources.
    Resources(Box<ResourcesView>),
}

/// An object as YAML, line by line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct YamlView {
    /// The lines, those that are gone among them.
    pub lines: Vec<DiffLine>,
    /// When the other state was; `None`: there is none.
    pub since: Option<SimTime>,
    /// When the object changed last.
    pub changed: Option<SimTime>,
}

/// A line of a text that is compared with another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DiffLine {
    /// The line.
    pub text: String,
    /// What became of it.
    pub change: LineChange,
}

/// What became of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LineChange {
    /// It stands in both.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its key had this line before.
    Changed(String),
}

/// An Event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventView {
    /// First time.
    pub first: SimTime,
    /// Last time.
    pub last: SimTime,
    /// Whether it is a Warning.
    pub warning: bool,
    /// One word.
    pub reason: String,
    /// Who told.
    pub from: String,
    /// How often.
    pub count: u32,
    /// `spec.containers{app}`, may be empty.
    pub field: String,
    /// For people.
    pub message: String,
}

/// What an instance of a container wrote.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogsView {
    /// The container.
    pub container: String,
    /// Its restart count.
    pub instance: u32,
    /// Who still has the lines.
    pub kept: LogKept,
    /// When it started, if it did.
    pub started: Option<SimTime>,
    /// When and with which code it ended, if it did.
    pub ended: Option<(SimTime, String)>,
    /// The newest lines.
    pub lines: Vec<LogView>,
    /// Older lines that are not given.
    pub earlier: usize,
}

/// Who still has an instance's log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogKept {
    /// `kubectl logs`.
    Current,
    /// `kubectl logs --previous`.
    Previous,
    /// Nobody: the kubelet has removed the instance. Only this simulation remembers.
    Gone,
}

/// The files that a container sees besides those of its image.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilesView {
    /// The container.
    pub container: String,
    /// Which instance; `None`: there is none yet.
    pub instance: Option<u32>,
    /// Where they are.
    pub places: Vec<PlaceView>,
}

/// A mount, or the container's own layer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlaceView {
    /// Where in the container; empty: its own layer.
    pub path: String,
    /// What it is: `emptyDir cache`, `configMap settings`.
    pub source: String,
    /// How long it lasts.
    pub lives: Lives,
    /// Whether writing is refused.
    pub read_only: bool,
    /// What is in it.
    pub files: Vec<FileView>,
    /// Files that are not given.
    pub more: usize,
}

/// How long files last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lives {
    /// Gone with the instance: a restart begins anew.
    Container,
    /// Written anew by the kubelet at each start.
    EachStart,
    /// Survives restarts, gone with the Pod.
    Pod,
    /// Comes from the API and is kept up to date; gone with the Pod.
    FromApi,
    /// Stays on the node.
    Node,
    /// Stays with its claim.
    Claim,
}

/// A file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileView {
    /// Its whole path.
    pub path: String,
    /// As `ls -l` has it: `-rw-r--r--`.
    pub mode: String,
    /// Bytes.
    pub size: u64,
    /// When it changed last.
    pub modified: SimTime,
    /// Where a link leads; empty: it is none.
    pub link: String,
    /// What is in it, as far as it is text; `None` for directories and what is no text.
    pub text: Option<String>,
    /// Whether that is only its beginning.
    pub cut: bool,
}

/// A Pod in the network.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NetworkView {
    /// `status.podIP`.
    pub ip: String,
    /// `status.hostIP`.
    pub host_ip: String,
    /// Whether it uses the node's network.
    pub host_network: bool,
    /// The host name of its containers.
    pub hostname: String,
    /// Who shares what, while the sandbox is there.
    pub sharing: Option<SharingView>,
    /// Ports as the manifest has them: container, `80/TCP http`, and whether somebody listens.
    pub declared: Vec<(String, String, bool)>,
    /// Services that select it: name, `ClusterIP:port`, and its endpoint's state.
    pub services: Vec<(String, String, EndpointState)>,
}

/// What a Service says of a Pod.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EndpointState {
    /// It gets requests.
    Ready,
    /// It does not.
    NotReady,
    /// It is being deleted and still serves.
    Serving,
    /// It is being deleted and does not serve.
    Terminating,
    /// It is selected but not among the endpoints.
    Absent,
}

/// What a Pod asks for, may use and uses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ResourcesView {
    /// The class.
    pub qos: String,
    /// Its containers.
    pub rows: Vec<ResourceRow>,
    /// What the scheduler counts for the whole Pod: processors and memory.
    pub counted: [String; 2],
    /// The node's name, and what it has to give: processors and memory.
    pub node: Option<(String, [String; 2])>,
}

/// What a container asks for, may use and uses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ResourceRow {
    /// The container.
    pub container: String,
    /// Requests as written: processors, memory; empty: none.
    pub requests: [String; 2],
    /// Limits as written: processors, memory; empty: none.
    pub limits: [String; 2],
    /// What it uses, while it runs.
    pub usage: Option<UsageView>,
    /// How willing the kernel is to kill it; `None`: it was never created.
    pub oom_score_adj: Option<i64>,
}
