//! `sort -k 2,2n -t : -u -r`, and `uniq -c`

use std::cmp::Ordering;

use crate::base;
use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::decimal;
use crate::shell::commands::whole::{Text, all_lines, print};
use crate::shell::sys_files::OpenMode;

/// A key of `-k`: its first and last place (field and character, from 1) and its letters.
struct Key {
    from: (usize, usize),
    to: Option<(usize, usize)>,
    letters: String,
}

/// Sorts lines.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let all: String = "bdfhiMnrV".chars().filter(|l| options.has(*l)).collect();
    let keys: Vec<Key> =
        options.flags.iter().filter(|(l, _)| *l == 'k').map(|(_, k)| key(k)).collect();
    let separator = options.value('t').and_then(|t| t.chars().next());
    let order = |a: &str, b: &str| -> Ordering {
        for key in &keys {
            let letters = if key.letters.is_empty() { &all } else { &key.letters };
            let found = compare(cut(a, key, separator), cut(b, key, separator), letters);
            if found != Ordering::Equal {
                return found;
            }
        }
        if keys.is_empty() { compare(a, b, &all) } else { Ordering::Equal }
    };
    let mut lines = all_lines(texts);
    if options.has('c') {
        let wrong = lines.windows(2).position(|pair| {
            let order = order(&pair[0], &pair[1]);
            order == Ordering::Greater || options.has('u') && order == Ordering::Equal
        });
        if let Some(at) = wrong {
            call.sys.err(format!("Check line {}\n", at + 1));
        }
        return i32::from(wrong.is_some());
    }
    let (unique, stable) = (options.has('u'), options.has('s'));
    let back = options.has('r');
    base::sort_by(&mut lines, |a, b| {
        // Source: busybox coreutils/sort.c: only then are equal keys dropped.
        let last = if stable { Ordering::Equal } else { a.cmp(b) };
        order(a, b).then(if back { last.reverse() } else { last })
    });
    if unique {
        lines.dedup_by(|a, b| order(a, b) == Ordering::Equal);
    }
    if let Some(path) = options.value('o') {
        match call.sys.open(path, OpenMode::Write) {
            Ok(file) => call.sys.set_descriptor(1, file),
            Err(error) => return call.fail_path("can't open ", path, error),
        }
    }
    print(call, lines);
    0
}

fn key(text: &str) -> Key {
    let place = |text: &str| {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let (field, character) = digits.split_once('.').unwrap_or((digits, "0"));
        (field.parse().unwrap_or(1), character.parse().unwrap_or(0))
    };
    let (from, to) = text.split_once(',').map_or((text, None), |(from, to)| (from, Some(to)));
    let letters = text.chars().filter(char::is_ascii_alphabetic).collect();
    Key { from: place(from), to: to.map(place), letters }
}

/// The part of a line a key means.
fn cut<'a>(line: &'a str, key: &Key, separator: Option<char>) -> &'a str {
    let start_of = |nth: usize| {
        let mut at = 0;
        for _ in 1..nth {
            at += match separator {
                Some(separator) => line[at..]
                    .find(separator)
                    .map_or(line.len() - at, |end| end + separator.len_utf8()),
                None => {
                    let word = line[at..].trim_start();
                    let blanks = line.len() - at - word.len();
                    blanks + word.find(char::is_whitespace).unwrap_or(word.len())
                }
            };
        }
        at
    };
    let step = |at: usize, count: usize| {
        line[at..].char_indices().nth(count).map_or(line.len(), |(more, _)| at + more)
    };
    let mut start = start_of(key.from.0);
    if key.letters.contains('b') {
        start += line[start..].len() - line[start..].trim_start().len();
    }
    start = step(start, key.from.1.saturating_sub(1));
    let end = match key.to {
        None => line.len(),
        Some((field, 0)) => {
            let next = start_of(field + 1);
            let mark = separator.map_or(0, char::len_utf8);
            if next < line.len() || line.ends_with(|c| Some(c) == separator) {
                next.saturating_sub(mark)
            } else {
                line.len()
            }
        }
        Some((field, count)) => step(start_of(field), count),
    };
    line.get(start..end.max(start)).unwrap_or("")
}

fn compare(a: &str, b: &str, letters: &str) -> Ordering {
    let has = |letter| letters.contains(letter);
    let (a, b) = if has('b') { (a.trim_start(), b.trim_start()) } else { (a, b) };
    let clean = |text: &str| -> String {
        let kept =
            text.chars().filter(|c| !has('d') || c.is_ascii_alphanumeric() || c.is_whitespace());
        kept.map(|c| if has('f') { c.to_ascii_uppercase() } else { c }).collect()
    };
    let order = if has('n') {
        decimal::leading(a).cmp(&decimal::leading(b))
    } else if has('h') {
        human(a).cmp(&human(b))
    } else if has('M') {
        month(a).cmp(&month(b))
    } else if has('V') {
        version(a).cmp(&version(b))
    } else if has('f') || has('d') {
        clean(a).cmp(&clean(b))
    } else {
        a.cmp(b)
    };
    if has('r') { order.reverse() } else { order }
}

/// `2K` after `3`, as `du -h` prints them.
fn human(text: &str) -> (usize, i128) {
    let number = text.trim_start();
    let unit = number
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .and_then(|at| number[at..].chars().next());
    (
        unit.and_then(|u| "KMGTP".find(u.to_ascii_uppercase())).map_or(0, |at| at + 1),
        decimal::leading(text),
    )
}

/// The month a text begins with, from 1; 0 for none.
fn month(text: &str) -> usize {
    const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
    let name = text.trim_start().get(..3).map(str::to_ascii_lowercase);
    let at = name.and_then(|name| MONTHS.find(&name));
    at.filter(|at| at % 3 == 0).map_or(0, |at| at / 3 + 1)
}

/// A text with its numbers padded, so that `v10` comes after `v9`.
fn version(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            out.push_str(&format!("{:0>20}", &rest[..digits]));
            rest = &rest[digits..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// `uniq`: neighbouring lines that are equal once, or with `-c` counted.
pub fn uniq(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let number = |letter| options.value(letter).and_then(|v| v.parse().ok());
    let (fields, skip, most) = (number('f').unwrap_or(0), number('s').unwrap_or(0), number('w'));
    let seen = |line: &str| -> String {
        let mut rest = line;
        for _ in 0..fields {
            rest = rest.trim_start();
            rest = rest.find(char::is_whitespace).map_or("", |at| &rest[at..]);
        }
        let kept = rest.chars().skip(skip).take(most.unwrap_or(usize::MAX));
        kept.map(|c| if options.has('i') { c.to_ascii_lowercase() } else { c }).collect()
    };
    let mut groups: Vec<(String, String, usize)> = Vec::new();
    for line in all_lines(texts) {
        let key = seen(&line);
        match groups.last_mut() {
            Some((last, _, count)) if *last == key => *count += 1,
            _ => groups.push((key, line, 1)),
        }
    }
    let shown = groups
        .into_iter()
        .filter(|(.., count)| !(options.has('d') && *count < 2 || options.has('u') && *count > 1));
    let lines: Vec<String> = shown
        .map(|(_, line, count)| if options.has('c') { format!("{count:7} {line}") } else { line })
        .collect();
    print(call, lines);
    0
}
