//! A lane as it is drawn: only what is in view, and what would overlap put together.
//!
//! Two drawings that are equal look the same, so a lane is redrawn only when its drawing changes.

use std::rc::Rc;

use crate::base::SimTime;
use crate::session::view::{Groups, Lane, LanePhase, Mark, MarkKind, Tone};

use super::geometry::{TimeWindow, fit_label};

/// Marks closer than this become one with a count.
const MERGE: f64 = 8.0;
/// Bars narrower than this are put together.
const NARROW: f64 = 2.0;
/// Half the width of a mark.
const MARK_HALF: f64 = 6.0;
/// Pixels of a letter in labels of lanes.
pub const LETTER: f64 = 6.4;

/// What is drawn of a lane.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LaneDrawing {
    /// States.
    pub bars: Vec<Bar>,
    /// Moments.
    pub spots: Vec<Spot>,
}

/// A state that lasts.
#[derive(Clone, PartialEq, Debug)]
pub struct Bar {
    /// Left edge.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// The label that fits, and where it begins.
    pub label: Option<(f64, String)>,
    /// How it looks.
    pub tone: Tone,
    /// It goes on beyond what was simulated.
    pub open: bool,
    /// The first of the phases it stands for, by index.
    pub first: usize,
    /// How many it stands for.
    pub count: usize,
}

/// A moment, or several too close to tell apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Spot {
    /// Its middle.
    pub x: f64,
    /// The form of the weightiest mark in it.
    pub kind: MarkKind,
    /// The label that fits to its right.
    pub label: Option<String>,
    /// The weightiest mark, by index.
    pub mark: usize,
    /// How many it stands for.
    pub count: usize,
    /// Whether the selected record is one of them.
    pub selected: bool,
    /// Whether one of them read the field under the editor's caret.
    pub read: bool,
}

/// Draws what of `lane` is in `window`; `tip` is how far the run was simulated.
pub fn draw_lane(
    lane: &Lane,
    window: &TimeWindow,
    tip: SimTime,
    selected: Option<usize>,
    hidden: Groups,
) -> LaneDrawing {
    let mut spots = spots(lane, window, selected, hidden);
    let mut bars = bars(&lane.phases, window, tip);
    for bar in &mut bars {
        label_bar(bar, &lane.phases, &spots);
    }
    label_spots(&mut spots, &bars, &lane.marks, window.width);
    LaneDrawing { bars, spots }
}

/// Notes at a lane's spots which of them stand for one of these records, which are in order.
pub fn note_read(
    drawing: &mut LaneDrawing,
    lane: &Lane,
    window: &TimeWindow,
    records: &[usize],
    hidden: Groups,
) {
    let from = lane.marks.partition_point(|mark| mark.at < window.first());
    let mut drawn = lane.marks[from..].iter().filter(|mark| is_drawn(lane, mark, hidden));
    let is_read = |mark: &Rc<Mark>| mark.record.is_some_and(|r| records.binary_search(&r).is_ok());
    for spot in &mut drawing.spots {
        let read = drawn.by_ref().take(spot.count).filter(|mark| is_read(mark)).count();
        spot.read = read > 0;
    }
}

/// The spot near a pixel.
pub fn spot_at(drawing: &LaneDrawing, x: f64) -> Option<&Spot> {
    let near = drawing.spots.iter().filter(|spot| (spot.x - x).abs() <= MARK_HALF + 2.0);
    near.min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()))
}

/// The bar under a pixel.
pub fn bar_at(drawing: &LaneDrawing, x: f64) -> Option<&Bar> {
    drawing.bars.iter().find(|bar| bar.x <= x && x <= bar.x + bar.width)
}

/// Whether a mark is of a group that is not hidden.
pub fn is_drawn(lane: &Lane, mark: &Mark, hidden: Groups) -> bool {
    mark.kind.group(lane.kind).is_none_or(|group| !hidden.has(group))
}

