//! The stage: the cluster at one moment.
//!
//! A frame is a function of (this view, the moment): what moves carries its start and its end.

use super::processes::{ProcessView, SharedView, UsageView};
use super::sharing::SharingView;
use super::traffic::TrafficView;
use crate::base::{Said, SimTime};
use std::rc::Rc;

/// How long a message is still shown after it arrived, in virtual time. Messages take a few
/// milliseconds; shown for these only, none would be seen.
pub const FLIGHT_AFTERGLOW: SimTime = SimTime::ms(1500);

/// With more Pods than this only the one that is looked at is told in full; of the others what
/// `kubectl get pods` would print.
pub const STAGE_MANY: usize = 16;

/// The cluster at [`StageView::now`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StageView {
    /// The moment that is shown.
    pub now: SimTime,
    /// The parts of the cluster that act, in the order they should be drawn.
    pub actors: Vec<ActorView>,
    /// Messages under way, and those that arrived no longer than [`FLIGHT_AFTERGLOW`] ago.
    pub flights: Vec<FlightView>,
    /// The Pods, stored in the API or still on the node.
    pub pods: Vec<Rc<PodView>>,
    /// What makes Pods, or bounds them: Deployments, Jobs, budgets, quotas.
    pub owners: Vec<OwnerView>,
    /// The name of the Pod that is looked at, of many; empty: none.
    pub looked: String,
    /// The Services and their endpoints.
    pub services: Vec<ServiceView>,
    /// The clients outside of the Pods.
    pub traffic: Vec<TrafficView>,
    /// The first node's name.
    pub node: String,
    /// The nodes, by name.
    pub nodes: Vec<NodeView>,
    /// The scheduler has been stopped.
    pub scheduler_stopped: bool,
}

/// A node: what the API says of it, and how its machine is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NodeView {
    /// Name.
    pub name: String,
    /// The STATUS column of `kubectl get nodes`; empty if there is no such Node object.
    pub status: String,
    /// Its taints, `key=value:Effect`.
    pub taints: Vec<String>,
    /// Whether it is cordoned.
    pub cordoned: bool,
    /// `status.capacity`: CPU, memory, Pods.
    pub capacity: String,
    /// Its network to all others is cut.
    pub cut: bool,
    /// It has power.
    pub powered: bool,
    /// Its kubelet runs.
    pub kubelet: bool,
    /// Its container runtime runs.
    pub runtime: bool,
}

/// A part of the cluster.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ActorKind {
    /// The person's command line.
    Kubectl,
    /// kube-apiserver.
    ApiServer,
    /// kube-scheduler.
    Scheduler,
    /// The endpoint slice controller.
    Endpoints,
    /// The kubelet of the node.
    Kubelet,
    /// containerd on the node.
    Runtime,
}

/// An actor and what it did last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorView {
    /// Which.
    pub kind: ActorKind,
    /// The rule it applied last, and when.
    pub last_rule: Option<(String, SimTime)>,
    /// What it is doing now, in its own field's words (`SyncPod web`, `pulling nginx`); may be
    /// empty.
    pub doing: String,
}

/// A message from one actor to another, under way or just arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FlightView {
    /// Stable key.
    pub id: u64,
    /// From.
    pub from: ActorKind,
    /// To.
    pub to: ActorKind,
    /// `PATCH status`, `WATCH MODIFIED web`, `CreateContainer` …; untranslated.
    pub label: String,
    /// When it left.
    pub sent: SimTime,
    /// When it arrives.
    pub arrives: SimTime,
}

/// A Pod: what the API says of it, and what is on the node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PodView {
    /// Name.
    pub name: String,
    /// Its namespace, if it is another than `default`.
    pub home: String,
    /// UID.
    pub uid: String,
    /// `status.phase`.
    pub phase: String,
    /// The STATUS column of `kubectl get pods`.
    pub status: String,
    /// The READY column.
    pub ready: String,
    /// The RESTARTS column.
    pub restarts: String,
    /// The AGE column.
    pub age: String,
    /// `status.podIP`, as the API has it.
    pub ip: String,
    /// `status.qosClass`.
    pub qos: String,
    /// `spec.nodeName`, empty before binding.
    pub node: String,
    /// Whether the object is in the API (false: only its containers are left on the node).
    pub in_api: bool,
    /// `metadata.deletionTimestamp` is set.
    pub deleting: bool,
    /// The grace period of the Pod's deletion, while it runs.
    pub grace: Option<GraceView>,
    /// Why phase, conditions and the STATUS column do not say the same, or that they do.
    pub reasons: Vec<Said>,
    /// Whether they do not.
    pub differs: bool,
    /// Conditions, in the API's order.
    pub conditions: Vec<ConditionView>,
    /// Whether the sandbox (pause) runs on the node.
    pub sandbox: bool,
    /// The process table that its containers share, if they do.
    pub shared: Option<SharedView>,
    /// Who shares what, while the sandbox is there.
    pub sharing: Option<SharingView>,
    /// Init containers, sidecars and app containers, in spec order.
    pub containers: Vec<ContainerView>,
}

/// A condition of a Pod.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConditionView {
    /// `Ready` …
    pub kind: String,
    /// `True`, `False`, `Unknown`.
    pub status: String,
    /// Reason, may be empty.
    pub reason: String,
    /// Message, may be empty.
    pub message: String,
    /// Since when.
    pub since: SimTime,
}

/// The kind of a container.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContainerKind {
    /// Runs to its end before the app containers.
    Init,
    /// An init container with `restartPolicy: Always`.
    Sidecar,
    /// A regular container.
    App,
}

