//! What the pointer tells: where it is on the strip, and what its wheel asks for.

use crate::base::Map;
use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, WheelEvent};
use yew::prelude::*;

/// What a press began.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Drag {
    /// Nothing.
    #[default]
    None,
    /// Moving through time.
    Scrub,
    /// Moving the view.
    Pan {
        /// The pixel where the pointer was last.
        last: f64,
        /// Pixels moved altogether.
        moved: f64,
    },
    /// Two fingers zoom.
    Pinch,
}

/// The pointers that are down, and what they do.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Touch {
    /// What they do.
    pub drag: Drag,
    /// Their pixels, by pointer id.
    pointers: Map<i32, f64>,
}

impl Touch {
    /// A pointer came down; the second one makes it a pinch, and begins nothing else.
    pub fn press(&mut self, id: i32, x: f64) -> bool {
        self.pointers.insert(id, x);
        if self.pointers.len() > 1 {
            self.drag = Drag::Pinch;
        }
        self.drag == Drag::Pinch
    }

    /// A pointer of a pinch moved: how many times as much time to show, and the pixel between.
    pub fn pinch(&mut self, id: i32, x: f64) -> Option<(f64, f64)> {
        let (before, _) = self.spread()?;
        self.pointers.insert(id, x);
        let (after, middle) = self.spread()?;
        Some((before / after, middle))
    }

    /// A pointer went up; what it did ends.
    pub fn release(&mut self, id: i32) -> Drag {
        self.pointers.remove(&id);
        std::mem::take(&mut self.drag)
    }

    /// Pixels between the outermost pointers (never none), and the pixel in their middle.
    fn spread(&self) -> Option<(f64, f64)> {
        let first = self.pointers.values().copied().reduce(f64::min)?;
        let last = self.pointers.values().copied().reduce(f64::max)?;
        Some(((last - first).max(8.0), (first + last) / 2.0))
    }
}

/// The pixel of a pointer event within an element.
pub fn place(event: &MouseEvent, node: &NodeRef) -> (f64, f64) {
    let Some(element) = node.cast::<Element>() else { return (0.0, 0.0) };
    let rect = element.get_bounding_client_rect();
    (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top())
}

/// What a turn of the wheel asks for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Turn {
    /// Show this many times as much time.
    Zoom(f64),
    /// Move by pixels towards later.
    Pan(f64),
}

/// How much a turn of the wheel by one pixel zooms.
const WHEEL: f64 = 1.0015;

/// What a turn asks for: on the axis, or with Ctrl, zoom; along the strip, or with Shift, another
/// stretch; `None`: the page scrolls.
pub fn turn(event: &WheelEvent, on_axis: bool) -> Option<Turn> {
    let (along, down) = (event.delta_x(), event.delta_y());
    if event.ctrl_key() || event.meta_key() || (on_axis && down != 0.0) {
        return Some(Turn::Zoom(js_sys::Math::pow(WHEEL, down)));
    }
    let along = if event.shift_key() { down } else { 0.0 } + along;
    (along != 0.0).then_some(Turn::Pan(along))
}

/// Keeps the pointer's events at an element until it is released.
pub fn capture(event: &PointerEvent, node: &NodeRef) {
    if let Some(element) = node.cast::<Element>() {
        // A pointer that is gone already cannot be captured; then there is nothing to keep.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Calls `on_wheel` for each turn of the wheel over `node`; unlike the framework's own listener
/// this one may hold back the page's scrolling, by answering true.
#[hook]
pub fn use_wheel(node: NodeRef, on_wheel: Rc<dyn Fn(&WheelEvent) -> bool>) {
    let latest = use_mut_ref(|| on_wheel.clone());
    *latest.borrow_mut() = on_wheel;
    use_effect_with((), move |()| {
        let listener = node.cast::<Element>().map(|element| Wheel::new(element, latest));
        move || drop(listener)
    });
}

/// Listens as long as it lives.
struct Wheel {
    element: Element,
    listener: Closure<dyn FnMut(WheelEvent)>,
}

/// What is to be called now; it changes with every drawing.
type Latest = Rc<RefCell<Rc<dyn Fn(&WheelEvent) -> bool>>>;

impl Wheel {
    fn new(element: Element, latest: Latest) -> Self {
        let listener = Closure::<dyn FnMut(WheelEvent)>::new(move |event: WheelEvent| {
            let on_wheel = latest.borrow().clone();
            if on_wheel(&event) {
                event.prevent_default();
            }
        });
        let function = listener.as_ref().unchecked_ref();
        // It fails only for a name that is no event.
        let _ = element.add_event_listener_with_callback("wheel", function);
        Wheel { element, listener }
    }
}

impl Drop for Wheel {
    fn drop(&mut self) {
        let function = self.listener.as_ref().unchecked_ref();
        let _ = self.element.remove_event_listener_with_callback("wheel", function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fingers_zoom_around_their_middle() {
        let mut touch = Touch::default();
        assert!(!touch.press(1, 100.0));
        assert!(touch.press(2, 200.0));
        assert_eq!(touch.pinch(2, 300.0), Some((0.5, 200.0)));
        assert_eq!(touch.release(2), Drag::Pinch);
        assert_eq!(touch.release(1), Drag::None);
    }
}
