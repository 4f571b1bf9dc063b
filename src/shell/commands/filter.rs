//! Commands that read files or standard input to their end: `cat`, `grep`, `wc` …
//!
//! They are fed piece by piece, so that they live in pipelines that never end.

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::{awk, cat, cut, grep, head, sed, tail, tee, tr, wc, whole};
use crate::shell::errno::Errno;
use crate::shell::open_files::DescId;
use crate::shell::process::{State, Step};
use crate::shell::sys::{Read, Sys};
use crate::shell::sys_files::OpenMode;
use crate::shell::types::NoteKind;

/// What a filter wants after a piece of input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flow {
    /// More.
    More,
    /// No more of this file.
    NextFile,
    /// Nothing more happens: wait for a signal.
    Hang,
    /// It goes on with what it has when this state ends.
    Wait(State),
    /// No more at all: end with this code.
    Exit(i32),
}

/// What a filter does with its input.
pub trait Stage {
    /// A file begins. `name` is what it was called, `-` for standard input.
    fn begin(&mut self, _sys: &mut Sys, _name: &str) {}
    /// A piece of input.
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow;
    /// Work to do before it is fed: what came of it.
    fn resume(&mut self, _sys: &mut Sys) -> Option<Flow> {
        None
    }
    /// All input has ended: what it waits for before it can finish.
    fn ends(&mut self, _sys: &mut Sys) -> Option<State> {
        None
    }
    /// A file has ended.
    fn end_file(&mut self, _sys: &mut Sys) {}
    /// All input has ended; the exit code.
    fn finish(&mut self, sys: &mut Sys) -> i32;
    /// What it waits for before it ends: `awk` for the commands it writes to.
    fn lingers(&mut self, _sys: &mut Sys) -> Option<State> {
        None
    }
    /// What to do at the end of the last file: `tail -f` goes on.
    fn follows(&self) -> bool {
        false
    }
    /// Whether it looks again for a last file that is missing: `tail -F`.
    fn retries(&self) -> bool {
        false
    }
    /// The file that was missing is there now.
    fn appears(&mut self, _sys: &mut Sys, _name: &str) {}
}

/// The filters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `awk`
    Awk(Box<awk::Awk>),
    /// `cat`
    Cat(cat::Cat),
    /// `cut`
    Cut(cut::Cut),
    /// `grep`
    Grep(grep::Grep),
    /// `head`
    Head(head::Head),
    /// `sed`
    Sed(Box<sed::Sed>),
    /// `tail`
    Tail(tail::Tail),
    /// `tee`
    Tee(tee::Tee),
    /// `tr`
    Tr(tr::Tr),
    /// All those that need the whole of their input.
    Whole(whole::Whole),
    /// `wc`
    Wc(wc::Wc),
}

impl Kind {
    /// Whether it goes on without its missing files.
    fn bears_missing(&self) -> bool {
        match self {
            Kind::Awk(_) => false,
            Kind::Whole(whole) => whole.bears_missing(),
            _ => true,
        }
    }

    /// Whether its output is a stream of the C library, which is written when 4096 bytes have come
    /// together or the program ends, unless it is a terminal. The others write at once.
    /// Source: busybox findutils/grep.c, editors/sed.c, coreutils/cut.c, head.c; C17 7.21.3
    fn is_buffered(&self) -> bool {
        matches!(self, Kind::Grep(_) | Kind::Sed(_) | Kind::Cut(_) | Kind::Head(_))
    }

    fn stage(&mut self) -> &mut dyn Stage {
        match self {
            Kind::Awk(stage) => &mut **stage,
            Kind::Cat(stage) => stage,
            Kind::Cut(stage) => stage,
            Kind::Grep(stage) => stage,
            Kind::Head(stage) => stage,
            Kind::Sed(stage) => &mut **stage,
            Kind::Tail(stage) => stage,
            Kind::Tee(stage) => stage,
            Kind::Tr(stage) => stage,
            Kind::Whole(stage) => stage,
            Kind::Wc(stage) => stage,
        }
    }
}