/// A container's state as the API has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StateView {
    /// No status was written yet.
    None,
    /// Waiting.
    Waiting {
        /// `ContainerCreating`, `CrashLoopBackOff` …
        reason: String,
        /// More.
        message: String,
    },
    /// Running.
    Running {
        /// Since when.
        since: SimTime,
    },
    /// Terminated.
    Terminated {
        /// `Completed`, `Error`, `OOMKilled` …
        reason: String,
        /// Exit code.
        exit_code: i32,
        /// When it started.
        started: SimTime,
        /// When it ended.
        finished: SimTime,
    },
}

/// A container's state on the node, which the API learns of later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ObservedState {
    /// Not there.
    Absent,
    /// Created, not started.
    Created,
    /// Its PID 1 runs.
    Running,
    /// Its PID 1 ended, with this exit code.
    Exited(i32),
}

/// A container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContainerView {
    /// Name.
    pub name: String,
    /// Image, as written.
    pub image: String,
    /// Init, sidecar or app.
    pub kind: ContainerKind,
    /// What the API says.
    pub state: StateView,
    /// What the API says of the instance before.
    pub last_state: StateView,
    /// What the node has.
    pub observed: ObservedState,
    /// Since when the node has it so.
    pub observed_since: SimTime,
    /// `restartCount`.
    pub restarts: u32,
    /// `ready`.
    pub ready: bool,
    /// `started`.
    pub started: bool,
    /// Processes of the newest instance, by PID.
    pub processes: Vec<ProcessView>,
    /// What they use, while they run.
    pub usage: Option<UsageView>,
    /// Its probes.
    pub probes: Vec<ProbeView>,
    /// The hook that runs, or the last one.
    pub hook: Option<HookView>,
    /// The newest signals to its PID 1, oldest first (at most 4).
    pub signals: Vec<SignalView>,
    /// Time between SIGTERM and SIGKILL, while it runs.
    pub grace: Option<GraceView>,
    /// Back-off before the next start, while it holds.
    pub backoff: Option<BackoffView>,
    /// The newest log lines, oldest first (at most 20).
    pub logs: Vec<LogView>,
}

/// A probe of a container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProbeView {
    /// `startup`, `liveness`, `readiness`.
    pub kind: String,
    /// What it does: `exec [cat /tmp/healthy]`, as kubectl describe words it.
    pub action: String,
    /// Result of the last attempt; `None`: there was none.
    pub last_ok: Option<bool>,
    /// How often that result came in a row.
    pub run: u32,
    /// `successThreshold`.
    pub success_threshold: u32,
    /// `failureThreshold`.
    pub failure_threshold: u32,
    /// The result the kubelet acts on: `Success`, `Failure`, `Unknown`.
    pub verdict: String,
    /// When it was tried last.
    pub last_at: Option<SimTime>,
    /// What the last failure said.
    pub last_message: String,
    /// The next tick.
    pub next_at: Option<SimTime>,
    /// Period in milliseconds.
    pub period_ms: u64,
    /// No attempts until the container restarts (after liveness or startup failed).
    pub on_hold: bool,
    /// Not probed yet because of `initialDelaySeconds` or a startup probe: a key `initial-delay`,
    /// `startup-first`, `startup-done`, `not-running`, or empty.
    pub idle_because: String,
}

/// A hook of a container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HookView {
    /// `postStart` or `preStop`.
    pub kind: String,
    /// What it does.
    pub action: String,
    /// When it began.
    pub started: SimTime,
    /// When it ended, if it did.
    pub ended: Option<SimTime>,
    /// Whether it succeeded, if it ended.
    pub ok: Option<bool>,
}

/// A signal to PID 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignalView {
    /// `SIGTERM` …
    pub signal: String,
    /// When.
    pub at: SimTime,
    /// What it did: a key `killed`, `trap`, `trap-waits`, `delivered`, `ignored`, `unheeded`,
    /// translated by the page.
    pub effect: String,
}

/// A grace period that runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GraceView {
    /// When it began.
    pub started: SimTime,
    /// When it is over.
    pub ends: SimTime,
}

/// A back-off that holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BackoffView {
    /// Since when.
    pub started: SimTime,
    /// The earliest moment of the next start.
    pub ends: SimTime,
    /// Its length in the words of the message: `40s`, `2m40s`.
    pub length: String,
}

/// A line of a container's log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogView {
    /// When.
    pub at: SimTime,
    /// Which instance (restart count).
    pub instance: u32,
    /// stderr?
    pub stderr: bool,
    /// The line.
    pub line: String,
}

/// An object that makes Pods, or bounds them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnerView {
    /// `Deployment` …
    pub kind: String,
    /// Name.
    pub name: String,
    /// The columns of `kubectl get` with what stands in them, without name and age.
    pub columns: Vec<(String, String)>,
    /// What it owns in its turn: ReplicaSets, the newest first.
    pub sets: Vec<OwnerView>,
}

/// A Service and its endpoints.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceView {
    /// Name.
    pub name: String,
    /// Its endpoints.
    pub endpoints: Vec<EndpointView>,
}

/// An endpoint of a Service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndpointView {
    /// The Pod.
    pub pod: String,
    /// Its address.
    pub address: String,
    /// Conditions of the endpoint.
    pub ready: bool,
    /// Serves, whether terminating or not.
    pub serving: bool,
    /// Its Pod is being deleted.
    pub terminating: bool,
}
