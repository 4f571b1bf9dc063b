//! A Pod's status, as the kubelet writes it.

use super::time::Timestamp;
use crate::base::json::{Value, fields, json, words};

/// `status.phase`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    /// Accepted; not everything started yet.
    #[default]
    Pending,
    /// Everything was started, something runs or will be restarted.
    Running,
    /// All ended with exit code 0 and none will be restarted.
    Succeeded,
    /// All ended, one or more badly, and none will be restarted.
    Failed,
    /// Nothing of a cluster writes it since 2015; a client still can.
    /// Source: core/v1/types.go PodUnknown
    Unknown,
}
words!(Phase { Pending, Running, Succeeded, Failed, Unknown });

impl Phase {
    /// As written in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Pending => "Pending",
            Phase::Running => "Running",
            Phase::Succeeded => "Succeeded",
            Phase::Failed => "Failed",
            Phase::Unknown => "Unknown",
        }
    }

    /// Succeeded and Failed are never left.
    pub fn is_terminal(self) -> bool {
        matches!(self, Phase::Succeeded | Phase::Failed)
    }
}

/// Status of a Pod.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PodStatus {
    /// What the Pod as a whole was given of what it asks for.
    pub allocated_resources: Option<Value>,
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// App containers, by name.
    pub container_statuses: Vec<ContainerStatus>,
    /// Containers added to debug the Pod.
    pub ephemeral_container_statuses: Vec<ContainerStatus>,
    /// The node's address.
    pub host_ip: String,
    /// The same, as a list.
    pub host_ips: Vec<Address>,
    /// Init containers, in spec order.
    pub init_container_statuses: Vec<ContainerStatus>,
    /// Why, for people.
    pub message: String,
    /// The node on which Pods are ending to make room for it.
    pub nominated_node_name: String,
    /// The generation of the spec that this status speaks of.
    pub observed_generation: Option<i64>,
    /// Phase.
    pub phase: Phase,
    /// The Pod's address.
    pub pod_ip: String,
    /// The same, as a list.
    pub pod_ips: Vec<Address>,
    /// Quality of service.
    pub qos_class: String,
    /// Why, as a word.
    pub reason: String,
    /// What the Pod as a whole asks for and may use.
    pub resources: Option<Value>,
    /// When the kubelet first wrote a status.
    pub start_time: Option<Timestamp>,
}
fields!(PodStatus {
    allocated_resources, conditions, container_statuses, ephemeral_container_statuses,
    host_ip = "hostIP", host_ips = "hostIPs", init_container_statuses, message,
    nominated_node_name, observed_generation, pod_ip = "podIP", pod_ips = "podIPs",
    qos_class, reason, resources, start_time;
    phase,
});

/// An IP address.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Address {
    /// The address.
    pub ip: String,
}
fields!(Address { ; ip });

impl PodStatus {
    /// The condition of this type.
    pub fn condition(&self, kind: &str) -> Option<&Condition> {
        self.conditions.iter().find(|c| c.kind == kind)
    }

    /// Whether the condition of this type is True.
    pub fn is_true(&self, kind: &str) -> bool {
        self.condition(kind).is_some_and(|c| c.status == "True")
    }

    /// The status of the container of this name, of either list.
    pub fn container(&self, name: &str) -> Option<&ContainerStatus> {
        let ephemeral = self.ephemeral_container_statuses.iter();
        self.all_containers().chain(ephemeral).find(|c| c.name == name)
    }

    /// The statuses of all containers but ephemeral ones, init containers first.
    pub fn all_containers(&self) -> impl Iterator<Item = &ContainerStatus> {
        self.init_container_statuses.iter().chain(&self.container_statuses)
    }
}

