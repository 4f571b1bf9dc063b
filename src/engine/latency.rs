//! How long work takes for which Kubernetes has no constant.
//!
//! The numbers are medians of the recordings of a real node; each draw varies them a little, keyed
//! by what it is for, so that two runs with the same inputs are the same.

use crate::base::SimTime;

/// One hop to or from the API server.
pub const API_HOP: SimTime = SimTime::ms(3);

/// From a write to the moment a watcher has it.
pub const WATCH_HOP: SimTime = SimTime::ms(4);

/// One hop between the kubelet and the container runtime.
pub const CRI_HOP: SimTime = SimTime::ms(1);

/// From the kubelet's decision to write a status until the request leaves.
pub const STATUS_WRITE: SimTime = SimTime::ms(6);

/// Work of a node, as a range of milliseconds: at least, and how much more at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Work {
    /// What it is, for the draw.
    pub name: &'static str,
    /// At least (ms).
    pub least: u64,
    /// At most this much more (ms).
    pub spread: u64,
}

const fn work(name: &'static str, least: u64, spread: u64) -> Work {
    Work { name, least, spread }
}

/// From a change to the look of a controller at it.
pub const CONTROLLER: Work = work("controller", 4, 8);
/// One scheduling cycle.
pub const SCHEDULE: Work = work("schedule", 3, 4);
/// From the watch event to the start of the first sync of a Pod.
pub const POD_ADMISSION: Work = work("pod-admission", 18, 12);
/// Mounting the token volume.
pub const VOLUMES: Work = work("volumes", 200, 100);
/// RunPodSandbox.
pub const SANDBOX: Work = work("sandbox", 240, 90);
/// Asking the registry and finding everything there.
pub const PULL_PRESENT: Work = work("pull-present", 40, 30);
/// Pulling an image that the node lacks, apart from its size.
pub const PULL_NEW: Work = work("pull-new", 110, 60);
/// CreateContainer.
pub const CREATE: Work = work("create", 40, 30);
/// StartContainer until the process runs.
pub const START: Work = work("start", 50, 30);
/// StartContainer from there to its answer.
pub const STARTED: Work = work("started", 30, 20);
/// StopContainer until the signal is sent.
pub const SIGNAL: Work = work("signal", 8, 8);
/// From the death of PID 1 to the moment the runtime shows it.
pub const EXIT: Work = work("exit", 70, 40);
/// From there to the answer of StopContainer.
pub const STOPPED: Work = work("stopped", 4, 6);
/// StopPodSandbox.
pub const STOP_SANDBOX: Work = work("stop-sandbox", 110, 60);
/// ExecSync until the process runs.
pub const EXEC: Work = work("exec", 22, 14);
/// From the end of an exec'ed process to the answer.
pub const EXECED: Work = work("execed", 4, 4);
/// kube-proxy: from a change to its rules.
pub const PROXY: Work = work("proxy", 20, 20);
/// Unmounting volumes and removing the cgroup.
pub const UNMOUNT: Work = work("unmount", 120, 100);

/// Bytes per millisecond that an image pull moves.
pub const PULL_BYTES_PER_MS: u64 = 40_000;