/// A filter with its input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
    applet: String,
    files: Vec<String>,
    next: usize,
    /// The descriptor being read.
    open: Option<u32>,
    kind: Kind,
    opened: bool,
    /// Whether the last file is missing and looked for again.
    awaited: bool,
    status: i32,
    /// The code a missing file gives.
    missing: i32,
    output: Output,
    /// The code it ends with once nothing keeps it any more.
    ending: Option<i32>,
}

/// What the C library holds back of a filter's output.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Output {
    held: Vec<u8>,
    /// Since when the first of it waits.
    since: SimTime,
}

/// Bytes that a stream of the C library holds. Source: glibc, the block size of a pipe.
const BLOCK: usize = 4096;
/// How long output waits before the learner is told.
const LONG: SimTime = SimTime::secs(5);

impl Output {
    /// Collects what `work` prints, and writes what is full, at the end of the program all.
    fn through(&mut self, sys: &mut Sys, work: impl FnOnce(&mut Sys) -> Step) -> Step {
        if !self.held.is_empty() && sys.now().since(self.since) >= LONG {
            sys.note(NoteKind::HeldBack { process: sys.me().argv.join(" ") });
        }
        if self.held.is_empty() {
            self.since = sys.now();
        }
        sys.collect(std::mem::take(&mut self.held));
        let step = work(sys);
        let mut held = sys.collected();
        let full = held.len() - held.len() % BLOCK;
        let rest = if matches!(step, Step::Exit(_)) { Vec::new() } else { held.split_off(full) };
        if !held.is_empty() {
            sys.out(held);
            self.since = sys.now();
        }
        self.held = rest;
        step
    }
}

impl Filter {
    /// A filter over these files, or standard input if there are none.
    pub fn new(call: &Call, mut files: Vec<String>, kind: Kind) -> Filter {
        if files.is_empty() {
            files.push("-".to_string());
        }
        let missing = match &kind {
            Kind::Grep(_) => 2,
            Kind::Whole(whole) => whole.missing(),
            _ => 1,
        };
        let applet = call.applet.to_string();
        Filter {
            applet,
            files,
            next: 0,
            open: None,
            kind,
            opened: false,
            awaited: false,
            status: 0,
            missing,
            output: Output::default(),
            ending: None,
        }
    }

