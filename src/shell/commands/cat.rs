//! `cat`: copies files to standard output.

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::sys::Sys;

/// `cat`, with `-n` counting lines and `-v` showing what cannot be seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cat {
    number: bool,
    /// Empty lines are not counted.
    filled: bool,
    visible: bool,
    tabs: bool,
    ends: bool,
    line: u64,
    inside: bool,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("nbvteAu")?;
    let any = |letters: &str| letters.chars().any(|letter| options.has(letter));
    let cat = Cat {
        number: any("nb"),
        filled: any("b"),
        visible: any("vteA"),
        tabs: any("tA"),
        ends: any("eA"),
        line: 0,
        inside: false,
    };
    Ok((Kind::Cat(cat), options.rest))
}

impl Cat {
    fn shown(&self, byte: u8, out: &mut Vec<u8>) {
        match byte {
            b'\n' if self.ends => out.extend(b"$\n"),
            b'\t' if self.tabs => out.extend(b"^I"),
            b'\n' | b'\t' => out.push(byte),
            128.. => {
                out.extend(b"M-");
                match byte & 127 {
                    low @ (..32 | 127) => out.extend([b'^', low ^ 64]),
                    low => out.push(low),
                }
            }
            ..32 | 127 => out.extend([b'^', byte ^ 64]),
            _ => out.push(byte),
        }
    }
}

impl Stage for Cat {
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        if !self.number && !self.visible {
            sys.out(data);
            return Flow::More;
        }
        let mut out = Vec::new();
        for byte in data {
            if self.number && !self.inside && !(self.filled && *byte == b'\n') {
                self.line += 1;
                out.extend(format!("{:6}", self.line).into_bytes());
                out.extend(if self.visible { b"  ".as_slice() } else { b"\t" });
            }
            self.inside = *byte != b'\n';
            if self.visible { self.shown(*byte, &mut out) } else { out.push(*byte) }
        }
        sys.out(out);
        Flow::More
    }

    fn end_file(&mut self, sys: &mut Sys) {
        if std::mem::take(&mut self.inside) && !self.visible {
            sys.out("\n");
        }
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        0
    }
}
