//! Which lines of a text are new, gone or changed.

use crate::session::view::{DiffLine, LineChange};

/// Texts that differ in more lines than this are told as another text.
const LINES_MAX: usize = 1500;

/// The lines of `after`, with those of `before` that are gone among them.
pub fn diff(before: &str, after: &str) -> Vec<DiffLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new_rest) = (&old[head..], &new[head..]);
    let tail = old.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, middle) = (&old[..old.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut lines: Vec<DiffLine> = new[..head].iter().map(|line| same(line)).collect();
    lines.extend(paired(compared(old, middle)));
    lines.extend(new_rest[middle.len()..].iter().map(|line| same(line)));
    lines
}

fn same(text: &str) -> DiffLine {
    DiffLine { text: text.to_string(), change: LineChange::Same }
}

/// Compares by the longest list of lines that both have.
fn compared(old: &[&str], new: &[&str]) -> Vec<DiffLine> {
    let line = |text: &str, change| DiffLine { text: text.to_string(), change };
    if old.len() > LINES_MAX || new.len() > LINES_MAX {
        let gone = old.iter().map(|text| line(text, LineChange::Removed));
        return gone.chain(new.iter().map(|text| line(text, LineChange::Added))).collect();
    }
    let common = lengths(old, new);
    let width = new.len() + 1;
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        let down = i < old.len()
            && (j == new.len() || common[(i + 1) * width + j] >= common[i * width + j + 1]);
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push(same(new[j]));
            (i, j) = (i + 1, j + 1);
        } else if down {
            lines.push(line(old[i], LineChange::Removed));
            i += 1;
        } else {
            lines.push(line(new[j], LineChange::Added));
            j += 1;
        }
    }
    lines
}

/// How many lines the rests from `i` and from `j` on have in common, by `i` and `j`.
fn lengths(old: &[&str], new: &[&str]) -> Vec<u16> {
    let width = new.len() + 1;
    let mut table = vec![0; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i * width + j] = match old[i] == new[j] {
                true => table[(i + 1) * width + j + 1] + 1,
                false => table[(i + 1) * width + j].max(table[i * width + j + 1]),
            };
        }
    }
    table
}

/// A line that is gone and one with the same key that came in its place are one that changed.
fn paired(lines: Vec<DiffLine>) -> Vec<DiffLine> {
    let mut out: Vec<DiffLine> = Vec::new();
    for line in lines {
        let run = out.iter().rposition(|l| l.change == LineChange::Same).map_or(0, |at| at + 1);
        let twin = match line.change {
            LineChange::Added => out[run..].iter().position(|l| is_twin(l, &line.text)),
            _ => None,
        };
        match twin {
            Some(at) => {
                let gone = out.remove(run + at);
                out.push(DiffLine { change: LineChange::Changed(gone.text), ..line });
            }
            None => out.push(line),
        }
    }
    out
}

fn is_twin(gone: &DiffLine, text: &str) -> bool {
    let key = |line: &str| line.split_once(':').map(|(key, _)| key.to_string());
    gone.change == LineChange::Removed && key(&gone.text).is_some_and(|k| key(text) == Some(k))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ` a`, `+b`, `-c`, `~d`.
    fn told(before: &str, after: &str) -> Vec<String> {
        let told = |line: DiffLine| match line.change {
            LineChange::Same => [" ", &line.text].concat(),
            LineChange::Added => ["+", &line.text].concat(),
            LineChange::Removed => ["-", &line.text].concat(),
            LineChange::Changed(old) => ["~", &old, ">", &line.text].concat(),
        };
        diff(before, after).into_iter().map(told).collect()
    }

    #[test]
    fn lines_are_new_gone_or_changed() {
        assert_eq!(told("a\nb\n", "a\nb\n"), [" a", " b"]);
        assert_eq!(told("a\nc\n", "a\nb\nc\n"), [" a", "+b", " c"]);
        assert_eq!(told("a\nb\nc\n", "a\nc\n"), [" a", "-b", " c"]);
        assert_eq!(told("x: 1\ny: 2\n", "x: 2\ny: 2\n"), ["~x: 1>x: 2", " y: 2"]);
        let moved = told("p: 1\nq: 1\nr: 1\n", "q: 2\nr: 1\nnew\n");
        assert_eq!(moved, ["-p: 1", "~q: 1>q: 2", " r: 1", "+new"]);
        assert_eq!(told("", "a\n"), ["+a"]);
    }

    #[test]
    fn what_is_kept_and_new_is_the_new_text() {
        let (before, after) = ("a: 1\nb: 2\nc: 3\nd: 4", "b: 2\na: 1\nc: 5\nd: 4\ne: 6");
        let lines = diff(before, after);
        let text: Vec<&str> = lines
            .iter()
            .filter(|l| l.change != LineChange::Removed)
            .map(|l| l.text.as_str())
            .collect();
        assert_eq!(text.join("\n"), after);
    }
}