fn spots(lane: &Lane, window: &TimeWindow, selected: Option<usize>, hidden: Groups) -> Vec<Spot> {
    let marks = &lane.marks;
    let from = marks.partition_point(|mark| mark.at < window.first());
    let to = marks.partition_point(|mark| mark.at <= window.last());
    let mut spots: Vec<Spot> = Vec::new();
    for (index, mark) in marks.iter().enumerate().take(to).skip(from) {
        if !is_drawn(lane, mark, hidden) {
            continue;
        }
        let x = window.x(mark.at);
        let is_selected = selected.is_some() && mark.record == selected;
        match spots.last_mut().filter(|spot| x - spot.x < MERGE) {
            Some(spot) => join(spot, index, mark, is_selected),
            None => spots.push(Spot {
                x,
                kind: mark.kind,
                label: None,
                mark: index,
                count: 1,
                selected: is_selected,
                read: false,
            }),
        }
    }
    spots
}

fn join(spot: &mut Spot, index: usize, mark: &Mark, is_selected: bool) {
    spot.count += 1;
    spot.selected |= is_selected;
    if weight(mark.kind) > weight(spot.kind) {
        spot.kind = mark.kind;
        spot.mark = index;
    }
}

/// Which mark stands for several: the one a learner must not miss.
fn weight(kind: MarkKind) -> u8 {
    match kind {
        MarkKind::Kill => 10,
        MarkKind::ExitBad => 9,
        MarkKind::Action => 8,
        MarkKind::ProbeFailure | MarkKind::ProbeTimeout | MarkKind::Lost => 7,
        MarkKind::EventWarning => 6,
        MarkKind::Signal => 5,
        MarkKind::ExitOk => 4,
        MarkKind::Start => 3,
        MarkKind::EventNormal => 2,
        MarkKind::ProbeSuccess => 1,
        MarkKind::Change => 0,
    }
}

fn bars(phases: &[Rc<LanePhase>], window: &TimeWindow, tip: SimTime) -> Vec<Bar> {
    let end = |phase: &LanePhase| phase.end.unwrap_or(tip.max(phase.start));
    let from = phases.partition_point(|phase| end(phase) < window.first());
    let to = phases.partition_point(|phase| phase.start <= window.last());
    let mut bars: Vec<Bar> = Vec::new();
    for (index, phase) in phases.iter().enumerate().take(to).skip(from) {
        let x = window.x(phase.start).max(0.0);
        let right = window.x(end(phase)).min(window.width).max(x + 1.0);
        match bars.last_mut().filter(|last| last.width < NARROW && right - last.x < 2.0 * NARROW) {
            Some(last) => widen(last, right, phase.tone),
            None => bars.push(Bar {
                x,
                width: right - x,
                label: None,
                tone: phase.tone,
                open: phase.end.is_none(),
                first: index,
                count: 1,
            }),
        }
    }
    bars
}

/// The weightier tone shows; tones are ordered so in their declaration only by accident, so the
/// few that matter are named.
fn widen(bar: &mut Bar, right: f64, tone: Tone) {
    bar.count += 1;
    bar.width = right - bar.x;
    if tone == Tone::Bad || (tone == Tone::Backoff && bar.tone != Tone::Bad) {
        bar.tone = tone;
    }
}

/// The label stands in the first gap between marks that holds it all, or else in the widest.
fn label_bar(bar: &mut Bar, phases: &[Rc<LanePhase>], spots: &[Spot]) {
    if bar.count > 1 {
        return;
    }
    let label = &phases[bar.first].label;
    let wanted = LETTER * label.chars().count() as f64;
    let gaps = gaps(bar, spots);
    let widest = gaps.iter().copied().max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    let gap = gaps.into_iter().find(|(left, right)| right - left >= wanted).or(widest);
    bar.label = gap
        .and_then(|(left, right)| fit_label(label, right - left, LETTER).map(|text| (left, text)));
}

