//! The worker of one Pod: what it knows and what it is at.

use super::backoff::Backoff;
use super::carry_volumes::PodVolumes;
use super::eviction::{self, StorageWatch};
use super::plan::KillOrder;
use super::prober::{ProbeKind, Prober};
use super::status_manager::StatusEntry;
use crate::api::Pod;
use crate::base::{Map, SimTime};
use crate::engine::cri::PodSnapshot;
use crate::engine::wire::EventKey;
use std::collections::VecDeque;
use std::rc::Rc;

/// The worker of one Pod: strictly one sync at a time.
/// Source: kubelet/pod_workers.go
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Worker {
    /// The Pod, as last heard from the API.
    pub pod: Rc<Pod>,
    /// The object is gone from the API.
    pub removed: bool,
    /// Whether the kubelet has taken it: only then it counts against others.
    pub admitted: bool,
    /// It is evicted for want of something on the node, not for what it did itself.
    pub disrupted: bool,
    /// What its syncs are about.
    pub stage: Stage,
    /// What it is at.
    pub busy: Busy,
    /// A sync was asked for.
    pub asked: bool,
    /// When its last sync ended.
    pub last_sync_end: Option<SimTime>,
    /// What the last relist saw of the Pod.
    pub seen: Rc<PodSnapshot>,
    /// When an own relist saw it.
    pub seen_at: Option<SimTime>,
    /// Why containers could not be started, by name.
    pub reasons: Map<String, (String, String)>,
    /// Crash-loop back-off, by container and image.
    pub crash: Map<(String, String), Backoff>,
    /// Image back-off with the last error, by image.
    pub pulls: Map<String, (Backoff, String)>,
    /// Probe workers.
    pub probers: Map<(String, ProbeKind), Prober>,
    /// The status manager's entry.
    pub status: StatusEntry,
    /// What the sync under way still has to do.
    pub task: Task,
    /// Hooks that ran, the newest per container.
    pub hooks: Map<String, HookRun>,
    /// Whether its app containers could be started, as the API said when it began to end.
    pub initialized: bool,
    /// Number of syncs.
    pub syncs: u64,
    /// Volumes are mounted.
    pub mounted: bool,
    /// Containers removed to start anew with all the others: the number of their next instance.
    pub reset: Map<String, u32>,
    /// Init containers removed with their sandbox: the number of their next instance.
    pub purged: Map<String, u32>,
    /// The deadline for which a timer is set.
    pub deadline: Option<SimTime>,
    /// What is watched of its local storage.
    pub storage: StorageWatch,
    /// Why it is being evicted.
    pub evicted: Option<String>,
    /// What is known of its volumes.
    pub volumes: PodVolumes,
    /// The Pod's address, once its sandbox is up.
    pub ip: String,
    /// It is older than the kubelet, which has started anew.
    pub adopted: bool,
    pub(super) requeue: Option<EventKey>,
}

/// What a worker's syncs are about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// Keeping the Pod as its spec wants it.
    Syncing,
    /// Stopping it.
    Terminating,
    /// Clearing up after it.
    Terminated,
    /// Nothing is left to do.
    Finished,
}

/// What a worker is at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Busy {
    /// At rest.
    Idle,
    /// Waits for a relist that is newer than its last sync.
    AwaitingRelist,
    /// In a sync.
    Working,
}

/// A sync under way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Task {
    /// What is still to do, in order.
    pub steps: VecDeque<Step>,
    /// The start under way.
    pub starting: Option<Starting>,
    /// The kills under way, by container.
    pub kills: Map<String, Killing>,
    /// What was seen when the sync began.
    pub seen: Rc<PodSnapshot>,
    /// The Pod as it was then: what changes meanwhile is for the next sync.
    /// Source: pod_workers.go podWorkerLoop, startPodSync
    pub pod: Option<Rc<Pod>>,
    /// It keeps the Pod as its spec wants it, even if the Pod's end was asked for since.
    pub syncing: bool,
    /// Things done.
    pub done: u32,
    /// The first error, and when the earliest back-off is over.
    pub failed: bool,
    /// When the earliest back-off is over.
    pub retry_at: Option<SimTime>,
}

/// A step of a sync.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Wait until the volumes are mounted.
    Volumes,
    /// Decide what to do.
    Plan,
    /// Make the sandbox.
    Sandbox,
    /// Kill these containers, all at once, and wait.
    Kill(Vec<KillOrder>),
    /// Forget these instances, of all containers, which start anew.
    Remove(Vec<u64>),
    /// Forget these instances of init containers, which run again in the new sandbox.
    Purge(Vec<u64>),
    /// Start this container.
    Start(String),
    /// Stop the sandbox.
    StopSandbox,
    /// Look at the runtime and make the last status.
    FinalStatus,
    /// Unmount volumes, remove the cgroup.
    Unmount,
}

