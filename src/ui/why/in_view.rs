//! Which lines of the list are drawn, as it is scrolled and as the focus goes.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::lines::{Drawn, Line, drawn};
use crate::base::Map;
use crate::ui::scrolled::use_seen;
use crate::ui::width::Size;

/// Heights of so many lines are remembered.
const KNOWN_MAX: usize = 4000;

/// The lines that are drawn, and who is to hear where the focus is: its line stays, wherever the
/// list is scrolled to, and so do those beside it.
pub struct InView {
    /// The lines.
    pub lines: Drawn,
    /// Something in the list has the focus now.
    pub on_focus: Callback<FocusEvent>,
    /// Nothing in it has it any more.
    pub on_blur: Callback<FocusEvent>,
    /// It was scrolled.
    pub on_scroll: Callback<Event>,
}

/// Which of `lines` are drawn in what is scrolled.
#[hook]
pub fn use_in_view(
    scroll: &NodeRef,
    lines: &[Line],
    selected: Option<usize>,
    size: Size,
) -> InView {
    let (stretch, onscroll) = use_seen(scroll, size);
    let known = use_mut_ref(Map::<usize, f64>::new);
    let focused = use_state_eq(|| None::<usize>);
    let here = lines.iter().position(|line| Some(line.key()) == *focused);
    let kept = |nth: usize| lines[nth].is(selected) || here.is_some_and(|at| at.abs_diff(nth) < 2);
    let lines = drawn(lines, &known.borrow(), stretch, kept);
    let (set, unset) = (focused.setter(), focused.setter());
    let on_focus = Callback::from(move |event: FocusEvent| {
        let target = event.target_dyn_into::<Element>();
        set.set(target.and_then(|target| line_of(&target.closest("[data-line]").ok()??)));
    });
    let on_blur = Callback::from(move |_: FocusEvent| unset.set(None));
    let measured = scroll.clone();
    let on_scroll = Callback::from(move |event: Event| {
        measure(&measured, &mut known.borrow_mut());
        onscroll.emit(event);
    });
    InView { lines, on_focus, on_blur, on_scroll }
}

fn line_of(element: &Element) -> Option<usize> {
    element.get_attribute("data-line")?.parse().ok()
}

/// Measures the lines that are drawn, before others are drawn in their place.
fn measure(scroll: &NodeRef, known: &mut Map<usize, f64>) {
    let Some(scroll) = scroll.cast::<Element>() else { return };
    let Ok(found) = scroll.query_selector_all("[data-line]") else { return };
    if known.len() > KNOWN_MAX {
        known.clear();
    }
    for nth in 0..found.length() {
        let Some(line) = found.get(nth).and_then(|node| node.dyn_into::<Element>().ok()) else {
            continue;
        };
        let room = line.query_selector(":scope > .why-room").ok().flatten();
        let height = |element: &Element| element.get_bounding_client_rect().height();
        if let Some(key) = line_of(&line).filter(|_| height(&line) > 0.0) {
            known.insert(key, height(&line) - room.as_ref().map_or(0.0, height));
        }
    }
}
