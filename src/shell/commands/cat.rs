//! `cat`: copies files to standard output.

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::sys::Sys;

/// `cat`, with `-n` counting lines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cat {
    number: bool,
    line: u64,
    inside: bool,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("nbvteAu")?;
    let number = options.has('n');
    Ok((Kind::Cat(Cat { number, line: 0, inside: false }), options.rest))
}

impl Stage for Cat {
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        if !self.number {
            sys.out(data);
            return Flow::More;
        }
        for line in data.split_inclusive(|b| *b == b'\n') {
            if !self.inside {
                self.line += 1;
                sys.out(format!("{:6}\t", self.line));
            }
            sys.out(line);
            self.inside = !line.ends_with(b"\n");
        }
        Flow::More
    }

    fn end_file(&mut self, sys: &mut Sys) {
        if std::mem::take(&mut self.inside) {
            sys.out("\n");
        }
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        0
    }
}