    /// What it does.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Reads a piece of input.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if !self.kind.is_buffered() || sys.is_terminal(1) {
            return self.work(sys);
        }
        let mut output = std::mem::take(&mut self.output);
        let step = output.through(sys, |sys| self.work(sys));
        self.output = output;
        step
    }

    /// Ends with this code, when nothing keeps it any more.
    fn exit(&mut self, sys: &mut Sys, code: i32) -> Step {
        self.ending = Some(code);
        match self.kind.stage().lingers(sys) {
            Some(state) => Step::Block(state),
            None => Step::Exit(code),
        }
    }

    fn work(&mut self, sys: &mut Sys) -> Step {
        if let Some(code) = self.ending {
            return self.exit(sys, code);
        }
        if let Some(flow) = self.kind.stage().resume(sys) {
            return self.flow(sys, flow);
        }
        let Some(fd) = self.open else { return self.open_next(sys) };
        match sys.read(fd, 4096) {
            Read::Wait(state) => Step::Block(state),
            Read::Data(data) => {
                let flow = self.feed(sys, &data);
                self.flow(sys, flow)
            }
            Read::End if self.next == self.files.len() && self.kind.stage().follows() => {
                tail::poll(sys)
            }
            Read::End => self.end_file(sys),
            Read::Failed(error) => {
                self.complain(sys, "read error", error);
                self.end_file(sys)
            }
        }
    }

    fn flow(&mut self, sys: &mut Sys, flow: Flow) -> Step {
        match flow {
            Flow::More => Step::Continue,
            Flow::NextFile => self.end_file(sys),
            Flow::Hang => Step::Block(State::Paused),
            Flow::Wait(state) => Step::Block(state),
            Flow::Exit(code) => self.exit(sys, code),
        }
    }

    /// Feeds a piece: some 250 MB a second, and each line is work, of which `sed` and `awk` take
    /// account themselves.
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        sys.spend(data.len() as u64 / 64);
        if matches!(self.kind, Kind::Grep(_) | Kind::Cut(_) | Kind::Whole(_)) {
            sys.spend(data.iter().filter(|byte| **byte == b'\n').count() as u64);
        }
        self.kind.stage().feed(sys, data)
    }

    /// Looks again for the last file, which was missing.
    fn look_again(&mut self, sys: &mut Sys) -> Step {
        let name = self.files[self.next - 1].clone();
        let Ok(file) = sys.open(&name, OpenMode::Read) else { return tail::poll(sys) };
        self.kind.stage().appears(sys, &name);
        self.take_file(sys, file);
        self.awaited = false;
        Step::Continue
    }

    fn take_file(&mut self, sys: &mut Sys, file: DescId) {
        let fd = sys.free_descriptor(3);
        sys.set_descriptor(fd, file);
        self.open = Some(fd);
        self.opened = true;
    }

    fn open_next(&mut self, sys: &mut Sys) -> Step {
        if self.awaited {
            return self.look_again(sys);
        }
        let Some(name) = self.files.get(self.next).cloned() else {
            if self.status != 0 && matches!(self.kind, Kind::Tail(_)) && !self.opened {
                sys.err(format!("{}: no files\n", self.applet));
            }
            if let Some(state) = self.kind.stage().ends(sys) {
                return Step::Block(state);
            }
            let code = self.kind.stage().finish(sys);
            return self.exit(sys, if self.status != 0 { self.status } else { code });
        };
        self.next += 1;
        if name == "-" {
            self.open = Some(0);
            self.kind.stage().begin(sys, "-");
            return Step::Continue;
        }
        match sys.open(&name, OpenMode::Read) {
            Ok(file) => {
                self.take_file(sys, file);
                self.kind.stage().begin(sys, &name);
            }
            Err(error) => {
                self.cannot_open(sys, &name, error);
                if self.next == self.files.len() && self.kind.stage().retries() {
                    self.awaited = true;
                    return tail::poll(sys);
                }
                if !self.kind.bears_missing() {
                    return Step::Exit(self.status);
                }
            }
        }
        Step::Continue
    }

    fn cannot_open(&mut self, sys: &mut Sys, name: &str, error: Errno) {
        self.status = self.missing;
        let opens = match &self.kind {
            Kind::Cat(_) | Kind::Tail(_) => true,
            Kind::Whole(whole) => whole.says_open(),
            Kind::Grep(grep) if grep.is_silent() => return,
            _ => false,
        };
        let stat = self.applet == "diff";
        let (before, after) = if stat {
            (": can't stat '", "': ")
        } else if opens {
            (": can't open '", "': ")
        } else {
            (": ", ": ")
        };
        sys.err([&self.applet, before, name, after, error.text(), "\n"].concat());
    }

    fn complain(&mut self, sys: &mut Sys, what: &str, error: Errno) {
        self.status = self.missing;
        let name = self.files[self.next - 1].clone();
        let text = match self.kind {
            Kind::Grep(_) => format!("{}: {name}: {error}\n", self.applet),
            _ => format!("{}: {what}: {error}\n", self.applet),
        };
        sys.err(text);
    }

    fn end_file(&mut self, sys: &mut Sys) -> Step {
        self.kind.stage().end_file(sys);
        if let Some(fd) = self.open.take().filter(|fd| *fd != 0) {
            sys.close(fd);
        }
        Step::Continue
    }
}

/// Starts the filter of this name. Errors: an exit code, or `None` if there is no such filter.
pub fn start(call: &mut Call) -> Result<Filter, Option<i32>> {
    let (kind, files) = match call.name {
        "awk" => awk::parse(call)?,
        "cat" => cat::parse(call)?,
        "cut" => cut::parse(call)?,
        "grep" | "egrep" | "fgrep" => grep::parse(call)?,
        "head" => head::parse(call)?,
        "sed" => sed::parse(call)?,
        "tail" => tail::parse(call)?,
        "tee" => tee::parse(call)?,
        "tr" => tr::parse(call)?,
        "wc" => wc::parse(call)?,
        _ => whole::parse(call).ok_or(None)??,
    };
    Ok(Filter::new(call, files, kind))
}

/// What a filter's command line gives: the filter and its files, or an exit code.
pub type Parsed = Result<(Kind, Vec<String>), i32>;
