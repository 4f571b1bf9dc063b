//! Real time: the only file that asks the browser for animation frames.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::browser;

/// A frame after a pause of the browser (a hidden tab) counts as at most this many milliseconds.
const LONGEST_FRAME_MS: u64 = 250;

type Frame = Closure<dyn FnMut(f64)>;

/// Calls back once a frame with the real milliseconds since the frame before; stops when dropped.
pub struct FrameClock {
    request: Rc<RefCell<Option<i32>>>,
    _frame: Rc<RefCell<Option<Frame>>>,
}

impl FrameClock {
    /// Starts it.
    pub fn start(on_frame: impl Fn(u64) + 'static) -> Self {
        let request = Rc::new(RefCell::new(None));
        let frame: Rc<RefCell<Option<Frame>>> = Rc::default();
        let (next, again) = (request.clone(), Rc::downgrade(&frame));
        let mut last: Option<u64> = None;
        *frame.borrow_mut() = Some(Closure::new(move |now: f64| {
            let now = whole_ms(now);
            let passed = last.map_or(0, |last| now.saturating_sub(last));
            last = Some(now);
            let Some(again) = again.upgrade() else { return };
            *next.borrow_mut() = again.borrow().as_ref().and_then(ask);
            on_frame(passed.min(LONGEST_FRAME_MS));
        }));
        *request.borrow_mut() = frame.borrow().as_ref().and_then(ask);
        FrameClock { request, _frame: frame }
    }
}

impl Drop for FrameClock {
    fn drop(&mut self) {
        if let (Some(window), Some(id)) = (browser::window(), self.request.take()) {
            let _ = window.cancel_animation_frame(id);
        }
    }
}

fn ask(frame: &Frame) -> Option<i32> {
    browser::window()?.request_animation_frame(frame.as_ref().unchecked_ref()).ok()
}

/// Differences of whole moments add up exactly; differences that were cut would drift.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole_ms(now: f64) -> u64 {
    now.max(0.0) as u64
}