/// The stretches of a bar, left and right edge, that no mark covers.
fn gaps(bar: &Bar, spots: &[Spot]) -> Vec<(f64, f64)> {
    let (mut left, right) = (bar.x + 7.0, bar.x + bar.width - 3.0);
    let mut gaps = Vec::new();
    let from = spots.partition_point(|spot| spot.x + MARK_HALF < bar.x);
    for spot in spots[from..].iter().take_while(|spot| spot.x - MARK_HALF < right) {
        gaps.push((left, spot.x - MARK_HALF - 2.0));
        left = left.max(spot.x + MARK_HALF + 3.0);
    }
    gaps.push((left, right));
    gaps
}

/// A mark's label stands to its right where nothing else is.
fn label_spots(spots: &mut [Spot], bars: &[Bar], marks: &[Rc<Mark>], width: f64) {
    for index in 0..spots.len() {
        let next = spots.get(index + 1).map_or(width, |next| next.x - half_width(next));
        let spot = &mut spots[index];
        let text = match spot.count {
            1 => marks[spot.mark].label.clone(),
            count => format!("×{count}"),
        };
        let left = spot.x + MARK_HALF + 2.0;
        let room = LETTER * text.chars().count() as f64;
        let covered = bars.iter().any(|bar| bar.x < left + room && bar.x + bar.width > left);
        if is_labelled(spot) && !text.is_empty() && room <= next - left && !covered {
            spot.label = Some(text);
        }
    }
}

/// The selected mark has a ring around it.
fn half_width(spot: &Spot) -> f64 {
    if spot.selected { MARK_HALF + 5.0 } else { MARK_HALF }
}

