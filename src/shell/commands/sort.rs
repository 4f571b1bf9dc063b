//! `sort -n -r -u`

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::lines::Lines;
use crate::shell::limits;
use crate::shell::sys::Sys;
use crate::shell::types::{Limit, NoteKind};

/// `sort`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    numeric: bool,
    reverse: bool,
    unique: bool,
    lines: Lines,
    kept: Vec<String>,
    bytes: usize,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("nrufbk:t:")?;
    if options.has('k') || options.has('t') {
        call.unsupported("-k");
    }
    let sort = Sort {
        numeric: options.has('n'),
        reverse: options.has('r'),
        unique: options.has('u'),
        lines: Lines::default(),
        kept: Vec::new(),
        bytes: 0,
    };
    Ok((Kind::Sort(sort), options.rest))
}

/// The number a line starts with, in thousandths.
fn number(line: &str) -> i64 {
    let text = line.trim_start();
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let value = crate::shell::commands::numbers::thousandths(&text[..end]).unwrap_or(0);
    sign * i64::try_from(value).unwrap_or(i64::MAX)
}

impl Stage for Sort {
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        self.bytes += data.len();
        if self.bytes > limits::TEXT_BYTES {
            sys.note(NoteKind::Limit(Limit::Text));
            return Flow::NextFile;
        }
        let lines = self.lines.feed(data);
        self.kept.extend(lines);
        Flow::More
    }

    fn end_file(&mut self, _sys: &mut Sys) {
        self.kept.extend(self.lines.rest());
    }

    fn finish(&mut self, sys: &mut Sys) -> i32 {
        if self.numeric {
            self.kept.sort_by(|a, b| number(a).cmp(&number(b)).then_with(|| a.cmp(b)));
        } else {
            self.kept.sort();
        }
        if self.unique && self.numeric {
            self.kept.dedup_by_key(|line| number(line));
        } else if self.unique {
            self.kept.dedup();
        }
        if self.reverse {
            self.kept.reverse();
        }
        let text: String = self.kept.iter().map(|line| format!("{line}\n")).collect();
        sys.out(text);
        0
    }
}
