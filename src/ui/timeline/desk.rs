//! What the learner chose to see, and what keys and pointer do to it.

use crate::base::{Lang, Set, SimTime};
use std::cell::RefCell;
use std::rc::Rc;

use web_sys::WheelEvent;
use yew::prelude::*;

use crate::session::Command;
use crate::session::view::{JourneyView, Lane, LaneKind, TimelineView};
use crate::ui::scrolled::Seen;

use super::drawing::{LaneDrawing, spot_at};
use super::geometry::TimeWindow;
use super::keys::KeyAction;
use super::pointer::{Drag, Touch, Turn, capture, place, turn};
use super::rows::{Away, Row, lane_at, lane_beside};
use super::seen::is_drawn;
use super::stops::{Step, Stop, go, nearest, record};
use super::viewport::Viewport;
use super::words::words_at;

/// Pixels around the cursor's flag where a press takes the cursor and not the axis.
const GRIP: f64 = 30.0;
/// A press that moved less is a click.
const CLICK: f64 = 4.0;
/// Pixels around a bookmark that are its own.
const FLAG: f64 = 8.0;

/// What is in view and where the keys are.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Lens {
    /// The stretch of time.
    pub viewport: Viewport,
    /// What is not shown.
    pub away: Away,
    /// The lane the keys are in, by its id, and the stop in it.
    pub focus: Option<(String, Option<Stop>)>,
    /// What is under the pointer, in words.
    pub hover: Option<String>,
}

/// Everything that keys and pointer need, as it is on the page now.
#[derive(Clone)]
pub struct Desk {
    /// The run.
    pub view: Rc<TimelineView>,
    /// The moment that is shown.
    pub cursor: SimTime,
    /// Bookmarks, the loop, and the marks that are not drawn.
    pub journey: Rc<JourneyView>,
    /// The language.
    pub lang: Lang,
    /// Whom to tell.
    pub on_command: Callback<Command>,
    /// What is in view.
    pub lens: UseStateHandle<Lens>,
    /// The stretch of time, in pixels.
    pub window: TimeWindow,
    /// The rows.
    pub rows: Rc<Vec<Row>>,
    /// Which of them are drawn.
    pub seen: Seen,
    /// The lanes' drawings, one for each lane of the run.
    pub drawings: Rc<Vec<Rc<LaneDrawing>>>,
    /// The pointers that are down.
    pub touch: Rc<RefCell<Touch>>,
    /// The strip with the lanes.
    pub plot: NodeRef,
}

