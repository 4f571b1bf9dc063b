//! The "why" list.

use crate::base::SimTime;
use crate::engine::{Record, RowKind, Trace};
use crate::session::manifest::Manuscript;
use crate::session::view::{FactView, FocusView, RecordView, RecordsView};
use std::rc::Rc;

/// The records that were shown last.
#[derive(Default)]
pub struct Records {
    last: Rc<RecordsView>,
}

impl Records {
    /// The records up to `cursor`. Those that were shown before are not made anew.
    pub fn view(
        &mut self,
        trace: &Trace,
        cursor: SimTime,
        selected: Option<usize>,
        focus: Option<FocusView>,
        manuscript: &Manuscript,
    ) -> Rc<RecordsView> {
        let to = trace.rows.partition_point(|row| row.at <= cursor);
        let rules = trace.rows[..to].iter().rev().filter_map(|row| match &row.kind {
            RowKind::Rule(record) => Some((row.at, record)),
            _ => None,
        });
        let newest: Vec<(SimTime, &Record)> = rules.take(RecordsView::LIMIT).collect();
        let known = &self.last.rows;
        let ids = |rows: &[Rc<RecordView>]| (rows.first().map(|r| r.id), rows.last().map(|r| r.id));
        let wanted = (newest.last().map(id_of), newest.first().map(id_of));
        let same = self.last.focus.as_deref() == focus.as_ref();
        if same && self.last.selected == selected && ids(known) == wanted {
            return self.last.clone();
        }
        let row = |(at, record): (SimTime, &Record)| {
            let found = known.binary_search_by_key(&(record.id as usize), |row| row.id);
            let kept = found.ok().map(|nth| known[nth].clone());
            kept.unwrap_or_else(|| Rc::new(row_view(at, record, manuscript)))
        };
        let rows: Vec<Rc<RecordView>> = newest.into_iter().rev().map(row).collect();
        let earlier = rows.first().map_or(0, |row| row.id);
        self.last = Rc::new(RecordsView { rows, earlier, selected, focus: focus.map(Rc::new) });
        self.last.clone()
    }
}

fn id_of((_, record): &(SimTime, &Record)) -> usize {
    record.id as usize
}

/// A decision as it is shown.
pub(super) fn row_view(at: SimTime, record: &Record, manuscript: &Manuscript) -> RecordView {
    let info = record.rule.info();
    let fact = |(name, value): &(&str, crate::rules::Fact)| FactView {
        name: name.to_string(),
        value: value.to_string(),
    };
    let (lines, unwritten) = lines_read(record, manuscript);
    RecordView {
        id: record.id as usize,
        at,
        by: record.by.name().to_string(),
        rule: info.id.to_string(),
        subject: record.subject.to_string(),
        facts: record.facts.iter().map(fact).collect(),
        fields: record.fields.clone(),
        lines,
        unwritten,
        cause: record.cause.map(|id| id as usize),
        source: info.source.to_string(),
    }
}

/// The record of this number.
pub fn find(trace: &Trace, id: usize) -> Option<(SimTime, &Record)> {
    trace.rows.iter().find_map(|row| match &row.kind {
        RowKind::Rule(record) if record.id as usize == id => Some((row.at, record)),
        _ => None,
    })
}

/// Lines of the text that a record reads. If it reads only what is not written: the lines under
/// which that would stand, and `true`.
fn lines_read(record: &Record, manuscript: &Manuscript) -> (Vec<usize>, bool) {
    let (pod, fields) = (&record.subject.pod, &record.fields);
    let lines = manuscript.lines_of(pod, fields);
    if !lines.is_empty() {
        return (lines, false);
    }
    let above = manuscript.lines_above(pod, fields);
    let unwritten = !above.is_empty();
    (above, unwritten)
}

/// Lines of the text that the selected record reads.
pub fn lit_lines(trace: &Trace, selected: Option<usize>, manuscript: &Manuscript) -> Vec<usize> {
    let record = selected.and_then(|id| find(trace, id));
    record.map_or(Vec::new(), |(_, record)| lines_read(record, manuscript).0)
}
