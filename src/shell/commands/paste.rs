//! `paste -d, -s file…`: lines side by side.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::{Text, lines, print};

/// Joins the lines of several files, or with `-s` those of each file.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let marks = options.value('d').unwrap_or("\t").replace("\\n", "\n").replace("\\t", "\t");
    let marks: Vec<char> = marks.chars().collect();
    if marks.is_empty() {
        return call.fail("-d '' is not supported");
    }
    let mut columns: Vec<Vec<String>> = texts.iter().map(|(_, text)| lines(text)).collect();
    let join = |items: Vec<String>| {
        let mut out = String::new();
        for (at, item) in items.iter().enumerate() {
            if at > 0 && !marks.is_empty() {
                out.push(marks[(at - 1) % marks.len()]);
            }
            out.push_str(item);
        }
        out
    };
    if options.has('s') {
        print(call, columns.into_iter().map(join));
        return 0;
    }
    if texts.iter().all(|(name, _)| name == "-") {
        // Each `-` takes the next line of the same input.
        let (all, count) = (std::mem::take(&mut columns[0]), texts.len());
        for (at, line) in all.into_iter().enumerate() {
            columns[at % count].push(line);
        }
    }
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    // Source: busybox, paste.c: a file that has ended leaves no column, nor the mark after it.
    let mut out = String::new();
    for row in 0..rows {
        for (at, line) in columns.iter().enumerate().filter_map(|(at, c)| Some((at, c.get(row)?))) {
            out.push_str(line);
            match at + 1 == columns.len() {
                true => out.push('\n'),
                false => out.extend(marks.get(at % marks.len().max(1))),
            }
        }
    }
    call.out(out);
    0
}
