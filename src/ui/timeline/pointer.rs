//! What the pointer tells: where it is on the strip, and what its wheel asks for.

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
}

/// The pixel of a pointer event within an element.
pub fn place(event: &MouseEvent, node: &NodeRef) -> (f64, f64) {
    let Some(element) = node.cast::<Element>() else { return (0.0, 0.0) };
    let rect = element.get_bounding_client_rect();
    (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top())
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
