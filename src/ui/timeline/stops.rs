//! The way through the lanes by keys: from state to state and mark to mark.

use std::rc::Rc;

use super::drawing::is_drawn;
use crate::base::{SimTime, sort};
use crate::session::view::{Groups, Lane, LaneKind};

/// A place in a lane where the keys stop.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Stop {
    /// When.
    pub at: SimTime,
    /// What is there.
    pub what: StopAt,
}

/// What is at a stop, by index in its lane.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum StopAt {
    /// A phase begins.
    Phase(usize),
    /// A mark.
    Mark(usize),
}

/// Where the keys go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// To the next stop.
    Next,
    /// To the stop before.
    Previous,
    /// To the first.
    First,
    /// To the last.
    Last,
}

/// The stops of a lane in time order; at the same moment the phase first.
fn stops(lane: &Lane, hidden: Groups) -> Vec<Stop> {
    let phases = lane.phases.iter().enumerate();
    let marks = lane.marks.iter().enumerate();
    let mut stops: Vec<Stop> = phases
        .map(|(index, phase)| Stop { at: phase.start, what: StopAt::Phase(index) })
        .chain(
            marks
                .filter(|(_, mark)| is_drawn(lane, mark, hidden))
                .map(|(index, mark)| Stop { at: mark.at, what: StopAt::Mark(index) }),
        )
        .collect();
    sort(&mut stops);
    stops
}

/// The stop reached by `step` from `here`; `None` if the lane ends there.
pub fn go(
    lane: &Lane,
    here: Option<Stop>,
    cursor: SimTime,
    step: Step,
    hidden: Groups,
) -> Option<Stop> {
    let stops = stops(lane, hidden);
    let at = here.map_or((cursor, None), |stop| (stop.at, Some(stop.what)));
    let place = |stop: &&Stop| (stop.at, Some(stop.what));
    match step {
        Step::First => stops.first().copied(),
        Step::Last => stops.last().copied(),
        Step::Next => stops.iter().find(|stop| place(stop) > at).copied(),
        Step::Previous => stops.iter().rev().find(|stop| place(stop) < at).copied(),
    }
}

/// The stop nearest to a moment, where the keys arrive from another lane.
pub fn nearest(lane: &Lane, at: SimTime, hidden: Groups) -> Option<Stop> {
    let distance = |stop: &Stop| stop.at.as_ms().abs_diff(at.as_ms());
    stops(lane, hidden).into_iter().min_by_key(distance)
}

/// The record that explains what is at a stop.
pub fn record(lane: &Lane, stop: Stop) -> Option<usize> {
    match stop.what {
        StopAt::Mark(index) => lane.marks.get(index)?.record,
        StopAt::Phase(_) => None,
    }
}

/// The kinds that a run has lanes of, in order.
pub fn kinds(lanes: &[Rc<Lane>]) -> Vec<LaneKind> {
    let mut kinds: Vec<LaneKind> = lanes.iter().map(|lane| lane.kind).collect();
    sort(&mut kinds);
    kinds.dedup();
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::view::{LanePhase, Mark, MarkGroup, MarkKind, Tone};

    fn lane() -> Lane {
        let phase = |secs| LanePhase {
            start: SimTime::secs(secs),
            end: None,
            label: String::new(),
            detail: String::new(),
            tone: Tone::Good,
        };
        let mark = |secs| Mark {
            at: SimTime::secs(secs),
            kind: MarkKind::Signal,
            label: String::new(),
            detail: String::new(),
            record: Some(secs as usize),
        };
        Lane {
            id: "a".to_owned(),
            kind: LaneKind::Signal,
            pod: String::new(),
            title: String::new(),
            phases: [5, 20].map(phase).map(Rc::new).to_vec(),
            marks: [5, 5, 30].map(mark).map(Rc::new).to_vec(),
        }
    }

    #[test]
    fn keys_visit_every_stop_once_in_both_directions() {
        let lane = lane();
        let walk = |step, from| {
            let mut seen = Vec::new();
            let mut here = None;
            while let Some(stop) = go(&lane, here, from, step, Groups::default()) {
                seen.push(stop.what);
                here = Some(stop);
            }
            seen
        };
        let on = walk(Step::Next, SimTime::ZERO);
        use StopAt::{Mark, Phase};
        assert_eq!(on, [Phase(0), Mark(0), Mark(1), Phase(1), Mark(2)]);
        let mut back = walk(Step::Previous, SimTime::secs(99));
        back.reverse();
        assert_eq!(back, on);
    }

    #[test]
    fn marks_that_are_not_drawn_are_no_stops() {
        let mut signals = Groups::default();
        signals.toggle(MarkGroup::Signals);
        let last = go(&lane(), None, SimTime::ZERO, Step::Last, signals);
        assert_eq!(last.map(|stop| stop.what), Some(StopAt::Phase(1)));
    }

    #[test]
    fn without_a_stop_the_keys_start_from_the_cursor() {
        let lane = lane();
        let none = Groups::default();
        let at =
            |step| go(&lane, None, SimTime::secs(20), step, none).map(|stop| stop.at.as_secs());
        assert_eq!(at(Step::Next), Some(20));
        assert_eq!(at(Step::Previous), Some(5));
        assert_eq!(at(Step::Last), Some(30));
        assert_eq!(
            nearest(&lane, SimTime::secs(26), none).map(|stop| stop.what),
            Some(StopAt::Mark(2))
        );
        let last = go(&lane, None, SimTime::ZERO, Step::Last, none).expect("the lane has stops");
        assert_eq!(record(&lane, last), Some(30));
    }
}
