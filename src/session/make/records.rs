//! The "why" list.

use crate::base::SimTime;
use crate::engine::{Record, Row, RowKind, Trace};
use crate::session::manifest::Manuscript;
use crate::session::view::{FactView, RecordView, RecordsView};

/// The records up to `cursor`.
pub fn view(
    trace: &Trace,
    cursor: SimTime,
    selected: Option<usize>,
    manuscript: &Manuscript,
) -> RecordsView {
    let to = trace.rows.partition_point(|row| row.at <= cursor);
    let rules = trace.rows[..to].iter().rev().filter(|row| matches!(row.kind, RowKind::Rule(_)));
    let newest: Vec<&Row> = rules.take(RecordsView::LIMIT).collect();
    let rows: Vec<RecordView> =
        newest.into_iter().rev().filter_map(|row| row_view(row, manuscript)).collect();
    let earlier = rows.first().map_or(0, |row| row.id);
    RecordsView { rows, earlier, selected }
}

fn row_view(row: &Row, manuscript: &Manuscript) -> Option<RecordView> {
    let RowKind::Rule(record) = &row.kind else { return None };
    let info = record.rule.info();
    let fact = |(name, value): &(&str, crate::rules::Fact)| FactView {
        name: name.to_string(),
        value: value.to_string(),
    };
    Some(RecordView {
        id: record.id as usize,
        at: row.at,
        by: record.by.name().to_string(),
        rule: info.id.to_string(),
        subject: record.subject.to_string(),
        facts: record.facts.iter().map(fact).collect(),
        fields: record.fields.clone(),
        lines: manuscript.lines_of(&record.subject.pod, &record.fields),
        cause: record.cause.map(|id| id as usize),
        source: info.source.to_string(),
    })
}

/// The record of this number.
pub fn find(trace: &Trace, id: usize) -> Option<(SimTime, &Record)> {
    trace.rows.iter().find_map(|row| match &row.kind {
        RowKind::Rule(record) if record.id as usize == id => Some((row.at, record)),
        _ => None,
    })
}

/// Lines of the text that the selected record reads.
pub fn lit_lines(trace: &Trace, selected: Option<usize>, manuscript: &Manuscript) -> Vec<usize> {
    let record = selected.and_then(|id| find(trace, id));
    record.map_or(Vec::new(), |(_, r)| manuscript.lines_of(&r.subject.pod, &r.fields))
}
