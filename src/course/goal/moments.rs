//! Where in a trace something holds.

use super::condition::{Moment, ObjectIs, What};
use super::place::Place;
use super::test::{Test, matches};
use super::watch::{Objects, is_like, is_of_kind};
use crate::base::SimTime;
use crate::base::json::Value;
use std::ops::Range;

/// The rows of a trace, as `-o jsonl` has them, with their times.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    rows: Vec<(SimTime, Value)>,
    /// When the run ended.
    until: SimTime,
}

impl Rows {
    /// The rows of a run that lasted until `until`, in order of time.
    pub fn new(rows: Vec<(SimTime, Value)>, until: SimTime) -> Self {
        Rows { rows, until }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at a position.
    pub fn row(&self, at: usize) -> Option<&Value> {
        self.rows.get(at).map(|(_, row)| row)
    }

    /// When the row at `position` was; behind the last one, the run's end.
    pub fn time(&self, position: usize) -> SimTime {
        self.rows.get(position).map_or(self.until, |(at, _)| *at)
    }

    /// The position of the first row at or after `at`.
    fn first_from(&self, at: SimTime) -> usize {
        self.rows.partition_point(|(t, _)| *t < at)
    }

    /// The position behind the last row at or before `at`.
    fn behind(&self, at: SimTime) -> usize {
        self.rows.partition_point(|(t, _)| *t <= at)
    }

    /// The stretches of positions inside the moment's window in which it holds, in order.
    pub fn find(&self, moment: &Moment) -> Vec<Range<usize>> {
        let window = self.window(moment);
        let cut = |span: Range<usize>| span.start.max(window.start)..span.end.min(window.end);
        let mut holds = self.holds(&moment.what);
        if let Some(during) = &moment.during {
            holds = overlap(&holds, &self.find(during));
        }
        let spans = holds.into_iter().map(cut);
        let long_enough = |span: &Range<usize>| match moment.lasting {
            None => true,
            Some(least) => self.time(span.end) >= self.time(span.start) + least,
        };
        spans.filter(|span| !span.is_empty() && long_enough(span)).collect()
    }

    /// The positions at which a moment is looked for.
    pub fn window(&self, moment: &Moment) -> Range<usize> {
        let mut start = moment.from.map_or(0, |at| match moment.what.lasts() {
            // What was so before is still so.
            true => self.behind(at).saturating_sub(1),
            false => self.first_from(at),
        });
        let mut end = moment.by.map_or(self.len(), |at| self.behind(at));
        if let Some(first) = &moment.after {
            match self.find(first).first() {
                Some(span) => start = start.max(span.start),
                None => end = 0,
            }
        }
        if let Some(then) = &moment.before {
            end = end.min(self.find(then).first().map_or(0, |span| span.start));
        }
        if let Some(within) = moment.within {
            let from = moment.from.filter(|_| moment.after.is_none());
            let from = from.unwrap_or_else(|| self.time(start));
            end = end.min(self.behind(from + within));
        }
        start..end.max(start)
    }

    /// The stretches of the whole trace in which `what` holds.
    fn holds(&self, what: &What) -> Vec<Range<usize>> {
        match what {
            What::Row { kind, values } => self.rows_like(kind, values),
            What::Object(state) => self.object_is(state),
            What::Together(parts) => {
                let whole = std::iter::once(0..self.len()).collect();
                parts.iter().fold(whole, |spans, part| overlap(&spans, &self.holds(part)))
            }
        }
    }

    fn rows_like(&self, kind: &str, values: &[(Place, Test)]) -> Vec<Range<usize>> {
        let found = self.rows.iter().enumerate();
        found.filter(|(_, (_, row))| is_like(row, kind, values)).map(|(i, _)| i..i + 1).collect()
    }

    fn object_is(&self, state: &ObjectIs) -> Vec<Range<usize>> {
        let (mut so, mut spans) = (Objects::default(), Spans::default());
        for (at, (_, row)) in self.rows.iter().enumerate() {
            spans.put(at, so.take(state, row));
        }
        spans.end(self.len())
    }

    /// The values that an object's place had last before `end`, for the report.
    pub fn last_seen(&self, state: &ObjectIs, end: usize) -> Option<String> {
        let rows = self.rows[..end.min(self.len())].iter().rev();
        let mut fitting = rows.map(|(_, row)| &row["object"]).filter(|object| {
            let name = object["metadata"]["name"].as_str().unwrap_or_default();
            is_of_kind(object, &state.kind) && matches(name, &state.name)
        });
        let found = state.place.find(fitting.next()?);
        Some(found.into_iter().map(Value::to_string).collect::<Vec<_>>().join(" "))
    }
}

/// Collects stretches from one position after the other.
#[derive(Default)]
struct Spans {
    spans: Vec<Range<usize>>,
    since: Option<usize>,
}

impl Spans {
    fn put(&mut self, at: usize, holds: bool) {
        match (self.since, holds) {
            (None, true) => self.since = Some(at),
            (Some(since), false) => {
                self.spans.push(since..at);
                self.since = None;
            }
            _ => {}
        }
    }

    fn end(mut self, at: usize) -> Vec<Range<usize>> {
        self.put(at, false);
        self.spans
    }
}

fn overlap(a: &[Range<usize>], b: &[Range<usize>]) -> Vec<Range<usize>> {
    let both = |x: &Range<usize>| {
        let x = x.clone();
        b.iter().map(move |y| x.start.max(y.start)..x.end.min(y.end)).filter(|r| !r.is_empty())
    };
    a.iter().flat_map(both).collect()
}
