//! Views of processes and of what they use.

use crate::base::SimTime;

/// A process on the node.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ProcessView {
    /// PID in its namespace.
    pub pid: u32,
    /// Parent; 0 outside of the namespace.
    pub parent: u32,
    /// Command line.
    pub command: String,
    /// What it does: a key `running`, `busy`, `sleeping`, `paused`, `waiting`, `reading`,
    /// `writing`, `network`, `stopped`, `zombie`, translated by the page.
    pub state: String,
    /// Since when it sleeps, if that is known.
    pub since: Option<SimTime>,
    /// Until when it sleeps.
    pub until: Option<SimTime>,
    /// The child it waits for, if it is a certain one.
    pub child: Option<u32>,
    /// The exit code of a zombie.
    pub exit: Option<i32>,
    /// The line of a longer script that runs.
    pub line: Option<u32>,
    /// Memory in bytes.
    pub memory: u64,
    /// Signals it has traps for, such as `SIGTERM`.
    pub traps: Vec<String>,
    /// Signals that wait for a foreground child to end, such as `SIGTERM`.
    pub pending: Vec<String>,
    /// Whether a probe, a hook or kubectl exec started it.
    pub exec: bool,
}

/// A process table that the containers of a Pod share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SharedView {
    /// The node's (`hostPID`), not the Pod's (`shareProcessNamespace`).
    pub node: bool,
    /// The processes in it that are of no container: `pause`, the node's daemons.
    pub processes: Vec<ProcessView>,
}

/// What a container uses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UsageView {
    /// Memory now, in bytes.
    pub memory: u64,
    /// Its limit.
    pub memory_limit: Option<u64>,
    /// Processor time it gets, in thousandths of a processor.
    pub cpu: u32,
    /// What it would take if it could.
    pub cpu_wanted: u32,
    /// Its limit.
    pub cpu_limit: Option<u32>,
    /// In how many of a hundred periods it was held back, so far.
    pub throttled: u32,
}
