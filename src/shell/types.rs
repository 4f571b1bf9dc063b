//! The words this room and the engine share: process ids, output, exits, notes, start errors.

use std::fmt;

use crate::base::SimTime;
use crate::shell::limits;
use crate::shell::signal::Signal;

/// A process id inside its PID namespace.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Pid(pub u32);

impl Pid {
    /// The first process of a namespace.
    pub const INIT: Pid = Pid(1);
}

impl fmt::Display for Pid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which log stream.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// A piece of output, in the order it was written. It need not end with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Output {
    /// The process that wrote it.
    pub pid: Pid,
    /// The spawned process whose log it belongs to.
    pub root: Pid,
    /// To which of its streams.
    pub stream: Stream,
    /// What was written; bytes that are not UTF-8 are replaced.
    pub text: String,
}

/// How a process ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exit {
    /// The exit code; 128 + n after signal n, as containerd reports it.
    pub code: i32,
    /// The signal it died of.
    pub signal: Option<Signal>,
    /// When.
    pub at: SimTime,
}

impl Exit {
    /// Ended by itself with this code.
    pub fn code(code: i32, at: SimTime) -> Exit {
        Exit { code: code & 255, signal: None, at }
    }

    /// Died of this signal.
    pub fn signal(signal: Signal, at: SimTime) -> Exit {
        Exit { code: 128 + signal.number(), signal: Some(signal), at }
    }
}

/// What a signal did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignalEffect {
    /// It stopped or continued the process, or waits until that goes on.
    Delivered,
    /// The process ignores it.
    Ignored,
    /// The process is PID 1 and has no handler.
    Immune,
    /// A trap runs as soon as the process runs.
    Handler,
    /// A trap runs when the child the shell waits for has ended.
    Pending,
    /// The process died of it.
    Killed,
    /// There is no such process.
    NoProcess,
}

/// Something the learner should know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// When it was found.
    pub at: SimTime,
    /// In which process.
    pub pid: Pid,
    /// In which container of the namespace.
    pub container: usize,
    /// What.
    pub kind: NoteKind,
}

/// What a note is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NoteKind {
    /// A command a real image may have and this simulator lacks; it ended with 127.
    UnknownCommand(String),
    /// A feature of a known command or of the shell that is not modelled.
    Unsupported(String),
    /// A bound of the simulator was hit.
    Limit(Limit),
    /// A process ended and stays a zombie: its parent does not ask for its status.
    Zombie {
        /// Its command line.
        process: String,
        /// Its parent's.
        parent: String,
    },
    /// Output of a program waits for more, as it goes to no terminal.
    HeldBack {
        /// Its command line.
        process: String,
    },
    /// A program made to be PID 1 has reaped an orphan.
    Reaped {
        /// Its command line.
        process: String,
        /// The program's.
        init: String,
    },
}

/// A bound of the simulator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Limit {
    /// Too many processes at once.
    Processes,
    /// More output than is kept; the rest was dropped.
    Output,
    /// A variable, word or captured output that is too long.
    Text,
    /// Functions, `eval`s or traps nested too deep.
    Depth,
    /// More arguments than a command may get.
    Arguments,
    /// More text than the shells may hold together.
    Memory,
}

impl Limit {
    /// The bound: a number of things, or MiB of text.
    pub const fn bound(self) -> u32 {
        let bound = match self {
            Limit::Processes => limits::PROCESSES,
            Limit::Depth => limits::FRAMES,
            Limit::Arguments => limits::ARGUMENTS,
            Limit::Output => limits::OUTPUT_BYTES >> 20,
            Limit::Text => limits::TEXT_BYTES >> 20,
            Limit::Memory => limits::HELD_BYTES >> 20,
        };
        bound as u32
    }
}

/// Why a process could not be started; [`fmt::Display`] gives runc's words.
///
/// Source: recorded from containerd and runc (`golden` scenario rp-never-command-not-found).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StartError {
    /// No argument at all.
    NoCommand,
    /// A name without `/` that is nowhere in `$PATH`.
    NotInPath(String),
    /// A path that leads nowhere.
    NoFile(String),
    /// A path to something that cannot be executed.
    Permission(String),
    /// The working directory is no directory.
    WorkingDirectory(String),
    /// The namespace has lost its PID 1 or is full.
    NoNamespace,
}

impl StartError {
    /// The exit code the runtime reports: 127 not found, 126 not executable, else 128.
    pub fn code(&self) -> i32 {
        match self {
            StartError::NotInPath(_) | StartError::NoFile(_) => 127,
            StartError::Permission(_) => 126,
            _ => 128,
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::NoCommand => f.write_str("no command specified"),
            StartError::NotInPath(name) => {
                write!(f, "exec: {name:?}: executable file not found in $PATH")
            }
            StartError::NoFile(path) => {
                write!(f, "exec: {path:?}: stat {path}: no such file or directory")
            }
            StartError::Permission(path) => write!(f, "exec: {path:?}: permission denied"),
            StartError::WorkingDirectory(path) => {
                write!(f, "chdir to cwd ({path:?}) set in config.json failed: not a directory")
            }
            StartError::NoNamespace => f.write_str("cannot exec in a stopped container"),
        }
    }
}
