//! What a shell has still to do.

use std::rc::Rc;

use crate::shell::open_files::DescId;
use crate::shell::sh::bash::read_lines::Lines;
use crate::shell::sh::bash::run::Turn;
use crate::shell::sh::builtins::read::Reading;
use crate::shell::sh::vars::{OptionPlace, Var, Vars};
use crate::shell::syntax::Command;
use crate::shell::types::Pid;

/// In which position a command runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flags {
    /// It is the last thing this process does, so it may replace the shell.
    pub last: bool,
    /// Its status is being tested, so `set -e` does not apply.
    pub tested: bool,
}

impl Flags {
    /// Not the last thing.
    pub fn not_last(self) -> Flags {
        Flags { last: false, ..self }
    }

    /// A tested position.
    pub const TESTED: Flags = Flags { last: false, tested: true };
}

/// A text that is being run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The text.
    pub text: Rc<str>,
    /// The byte of it that is parsed next.
    pub at: usize,
    /// The line of that byte.
    pub line: u32,
    /// What the text is.
    pub kind: SourceKind,
    /// What messages call it: `eval`, or the file of `.`.
    pub name: Option<Rc<str>>,
    /// In which position it runs.
    pub flags: Flags,
    /// Aliases whose text was put in, each with the byte where that text ends.
    pub spliced: Vec<(String, usize)>,
}

/// Where a text comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SourceKind {
    /// The script itself.
    Main,
    /// `eval` or a trap.
    Eval,
    /// `.`: `return` ends it.
    Dot,
}

/// A script that comes through standard input or a pipe.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    /// What has come.
    pub text: Vec<u8>,
    /// Where it comes from, if not from standard input.
    pub file: Option<DescId>,
    /// What it is.
    pub kind: SourceKind,
}

impl Input {
    /// A script of which nothing has come yet.
    pub fn new(file: Option<DescId>, kind: SourceKind) -> Input {
        Input { text: Vec::new(), file, kind }
    }
}

/// Texts that substitutions have given to the words being expanded, and the variables before.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pending {
    /// What each substitution gave, in order.
    pub texts: Vec<String>,
    /// The variables before the first attempt; set when there was one.
    pub before: Option<Vars>,
}

/// What was redirected: each descriptor with the copy (10 or above) of what it was before.
pub type Saved = Vec<(u32, Option<u32>)>;

/// Named pipes that a redirection has opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// Their descriptors, each with the words for a failure.
    pub pipes: Vec<(u32, String)>,
    /// The command that runs then; a compound one has its own frames below.
    pub then: Option<(Vec<String>, Flags)>,
}

impl Frame {
    /// Whether it is a turn of a loop.
    pub fn is_loop(&self) -> bool {
        matches!(
            self,
            Frame::LoopTest(..) | Frame::LoopBody(..) | Frame::For(..) | Frame::Counted(..)
        )
    }
}

/// One thing to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Frame {
    /// Run a text, one complete command at a time.
    Source(Source),
    /// Run a command.
    Eval(Rc<Command>, Flags),
    /// Go on with a list at this index.
    List(Rc<Command>, usize, Flags),
    /// Go on with `&&` and `||` at this index.
    AndOr(Rc<Command>, usize, Flags),
    /// Turn the status round.
    Not,
    /// The test of an `if` has run.
    If(Rc<Command>, Flags),
    /// A loop is about to test; whether its body has run.
    LoopTest(Rc<Command>, Flags, bool),
    /// The test of a loop has run; the status of its last body.
    LoopBody(Rc<Command>, Flags, i32),
    /// The words of a `for` are being expanded.
    ForWords(Rc<Command>, Flags, Pending),
    /// A `for` goes on with the word at this index.
    For(Rc<Command>, Rc<Vec<String>>, usize, Flags),
    /// The words of a `case` are being expanded, from the arm at this index on.
    Case(Rc<Command>, Flags, Pending, usize),
    /// The arm of a `case` at this index runs, as `;&` before it says.
    Arm(Rc<Command>, Flags, usize),
    /// The words of a simple command are being expanded.
    Simple(Rc<Command>, Flags, Pending),
    /// The redirections of a compound command are being expanded.
    Redirected(Rc<Command>, Flags, Pending),
    /// A command has ended: `set -e` looks at its status.
    Check(Flags),
    /// A redirection has opened a named pipe: wait for somebody at the other end.
    Opened(Box<Opened>),
    /// Put descriptors back.
    Restore(Saved),
    /// Put variables back.
    Variables(Vec<(String, Option<Var>)>),
    /// A function runs: the caller's parameters, what `local` hid, and where `getopts` was.
    Call(Rc<Vec<String>>, Vec<(String, Option<Var>)>, OptionPlace),
    /// `command` runs what is above: an error ends that and not the shell.
    Guard,
    /// Put the positional parameters back after `. file arguments`.
    Arguments(Rc<Vec<String>>),
    /// A substitution runs: its job, the descriptor of its output, the text so far.
    Capture(usize, u32, Vec<u8>),
    /// A substitution has said all: its job must end.
    Captured(usize, Vec<u8>),
    /// A foreground job runs.
    Foreground(usize),
    /// The `wait` builtin: the processes it waits for; without any, all background jobs.
    Wait(Option<Vec<Pid>>),
    /// `wait -n`: the jobs that ran when it began.
    WaitNext(Vec<usize>),
    /// The `read` builtin.
    Read(Box<Reading>),
    /// A trap has run: the status before it.
    TrapEnd(i32),
    /// The trap on ERR has run: the status that called it.
    Failed(i32),
    /// `((…))` or `[[ … ]]` is being worked out.
    Asked(Rc<Command>, Pending),
    /// A `for ((…))` goes on.
    Counted(Rc<Command>, Flags, Pending, Turn),
    /// What `time` measures has ended: when it began, and whether in the form of POSIX.
    Timed(u64, bool),
    /// The `mapfile` builtin.
    Lines(Box<Lines>),
    /// A stream is being read as a script.
    Input(Input),
    /// The trap on EXIT has run: end with this code.
    End(i32),
}
