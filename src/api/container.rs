//! Containers, their probes and hooks, as the engine reads them.

use crate::base::json::{Value, fields, words};

use super::quantity::Quantity;
use crate::base::Map;

/// A container of a Pod.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Container {
    /// Name, unique in the Pod.
    pub name: String,
    /// Image reference, as written.
    pub image: String,
    /// When to pull.
    pub image_pull_policy: PullPolicy,
    /// Replaces the image's ENTRYPOINT.
    pub command: Vec<String>,
    /// Replaces the image's CMD.
    pub args: Vec<String>,
    /// Where processes start.
    pub working_dir: String,
    /// Ports, for names in probes.
    pub ports: Vec<ContainerPort>,
    /// Kills the container if it fails.
    pub liveness_probe: Option<Probe>,
    /// Takes the Pod out of its Services if it fails.
    pub readiness_probe: Option<Probe>,
    /// Holds the other probes back until it succeeds.
    pub startup_probe: Option<Probe>,
    /// Hooks.
    pub lifecycle: Lifecycle,
    /// `Always` makes an init container a sidecar.
    pub restart_policy: Option<super::pod::RestartPolicy>,
    /// What certain exit codes lead to, the first match first.
    pub restart_policy_rules: Vec<RestartRule>,
    /// Where the termination message is read.
    pub termination_message_path: String,
    /// `File` or `FallbackToLogsOnError`.
    pub termination_message_policy: String,
    /// What it may use.
    pub resources: Resources,
    /// Mounts, shown in the status.
    pub volume_mounts: Vec<VolumeMount>,
}
fields!(read Container {
    name, image, image_pull_policy, command, args, working_dir, ports, liveness_probe,
    readiness_probe, startup_probe, lifecycle, restart_policy, restart_policy_rules,
    termination_message_path, termination_message_policy, resources, volume_mounts,
});

impl Container {
    /// Whether it restarts whatever the Pod's policy: among init containers that is a sidecar.
    /// Source: pkg/api/v1/pod/util.go IsRestartableInitContainer
    pub fn restarts_always(&self) -> bool {
        self.restart_policy == Some(super::pod::RestartPolicy::Always)
    }
}

/// What exit codes of a container lead to, whatever its policy.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RestartRule {
    /// `Restart` or `RestartAllContainers`.
    pub action: String,
    /// Which exit codes.
    pub exit_codes: ExitCodes,
}
fields!(read RestartRule { action, exit_codes });

/// Exit codes of a rule.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExitCodes {
    /// `In` or `NotIn`.
    pub operator: String,
    /// The codes.
    pub values: Vec<i32>,
}
fields!(read ExitCodes { operator, values });

impl ExitCodes {
    /// Whether a code is among them. Source: kubelet/container/helpers.go exitCodeMatches
    pub fn matches(&self, code: i32) -> bool {
        self.values.contains(&code) == (self.operator == "In")
    }
}

/// What a container may use, as far as the engine reads it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Resources {
    /// By resource: text, or a number as YAML may have it.
    pub limits: Map<String, Value>,
}
fields!(read Resources { limits });

impl Resources {
    /// The limit of a resource.
    pub fn limit(&self, resource: &str) -> Option<Quantity> {
        match self.limits.get(resource)? {
            Value::String(text) => Quantity::parse(text),
            other => Quantity::parse(&other.to_string()),
        }
    }
}

/// A mount of a volume into a container.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VolumeMount {
    /// Where.
    pub mount_path: String,
    /// Which volume.
    pub name: String,
    /// Whether writing is refused.
    pub read_only: bool,
    /// The directory of the volume that is shown; empty for all of it.
    pub sub_path: String,
    /// The same, with `$(VAR)` in it.
    pub sub_path_expr: String,
}
fields!(read VolumeMount { mount_path, name, read_only, sub_path, sub_path_expr });

/// `imagePullPolicy`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PullPolicy {
    /// Ask the registry at every start.
    Always,
    /// Pull if the node lacks it.
    #[default]
    IfNotPresent,
    /// Never pull.
    Never,
}
words!(PullPolicy { Always, IfNotPresent, Never });

/// A port that a container names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ContainerPort {
    /// Name.
    pub name: String,
    /// Number.
    pub container_port: u16,
    /// The node's port that leads to it; 0: none.
    pub host_port: u16,
}
fields!(read ContainerPort { name, container_port, host_port });

