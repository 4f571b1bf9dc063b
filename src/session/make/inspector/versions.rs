//! The states that an object has had, from the trace.

use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::trace::{Object, Row};
use crate::engine::{RowKind, WatchType};
use crate::session::view::Inspect;

/// The changes of an object up to a moment.
pub struct Versions<'a> {
    rows: Vec<(SimTime, WatchType, &'a Object)>,
}

impl<'a> Versions<'a> {
    /// Those of the object that is inspected since it was made the last time; `rows` are those of
    /// the run up to the moment.
    pub fn of(rows: &'a [Row], chosen: &Inspect) -> Self {
        let mut found = Vec::new();
        for row in rows {
            let RowKind::Watch(kind, object) = &row.kind else { continue };
            if is_it(object, chosen) {
                if *kind == WatchType::Added {
                    found.clear();
                }
                found.push((row.at, *kind, object));
            }
        }
        Versions { rows: found }
    }

    /// When it changed last.
    pub fn changed(&self) -> Option<SimTime> {
        self.rows.last().map(|(at, ..)| *at)
    }

    /// As it was first.
    pub fn first(&self) -> Option<(SimTime, Value)> {
        self.rows.first().map(told)
    }

    /// As it was before it changed last.
    pub fn before_last(&self) -> Option<(SimTime, Value)> {
        let nth = self.rows.len().checked_sub(2)?;
        self.rows.get(nth).map(told)
    }

    /// As it was at a moment; `None`: it was not there, or had not changed yet.
    pub fn at(&self, at: SimTime) -> Option<Value> {
        let to = self.rows.partition_point(|(then, ..)| *then <= at);
        self.rows[..to].last().map(|row| told(row).1)
    }

    /// Whether it was made while the run went on, later than `at`.
    pub fn was_made_after(&self, at: SimTime) -> bool {
        let first = self.rows.first();
        first.is_some_and(|(then, kind, _)| *kind == WatchType::Added && *then > at)
    }
}

fn told((at, _, object): &(SimTime, WatchType, &Object)) -> (SimTime, Value) {
    (*at, object.to_json())
}

fn is_it(object: &Object, chosen: &Inspect) -> bool {
    let (kind, name) = match object {
        Object::Pod(pod) => ("Pod", &pod.meta.name),
        Object::Service(service) => ("Service", &service.meta.name),
        Object::Slice(slice) => ("EndpointSlice", &slice.meta.name),
        Object::Plain(object) => (object.kind.as_str(), &object.meta.name),
        Object::Event(_) => return false,
    };
    kind == chosen.kind && *name == chosen.name
}
