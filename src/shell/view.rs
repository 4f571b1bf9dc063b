//! What the processes of a namespace are doing, as plain data for the stage.

use crate::base::SimTime;
use crate::shell::kernel::Kernel;
use crate::shell::process::{Disposition, Process, Program, State};
use crate::shell::signal::Signal;
use crate::shell::types::{Exit, Pid};

/// A process, seen from outside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProcessInfo {
    /// Its id.
    pub pid: Pid,
    /// Its parent's id; 0 outside of the namespace.
    pub ppid: Pid,
    /// The spawned process it descends from.
    pub root: Pid,
    /// Which container of the namespace it is in.
    pub container: usize,
    /// Its command line.
    pub command: String,
    /// Memory in bytes.
    pub memory: u64,
    /// Whether it uses the processor while it waits.
    pub busy: bool,
    /// When it was started.
    pub started: SimTime,
    /// What it is doing.
    pub activity: Activity,
    /// The line of its script that runs, if it is a shell.
    pub line: Option<u32>,
    /// Signals whose traps are due and wait for a foreground child.
    pub pending: Vec<Signal>,
    /// Signals it has traps for, with their actions.
    pub traps: Vec<(Signal, String)>,
    /// Signals it ignores.
    pub ignored: Vec<Signal>,
}

/// What a process is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Activity {
    /// Running.
    Running,
    /// Sleeping until then.
    Sleeping(SimTime),
    /// Sleeping for ever.
    Paused,
    /// Waiting for a child; which, if it is a certain one.
    Waiting(Option<Pid>),
    /// Waiting for input.
    Reading,
    /// Waiting for room in a pipe.
    Writing,
    /// Waiting for something from the network.
    Network,
    /// Stopped by a signal.
    Stopped,
    /// Ended; its parent has not asked for its status.
    Zombie(Exit),
}

impl Kernel {
    /// All processes by id.
    pub fn processes(&self) -> Vec<ProcessInfo> {
        self.processes_at(self.ran_at)
    }

    /// All processes by id, with the memory that they have at a time.
    pub fn processes_at(&self, now: SimTime) -> Vec<ProcessInfo> {
        let with_memory = |p| ProcessInfo { memory: self.memory_of(p, now), ..info(p) };
        self.processes.values().map(with_memory).collect()
    }

    /// The living children of a process.
    pub fn children(&self, parent: Pid) -> impl Iterator<Item = Pid> {
        let mine = move |p: &&Process| p.ppid == parent && p.is_alive();
        self.processes.values().filter(mine).map(|p| p.pid)
    }

    /// Whether a trap of a shell is due and has not begun: it waits for a foreground child.
    pub fn is_trap_due(&self, pid: Pid, signal: Signal) -> bool {
        let program = self.processes.get(&pid).map(|p| &p.program);
        matches!(program, Some(Program::Shell(shell)) if shell.pending().any(|s| s == signal))
    }

    /// Whether a process exists and has not ended.
    pub fn is_alive(&self, pid: Pid) -> bool {
        self.processes.get(&pid).is_some_and(Process::is_alive)
    }
}

fn info(process: &Process) -> ProcessInfo {
    let shell = match &process.program {
        Program::Shell(shell) => Some(shell),
        _ => None,
    };
    let ignored = process.dispositions.iter().filter(|(_, d)| **d == Disposition::Ignore);
    let traps = shell.iter().flat_map(|s| s.traps());
    ProcessInfo {
        pid: process.pid,
        ppid: process.ppid,
        root: process.root,
        container: process.container,
        command: process.argv.join(" "),
        memory: 0,
        busy: process.burns > 0,
        started: process.started,
        activity: activity(process),
        line: shell.map(|s| s.line()),
        pending: shell.map(|s| s.pending().collect()).unwrap_or_default(),
        traps: traps.filter_map(|(s, action)| Some((s?, action.to_string()))).collect(),
        ignored: ignored.map(|(s, _)| *s).collect(),
    }
}

fn activity(process: &Process) -> Activity {
    match process.state {
        State::Zombie(exit) => Activity::Zombie(exit),
        _ if process.stopped => Activity::Stopped,
        State::Runnable => Activity::Running,
        State::Sleeping(until) => Activity::Sleeping(until),
        State::Paused => Activity::Paused,
        State::Child(pid) => Activity::Waiting(pid),
        State::Reading(_) | State::ReadingUntil(..) | State::Opening(_) => Activity::Reading,
        State::Writing(_) => Activity::Writing,
        State::Network { .. } => Activity::Network,
    }
}
