//! What is in view of something that is scrolled: of a long list only that is drawn.

use web_sys::Element;
use yew::prelude::*;

use super::width::{Size, use_size};

/// Pixels above and below the view that are drawn too.
const MARGIN: f64 = 400.0;
/// How far one scrolls before something else is drawn.
const STEP: i32 = 200;

/// A stretch of what is scrolled, in pixels from its top.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seen {
    /// Where it begins.
    pub top: f64,
    /// Where it ends.
    pub bottom: f64,
}

impl Seen {
    /// Whether any of what lies from `top` to `bottom` is in it.
    pub fn meets(self, top: f64, bottom: f64) -> bool {
        bottom >= self.top && top <= self.bottom
    }
}

/// What of `scroll` is in view or near it, and who is to hear that it was scrolled.
#[hook]
pub fn use_seen(scroll: &NodeRef, before: Size) -> (Seen, Callback<Event>) {
    let height = use_size(scroll.clone(), before).height;
    let steps = use_state_eq(|| 0);
    let top = f64::from(*steps * STEP);
    let onscroll = {
        let scroll = scroll.clone();
        Callback::from(move |_: Event| {
            let there = scroll.cast::<Element>().map_or(0, |element| element.scroll_top());
            steps.set(there / STEP);
        })
    };
    let bottom = top + f64::from(STEP) + height + MARGIN;
    (Seen { top: top - MARGIN, bottom }, onscroll)
}
