//! Holding a goal against a trace.

use super::condition::{Goal, Moment, What};
use super::moments::Rows;
use crate::base::SimTime;
use std::ops::Range;

/// Whether a goal is met, and what was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Met?
    pub met: bool,
    /// The moment that decided: when it first held, or first failed to.
    pub at: Option<SimTime>,
    /// The position of the row of that moment.
    pub row: Option<usize>,
    /// How often it was seen.
    pub times: usize,
    /// The value that was seen last, as JSON, where one was asked for.
    pub saw: Option<String>,
    /// Of the parts, in their order.
    pub parts: Vec<Verdict>,
}

/// Holds `goal` against a trace.
pub fn check(goal: &Goal, rows: &Rows) -> Verdict {
    match goal {
        Goal::All(parts) => of_parts(parts, rows, |met, all| met == all),
        Goal::Any(parts) => of_parts(parts, rows, |met, _| met > 0),
        Goal::Not(part) => {
            let part = check(part, rows);
            Verdict { met: !part.met, parts: vec![part.clone()], ..part }
        }
        Goal::Sometime(moment) => sometime(moment, rows),
        Goal::Always(moment) => always(moment, rows),
        Goal::Never(moment) => {
            let found = rows.find(moment);
            verdict(found.is_empty(), found.first().map(|s| s.start), found.len(), moment, rows)
        }
    }
}

fn of_parts(goals: &[Goal], rows: &Rows, enough: fn(usize, usize) -> bool) -> Verdict {
    let parts: Vec<Verdict> = goals.iter().map(|goal| check(goal, rows)).collect();
    let met = parts.iter().filter(|part| part.met).count();
    let row = parts.iter().filter(|part| part.met).filter_map(|part| part.row).max();
    let at = row.map(|row| rows.time(row));
    Verdict { met: enough(met, goals.len()), at, row, times: met, saw: None, parts }
}

fn sometime(moment: &Moment, rows: &Rows) -> Verdict {
    let found = rows.find(moment);
    let met = match moment.times.as_slice() {
        [] => !found.is_empty(),
        tests => tests.iter().all(|test| test.passes_number(found.len())),
    };
    verdict(met, found.first().map(|span| span.start), found.len(), moment, rows)
}

fn always(moment: &Moment, rows: &Rows) -> Verdict {
    let (window, found) = (rows.window(moment), rows.find(moment));
    let windows = match &moment.during {
        Some(during) => rows.find(during).into_iter().map(|s| both(&s, &window)).collect(),
        None => vec![window],
    };
    let asked = || windows.iter().filter(|window| !window.is_empty());
    let gap = asked().find_map(|window| first_gap(window, &found));
    verdict(gap.is_none() && asked().next().is_some(), gap, found.len(), moment, rows)
}

fn both(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.max(b.start)..a.end.min(b.end)
}

/// The first position of the window in none of the stretches.
fn first_gap(window: &Range<usize>, found: &[Range<usize>]) -> Option<usize> {
    let covered = found.iter().fold(window.start, |at, span| match span.start <= at {
        true => at.max(span.end),
        false => at,
    });
    (covered < window.end).then_some(covered)
}

fn verdict(met: bool, row: Option<usize>, times: usize, moment: &Moment, rows: &Rows) -> Verdict {
    let end = row.map_or(rows.window(moment).end, |row| row + 1);
    let saw = match &moment.what {
        What::Object(state) => rows.last_seen(state, end),
        _ => None,
    };
    let at = row.map(|row| rows.time(row).max(moment.from.unwrap_or(SimTime::ZERO)));
    Verdict { met, at, row, times, saw, parts: Vec::new() }
}
