//! What wheel, fingers, pointer, keys and buttons do to the lanes of two runs: the same as to those
//! of the timeline.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, WheelEvent};
use yew::prelude::*;

use crate::base::SimTime;
use crate::ui::timeline::{
    Drag, KeyAction, TimeWindow, Touch, Turn, Viewport, capture, key_action, place, turn, use_wheel,
};
use crate::ui::width::{Size, use_size};

/// How much time is shown around a difference, in milliseconds.
const AROUND: f64 = 30_000.0;

/// What is in view, and what changes it.
#[derive(Clone)]
pub struct Hand {
    /// The stretch of time in view.
    pub window: TimeWindow,
    /// The strip of the axis; the lanes stand below it.
    pub plot: NodeRef,
    viewport: UseStateHandle<Viewport>,
    horizon: SimTime,
    touch: Rc<RefCell<Touch>>,
}

/// The hand on lanes that end at `horizon` and turn the wheel in `lanes`.
#[hook]
pub fn use_hand(lanes: &NodeRef, horizon: SimTime) -> Hand {
    let plot = use_node_ref();
    let width = use_size(plot.clone(), Size { width: 640.0, height: 30.0 }).width;
    let viewport = use_state_eq(Viewport::default);
    let touch = use_mut_ref(Touch::default);
    let window = window(*viewport, horizon, width);
    let hand = Hand { window, plot, viewport, horizon, touch };
    let wheel = hand.clone();
    use_wheel(lanes.clone(), Rc::new(move |event| wheel.wheel(event)));
    hand
}

/// The whole of both runs, or the stretch that was chosen.
fn window(viewport: Viewport, horizon: SimTime, width: f64) -> TimeWindow {
    match viewport {
        Viewport::Fit => TimeWindow::new(0.0, horizon.as_ms() as f64 * 1.02, width),
        chosen => chosen.window(horizon, horizon, width),
    }
}

impl Hand {
    /// The stretch of time that is wished now, which may not be drawn yet.
    fn wished(&self) -> TimeWindow {
        window(*self.viewport, self.horizon, self.window.width)
    }

    /// Does what a key or a button asks for; false if it asks for nothing here.
    pub fn act(&self, action: KeyAction) -> bool {
        match action {
            KeyAction::Zoom(factor) => self.zoom(factor, self.window.width / 2.0),
            KeyAction::Pan(part) => self.show(self.wished().panned(part * self.window.width)),
            KeyAction::Fit => self.viewport.set(Viewport::Fit),
            _ => return false,
        }
        true
    }

    /// Shows the stretch around a moment.
    pub fn around(&self, at: SimTime) {
        let start = at.as_ms() as f64 - AROUND / 2.0;
        self.show(TimeWindow::new(start, AROUND, self.window.width));
    }

    /// A key was pressed on the lanes.
    pub fn key(&self, event: &KeyboardEvent) {
        let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
        let action = key_action(&event.key(), event.shift_key()).filter(|_| plain);
        if action.is_some_and(|action| self.act(action)) {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// The pointer came down: it takes the lanes along, unless it is on a button.
    pub fn pressed(&self, event: &PointerEvent, lanes: &NodeRef) {
        let target = event.target_dyn_into::<Element>();
        if event.button() != 0 || target.is_some_and(|it| it.tag_name() == "BUTTON") {
            return;
        }
        let (x, _) = place(event, &self.plot);
        if x < 0.0 {
            return;
        }
        capture(event, lanes);
        let mut touch = self.touch.borrow_mut();
        if !touch.press(event.pointer_id(), x) {
            touch.drag = Drag::Pan { last: x, moved: 0.0 };
        }
    }

    /// The pointer moved.
    pub fn moved(&self, event: &PointerEvent) {
        let (x, _) = place(event, &self.plot);
        let drag = self.touch.borrow().drag;
        match drag {
            Drag::Pan { last, moved } => {
                self.touch.borrow_mut().drag = Drag::Pan { last: x, moved };
                self.show(self.wished().panned(last - x));
            }
            Drag::Pinch => {
                let pinched = self.touch.borrow_mut().pinch(event.pointer_id(), x);
                if let Some((factor, middle)) = pinched {
                    self.zoom(factor, middle);
                }
            }
            Drag::Scrub | Drag::None => {}
        }
    }

    /// The pointer was released, or the browser took it for itself.
    pub fn released(&self, event: &PointerEvent) {
        self.touch.borrow_mut().release(event.pointer_id());
    }

    fn wheel(&self, event: &WheelEvent) -> bool {
        let (x, y) = place(event, &self.plot);
        let on_axis = (0.0..30.0).contains(&y);
        match turn(event, on_axis) {
            Some(Turn::Zoom(factor)) => self.zoom(factor, x),
            Some(Turn::Pan(pixels)) => self.show(self.wished().panned(pixels)),
            None => return false,
        }
        true
    }

    fn zoom(&self, factor: f64, x: f64) {
        self.show(self.wished().zoomed(factor, x));
    }

    fn show(&self, window: TimeWindow) {
        self.viewport.set(Viewport::panned(window));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_runs_are_in_view_until_a_stretch_is_chosen() {
        let end = SimTime::secs(60);
        let all = window(Viewport::Fit, end, 800.0);
        assert!(all.shows(SimTime::ZERO) && all.shows(end));
        let chosen = Viewport::panned(TimeWindow::new(10_000.0, 5_000.0, 800.0));
        let near = window(chosen, end, 800.0);
        assert!(near.shows(SimTime::secs(12)) && !near.shows(end));
    }
}