/// A probe, with the API server's defaults filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Probe {
    /// Run a command.
    pub exec: Option<ExecAction>,
    /// GET a URL.
    pub http_get: Option<Value>,
    /// Open a connection.
    pub tcp_socket: Option<Value>,
    /// Ask the gRPC health service.
    pub grpc: Option<Value>,
    /// Whole seconds after the start before the first attempt.
    pub initial_delay_seconds: u64,
    /// Seconds from tick to tick (0 reads as 10).
    pub period_seconds: u64,
    /// Seconds an attempt may take (0 reads as 1).
    pub timeout_seconds: u64,
    /// Successes in a row that count (0 reads as 1).
    pub success_threshold: u32,
    /// Failures in a row that count (0 reads as 3).
    pub failure_threshold: u32,
    /// Grace of a kill by this probe, instead of the Pod's.
    pub termination_grace_period_seconds: Option<i64>,
}
fields!(read Probe {
    exec, http_get, tcp_socket, grpc, initial_delay_seconds, period_seconds, timeout_seconds,
    success_threshold, failure_threshold, termination_grace_period_seconds,
});

impl Probe {
    /// Seconds from tick to tick. Source: core/v1/defaults.go SetDefaults_Probe
    pub fn period(&self) -> u64 {
        if self.period_seconds == 0 { 10 } else { self.period_seconds }
    }

    /// Seconds an attempt may take.
    pub fn timeout(&self) -> u64 {
        if self.timeout_seconds == 0 { 1 } else { self.timeout_seconds }
    }

    /// Successes in a row that count.
    pub fn successes(&self) -> u32 {
        if self.success_threshold == 0 { 1 } else { self.success_threshold }
    }

    /// Failures in a row that count.
    pub fn failures(&self) -> u32 {
        if self.failure_threshold == 0 { 3 } else { self.failure_threshold }
    }

    /// What it does, in the words of `kubectl describe`.
    pub fn action(&self) -> String {
        match (&self.exec, &self.http_get, &self.tcp_socket, &self.grpc) {
            (Some(exec), ..) => format!("exec [{}]", exec.command.join(" ")),
            (_, Some(get), ..) => {
                let text = |key: &str| get[key].as_str().unwrap_or_default().to_string();
                let port = port_text(&get["port"]);
                let scheme = text("scheme").to_ascii_lowercase();
                format!("http-get {scheme}://{}:{port}{}", text("host"), text("path"))
            }
            (_, _, Some(tcp), _) => format!("tcp-socket :{}", port_text(&tcp["port"])),
            (_, _, _, Some(grpc)) => format!("grpc <pod>:{}", port_text(&grpc["port"])),
            _ => String::new(),
        }
    }
}

fn port_text(port: &Value) -> String {
    port.as_str().map_or_else(|| port.to_string(), str::to_string)
}

/// A command to run in the container.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExecAction {
    /// The command, without a shell.
    pub command: Vec<String>,
}
fields!(read ExecAction { command });

/// The hooks of a container.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lifecycle {
    /// Right after the start; blocks the Pod's worker.
    pub post_start: Option<Box<Handler>>,
    /// Before SIGTERM, within the grace period.
    pub pre_stop: Option<Box<Handler>>,
}
fields!(read Lifecycle { post_start, pre_stop });

/// What a hook does.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Handler {
    /// Run a command.
    pub exec: Option<ExecAction>,
    /// GET a URL.
    pub http_get: Option<Value>,
    /// Open a connection: accepted, but nothing can run it.
    pub tcp_socket: Option<Value>,
    /// Wait.
    pub sleep: Option<SleepAction>,
}
fields!(read Handler { exec, http_get, tcp_socket, sleep });

/// Wait for some seconds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SleepAction {
    /// How long.
    pub seconds: u64,
}
fields!(read SleepAction { seconds });

impl Handler {
    /// What it does, in the words of `kubectl describe`.
    pub fn action(&self) -> String {
        match (&self.exec, &self.http_get, &self.sleep) {
            (Some(exec), ..) => format!("exec [{}]", exec.command.join(" ")),
            (_, Some(get), _) => format!("http-get :{}", port_text(&get["port"])),
            (_, _, Some(sleep)) => format!("sleep {}s", sleep.seconds),
            _ => String::new(),
        }
    }
}
