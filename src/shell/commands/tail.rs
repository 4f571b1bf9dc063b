//! `tail -n 10`, `tail -f`, `tail -F`

use std::collections::VecDeque;

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::numbers;
use crate::shell::limits;
use crate::shell::process::{State, Step};
use crate::shell::sys::Sys;

/// `tail`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tail {
    bytes: bool,
    /// Counted from the start (`+3`) instead of the end.
    from_start: bool,
    count: u64,
    follow: bool,
    /// Whether a missing file is waited for (`-F`).
    retry: bool,
    skipped: u64,
    kept: VecDeque<u8>,
    newlines: u64,
    /// Whether what is kept has been printed, so that `-f` prints at once.
    printed: bool,
    /// Whether the file being read has no end.
    endless: bool,
    /// Whether files are told apart by a line with their name, and how many have begun.
    headed: bool,
    begun: usize,
}

/// Bytes a millisecond that a tail without line ends takes in: measured, busybox 1.35.
const READ_PER_MS: u64 = 512 << 10;

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let mut args = numbers::dashed(call.args);
    // `tail +5` is how it once was said.
    if let Some(first) = args.first_mut()
        && first.strip_prefix('+').is_some_and(|n| n.parse::<u64>().is_ok())
    {
        first.insert_str(0, "-n");
    }
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    let options = call.options("n:c:fFs:qv")?;
    let bytes = options.has('c');
    let text = options.value(if bytes { 'c' } else { 'n' }).unwrap_or("10").to_string();
    let from_start = text.starts_with('+');
    let Some(count) = numbers::size(text.trim_start_matches(['+', '-'])) else {
        return Err(call.fail(format!("invalid number '{text}'")));
    };
    let tail = Tail {
        bytes,
        from_start,
        count,
        follow: options.has('f') || options.has('F'),
        retry: options.has('F'),
        skipped: 1,
        kept: VecDeque::new(),
        newlines: 0,
        printed: false,
        endless: false,
        headed: options.rest.len() > 1 && !options.has('q') || options.has('v'),
        begun: 0,
    };
    Ok((Kind::Tail(tail), options.rest))
}

/// `tail -f` looks again after a second. Source: busybox, tail.c.
pub fn poll(sys: &mut Sys) -> Step {
    Step::Block(State::Sleeping(sys.now() + SimTime::secs(1)))
}

impl Tail {
    fn skip(&mut self, sys: &mut Sys, data: &[u8]) {
        let mut at = 0;
        while at < data.len() && self.skipped < self.count {
            self.skipped += u64::from(self.bytes || data[at] == b'\n');
            at += 1;
        }
        sys.out(&data[at..]);
    }

    fn keep(&mut self, data: &[u8]) {
        self.kept.extend(data);
        self.newlines += data.iter().filter(|b| **b == b'\n').count() as u64;
        while self.is_too_much() {
            let Some(byte) = self.kept.pop_front() else { return };
            self.newlines -= u64::from(byte == b'\n');
        }
    }

    fn is_too_much(&self) -> bool {
        if self.kept.len() > limits::TEXT_BYTES || self.bytes {
            return self.kept.len() as u64 > self.count.min(limits::TEXT_BYTES as u64);
        }
        let open = u64::from(self.kept.back().is_some_and(|b| *b != b'\n'));
        self.newlines + open > self.count
    }

    /// What has no line ends must be held as a whole: memory grows with what is read, and for ever
    /// if that is endless. Only the last of it is kept here.
    fn swell(&mut self, sys: &mut Sys, more: usize) -> Flow {
        let held = sys.me().hold.at(sys.now()).max(self.kept.len() as u64);
        sys.hold(held + more as u64);
        if self.kept.len() + 4096 > limits::TEXT_BYTES {
            self.kept.drain(..4096);
        }
        if !self.endless {
            return Flow::More;
        }
        sys.grow(u64::MAX, READ_PER_MS);
        sys.burn(1000);
        Flow::Hang
    }

    fn print(&mut self, sys: &mut Sys) {
        let kept: Vec<u8> = std::mem::take(&mut self.kept).into();
        self.newlines = 0;
        self.printed = true;
        sys.out(kept);
    }
}

impl Stage for Tail {
    fn begin(&mut self, sys: &mut Sys, name: &str) {
        let path = if name == "-" { "/proc/self/fd/0" } else { name };
        self.endless = sys.is_endless(path);
        if self.begun > 0 && !self.printed && !self.from_start {
            self.print(sys);
        }
        if self.headed {
            let gap = if self.begun > 0 { "\n" } else { "" };
            sys.out([gap, "==> ", name, " <==\n"].concat());
        }
        self.begun += 1;
        (self.skipped, self.printed) = (1, false);
    }

    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        if self.printed {
            sys.out(data);
        } else if self.from_start {
            self.skip(sys, data);
        } else {
            self.keep(data);
            if self.kept.len() >= limits::TEXT_BYTES / 2 {
                return self.swell(sys, data.len());
            }
            if self.follow && data.len() < 4096 {
                self.print(sys);
            }
        }
        Flow::More
    }

    fn finish(&mut self, sys: &mut Sys) -> i32 {
        if !self.printed {
            self.print(sys);
        }
        0
    }

    fn follows(&self) -> bool {
        self.follow
    }

    fn retries(&self) -> bool {
        self.retry
    }

    /// Source: busybox, coreutils/tail.c: a file that was missing is printed from its start.
    fn appears(&mut self, sys: &mut Sys, name: &str) {
        sys.err(format!("tail: {name} has appeared; following end of new file\n"));
        self.printed = true;
    }
}
