//! `tail -n 10`, `tail -f`

use std::collections::VecDeque;

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::numbers;
use crate::shell::limits;
use crate::shell::process::{State, Step};
use crate::shell::sys::Sys;
use crate::shell::types::NoteKind;

/// `tail`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tail {
    bytes: bool,
    /// Counted from the start (`+3`) instead of the end.
    from_start: bool,
    count: u64,
    follow: bool,
    skipped: u64,
    kept: VecDeque<u8>,
    newlines: u64,
    /// Whether what is kept has been printed, so that `-f` prints at once.
    printed: bool,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let args = numbers::dashed(call.args);
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
        skipped: 1,
        kept: VecDeque::new(),
        newlines: 0,
        printed: false,
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

    fn print(&mut self, sys: &mut Sys) {
        let kept: Vec<u8> = std::mem::take(&mut self.kept).into();
        self.newlines = 0;
        self.printed = true;
        sys.out(kept);
    }
}

impl Stage for Tail {
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        if self.printed {
            sys.out(data);
        } else if self.from_start {
            self.skip(sys, data);
        } else {
            self.keep(data);
            if self.kept.len() >= limits::TEXT_BYTES {
                // `tail /dev/zero`: a real one takes memory until it is killed.
                let what = "tail of an endless file: it waits without using memory";
                sys.note(NoteKind::Unsupported(what.to_string()));
                return Flow::Hang;
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
}
