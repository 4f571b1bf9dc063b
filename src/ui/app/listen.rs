//! What the root hears from the window: keys, and the system's colours.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, EventTarget, KeyboardEvent};

use crate::ui::browser;
use crate::ui::keys::{Wish, wish};

/// A listener that ends when dropped.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Listener {
    fn new(target: EventTarget, name: &'static str, hear: impl FnMut(Event) + 'static) -> Self {
        let heard = Closure::new(hear);
        let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
        Listener { target, name, heard }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.name, heard);
    }
}

/// Hears the keys of the map, wherever the focus is.
pub fn keys(on_wish: impl Fn(Wish) + 'static) -> Option<Listener> {
    let window = browser::window()?.dyn_into().ok()?;
    Some(Listener::new(window, "keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
        if let Some(wish) = wanted(&event) {
            // Escape also closes what the browser has opened itself.
            if event.key() != "Escape" {
                event.prevent_default();
            }
            on_wish(wish);
        }
    }))
}

/// Hears that the system went light or dark.
pub fn system_colours(on_change: impl Fn() + 'static) -> Option<Listener> {
    let query = browser::window()?.match_media("(prefers-color-scheme: dark)").ok()??;
    Some(Listener::new(query.into(), "change", move |_| on_change()))
}

fn wanted(event: &KeyboardEvent) -> Option<Wish> {
    let taken = event.default_prevented() || event.is_composing();
    if taken || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let key = event.key();
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    if target.is_some_and(|target| belongs_to(&target, &key)) {
        return None;
    }
    wish(&key)
}

/// Whether the element with the focus has a use of its own for the key.
fn belongs_to(target: &Element, key: &str) -> bool {
    if target.closest("dialog").ok().flatten().is_some() {
        return true;
    }
    let slides = matches!(key, "ArrowLeft" | "ArrowRight" | "Home");
    match target.tag_name().as_str() {
        "TEXTAREA" | "SELECT" | "LIFEPOD-EDITOR" => true,
        "INPUT" => slides || target.get_attribute("type").as_deref() != Some("range"),
        "BUTTON" | "A" | "SUMMARY" => key == " ",
        _ => target.has_attribute("contenteditable"),
    }
}
