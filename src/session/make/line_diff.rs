//! Which lines of a text are new, gone or changed.

use crate::session::changes::kept;
use crate::session::view::{DiffLine, LineChange};

/// The lines of `after`, with those of `before` that are gone among them.
pub fn diff(before: &str, after: &str) -> Vec<DiffLine> {
    let (before, after) = (before.trim_end_matches('\n'), after.trim_end_matches('\n'));
    let old: Vec<&str> = before.lines().collect();
    let mut kept = kept(before, after);
    if old.is_empty() {
        kept.fill(None);
    }
    let line = |text: &str, change| DiffLine { text: text.to_string(), change };
    let (mut lines, mut next) = (Vec::new(), 0);
    for (nth, text) in after.lines().enumerate() {
        // What is gone stands before what came in its place.
        let until = kept[nth..].iter().flatten().next().copied().unwrap_or(old.len());
        for text in &old[next.min(until)..until] {
            lines.push(line(text, LineChange::Removed));
        }
        next = until;
        match kept[nth] {
            Some(at) => {
                lines.push(line(text, LineChange::Same));
                next = at + 1;
            }
            None => lines.push(line(text, LineChange::Added)),
        }
    }
    lines.extend(old[next.min(old.len())..].iter().map(|text| line(text, LineChange::Removed)));
    paired(lines)
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
