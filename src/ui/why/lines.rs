//! The lines of the list, and which of them are drawn: those in view, and those that must stay.

use std::rc::Rc;

use super::groups::Group;
use crate::base::{Map, Set, SimTime};
use crate::session::view::RecordView;
use crate::ui::scrolled::Seen;

/// The height of a decision that was not measured, in pixels.
const ROW: f64 = 55.0;
/// That of the line that stands for many.
const MORE: f64 = 27.0;

/// A line of the list.
#[derive(Clone, PartialEq, Debug)]
pub enum Line {
    /// A decision.
    Row(Rc<RecordView>),
    /// Older ones that say the same as the one above.
    More(MoreLine),
}

/// A line that stands for many decisions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MoreLine {
    /// The newest and the oldest decision of the group, by number.
    pub group: (usize, usize),
    /// How many there are below the newest.
    pub count: usize,
    /// When the oldest was.
    pub since: SimTime,
    /// Whether they are shown.
    pub open: bool,
}

impl Line {
    /// A number that no other line of the list has.
    pub fn key(&self) -> usize {
        match self {
            Line::Row(record) => 2 * record.id,
            Line::More(more) => 2 * more.group.1 + 1,
        }
    }

    /// Whether it is the decision of this number.
    pub fn is(&self, id: Option<usize>) -> bool {
        matches!(self, Line::Row(record) if Some(record.id) == id)
    }
}

/// The lines of the groups; those groups are open that hold one of the decisions in `open`.
pub fn lines(groups: &[Group], open: &Set<usize>) -> Vec<Line> {
    let mut lines = Vec::new();
    for group in groups {
        lines.push(Line::Row(group.newest.clone()));
        let Some(oldest) = group.before.last() else { continue };
        let ends = (group.newest.id, oldest.id);
        let open = open.iter().any(|id| (oldest.id..=group.newest.id).contains(id));
        let count = group.before.len();
        lines.push(Line::More(MoreLine { group: ends, count, since: oldest.at, open }));
        if open {
            lines.extend(group.before.iter().cloned().map(Line::Row));
        }
    }
    lines
}

/// Opens a group, or closes it.
pub fn toggle(open: &Set<usize>, (newest, oldest): (usize, usize)) -> Set<usize> {
    let mut other: Set<usize> = open.clone();
    other.retain(|id| !(oldest..=newest).contains(id));
    if other.len() == open.len() {
        other.insert(newest);
    }
    other
}

/// The lines that are drawn.
#[derive(PartialEq, Debug)]
pub struct Drawn {
    /// Each by its place in the list, with the pixels that are left free above it.
    pub lines: Vec<(usize, f64)>,
    /// The pixels that are left free below.
    pub rest: f64,
}

/// Which lines are drawn: those in `stretch` and those that are `kept`. `known` are heights by
/// key.
pub fn drawn(
    lines: &[Line],
    known: &Map<usize, f64>,
    stretch: Seen,
    kept: impl Fn(usize) -> bool,
) -> Drawn {
    let (mut y, mut free) = (0.0, 0.0);
    let mut drawn = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let typical = if matches!(line, Line::Row(_)) { ROW } else { MORE };
        let height = known.get(&line.key()).copied().unwrap_or(typical);
        if kept(nth) || stretch.meets(y, y + height) {
            drawn.push((nth, free));
            free = 0.0;
        } else {
            free += height;
        }
        y += height;
    }
    Drawn { lines: drawn, rest: free }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::why::groups::tests::record;

    fn group(newest: usize, before: usize) -> Group {
        let record = |id| record(id, "a");
        let before = (newest - before..newest).rev().map(record).collect();
        Group { newest: record(newest), before }
    }

    #[test]
    fn a_group_is_open_as_long_as_it_holds_what_it_was_opened_with() {
        let (closed, grown) = ([group(9, 0), group(7, 3)], [group(12, 0), group(10, 6)]);
        assert_eq!(lines(&closed, &Set::new()).len(), 3);
        let open = toggle(&Set::new(), (7, 4));
        assert_eq!(lines(&closed, &open).len(), 6);
        assert_eq!(lines(&grown, &open).len(), 9);
        assert_eq!(toggle(&open, (10, 4)), Set::new());
    }

    #[test]
    fn only_what_is_in_view_or_kept_is_drawn_and_the_rest_leaves_its_room() {
        let groups: Vec<Group> = (0..100).rev().map(|id| group(id, 0)).collect();
        let lines = lines(&groups, &Set::new());
        let known: Map<usize, f64> = lines.iter().map(|line| (line.key(), 10.0)).collect();
        let stretch = Seen { top: 205.0, bottom: 225.0 };
        let some = drawn(&lines, &known, stretch, |nth| nth == 50);
        let room = [(20, 200.0), (21, 0.0), (22, 0.0), (50, 270.0)];
        assert_eq!((some.lines.as_slice(), some.rest), (&room[..], 490.0));
        let all = drawn(&lines, &known, Seen { top: 0.0, bottom: 1e6 }, |_| false);
        assert_eq!((all.lines.len(), all.rest), (100, 0.0));
    }
}
