//! Where the rows lie: a heading for each Pod, and its lanes below.

use std::rc::Rc;

use crate::base::{Map, Set, sort};

use crate::session::view::{Lane, LaneKind};

/// Height of a lane in pixels; the style sheet has the same.
pub const LANE_HEIGHT: f64 = 25.0;
/// Height of a heading in pixels; the style sheet has the same.
pub const HEADING_HEIGHT: f64 = 25.0;

/// A row of the timeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Its upper edge in pixels.
    pub y: f64,
    /// What it is.
    pub what: RowKind,
}

/// What a row is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RowKind {
    /// The lanes below are of this Pod. A Pod that is folded has none but this lane, by index.
    Heading(String, Option<usize>),
    /// A lane, by index.
    Lane(usize),
}

/// What is not shown.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Away {
    /// Kinds of lanes.
    pub kinds: Set<LaneKind>,
    /// Single lanes, by id.
    pub lanes: Set<String>,
    /// Pods of which only the phase is shown.
    pub folded: Set<String>,
}

/// The rows of the lanes that are not away. Of the conditions `Ready` keeps its place and
/// the others, which seldom change, come last in their Pod.
pub fn rows(lanes: &[Rc<Lane>], away: &Away) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut pod: Option<&str> = None;
    let mut y = 0.0;
    for index in order(lanes) {
        let lane = &lanes[index];
        if away.kinds.contains(&lane.kind) || away.lanes.contains(lane.id.as_str()) {
            continue;
        }
        let folded = away.folded.contains(lane.pod.as_str());
        if pod != Some(&lane.pod) && !lane.pod.is_empty() {
            pod = Some(&lane.pod);
            let phase = (folded && lane.kind == LaneKind::Phase).then_some(index);
            rows.push(Row { y, what: RowKind::Heading(lane.pod.clone(), phase) });
            y += HEADING_HEIGHT;
        }
        if folded {
            continue;
        }
        rows.push(Row { y, what: RowKind::Lane(index) });
        y += LANE_HEIGHT;
    }
    rows
}

/// The lanes by index, as they are shown: each Pod's together, in the order Pods appear.
fn order(lanes: &[Rc<Lane>]) -> Vec<usize> {
    let mut first: Map<&str, usize> = Map::new();
    for (index, lane) in lanes.iter().enumerate() {
        first.entry(lane.pod.as_str()).or_insert(index);
    }
    let is_minor = |lane: &Lane| lane.kind == LaneKind::Condition && lane.title != "Ready";
    let mut order: Vec<(Option<usize>, bool, usize)> = lanes
        .iter()
        .enumerate()
        .map(|(index, lane)| (first.get(lane.pod.as_str()).copied(), is_minor(lane), index))
        .collect();
    sort(&mut order);
    order.into_iter().map(|(.., index)| index).collect()
}

/// The height of all rows in pixels.
pub fn height(rows: &[Row]) -> f64 {
    rows.last().map_or(0.0, |row| {
        row.y + if matches!(row.what, RowKind::Lane(_)) { LANE_HEIGHT } else { HEADING_HEIGHT }
    })
}

/// The lane at a pixel, by index.
pub fn lane_at(rows: &[Row], y: f64) -> Option<usize> {
    let row = rows.iter().rev().find(|row| row.y <= y)?;
    match row.what {
        RowKind::Lane(index) if y < row.y + LANE_HEIGHT => Some(index),
        _ => None,
    }
}

/// The lane `by` places below (or above) another one, by index; it stops at the ends.
pub fn lane_beside(rows: &[Row], from: Option<usize>, by: i32) -> Option<usize> {
    let lanes: Vec<usize> = rows.iter().filter_map(lane_of).collect();
    let here = from.and_then(|from| lanes.iter().position(|lane| *lane == from));
    let last = lanes.len().checked_sub(1)?;
    let place = match here {
        Some(here) => here.saturating_add_signed(by as isize).min(last),
        None => 0,
    };
    lanes.get(place).copied()
}

fn lane_of(row: &Row) -> Option<usize> {
    match row.what {
        RowKind::Lane(index) => Some(index),
        RowKind::Heading(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes() -> Vec<Rc<Lane>> {
        let lane = |kind, pod: &str| {
            Rc::new(Lane {
                id: String::new(),
                kind,
                pod: pod.to_owned(),
                title: String::new(),
                phases: vec![],
                marks: vec![],
            })
        };
        vec![
            lane(LaneKind::Actions, ""),
            lane(LaneKind::Phase, "web"),
            lane(LaneKind::Probe, "web"),
            lane(LaneKind::Phase, "db"),
        ]
    }

    fn without<const N: usize>(kinds: [LaneKind; N]) -> Away {
        Away { kinds: Set::from(kinds), ..Away::default() }
    }

    #[test]
    fn a_folded_pod_is_one_row_with_its_phase_and_a_lane_can_be_put_away() {
        let mut lanes = lanes();
        Rc::make_mut(&mut lanes[2]).id = "web/probe/app".to_owned();
        let mut away = Away { folded: Set::from(["db".to_owned()]), ..Away::default() };
        away.lanes.insert("web/probe/app".to_owned());
        let what: Vec<RowKind> = rows(&lanes, &away).into_iter().map(|row| row.what).collect();
        let heading = |pod: &str, lane| RowKind::Heading(pod.to_owned(), lane);
        assert_eq!(
            what,
            [RowKind::Lane(0), heading("web", None), RowKind::Lane(1), heading("db", Some(3))]
        );
    }

    #[test]
    fn each_pod_has_a_heading_and_hidden_kinds_take_no_room() {
        let all = rows(&lanes(), &Away::default());
        assert_eq!(all.len(), 6);
        assert_eq!(height(&all), 2.0 * HEADING_HEIGHT + 4.0 * LANE_HEIGHT);
        let some = rows(&lanes(), &without([LaneKind::Actions, LaneKind::Phase]));
        assert_eq!(some.len(), 2);
        assert_eq!(lane_at(&some, HEADING_HEIGHT + 1.0), Some(2));
        assert_eq!(lane_at(&some, 3.0), None);
        assert_eq!(lane_at(&some, 900.0), None);
    }

    #[test]
    fn conditions_but_ready_come_last_in_their_pod() {
        let mut lanes = lanes();
        for lane in &mut lanes[1..] {
            let lane = Rc::make_mut(lane);
            lane.kind = LaneKind::Condition;
            lane.title = "Initialized".to_owned();
        }
        let ready = Rc::make_mut(&mut lanes[2]);
        ready.title = "Ready".to_owned();
        ready.pod = "web".to_owned();
        let shown: Vec<usize> = rows(&lanes, &Away::default()).iter().filter_map(lane_of).collect();
        assert_eq!(shown, [0, 2, 1, 3]);
    }

    #[test]
    fn lanes_are_walked_over_headings_and_the_ends_hold() {
        let rows = rows(&lanes(), &without([LaneKind::Probe]));
        assert_eq!(lane_beside(&rows, None, 1), Some(0));
        assert_eq!(lane_beside(&rows, Some(0), 1), Some(1));
        assert_eq!(lane_beside(&rows, Some(1), 1), Some(3));
        assert_eq!(lane_beside(&rows, Some(3), 1), Some(3));
        assert_eq!(lane_beside(&rows, Some(0), -1), Some(0));
        assert_eq!(lane_beside(&[], None, 1), None);
    }
}
