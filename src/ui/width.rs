//! The size of an element on the page, measured by the browser whenever it changes.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// Width and height of an element in CSS pixels.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl From<(f64, f64)> for Size {
    fn from((width, height): (f64, f64)) -> Self {
        Size { width, height }
    }
}

/// Rounds to a tenth of a pixel and spells it as an attribute.
pub fn px(value: f64) -> AttrValue {
    AttrValue::from(tenths(value))
}

/// A number with at most one decimal.
pub fn tenths(value: f64) -> String {
    decimal((value * 10.0).round() as i64, 10)
}

/// A number with at most two decimals.
pub fn hundredths(value: f64) -> String {
    decimal((value * 100.0).round() as i64, 100)
}

/// `value`, but not less than `least` nor more than `most`. (The standard library's `clamp` can
/// panic with a message that prints floating numbers.)
pub fn within(value: f64, least: f64, most: f64) -> f64 {
    value.max(least).min(most)
}

/// `parts` of a whole (10 or 100) as a decimal number. Printing floating numbers exactly, as the
/// standard library does, would take 20 KB of Wasm.
fn decimal(parts: i64, whole: u64) -> String {
    let sign = if parts < 0 { "-" } else { "" };
    let (count, rest) = (parts.unsigned_abs() / whole, parts.unsigned_abs() % whole);
    match (rest, whole) {
        (0, _) => format!("{sign}{count}"),
        (_, 10) => format!("{sign}{count}.{rest}"),
        _ => format!("{sign}{count}.{rest:02}"),
    }
}

/// The size of `node`, and again whenever it changes; `before` until it was measured once, and
/// where there is no browser.
#[hook]
pub fn use_size(node: NodeRef, before: Size) -> Size {
    use_measure(node).unwrap_or(before)
}

/// As [`use_size`]; `None` until it was measured.
#[hook]
pub fn use_measure(node: NodeRef) -> Option<Size> {
    let size = use_state_eq(|| None);
    let set = size.setter();
    use_effect_with((), move |()| {
        let watch = node.cast::<Element>().and_then(|element| watch(element, set));
        move || drop(watch)
    });
    *size
}

/// Watches as long as it lives.
struct Watch {
    observer: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn watch(element: Element, set: UseStateSetter<Option<Size>>) -> Option<Watch> {
    let measured = element.clone();
    let on_resize = Closure::<dyn FnMut()>::new(move || set.set(Some(measure(&measured))));
    let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(Watch { observer, _on_resize: on_resize })
}

fn measure(element: &Element) -> Size {
    Size { width: f64::from(element.client_width()), height: f64::from(element.client_height()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_short() {
        let rows = [(0.0, "0"), (-0.04, "0"), (12.34, "12.3"), (-0.55, "-0.6"), (7.96, "8")];
        for (value, text) in rows {
            assert_eq!(tenths(value), text);
        }
        assert_eq!((hundredths(0.5), hundredths(0.046)), ("0.50".into(), "0.05".into()));
    }
}
