//! `cmp`, `comm`, `diff`: two files side by side.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::{Text, lines};

/// `cmp`: the first byte that differs.
pub fn cmp(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let [(a, x), (b, y)] = texts else { return 2 };
    let at = x.iter().zip(y).position(|(x, y)| x != y);
    let quiet = options.has('s');
    match at {
        None if x.len() == y.len() => return 0,
        None if !quiet => {
            let short = if x.len() < y.len() { a } else { b };
            call.fail(["EOF on ", short].concat());
        }
        Some(_) if !quiet && options.has('l') => {
            let pairs = x.iter().zip(y).enumerate().filter(|(_, (x, y))| x != y);
            let rows = pairs.map(|(at, (x, y))| format!("{} {x:3o} {y:3o}\n", at + 1));
            let rows: String = rows.collect();
            call.out(rows);
            if x.len() != y.len() {
                call.fail(["EOF on ", if x.len() < y.len() { a } else { b }].concat());
            }
        }
        Some(at) if !quiet => {
            let line = x[..at].iter().filter(|b| **b == b'\n').count() + 1;
            call.out(format!("{a} {b} differ: char {}, line {line}\n", at + 1));
        }
        _ => {}
    }
    1
}

/// `comm -12`: lines of one file, of the other, of both; both are sorted.
pub fn comm(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let (a, b) = (lines(&texts[0].1), lines(&texts[1].1));
    let (mut i, mut j) = (0, 0);
    let mut out = String::new();
    while i < a.len() || j < b.len() {
        let order = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => x.cmp(y),
            (Some(_), None) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        };
        let column = [1, 2, 0][(order as i8 + 1) as usize];
        // Less is column 1, equal column 3, greater column 2.
        let column = match column {
            1 => 1,
            2 => 3,
            _ => 2,
        };
        let line = if column == 2 { &b[j] } else { &a[i] };
        let hidden = |c: usize| options.has(char::from(b'0' + c as u8));
        if !hidden(column) {
            let indent = (1..column).filter(|c| !hidden(*c)).count();
            out.push_str(&"\t".repeat(indent));
            out.push_str(line);
            out.push('\n');
        }
        i += usize::from(column != 2);
        j += usize::from(column != 1);
    }
    call.out(out);
    0
}

/// `diff`: as busybox, always in the unified form.
pub fn diff(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let [(a, x), (b, y)] = texts else { return 2 };
    if x == y {
        return 0;
    }
    let mut edits = edits(&whole_lines(x), &whole_lines(y), &|line| seen(line, options));
    if options.has('B') {
        forget_blank(&mut edits);
    }
    if edits.iter().all(|(mark, _)| *mark == ' ') {
        return 0;
    }
    if options.has('q') {
        call.out(["Files ", a, " and ", b, " differ\n"].concat());
        return 1;
    }
    let around = options.value('U').and_then(|count| count.parse().ok()).unwrap_or(3);
    call.out(["--- ", a, "\n+++ ", b, "\n", &hunks(&edits, around)].concat());
    1
}

/// The lines of a text with their newlines.
fn whole_lines(text: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(text).split_inclusive('\n').map(str::to_string).collect()
}

/// What counts of a line.
fn seen(line: &str, options: &Options) -> String {
    let words = || line.split_whitespace();
    let blank = if line.starts_with([' ', '\t']) { " " } else { "" };
    let line = match (options.has('w'), options.has('b')) {
        (true, _) => words().collect(),
        (_, true) => blank.to_string() + &words().collect::<Vec<_>>().join(" "),
        _ => line.to_string(),
    };
    if options.has('i') { line.to_lowercase() } else { line }
}

/// Changes of nothing but empty lines are none.
fn forget_blank(edits: &mut Vec<Edit>) {
    let mut at = 0;
    while at < edits.len() {
        let len = edits[at..].iter().take_while(|(mark, _)| *mark != ' ').count();
        if edits[at..at + len].iter().all(|(_, line)| line == "\n") {
            for (mark, _) in &mut edits[at..at + len] {
                *mark = if *mark == '-' { ' ' } else { '\0' };
            }
        }
        at += len.max(1);
    }
    edits.retain(|(mark, _)| *mark != '\0');
}

/// A line with ` `, `-` or `+`.
type Edit = (char, String);

/// The longest common subsequence, by the table of its lengths; for long files the rest differs.
fn edits(a: &[String], b: &[String], seen: &dyn Fn(&str) -> String) -> Vec<Edit> {
    let keys = |lines: &[String]| lines.iter().map(|line| seen(line)).collect::<Vec<_>>();
    let (x, y) = (keys(a), keys(b));
    let same = x.iter().zip(&y).take_while(|(x, y)| x == y).count();
    let (x, y) = (&x[same..], &y[same..]);
    let (a, b, head) = (&a[same..], &b[same..], &a[..same]);
    let mut out: Vec<Edit> = head.iter().map(|line| (' ', line.clone())).collect();
    let width = b.len() + 1;
    let large = a.len() * b.len() > 1 << 20;
    let mut table = vec![0_u32; if large { 0 } else { (a.len() + 1) * width }];
    if !large {
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                table[i * width + j] = if x[i] == y[j] {
                    table[(i + 1) * width + j + 1] + 1
                } else {
                    table[(i + 1) * width + j].max(table[i * width + j + 1])
                };
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if !large && i < a.len() && j < b.len() && x[i] == y[j] {
            out.push((' ', a[i].clone()));
            (i, j) = (i + 1, j + 1);
        } else if i < a.len()
            && (large || j == b.len() || table[(i + 1) * width + j] >= table[i * width + j + 1])
        {
            out.push(('-', a[i].clone()));
            i += 1;
        } else {
            out.push(('+', b[j].clone()));
            j += 1;
        }
    }
    out
}

/// The changes with so many lines around them.
fn hunks(edits: &[Edit], around: usize) -> String {
    let changed: Vec<usize> = (0..edits.len()).filter(|at| edits[*at].0 != ' ').collect();
    let mut out = String::new();
    let mut at = 0;
    while at < changed.len() {
        let start = changed[at].saturating_sub(around);
        let mut end = changed[at];
        while at < changed.len() && changed[at] <= end + 2 * around + 1 {
            end = changed[at];
            at += 1;
        }
        let end = (end + around + 1).min(edits.len());
        let count = |upto: usize, from: usize, but: char| {
            edits[from..upto].iter().filter(|(mark, _)| *mark != but).count()
        };
        let range = |but: char| {
            let (first, len) = (count(start, 0, but), count(end, start, but));
            match len {
                0 => format!("{first},0"),
                1 => (first + 1).to_string(),
                _ => format!("{},{len}", first + 1),
            }
        };
        out.push_str(&["@@ -", &range('+'), " +", &range('-'), " @@\n"].concat());
        for (mark, line) in &edits[start..end] {
            out.push(*mark);
            out.push_str(line);
            if !line.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    out
}
