//! One process: what it is, what it has open, what it waits for.

use crate::base::{Map, SimTime};
use std::collections::VecDeque;
use std::rc::Rc;

use crate::shell::behaviour::Behaviour;
use crate::shell::cgroup::Hold;
use crate::shell::commands::Task;
use crate::shell::net::NetId;
use crate::shell::open_files::DescId;
use crate::shell::sh::Shell;
use crate::shell::signal::Signal;
use crate::shell::types::{Exit, Pid};
use crate::shell::user::User;

/// The variables of an environment, shared by those who do not change them.
pub type Env = Rc<Vec<(String, String)>>;

/// What a process runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Program {
    /// A shell.
    Shell(Box<Shell>),
    /// A command that is no shell.
    Task(Box<Task>),
    /// Nothing: it ended, or is being stepped just now.
    None,
}

/// What a process is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It can run.
    Runnable,
    /// It sleeps until then.
    Sleeping(SimTime),
    /// It waits for a signal, for ever.
    Paused,
    /// It waits for a child to end; the one it wants, if it is a certain one.
    Child(Option<Pid>),
    /// It waits for something to read.
    Reading(DescId),
    /// It waits for something to read until then.
    ReadingUntil(DescId, SimTime),
    /// It opens a named pipe and waits for somebody at the other end.
    Opening(DescId),
    /// It waits for room to write.
    Writing(DescId),
    /// It waits until something happens to one of its sockets.
    Network {
        /// What happened before this point in the network's history is known to it.
        since: u64,
        /// When it goes on all the same.
        until: Option<SimTime>,
        /// Input there wakes it too.
        input: Option<DescId>,
    },
    /// It ended and nobody has asked for its status yet.
    Zombie(Exit),
}

/// What a process does with a signal, where it is not the default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disposition {
    /// Nothing; its children do the same.
    Ignore,
    /// Nothing; its children have the default again. A shell treats SIGQUIT so.
    IgnoreAlone,
    /// Run its trap.
    Handle,
}

/// What one step of a program came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// There is more to do.
    Continue,
    /// Nothing to do before this state ends. A program must bear being stepped too early.
    Block(State),
    /// The process ends with this code.
    Exit(i32),
    /// The process dies of this signal.
    Die(Signal),
    /// The process becomes another program.
    Become(Program),
}

/// One process.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Process {
    /// Its id.
    pub pid: Pid,
    /// Its parent's id; 0 where the parent is outside of the namespace.
    pub ppid: Pid,
    /// The process that was started from outside and it descends from.
    pub root: Pid,
    /// Its process group.
    pub group: Pid,
    /// Its session.
    pub session: Pid,
    /// Whether orphans below it become its children (`PR_SET_CHILD_SUBREAPER`).
    pub subreaper: bool,
    /// Which container's files it sees.
    pub container: usize,
    /// Its command line.
    pub argv: Vec<String>,
    /// Its environment.
    pub env: Env,
    /// Its working directory, absolute.
    pub cwd: String,
    /// The network namespace it is in.
    pub net: NetId,
    /// What its program does where that is not the program's own way.
    pub behaviour: Rc<Behaviour>,
    /// Who it is.
    pub user: User,
    /// Whether its container has a terminal (`tty`).
    pub terminal: bool,
    /// Permission bits taken from files it makes.
    pub umask: u16,
    /// Its descriptors.
    pub descriptors: Map<u32, DescId>,
    /// What it wrote that has not yet found room.
    pub unwritten: VecDeque<(DescId, Vec<u8>)>,
    /// What it does with signals, where that is not the default.
    pub dispositions: Map<Signal, Disposition>,
    /// Handled signals that arrived: for a shell while it was being stepped, for a command until it
    /// takes them.
    pub arrived: Vec<Signal>,
    /// Whether it is stopped (SIGSTOP) until SIGCONT.
    pub stopped: bool,
    /// Signals that came while it was stopped.
    pub held: Vec<Signal>,
    /// Memory that it holds beyond its program and its variables.
    pub hold: Hold,
    /// Processor time that it takes while it waits, in thousandths of a processor: work that is
    /// not simulated step by step.
    pub burns: u32,
    /// What it runs.
    pub program: Program,
    /// What it is doing.
    pub state: State,
    /// Set when it has ended but still has to write.
    pub ending: Option<i32>,
    /// When it was started.
    pub started: SimTime,
}

impl Process {
    /// Whether it has not ended.
    pub fn is_alive(&self) -> bool {
        !matches!(self.state, State::Zombie(_))
    }

    /// The last part of its name, as `ps -o comm` shows it; a title that a program has given itself
    /// (`nginx: worker process`) begins with its name.
    pub fn name(&self) -> &str {
        let first = self.argv.first().map_or("", |a| a.as_str());
        let first = first.split(": ").next().unwrap_or(first);
        first.rsplit('/').next().unwrap_or(first)
    }
}