/// A condition of a Pod.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Condition {
    /// Always null for Pods.
    pub last_probe_time: Option<Timestamp>,
    /// When `status` changed last.
    pub last_transition_time: Option<Timestamp>,
    /// Why, for people.
    pub message: String,
    /// The generation it speaks of.
    pub observed_generation: Option<i64>,
    /// Why, as a word.
    pub reason: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// `Ready` …
    pub kind: String,
}
fields!(Condition {
    message, observed_generation, reason;
    last_probe_time, last_transition_time, status, kind = "type",
});

impl Condition {
    /// Whether the kubelet, and nobody else, writes conditions of this type.
    /// Source: kubelet/types/pod_status.go PodConditionByKubelet
    pub fn is_kubelets(&self) -> bool {
        let own = [
            "PodScheduled",
            "Ready",
            "Initialized",
            "ContainersReady",
            "PodReadyToStartContainers",
            "PodResizePending",
            "PodResizeInProgress",
            "AllContainersRestarting",
        ];
        own.contains(&self.kind.as_str())
    }
}

/// Status of a container.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ContainerStatus {
    /// What it was given of what it asks for.
    pub allocated_resources: Option<Value>,
    /// The instance's id.
    pub container_id: String,
    /// The image that runs, in full once it runs.
    pub image: String,
    /// The image's digest.
    pub image_id: String,
    /// The instance before.
    pub last_state: ContainerState,
    /// Name.
    pub name: String,
    /// Whether it is ready.
    pub ready: bool,
    /// What it asks for and may use, once there is an instance.
    pub resources: Option<Value>,
    /// How many instances there were before.
    pub restart_count: u32,
    /// Whether it counts as started (startup probe).
    pub started: Option<bool>,
    /// What it does now.
    pub state: ContainerState,
    /// Who its first process is.
    pub user: Option<Value>,
    /// Its mounts.
    pub volume_mounts: Vec<Value>,
}
fields!(ContainerStatus {
    allocated_resources, container_id = "containerID", resources, started, user, volume_mounts;
    image, image_id = "imageID", last_state, name, ready, restart_count, state,
});

impl ContainerStatus {
    /// A mount as the kubelet reports it.
    pub fn mount(path: &str, volume: &str, read_only: bool) -> Value {
        match read_only {
            true => json!({"mountPath": path, "name": volume, "readOnly": true,
                           "recursiveReadOnly": "Disabled"}),
            false => json!({"mountPath": path, "name": volume}),
        }
    }
}

/// State of a container: at most one of the three is there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ContainerState {
    /// It runs.
    pub running: Option<Running>,
    /// It ended.
    pub terminated: Option<Terminated>,
    /// It waits.
    pub waiting: Option<Waiting>,
}
fields!(ContainerState { running, terminated, waiting; });

impl ContainerState {
    /// It waits for this reason.
    pub fn waiting(reason: &str, message: &str) -> Self {
        let waiting = Waiting { message: message.to_string(), reason: reason.to_string() };
        ContainerState { waiting: Some(waiting), ..Default::default() }
    }

    /// It runs since `at`.
    pub fn running(at: Timestamp) -> Self {
        ContainerState { running: Some(Running { started_at: Some(at) }), ..Default::default() }
    }

    /// It ended so.
    pub fn terminated(how: Terminated) -> Self {
        ContainerState { terminated: Some(how), ..Default::default() }
    }
}

/// A running container.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Running {
    /// Since when.
    pub started_at: Option<Timestamp>,
}
fields!(Running { ; started_at });

/// A container that waits.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Waiting {
    /// More, for people.
    pub message: String,
    /// Why, as a word.
    pub reason: String,
}
fields!(Waiting { message, reason; });

/// A container that ended.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Terminated {
    /// The instance's id.
    pub container_id: String,
    /// Exit code; 128 + n for signal n.
    pub exit_code: i32,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// The termination message.
    pub message: String,
    /// `Completed`, `Error`, `OOMKilled` …
    pub reason: String,
    /// When it started.
    pub started_at: Option<Timestamp>,
}
fields!(Terminated {
    container_id = "containerID", message;
    exit_code, finished_at, reason, started_at,
});