/// What goes well is not labelled, so that what does not can be seen.
fn is_labelled(spot: &Spot) -> bool {
    spot.count > 1 || !matches!(spot.kind, MarkKind::ProbeSuccess | MarkKind::Change)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw_lane(
        lane: &Lane,
        window: &TimeWindow,
        tip: SimTime,
        selected: Option<usize>,
    ) -> LaneDrawing {
        super::draw_lane(lane, window, tip, selected, Groups::default())
    }

    fn window() -> TimeWindow {
        TimeWindow::new(0.0, 100_000.0, 1000.0)
    }

    fn mark(ms: u64, kind: MarkKind, label: &str) -> Mark {
        let label = label.to_owned();
        Mark { at: SimTime::ms(ms), kind, label, detail: String::new(), record: Some(ms as usize) }
    }

    fn phase(start: u64, end: Option<u64>, label: &str, tone: Tone) -> LanePhase {
        let (start, end) = (SimTime::ms(start), end.map(SimTime::ms));
        LanePhase { start, end, label: label.to_owned(), detail: String::new(), tone }
    }

    fn lane(phases: Vec<LanePhase>, marks: Vec<Mark>) -> Lane {
        use crate::session::view::LaneKind;
        let kind = LaneKind::Probe;
        let phases = phases.into_iter().map(Rc::new).collect();
        let marks = marks.into_iter().map(Rc::new).collect();
        Lane { id: String::new(), kind, pod: String::new(), title: String::new(), phases, marks }
    }

    #[test]
    fn ten_thousand_marks_become_few_and_the_weightiest_is_kept() {
        let mut marks: Vec<Mark> =
            (0..10_000).map(|n| mark(n * 10, MarkKind::ProbeSuccess, "1/1")).collect();
        marks[5_003].kind = MarkKind::Kill;
        let drawing = draw_lane(&lane(vec![], marks), &window(), SimTime::secs(100), None);
        assert!(drawing.spots.len() <= 130, "{}", drawing.spots.len());
        assert_eq!(drawing.spots.iter().map(|spot| spot.count).sum::<usize>(), 10_000);
        let kill = drawing.spots.iter().find(|spot| spot.kind == MarkKind::Kill);
        assert_eq!(kill.map(|spot| spot.mark), Some(5_003));
    }

    #[test]
    fn only_what_is_in_view_is_drawn() {
        let marks = (0..200).map(|s| mark(s * 1000, MarkKind::Signal, "")).collect();
        let phases = (0..20).map(|n| phase(n * 10_000, Some((n + 1) * 10_000), "", Tone::Good));
        let lane = lane(phases.collect(), marks);
        let window = TimeWindow::new(50_000.0, 20_000.0, 1000.0);
        let drawing = draw_lane(&lane, &window, SimTime::secs(200), None);
        assert_eq!(drawing.spots.len(), 21);
        assert_eq!(drawing.bars.len(), 4);
        assert!(drawing.bars.iter().all(|bar| bar.x >= 0.0 && bar.x + bar.width <= 1000.0));
    }

    #[test]
    fn a_state_that_lasts_ends_at_the_tip() {
        let lane = lane(vec![phase(10_000, None, "Running", Tone::Good)], vec![]);
        let drawing = draw_lane(&lane, &window(), SimTime::secs(60), None);
        let bar = &drawing.bars[0];
        assert_eq!(bar.x + bar.width, window().x(SimTime::secs(60)));
        assert!(bar.open);
        assert_eq!(bar.label.as_ref().map(|(_, text)| text.as_str()), Some("Running"));
    }

    #[test]
    fn short_states_are_put_together_and_the_bad_one_shows() {
        let phases = (0..100)
            .map(|n| (n * 100, if n == 40 { Tone::Bad } else { Tone::Waiting }))
            .map(|(start, tone)| phase(start, Some(start + 100), "Waiting", tone))
            .collect();
        let drawing = draw_lane(&lane(phases, vec![]), &window(), SimTime::secs(10), None);
        assert!(drawing.bars.len() < 60, "{}", drawing.bars.len());
        assert_eq!(drawing.bars.iter().map(|bar| bar.count).sum::<usize>(), 100);
        assert!(drawing.bars.iter().any(|bar| bar.tone == Tone::Bad));
    }

    #[test]
    fn labels_give_way_to_marks_and_bars() {
        let marks = vec![
            mark(10_000, MarkKind::Signal, "SIGTERM"),
            mark(14_000, MarkKind::Kill, "SIGKILL"),
            mark(50_000, MarkKind::ProbeFailure, "1/3"),
        ];
        let phases = vec![phase(48_000, Some(90_000), "preStop", Tone::Busy)];
        let drawing = draw_lane(&lane(phases, marks), &window(), SimTime::secs(100), Some(50_000));
        let labels: Vec<Option<&str>> =
            drawing.spots.iter().map(|spot| spot.label.as_deref()).collect();
        assert_eq!(labels, [None, Some("SIGKILL"), None]);
        let (at, _) = drawing.bars[0].label.clone().expect("there is room for it");
        assert!(at > drawing.spots[2].x + MARK_HALF);
        let selected: Vec<bool> = drawing.spots.iter().map(|spot| spot.selected).collect();
        assert_eq!(selected, [false, false, true]);
    }

    #[test]
    fn marks_of_a_field_are_noted_also_among_others() {
        let marks = (0..40).map(|n| mark(n * 200, MarkKind::ProbeSuccess, "")).collect();
        let lane = lane(vec![], marks);
        let mut drawing = draw_lane(&lane, &window(), SimTime::secs(100), None);
        assert!(drawing.spots.len() < 40, "some stand together");
        note_read(&mut drawing, &lane, &window(), &[200, 7800], Groups::default());
        let read: Vec<bool> = drawing.spots.iter().map(|spot| spot.read).collect();
        assert_eq!(read.iter().filter(|read| **read).count(), 2, "{read:?}");
        assert!(read[0] && read[read.len() - 1]);
    }

    #[test]
    fn a_pixel_finds_the_nearest_spot() {
        let marks =
            vec![mark(10_000, MarkKind::Signal, ""), mark(11_000, MarkKind::ProbeFailure, "")];
        let drawing = draw_lane(&lane(vec![], marks), &window(), SimTime::secs(100), None);
        let kind = |x| spot_at(&drawing, x).map(|spot| spot.kind);
        assert_eq!(kind(drawing.spots[0].x - 3.0), Some(MarkKind::Signal));
        assert_eq!(kind(drawing.spots[1].x + 3.0), Some(MarkKind::ProbeFailure));
        assert_eq!(kind(500.0), None);
    }
}
