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
            let width = x.len().max(y.len()).to_string().len();
            let rows = pairs.map(|(at, (x, y))| format!("{:>width$} {x:3o} {y:3o}\n", at + 1));
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
    if options.has('q') {
        call.out(["Files ", a, " and ", b, " differ\n"].concat());
        return 1;
    }
    let edits = edits(&lines(x), &lines(y));
    call.out(["--- ", a, "\n+++ ", b, "\n", &hunks(&edits)].concat());
    1
}

/// A line with ` `, `-` or `+`.
type Edit = (char, String);

/// The longest common subsequence, by the table of its lengths; for long files the rest differs.
fn edits(a: &[String], b: &[String]) -> Vec<Edit> {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b, head) = (&a[same..], &b[same..], &a[..same]);
    let mut out: Vec<Edit> = head.iter().map(|line| (' ', line.clone())).collect();
    let width = b.len() + 1;
    let large = a.len() * b.len() > 1 << 20;
    let mut table = vec![0_u32; if large { 0 } else { (a.len() + 1) * width }];
    if !large {
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                table[i * width + j] = if a[i] == b[j] {
                    table[(i + 1) * width + j + 1] + 1
                } else {
                    table[(i + 1) * width + j].max(table[i * width + j + 1])
                };
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if !large && i < a.len() && j < b.len() && a[i] == b[j] {
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

/// The changes with three lines around them.
fn hunks(edits: &[Edit]) -> String {
    let changed: Vec<usize> = (0..edits.len()).filter(|at| edits[*at].0 != ' ').collect();
    let mut out = String::new();
    let mut at = 0;
    while at < changed.len() {
        let start = changed[at].saturating_sub(3);
        let mut end = changed[at];
        while at < changed.len() && changed[at] <= end + 7 {
            end = changed[at];
            at += 1;
        }
        let end = (end + 4).min(edits.len());
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
            out.push('\n');
        }
    }
    out
}
