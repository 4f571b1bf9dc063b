//! `cut -d: -f1,3-`, `cut -c1-5`

use crate::base::sort;
use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::lines::Lines;
use crate::shell::sys::Sys;

/// `cut`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cut {
    /// The field separator, or `None` for characters.
    separator: Option<char>,
    ranges: Vec<(usize, usize)>,
    only_separated: bool,
    lines: Lines,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("f:c:b:d:sn")?;
    let fields = options.has('f');
    let list = ['f', 'c', 'b'].iter().find_map(|l| options.value(*l)).map(str::to_string);
    let Some(list) = list else {
        return Err(call.fail("expected a list of bytes, characters, or fields"));
    };
    if !fields && (options.has('s') || options.has('d')) {
        let what = if options.has('s') {
            "suppressing non-delimited lines makes sense"
        } else {
            "a delimiter may be specified"
        };
        return Err(call.fail([what, " only when operating on fields"].concat()));
    }
    let Some(mut ranges) = list.split(',').map(range).collect::<Option<Vec<_>>>() else {
        return Err(call.fail(["invalid number '", &list, "'"].concat()));
    };
    sort(&mut ranges);
    let separator =
        fields.then(|| options.value('d').and_then(|d| d.chars().next()).unwrap_or('\t'));
    let cut = Cut { separator, ranges, only_separated: options.has('s'), lines: Lines::default() };
    Ok((Kind::Cut(cut), options.rest))
}

fn range(text: &str) -> Option<(usize, usize)> {
    let number = |t: &str, empty: usize| match t {
        "" | "0" => Some(empty),
        t => t.parse().ok(),
    };
    let (low, high) = match text.split_once('-') {
        Some((low, high)) => (number(low, 1)?, number(high, usize::MAX)?),
        None => (number(Some(text).filter(|t| !t.is_empty())?, 1)?, 0),
    };
    Some((low, high.max(low)))
}

impl Cut {
    fn has(&self, nth: usize) -> bool {
        self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&nth))
    }

    fn line(&self, sys: &mut Sys, line: &str) {
        let Some(separator) = self.separator else {
            let kept: String = line
                .chars()
                .enumerate()
                .filter(|(at, _)| self.has(at + 1))
                .map(|(_, c)| c)
                .collect();
            sys.out(kept + "\n");
            return;
        };
        if !line.contains(separator) {
            if !self.only_separated || line.is_empty() {
                sys.out(format!("{line}\n"));
            }
            return;
        }
        let mut fields = line.split(separator).enumerate().peekable();
        let mut kept: Vec<&str> = Vec::new();
        // Source: busybox 1.35, measured: a range that the line is too short for gives nothing
        // once, behind a separator.
        for (low, high) in &self.ranges {
            let before = kept.len();
            while let Some((at, field)) = fields.next_if(|(at, _)| at < high) {
                if at + 1 >= *low {
                    kept.push(field);
                }
            }
            if kept.len() == before && fields.peek().is_none() {
                kept.push("");
            }
        }
        sys.out(kept.join(&separator.to_string()) + "\n");
    }
}

impl Stage for Cut {
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        for line in self.lines.feed(data) {
            self.line(sys, &line);
        }
        Flow::More
    }

    fn end_file(&mut self, sys: &mut Sys) {
        if let Some(line) = self.lines.rest() {
            self.line(sys, &line);
        }
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        0
    }
}
