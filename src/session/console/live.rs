//! What `-w` and `-f` have told up to a moment: a function of the trace.

use super::entry::{Entry, More};
use crate::api::Timestamp;
use crate::api::print::table::{head, kind_of, row, watched};
use crate::api::query::Get;
use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::reading::LogsOf;
use crate::engine::trace::{Row, RowKind};

/// Changes that are told at most: the newest.
const TOLD: usize = 200;

/// The answer of an entry as it is at `cursor`; `rows` are those of the run.
pub fn told(entry: &Entry, rows: &[Row], cursor: SimTime) -> String {
    let (out, err) = (&entry.answer.out, &entry.answer.err);
    let until = entry.until.map_or(cursor, |until| until.min(cursor));
    let from = rows.partition_point(|row| row.at <= entry.at);
    let to = rows.partition_point(|row| row.at <= until);
    let rows = &rows[from..to.max(from)];
    let more = match &entry.more {
        None => String::new(),
        Some(More::Watch(get)) => changes(get, out, rows),
        Some(More::Follow(of)) => lines(of, rows),
    };
    // What is said of the choice of Pods and containers comes before what they wrote.
    match entry.answer.code {
        0 => [err.as_str(), out, &more].concat(),
        _ => [out.as_str(), &more, err].concat(),
    }
}

/// The rows of objects as they change, in the columns of the table before them.
fn changes(get: &Get, table: &str, rows: &[Row]) -> String {
    let wanted = |object: &Value| {
        let named = |name: &String| object["metadata"]["name"] == *name;
        let meant = |kind: &str, name: &Option<String>| {
            object["kind"] == kind && name.as_ref().is_none_or(named)
        };
        get.selector.takes(object) && get.targets.iter().any(|t| meant(t.kind.kind, &t.name))
    };
    let mut cells = Vec::new();
    for change in rows {
        let RowKind::Watch(_, object) = &change.kind else { continue };
        let object = object.to_json();
        if wanted(&object) {
            if cells.is_empty() && table.is_empty() && !get.wish.no_headers {
                cells.push(head(kind_of(&object), get.wish));
            }
            cells.push(row(kind_of(&object), &object, get.wish, Timestamp::at(change.at)));
        }
    }
    let skipped = cells.len().saturating_sub(TOLD);
    watched(table, &cells[skipped..])
}

fn lines(all: &[LogsOf], rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let RowKind::Log { pod, container, line, .. } = &row.kind else { continue };
        let told =
            |of: &&LogsOf| *pod == of.pod && of.container.as_ref().is_none_or(|c| c == container);
        if let Some(of) = all.iter().find(told) {
            text.push_str(&of.before(container, row.at));
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
