//! `uniq -c -d -u`

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::lines::Lines;
use crate::shell::sys::Sys;

/// `uniq`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Uniq {
    count: bool,
    repeated: bool,
    single: bool,
    lines: Lines,
    last: Option<(String, u64)>,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("cdu")?;
    let uniq = Uniq {
        count: options.has('c'),
        repeated: options.has('d'),
        single: options.has('u'),
        lines: Lines::default(),
        last: None,
    };
    Ok((Kind::Uniq(uniq), options.rest))
}

impl Uniq {
    fn line(&mut self, sys: &mut Sys, line: String) {
        match &mut self.last {
            Some((last, count)) if *last == line => *count += 1,
            _ => {
                self.print(sys);
                self.last = Some((line, 1));
            }
        }
    }

    fn print(&mut self, sys: &mut Sys) {
        let Some((line, count)) = self.last.take() else { return };
        if self.repeated && count < 2 || self.single && count > 1 {
            return;
        }
        if self.count {
            sys.out(format!("{count:7} {line}\n"));
        } else {
            sys.out(format!("{line}\n"));
        }
    }
}

impl Stage for Uniq {
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        for line in self.lines.feed(data) {
            self.line(sys, line);
        }
        Flow::More
    }

    fn end_file(&mut self, sys: &mut Sys) {
        if let Some(line) = self.lines.rest() {
            self.line(sys, line);
        }
    }

    fn finish(&mut self, sys: &mut Sys) -> i32 {
        self.print(sys);
        0
    }
}