/// A start under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Starting {
    /// Which container.
    pub container: String,
    /// Its instance, once created.
    pub instance: Option<u64>,
    /// At what it is.
    pub at: StartPhase,
}

/// The parts of a start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StartPhase {
    /// Is the image there?
    Image,
    /// Pulling.
    Pull,
    /// CreateContainer.
    Create,
    /// StartContainer.
    Start,
    /// postStart runs.
    PostStart,
}

/// A kill under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Killing {
    /// What is killed, and why.
    pub order: KillOrder,
    /// When it began.
    pub since: SimTime,
    /// Seconds of grace that are left.
    pub grace: i64,
    /// The preStop hook that runs: its call, and the timer that cuts it.
    pub hook: Option<(u64, EventKey)>,
    /// A sidecar that waits for its turn: since when, and the timer that ends the wait.
    pub turn: Option<(SimTime, EventKey)>,
}

/// A hook that ran or runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HookRun {
    /// `postStart` or `preStop`.
    pub kind: &'static str,
    /// What it does.
    pub action: String,
    /// When it began.
    pub started: SimTime,
    /// When it ended.
    pub ended: Option<SimTime>,
    /// Whether it succeeded.
    pub ok: Option<bool>,
}

impl Worker {
    /// The worker of a Pod that has just been bound here.
    pub fn new(pod: Rc<Pod>) -> Self {
        let status = StatusEntry::new(&pod);
        Worker {
            pod,
            removed: false,
            admitted: false,
            disrupted: false,
            stage: Stage::Syncing,
            busy: Busy::Idle,
            asked: false,
            last_sync_end: None,
            seen: Rc::default(),
            seen_at: None,
            reasons: Map::new(),
            crash: Map::new(),
            pulls: Map::new(),
            probers: Map::new(),
            status,
            task: Task::default(),
            hooks: Map::new(),
            initialized: false,
            syncs: 0,
            mounted: false,
            reset: Map::new(),
            purged: Map::new(),
            deadline: None,
            storage: StorageWatch::default(),
            evicted: None,
            volumes: PodVolumes::default(),
            ip: String::new(),
            adopted: false,
            requeue: None,
        }
    }

    /// The prober of a container's probe.
    pub fn prober(&self, container: &str, kind: ProbeKind) -> Option<&Prober> {
        let mut all = self.probers.iter();
        all.find(|((name, k), _)| name == container && *k == kind).map(|(_, prober)| prober)
    }

    /// The same, to be changed.
    pub fn prober_mut(&mut self, container: &str, kind: ProbeKind) -> Option<&mut Prober> {
        prober_of(&mut self.probers, container, kind)
    }

    /// The Pod as the sync under way has it.
    pub fn pod_of_sync(&self) -> &Rc<Pod> {
        self.task.pod.as_ref().unwrap_or(&self.pod)
    }

    /// Whether its containers may still run.
    pub fn may_run(&self) -> bool {
        self.stage < Stage::Terminated
    }

    /// The grace in force, in seconds: at least 1.
    /// Source: pod_workers.go calculateEffectiveGracePeriod
    pub fn grace(&self) -> i64 {
        if self.evicted.is_some() {
            return eviction::GRACE;
        }
        let of_delete = self.pod.meta.deletion_grace_period_seconds;
        of_delete.unwrap_or_else(|| self.pod.spec.grace()).max(1)
    }

    /// The number of a container's next instance.
    pub fn next_attempt(&self, container: &str) -> u32 {
        let gone = self.reset.get(container).max(self.purged.get(container)).copied();
        let seen = self.task.seen.newest(container).map(|i| i.attempt + 1);
        seen.max(gone).unwrap_or(0)
    }

    /// Whether the Pod is being deleted or evicted, or its object is gone.
    pub fn ending(&self) -> bool {
        self.removed || self.pod.deleting() || self.evicted.is_some()
    }
}

/// The prober of a container's probe among these.
pub(super) fn prober_of<'a>(
    probers: &'a mut Map<(String, ProbeKind), Prober>,
    container: &str,
    kind: ProbeKind,
) -> Option<&'a mut Prober> {
    let mut all = probers.iter_mut();
    all.find(|((name, k), _)| name == container && *k == kind).map(|(_, prober)| prober)
}
