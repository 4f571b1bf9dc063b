//! `sort -n -r -u`

use crate::base::sort_by;
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
    fold: bool,
    /// The field that decides, from 1, and what separates fields (blanks, if `None`).
    key: Option<usize>,
    separator: Option<char>,
    reverse: bool,
    unique: bool,
    lines: Lines,
    kept: Vec<String>,
    bytes: usize,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("nrufbk:t:")?;
    let key = options.value('k').unwrap_or("");
    let digits = key.find(|c: char| !c.is_ascii_digit()).unwrap_or(key.len());
    if options.flags.iter().filter(|(letter, _)| *letter == 'k').count() > 1 {
        call.unsupported("-k twice");
    }
    let sort = Sort {
        numeric: options.has('n') || key.contains('n'),
        fold: options.has('f'),
        key: key[..digits].parse().ok(),
        separator: options.value('t').and_then(|t| t.chars().next()),
        reverse: options.has('r') || key.contains('r'),
        unique: options.has('u'),
        lines: Lines::default(),
        kept: Vec::new(),
        bytes: 0,
    };
    Ok((Kind::Sort(sort), options.rest))
}

impl Sort {
    fn key<'a>(&self, line: &'a str) -> &'a str {
        let Some(nth) = self.key else { return line };
        let mut rest = line;
        for _ in 1..nth {
            rest = match self.separator {
                Some(separator) => rest.split_once(separator).map_or("", |(_, rest)| rest),
                None => {
                    let word = rest.trim_start();
                    word.find(char::is_whitespace).map_or("", |end| &word[end..])
                }
            };
        }
        rest
    }

    fn order(&self, a: &str, b: &str) -> std::cmp::Ordering {
        let (x, y) = (self.key(a), self.key(b));
        let order = if self.numeric {
            number(x).cmp(&number(y))
        } else if self.fold {
            x.to_ascii_uppercase().cmp(&y.to_ascii_uppercase())
        } else {
            x.cmp(y)
        };
        let order = order.then_with(|| a.cmp(b));
        if self.reverse { order.reverse() } else { order }
    }
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
        sys.hold(self.bytes as u64);
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
        let mut kept = std::mem::take(&mut self.kept);
        sort_by(&mut kept, |a, b| self.order(a, b));
        self.kept = kept;
        if self.unique && self.numeric {
            self.kept.dedup_by_key(|line| number(line));
        } else if self.unique {
            self.kept.dedup();
        }
        let text: String = self.kept.iter().map(|line| format!("{line}\n")).collect();
        sys.out(text);
        0
    }
}
