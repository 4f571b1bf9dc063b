//! `wc -l -w -c -L`

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::sys::Sys;

/// Lines, words, bytes, the longest line.
type Counts = [u64; 4];

/// `wc`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wc {
    shown: [bool; 4],
    column: u64,
    now: Counts,
    total: Counts,
    inside: bool,
    name: String,
    files: usize,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("lwcmL")?;
    let mut shown = [
        options.has('l'),
        options.has('w'),
        options.has('c') || options.has('m'),
        options.has('L'),
    ];
    if shown == [false; 4] {
        shown = [true, true, true, false];
    }
    let wc = Wc {
        shown,
        column: 0,
        now: [0; 4],
        total: [0; 4],
        inside: false,
        name: String::new(),
        files: options.rest.len(),
    };
    Ok((Kind::Wc(wc), options.rest))
}

impl Wc {
    /// Source: busybox, wc.c: one column of one file is not padded.
    fn row(&self, counts: &Counts, name: &str) -> String {
        let columns: Vec<u64> =
            counts.iter().zip(self.shown).filter(|(_, shown)| *shown).map(|(c, _)| *c).collect();
        let mut row = match columns.as_slice() {
            [one] if self.files < 2 => one.to_string(),
            many => many.iter().map(|c| format!("{c:9}")).collect::<Vec<_>>().join(" "),
        };
        if self.files > 0 {
            row.push(' ');
            row.push_str(name);
        }
        row + "\n"
    }
}

impl Stage for Wc {
    fn begin(&mut self, _sys: &mut Sys, name: &str) {
        self.name = name.to_string();
        self.now = [0; 4];
        self.column = 0;
        self.inside = false;
    }

    fn feed(&mut self, _sys: &mut Sys, data: &[u8]) -> Flow {
        for byte in data {
            let blank = byte.is_ascii_whitespace();
            self.now[0] += u64::from(*byte == b'\n');
            self.now[1] += u64::from(!blank && !self.inside);
            self.now[2] += 1;
            self.column =
                if *byte == b'\n' { 0 } else { self.column + u64::from(byte & 0xc0 != 0x80) };
            self.now[3] = self.now[3].max(self.column);
            self.inside = !blank;
        }
        Flow::More
    }

    fn end_file(&mut self, sys: &mut Sys) {
        for at in 0..3 {
            self.total[at] += self.now[at];
        }
        self.total[3] = self.total[3].max(self.now[3]);
        sys.out(self.row(&self.now, &self.name));
    }

    fn finish(&mut self, sys: &mut Sys) -> i32 {
        if self.files > 1 {
            sys.out(self.row(&self.total, "total"));
        }
        0
    }
}
