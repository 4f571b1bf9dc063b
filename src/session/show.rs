//! "Show me": a scenario at the moment in which something is seen.

use super::command::Changed;
use super::core::Session;
use super::jsonl::json_line;
use super::marks::is_mark;
use crate::base::SimTime;
use crate::base::json::{Value, parse};
use crate::course::goal::{Goal, Moment, Rows, Verdict, What, check, read};
use crate::engine::{RowKind, Trace};

/// Where in a run a goal is first seen to be met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    /// When.
    pub at: SimTime,
    /// The number of the record to look at.
    pub record: Option<usize>,
}

impl Session {
    /// Runs what is loaded to `until`, goes back to the moment that `that` (a goal as JSON) is
    /// first met, and looks at the record of that moment. Stays at the start if it is not met.
    pub(super) fn show(&mut self, until: SimTime, that: &str) -> Option<Seen> {
        let goal = parse(that).ok().and_then(|value| read(&value).ok())?;
        self.history.extend(until);
        seen(&goal, self.history.trace(), until)
    }

    /// Opens the card of the mark at the cursor: whoever goes from mark to mark reads along.
    pub(super) fn pass(&mut self) -> Changed {
        let (rows, hidden) = (&self.history.trace().rows, self.journey.hidden);
        let from = rows.partition_point(|row| row.at < self.cursor);
        let here = rows[from..].iter().take_while(|row| row.at == self.cursor);
        self.selected =
            here.filter(|row| is_mark(&row.kind, hidden)).find_map(|row| match &row.kind {
                RowKind::Rule(record) => Some(record.id as usize),
                _ => None,
            });
        Changed { lens: true, text: true, ..Changed::default() }
    }
}

/// Where `goal` is first met in `trace`, which was simulated to `until`.
fn seen(goal: &Goal, trace: &Trace, until: SimTime) -> Option<Seen> {
    let (rows, places) = rows_of(trace, until);
    let verdict = check(goal, &rows);
    let row = Some(&verdict).filter(|v| v.met).and_then(|v| row_to_look_at(goal, v))?;
    let place = *places.get(row)?;
    Some(Seen { at: trace.rows[place].at, record: record_near(trace, place) })
}

/// The row of the first part that asks for a decision; else of the first part that has a moment.
fn row_to_look_at(goal: &Goal, verdict: &Verdict) -> Option<usize> {
    let moments = moments(goal, verdict);
    let decision = moments.iter().find(|(decision, _)| *decision);
    decision.or(moments.first()).map(|(_, row)| *row).or(verdict.row)
}

/// The rows at which the parts that say "sometime" are met, and whether they ask for a decision.
fn moments(goal: &Goal, verdict: &Verdict) -> Vec<(bool, usize)> {
    match goal {
        Goal::All(goals) | Goal::Any(goals) => {
            goals.iter().zip(&verdict.parts).flat_map(|(g, v)| moments(g, v)).collect()
        }
        Goal::Sometime(Moment { what, .. }) if verdict.met => {
            let decision = matches!(what, What::Row { kind: "RULE", .. });
            verdict.row.map(|row| (decision, row)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The rows of the contract, and the position in the trace of each.
pub(super) fn rows_of(trace: &Trace, until: SimTime) -> (Rows, Vec<usize>) {
    let rows = trace.rows.iter().enumerate();
    let told = rows.filter_map(|(i, row)| json_line(row).map(|json| (i, (row.at, json))));
    let (places, rows): (Vec<usize>, Vec<(SimTime, Value)>) = told.unzip();
    (Rows::new(rows, until), places)
}

/// The record at a place, or the last one before it.
pub(super) fn record_near(trace: &Trace, place: usize) -> Option<usize> {
    let rows = trace.rows.get(..=place)?;
    rows.iter().rev().find_map(|row| match &row.kind {
        RowKind::Rule(record) => Some(record.id as usize),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Command;
    use crate::session::view::RecordView;
    use std::rc::Rc;

    const CLASSIC: &str = include_str!("../../static/scenarios/liveness-classic.yaml");

    fn shown(that: &str) -> (SimTime, Option<String>) {
        let mut session = Session::new();
        let (scenario, that) = (CLASSIC.to_string(), that.to_string());
        session.apply(Command::Show { scenario, that });
        let records = session.records();
        let rule = |record: &Rc<RecordView>| record.rule.clone();
        let selected = records.rows.iter().find(|r| Some(r.id) == records.selected);
        (session.transport().cursor, selected.map(rule))
    }

    #[test]
    fn a_goal_is_shown_at_its_moment_with_its_decision() {
        let (at, rule) =
            shown(r#"{"all": [{"event": "Killing"}, {"rule": "probe.liveness-kills"}]}"#);
        assert!(at > SimTime::secs(40) && at < SimTime::secs(55), "{at}");
        assert_eq!(rule.as_deref(), Some("probe.liveness-kills"));
    }

    #[test]
    fn from_mark_to_mark_the_card_is_opened() {
        let mut session = Session::new();
        session.apply(Command::Load(CLASSIC.to_string()));
        for _ in 0..5 {
            session.apply(Command::NextMark);
            let (records, cursor) = (session.records(), session.transport().cursor);
            let focus = records.focus.clone();
            assert_eq!(focus.map(|focus| focus.record.at), records.selected.map(|_| cursor));
        }
        session.apply(Command::PreviousMark);
        assert!(session.records().selected.is_some());
    }

    #[test]
    fn what_is_never_seen_leaves_the_run_at_its_start() {
        for that in [r#"{"event": "Evicted"}"#, "{}", "no goal"] {
            let (at, rule) = shown(that);
            assert!(at < SimTime::secs(1) && rule.is_none(), "{that}: {at}");
        }
    }
}
