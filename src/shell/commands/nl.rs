//! `nl`: numbers lines; `fold`: cuts long ones.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::{Text, all_lines, print};

/// `nl -b a -s SEP -w WIDTH -v START`
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let number =
        |letter, default| options.value(letter).and_then(|v| v.parse().ok()).unwrap_or(default);
    let (width, mut next): (usize, usize) = (number('w', 6), number('v', 1));
    let step = number('i', 1);
    let separator = options.value('s').unwrap_or("\t");
    let (all, none) = (options.value('b') == Some("a"), options.value('b') == Some("n"));
    let numbered = all_lines(texts).into_iter().map(|line| {
        if none || line.is_empty() && !all {
            return " ".repeat(width + separator.len()) + &line;
        }
        let shown = format!("{next:>width$}{separator}{line}");
        next = next.saturating_add(step);
        shown
    });
    let numbered: Vec<String> = numbered.collect();
    print(call, numbered);
    0
}

/// `fold -w WIDTH -s`
pub fn fold(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let width = options.value('w').and_then(|w| w.parse().ok()).filter(|w| *w > 0).unwrap_or(80);
    let mut out: Vec<String> = Vec::new();
    let after = |column: usize, c: char| match c {
        '\t' if !options.has('b') => (column / 8 + 1) * 8,
        _ => column + 1,
    };
    for line in all_lines(texts) {
        let (mut part, mut column) = (Vec::new(), 0);
        for c in line.chars() {
            while after(column, c) > width && !part.is_empty() {
                let blank = part.iter().rposition(|c| matches!(c, ' ' | '\t'));
                let blank = blank.filter(|_| options.has('s'));
                let tail = part.split_off(blank.map_or(part.len(), |at| at + 1));
                out.push(part.into_iter().collect());
                part = tail;
                column = part.iter().fold(0, |column, c| after(column, *c));
            }
            column = after(column, c);
            part.push(c);
        }
        out.push(part.into_iter().collect());
    }
    let ends = texts.iter().rev().find(|(_, text)| !text.is_empty());
    let open = ends.is_some_and(|(_, text)| !text.ends_with(b"\n"));
    let last: String = if open { out.pop().unwrap_or_default() } else { String::new() };
    print(call, out);
    call.out(last);
    0
}
