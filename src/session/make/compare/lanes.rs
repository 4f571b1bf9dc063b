//! The lanes of two runs, pair by pair.

use super::first::SAME_TIME;
use super::names::Names;
use crate::base::{Map, SimTime};
use crate::session::view::{Lane, LaneKind, LanePair, TimelineView};
use std::rc::Rc;

/// A lane of the left run and its partner in the right one.
type Both = [Option<Rc<Lane>>; 2];

/// The lanes of both runs in the order of the timeline; `names` are those of the
/// right run.
pub fn pairs(
    left: TimelineView,
    right: TimelineView,
    names: &Names,
    horizon: SimTime,
) -> Vec<LanePair> {
    let mut all: Map<(String, LaneKind, String), Both> = Map::new();
    for (nth, view) in [left, right].into_iter().enumerate() {
        for lane in view.lanes {
            let (pod, title) = match nth {
                0 => (lane.pod.clone(), lane.title.clone()),
                _ => (names.pod(&lane.pod).to_string(), title(&lane, names)),
            };
            let place = all.entry((pod, lane.kind, title)).or_default();
            place[nth] = Some(lane);
        }
    }
    let pair = |((pod, kind, title), lanes): (_, Both)| {
        let id = lanes.iter().flatten().next().map(|lane| lane.id.clone()).unwrap_or_default();
        let differs = differs(&lanes, horizon);
        LanePair { id, kind, pod, title, lanes, differs }
    };
    all.into_iter().map(pair).collect()
}

/// The title that a lane of the right run has in the left one: `app`, `app liveness`.
fn title(lane: &Lane, names: &Names) -> String {
    let of_container = [LaneKind::Container, LaneKind::Probe, LaneKind::Hook, LaneKind::Signal];
    if !of_container.contains(&lane.kind) {
        return lane.title.clone();
    }
    match lane.title.split_once(' ') {
        Some((container, rest)) => [names.container(container), " ", rest].concat(),
        None => names.container(&lane.title).to_string(),
    }
}

/// When a lane is first another one than its partner.
fn differs(lanes: &Both, horizon: SimTime) -> Option<SimTime> {
    let [left, right] = lanes;
    let states = [moments(left, states), moments(right, states)];
    let marks = [moments(left, marks), moments(right, marks)];
    let both = [parting(&states), parting(&marks)];
    let end = horizon.since(SAME_TIME);
    both.into_iter().flatten().filter(|at| *at < end).min()
}

type Moments = Vec<(SimTime, String)>;

fn moments(lane: &Option<Rc<Lane>>, of: fn(&Lane) -> Moments) -> Moments {
    lane.as_deref().map(of).unwrap_or_default()
}

/// The beginnings of the states. How many requests were served is counted on; only what became of
/// them makes a difference.
fn states(lane: &Lane) -> Moments {
    let mut all = Moments::new();
    for phase in &lane.phases {
        let word = match lane.kind {
            LaneKind::Traffic => format!("{:?}", phase.tone),
            _ => phase.label.clone(),
        };
        if all.last().is_none_or(|(_, last)| *last != word) {
            all.push((phase.start, word));
        }
        if let Some(end) = phase.end {
            all.push((end, String::new()));
        }
    }
    // A state that follows at once begins where the one before ends.
    let ends: Vec<SimTime> = lane.phases.iter().map(|phase| phase.start).collect();
    all.retain(|(at, word)| !word.is_empty() || !ends.contains(at));
    all
}

fn marks(lane: &Lane) -> Moments {
    let word = |mark: &crate::session::view::Mark| match lane.kind {
        // The counter stands against a threshold that the manifests may have otherwise.
        LaneKind::Probe => format!("{:?}", mark.kind),
        _ => mark.label.clone(),
    };
    lane.marks.iter().map(|mark| (mark.at, word(mark))).collect()
}

/// The first moment of one list that the other has not.
fn parting([left, right]: &[Moments; 2]) -> Option<SimTime> {
    let apart = |a: &(SimTime, String), b: &(SimTime, String)| {
        a.1 != b.1 || a.0.max(b.0).since(a.0.min(b.0)) > SAME_TIME
    };
    let nth = left.iter().zip(right).position(|(a, b)| apart(a, b));
    let nth = nth.unwrap_or(left.len().min(right.len()));
    let at = |list: &Moments| list.get(nth).map(|(at, _)| *at);
    at(left).into_iter().chain(at(right)).min()
}
