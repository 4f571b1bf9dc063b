//! Moments to come back to.

use super::command::{Bookmarking, Changed};
use super::core::Session;
use super::journey::Bookmark;
use super::run_until::LENS;
use crate::base::SimTime;
use crate::base::json::{Value, json};

/// Bookmarks that are kept at most.
const KEPT: usize = 50;
/// Letters of a name that are kept at most.
const NAME_MAX: usize = 60;

impl Session {
    pub(super) fn bookmark(&mut self, what: Bookmarking) -> Changed {
        let (here, marks) = (self.cursor, &mut self.journey.bookmarks);
        match what {
            Bookmarking::Set => put(marks, here, ""),
            Bookmarking::Name(at, name) => put(marks, at, &name),
            Bookmarking::Drop(at) => marks.retain(|mark| mark.at != at),
            Bookmarking::Next => {
                let next = marks.iter().find(|mark| mark.at > here).map(|mark| mark.at);
                return next.map_or(LENS, |at| self.go_to(at).and(LENS));
            }
            Bookmarking::Previous => {
                let back = marks.iter().rev().find(|mark| mark.at < here).map(|mark| mark.at);
                return back.map_or(LENS, |at| self.go_to(at).and(LENS));
            }
        }
        LENS
    }
}

/// One bookmark a moment; a new name replaces the one before, no name keeps it.
fn put(marks: &mut Vec<Bookmark>, at: SimTime, name: &str) {
    let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
    match marks.binary_search_by_key(&at, |mark| mark.at) {
        Ok(nth) if !name.is_empty() => marks[nth].name = name,
        Err(nth) if marks.len() < KEPT => marks.insert(nth, Bookmark { at, name }),
        _ => {}
    }
}

/// As a link holds them.
pub(super) fn write(marks: &[Bookmark]) -> Value {
    Value::Array(marks.iter().map(|mark| json!([mark.at.as_ms(), mark.name])).collect())
}

/// From a link; what is none of ours is left out.
pub(super) fn read(value: &Value) -> Vec<Bookmark> {
    let mut marks = Vec::new();
    for one in value.as_array().into_iter().flatten() {
        if let Some(at) = one[0].as_u64() {
            put(&mut marks, SimTime::ms(at), one[1].as_str().unwrap_or_default());
        }
    }
    marks
}