impl Desk {
    /// The rows that are drawn.
    pub fn drawn_rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| is_drawn(row, self.rows.len(), self.seen))
    }

    /// The lane the keys are in, by index.
    pub fn focused_lane(&self) -> Option<usize> {
        let (id, _) = self.lens.focus.as_ref()?;
        self.view.lanes.iter().position(|lane| lane.id == *id)
    }

    /// The stop the keys are at.
    pub fn focused_stop(&self) -> Option<(usize, Stop)> {
        let stop = self.lens.focus.as_ref()?.1?;
        self.focused_lane().map(|lane| (lane, stop))
    }

    fn change(&self, edit: impl FnOnce(&mut Lens)) {
        let mut lens = (*self.lens).clone();
        edit(&mut lens);
        self.lens.set(lens);
    }

    /// Hides a kind of lanes, or shows it again.
    pub fn toggle(&self, kind: LaneKind) {
        self.change(|lens| {
            if !lens.away.kinds.remove(&kind) {
                lens.away.kinds.insert(kind);
            }
        });
    }

    /// Shows only the phase of a Pod, or all its lanes again.
    pub fn fold(&self, pod: &str) {
        self.change(|lens| {
            if !lens.away.folded.remove(pod) {
                lens.away.folded.insert(pod.to_owned());
            }
        });
    }

    /// Puts a lane away; if the keys are in it, they go to the next one.
    pub fn put_away(&self, index: usize) {
        let next = lane_beside(&self.rows, Some(index), 1).filter(|next| *next != index);
        let next = next.or_else(|| lane_beside(&self.rows, Some(index), -1));
        let focus = next.filter(|next| *next != index).map(|next| &self.view.lanes[next]);
        self.change(|lens| {
            lens.away.lanes.insert(self.view.lanes[index].id.clone());
            if self.focused_lane() != Some(index) {
                return;
            }
            lens.focus = focus.map(|lane| (lane.id.clone(), self.near(lane, self.cursor)));
        });
    }

    fn near(&self, lane: &Lane, at: SimTime) -> Option<Stop> {
        nearest(lane, at, self.journey.hidden)
    }

    /// Does what a key or a button asks for.
    pub fn act(&self, action: KeyAction) {
        match action {
            KeyAction::Lane(by) => self.to_lane(by),
            KeyAction::Stop(step) => self.to_stop(step),
            KeyAction::Go => self.go_there(),
            KeyAction::Zoom(factor) => self.zoom(factor, self.anchor()),
            KeyAction::Fit => self.change(|lens| lens.viewport = Viewport::Fit),
            KeyAction::Pan(part) => self.pan(part * self.window.width),
            KeyAction::PutAway => {
                if let Some(index) = self.focused_lane() {
                    self.put_away(index);
                }
            }
            KeyAction::Fold => {
                if let Some(index) = self.focused_lane() {
                    self.fold(&self.view.lanes[index].pod);
                }
            }
            KeyAction::BringBack => self.change(|lens| {
                lens.away.lanes = Set::new();
                lens.away.folded = Set::new();
            }),
            KeyAction::Leave => self.change(|lens| lens.focus = None),
        }
    }

    /// The keys go to a lane.
    pub fn pick(&self, index: usize) {
        let at = self.focused_stop().map_or(self.cursor, |(_, stop)| stop.at);
        self.focus(&self.view.lanes[index], self.near(&self.view.lanes[index], at));
    }

    fn to_lane(&self, by: i32) {
        if let Some(index) = lane_beside(&self.rows, self.focused_lane(), by) {
            self.pick(index);
        }
    }

    fn to_stop(&self, step: Step) {
        let Some(index) = self.focused_lane().or_else(|| lane_beside(&self.rows, None, 0)) else {
            return;
        };
        let lane = &self.view.lanes[index];
        let here = self.focused_stop().map(|(_, stop)| stop);
        let there = go(lane, here, self.cursor, step, self.journey.hidden).or(here);
        self.focus(lane, there);
    }

    fn focus(&self, lane: &Lane, stop: Option<Stop>) {
        let unseen = stop.filter(|stop| !self.window.shows(stop.at));
        self.change(|lens| {
            lens.focus = Some((lane.id.clone(), stop));
            if let Some(stop) = unseen {
                let centre = self.window.x(stop.at) - self.window.width / 2.0;
                lens.viewport = Viewport::panned(self.window.panned(centre));
            }
        });
    }

    fn go_there(&self) {
        let Some((index, stop)) = self.focused_stop() else { return };
        self.seek(stop.at);
        self.select(record(&self.view.lanes[index], stop));
    }

    fn seek(&self, at: SimTime) {
        self.change(|lens| lens.viewport = lens.viewport.followed());
        self.on_command.emit(Command::Seek(at));
    }

    fn select(&self, record: Option<usize>) {
        if record.is_some() {
            self.on_command.emit(Command::Select(record));
        }
    }

    /// Zooming by keys holds the cursor in its place, or the middle if it is not in view.
    fn anchor(&self) -> f64 {
        let shown = self.window.shows(self.cursor);
        if shown { self.window.x(self.cursor) } else { self.window.width / 2.0 }
    }

    /// The stretch of time that is wished now, which may not be drawn yet.
    fn wished(&self) -> TimeWindow {
        self.lens.viewport.window(self.view.tip, self.cursor, self.window.width)
    }

    fn zoom(&self, factor: f64, x: f64) {
        let window = self.wished().zoomed(factor, x);
        self.change(|lens| lens.viewport = lens.viewport.zoomed(window));
    }

    fn pan(&self, pixels: f64) {
        self.change(|lens| lens.viewport = Viewport::panned(self.wished().panned(pixels)));
    }

    /// The wheel turned; true if the page must not scroll.
    pub fn wheel(&self, event: &WheelEvent) -> bool {
        let (x, y) = place(event, &self.plot);
        match turn(event, y < 0.0) {
            Some(Turn::Zoom(factor)) => self.zoom(factor, x),
            Some(Turn::Pan(pixels)) => self.pan(pixels),
            None => return false,
        }
        true
    }

    /// A press on the lanes: to the mark that is there, or to the moment.
    pub fn press_lanes(&self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let (x, y) = place(event, &self.plot);
        capture(event, &self.plot);
        if self.touch.borrow_mut().press(event.pointer_id(), x) {
            return;
        }
        self.touch.borrow_mut().drag = Drag::Scrub;
        let lane = lane_at(&self.rows, y).map(|index| (index, &self.view.lanes[index]));
        let mark = lane.and_then(|(index, lane)| {
            spot_at(&self.drawings[index], x).and_then(|spot| lane.marks.get(spot.mark))
        });
        self.seek(mark.map_or_else(|| self.window.moment(x), |mark| mark.at));
        self.select(mark.and_then(|mark| mark.record));
    }

    /// A press on the axis takes the cursor, if it is there, or else the axis.
    pub fn press_axis(&self, event: &PointerEvent, axis: &NodeRef) {
        let (x, _) = place(event, &self.plot);
        capture(event, axis);
        let mut touch = self.touch.borrow_mut();
        if touch.press(event.pointer_id(), x) {
            return;
        }
        let takes_cursor = (self.window.x(self.cursor) - x).abs() < GRIP;
        touch.drag = if takes_cursor { Drag::Scrub } else { Drag::Pan { last: x, moved: 0.0 } };
    }

    /// The pointer moved.
    pub fn moved(&self, event: &PointerEvent) {
        let (x, y) = place(event, &self.plot);
        let drag = self.touch.borrow().drag;
        match drag {
            Drag::Pinch => self.pinch(event.pointer_id(), x),
            Drag::None => self.hover(x, y),
            // No farther than what was simulated: the view would run away under the pointer.
            Drag::Scrub => {
                let at = self.snapped(x, y).filter(|_| !event.alt_key());
                let at = at.unwrap_or_else(|| self.window.moment(x));
                self.seek(at.min(self.view.tip.max(self.cursor)));
            }
            Drag::Pan { last, moved } => {
                let moved = moved + (x - last).abs();
                self.touch.borrow_mut().drag = Drag::Pan { last: x, moved };
                if moved >= CLICK {
                    self.pan(last - x);
                }
            }
        }
    }

    /// The mark near a pixel: of the lane there, or on the axis of any lane, or a bookmark.
    fn snapped(&self, x: f64, y: f64) -> Option<SimTime> {
        let near = |index: usize| {
            let spot = spot_at(&self.drawings[index], x)?;
            self.view.lanes[index].marks.get(spot.mark).map(|mark| mark.at)
        };
        match lane_at(&self.rows, y) {
            Some(index) => near(index),
            None if y < 0.0 => {
                self.bookmark_at(x).or_else(|| (0..self.drawings.len()).find_map(near))
            }
            None => None,
        }
    }

    /// The bookmark whose flag is at a pixel.
    fn bookmark_at(&self, x: f64) -> Option<SimTime> {
        let mut marks = self.journey.bookmarks.iter().map(|mark| mark.at);
        marks.find(|at| (self.window.x(*at) - x).abs() <= FLAG)
    }

    fn pinch(&self, id: i32, x: f64) {
        let pinched = self.touch.borrow_mut().pinch(id, x);
        if let Some((factor, middle)) = pinched {
            self.zoom(factor, middle);
        }
    }

    /// The browser took the pointer for itself.
    pub fn cancelled(&self, event: &PointerEvent) {
        self.touch.borrow_mut().release(event.pointer_id());
    }

    /// The pointer was released; a click on the axis goes there.
    pub fn released(&self, event: &PointerEvent) {
        let drag = self.touch.borrow_mut().release(event.pointer_id());
        if let Drag::Pan { moved, .. } = drag
            && moved < CLICK
        {
            let x = place(event, &self.plot).0;
            self.seek(self.bookmark_at(x).unwrap_or_else(|| self.window.moment(x)));
        }
    }

    fn hover(&self, x: f64, y: f64) {
        let words = lane_at(&self.rows, y).and_then(|index| {
            words_at(&self.view.lanes[index], &self.drawings[index], x, self.lang)
        });
        self.point_at(words);
    }

    /// What is under the pointer now.
    pub fn point_at(&self, words: Option<String>) {
        if self.lens.hover != words {
            self.change(|lens| lens.hover = words);
        }
    }
}
