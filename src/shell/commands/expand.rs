//! `expand -t 8`, `unexpand -a`: tabs as blanks, and blanks as tabs.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::Text;

fn stops(options: &Options) -> usize {
    let width = options.value('t').and_then(|text| text.parse().ok());
    width.filter(|width| (1..=1000).contains(width)).unwrap_or(8)
}

/// `expand`: tabs become blanks.
pub fn expand(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let (width, initial) = (stops(options), options.has('i'));
    let mut out = String::new();
    for (_, text) in texts {
        for line in String::from_utf8_lossy(text).split_inclusive('\n') {
            let (mut column, mut leads) = (0, true);
            for c in line.chars() {
                leads &= c == '\t' || c == ' ';
                if c == '\t' && (leads || !initial) {
                    let blanks = width - column % width;
                    out.extend(std::iter::repeat_n(' ', blanks));
                    column += blanks;
                } else {
                    out.push(c);
                    column += 1;
                }
            }
        }
        call.sys.spend(out.len() as u64 / 64);
        call.out(std::mem::take(&mut out));
    }
    0
}

/// `unexpand`: blanks at the beginning of a line, or all, become tabs.
pub fn unexpand(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let width = stops(options);
    let all = (options.has('a') || options.has('t')) && !options.has('f');
    let mut out = String::new();
    for (_, text) in texts {
        for line in String::from_utf8_lossy(text).split_inclusive('\n') {
            blanks_of(line, width, all, &mut out);
        }
    }
    call.out(out);
    0
}

fn blanks_of(line: &str, width: usize, all: bool, out: &mut String) {
    let (mut column, mut from, mut leads) = (0, 0, true);
    for c in line.chars() {
        match c {
            ' ' | '\t' if leads || all => {
                column = if c == '\t' { (column / width + 1) * width } else { column + 1 };
                continue;
            }
            _ => {}
        }
        let tabs = column / width - from / width;
        out.extend(std::iter::repeat_n('\t', tabs));
        let rest = if tabs > 0 { column % width } else { column - from };
        out.extend(std::iter::repeat_n(' ', rest));
        out.push(c);
        column += 1;
        (from, leads) = (column, false);
    }
}
