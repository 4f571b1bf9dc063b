//! Tables as `kubectl get` prints them.

use super::cells::cell;
use super::kinds::{self, Kind};
use super::tabs::{TABLE, align};
use super::template::filled;
use super::values::{at, go, labels};
use crate::api::time::Timestamp;
use crate::base::json::Value;

/// What is wished of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wish {
    /// All columns: `-o wide`.
    pub wide: bool,
    /// The labels, in a column of their own: `--show-labels`.
    pub show_labels: bool,
    /// No line of names: `--no-headers`.
    pub no_headers: bool,
    /// Names with their kind before them: `pod/web`, where there are several kinds.
    pub with_kind: bool,
    /// The namespace, in the first column: `-A`.
    pub namespace: bool,
}

/// The table of objects of one kind, at `now`.
/// Source: cli-runtime printers/tableprinter.go PrintObj
pub fn table(kind: &Kind, objects: &[&Value], wish: Wish, now: Timestamp) -> String {
    let mut lines = String::new();
    if !wish.no_headers {
        line(&head(kind, wish), &mut lines);
    }
    objects.iter().for_each(|object| line(&row(kind, object, wish, now), &mut lines));
    align(&lines, TABLE)
}

/// The names of a table's columns.
pub fn head(kind: &Kind, wish: Wish) -> Vec<String> {
    let names = kind.head.split(',').filter(|name| wish.wide || !name.starts_with('+'));
    let names = names.map(|name| name.trim_start_matches('+').to_ascii_uppercase());
    let first = wish.namespace.then(|| "NAMESPACE".to_string());
    first.into_iter().chain(names).chain(wish.show_labels.then(|| "LABELS".to_string())).collect()
}

/// The cells of an object.
pub fn row(kind: &Kind, object: &Value, wish: Wish, now: Timestamp) -> Vec<String> {
    let mut cells = Vec::new();
    if wish.namespace {
        cells.push(go(at(object, "metadata.namespace")));
    }
    for (name, template) in kind.head.split(',').zip(kind.row.split('\t')) {
        if !wish.wide && name.starts_with('+') {
            continue;
        }
        let text = match template.strip_prefix("{!").and_then(|t| t.strip_suffix('}')) {
            Some(computed) => cell(computed, object, now),
            None => filled(template, object, now),
        };
        let with_kind = wish.with_kind && name.trim_start_matches('+') == "Name";
        cells.push(if with_kind { [&kind.shown(), "/", &text].concat() } else { text });
    }
    if wish.show_labels {
        cells.push(labels(at(object, "metadata.labels")));
    }
    cells
}

/// Rows that come later, below `table`: a column stays as wide as it was, or gets wider.
/// Source: liggitt/tabwriter RememberWidths
pub fn watched(table: &str, rows: &[Vec<String>]) -> String {
    let mut out = String::new();
    let mut widths = widths_of(table.lines().next().unwrap_or_default());
    for row in rows {
        let mut text = String::new();
        line(row, &mut text);
        for (nth, cell) in text.trim_end_matches('\n').split('\t').enumerate() {
            let letters = cell.chars().count();
            let width = (letters + TABLE.padding).max(TABLE.least);
            if widths.len() <= nth {
                widths.push(0);
            }
            widths[nth] = widths[nth].max(width);
            out.push_str(cell);
            if nth + 1 < row.len() {
                out.extend(std::iter::repeat_n(' ', widths[nth] - letters));
            }
        }
        out.push('\n');
    }
    out
}

/// The widths of columns, from the line of their names: two blanks or more stand between them.
fn widths_of(head: &str) -> Vec<usize> {
    let (mut widths, mut start, mut blanks) = (Vec::new(), 0, 0);
    for (at, letter) in head.chars().enumerate() {
        if letter != ' ' && blanks > 1 {
            widths.push(at - start);
            start = at;
        }
        blanks = if letter == ' ' { blanks + 1 } else { 0 };
    }
    widths
}

/// Cells as a line; a cell ends at its first line end, and control characters are shown.
pub fn line(cells: &[String], out: &mut String) {
    for (nth, cell) in cells.iter().enumerate() {
        if nth > 0 {
            out.push('\t');
        }
        let end = cell.find(['\n', '\r', '\u{c}']);
        out.push_str(&escaped(&cell[..end.unwrap_or(cell.len())]));
        if end.is_some() {
            out.push_str("...");
        }
    }
    out.push('\n');
}

/// Source: cli-runtime printers/terminal.go WriteEscaped
pub fn escaped(text: &str) -> String {
    text.replace('\u{1b}', "^[").replace('\r', "\\r")
}

/// The kind of an object, known or not.
pub fn kind_of(object: &Value) -> &'static Kind {
    kinds::of(object["kind"].as_str().unwrap_or_default()).unwrap_or(&kinds::OTHER)
}

/// How kubectl names an object: `pod/web`, `deployment.apps/web`.
pub fn shown(object: &Value) -> String {
    let kind = kind_of(object);
    let name = go(at(object, "metadata.name"));
    let word = match kind.kind {
        "" => go(&object["kind"]).to_ascii_lowercase(),
        _ => kind.shown(),
    };
    [&word, "/", &name].concat()
}
