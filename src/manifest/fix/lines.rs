//! Lines of a text, and the lines that an entry of a mapping takes.

use crate::base::{FieldPath, Span, TextEdit};
use crate::manifest::{Document, FieldSpans};

/// Where the line of byte `at` begins.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

/// Behind the line of byte `at`, its line end included.
pub fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
}

/// How many spaces a line begins with.
pub fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// An entry of a block mapping that has its lines for itself.
pub struct Entry {
    /// Its lines, with the last one's end.
    pub lines: Span,
    /// The column of its key, from 0, in bytes.
    pub column: usize,
}

/// The entry at `path`; `None` if something else stands on its lines.
pub fn entry(text: &str, document: &Document, path: &FieldPath) -> Option<Entry> {
    let spans = document.source_map.get(path)?;
    let key = spans.key?;
    let start = line_start(text, key.start);
    let end = block_end(text, spans);
    let alone = text[start..key.start].bytes().all(|b| b == b' ');
    let rest = text[spans.value.end.max(key.end)..end].trim_start_matches([':', ' ']);
    let clear = rest.trim().is_empty() || rest.starts_with('#') || rest.starts_with('\n');
    (alone && clear).then(|| Entry { lines: Span::new(start, end), column: key.start - start })
}

/// Behind the last line of a key and its value.
pub fn block_end(text: &str, spans: FieldSpans) -> usize {
    let last = spans.value.end.max(spans.key.map_or(0, |key| key.end));
    let last = last.max(1) - usize::from(text[..last].ends_with('\n'));
    line_end(text, last)
}

/// `lines` moved from column `from` to column `to`; blank lines stay blank.
pub fn shifted(lines: &str, from: usize, to: usize) -> String {
    let one = |line: &str| match line.trim().is_empty() {
        true => line.trim_start_matches(' ').to_string(),
        false => {
            " ".repeat((indent(line) + to).saturating_sub(from)) + line.trim_start_matches(' ')
        }
    };
    lines.split_inclusive('\n').map(one).collect()
}

/// `lines` put in at byte `at`, a line's beginning or the end of the text.
pub fn insert(text: &str, at: usize, lines: &str) -> TextEdit {
    let open = at > 0 && !text[..at].ends_with('\n');
    let mut new = if open { String::from("\n") } else { String::new() };
    new.push_str(lines);
    let last = open && at == text.len();
    if !last && !new.ends_with('\n') {
        new.push('\n');
    }
    TextEdit::new(at, at, new)
}
