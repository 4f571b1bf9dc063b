//! The few things the page asks of the browser.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, Response, Storage, Window};

/// The window, if there is one (there is none when components are rendered natively).
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// `<html>`.
pub fn root_element() -> Option<Element> {
    window()?.document()?.document_element()
}

/// The query of the page's address, without `?`.
pub fn query() -> String {
    let search = window().and_then(|w| w.location().search().ok()).unwrap_or_default();
    search.trim_start_matches('?').to_string()
}

/// The page's address gets this query and no fragment; nothing is loaded.
pub fn set_query(query: &str) {
    let Some(window) = window() else { return };
    let path = window.location().pathname().unwrap_or_default();
    let address = if query.is_empty() { path } else { [&path, "?", query].concat() };
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Whether the page's address has a fragment that may hold a run.
pub fn has_fragment() -> bool {
    let hash = window().and_then(|w| w.location().hash().ok()).unwrap_or_default();
    hash.starts_with("#v")
}

/// The browser's first language, such as `zh-CN`.
pub fn language() -> Option<String> {
    window()?.navigator().language()
}

/// What the page kept under `key` in this browser.
pub fn recall(key: &str) -> Option<String> {
    storage()?.get_item(&name(key)).ok().flatten()
}

/// Keeps `value` under `key`; a browser that refuses keeps nothing, and the page works on.
pub fn keep(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&name(key), value);
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

fn name(key: &str) -> String {
    format!("lifepod.{key}")
}

/// Whether a media query holds now.
pub fn media(query: &str) -> bool {
    window().and_then(|w| w.match_media(query).ok().flatten()).is_some_and(|m| m.matches())
}

/// The text of a file beside the page.
///
/// # Errors
/// When it cannot be had: no network, no such file.
pub async fn fetch_text(address: &str) -> Result<String, String> {
    get(address).await.map_err(|error| format!("{address}: {error:?}"))
}

async fn get(address: &str) -> Result<String, JsValue> {
    let window = window().ok_or("no window")?;
    let response: Response = JsFuture::from(window.fetch_with_str(address)).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::from(response.status()));
    }
    let text = JsFuture::from(response.text()?).await?;
    text.as_string().ok_or_else(|| JsValue::from("not a text"))
}

/// Moves the focus to the element that `selector` finds.
pub fn focus(selector: &str) {
    let found = window()
        .and_then(|w| w.document())
        .and_then(|d| d.query_selector(selector).ok().flatten())
        .and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(element) = found {
        let _ = element.focus();
    }
}

/// Brings the element that `selector` finds into view, at the top of what scrolls it.
pub fn show(selector: &str) {
    let document = window().and_then(|w| w.document());
    if let Some(element) = document.and_then(|d| d.query_selector(selector).ok().flatten()) {
        element.scroll_into_view();
    }
}

/// Moves the focus there if nothing has it.
pub fn focus_if_lost(selector: &str) {
    let active = window().and_then(|w| w.document()).and_then(|d| d.active_element());
    if active.is_none_or(|element| element.tag_name() == "BODY") {
        focus(selector);
    }
}

/// Scrolls what stands there so far that it can be seen.
pub fn bring_into_view(selector: &str) {
    let document = window().and_then(|w| w.document());
    if let Some(Ok(Some(element))) = document.map(|d| d.query_selector(selector)) {
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// The element of this id.
pub fn element(id: &str) -> Option<Element> {
    window()?.document()?.get_element_by_id(id)
}

/// What follows `prefix` in the `data-testid` of what has the focus.
pub fn focused_after(prefix: &str) -> Option<String> {
    let name = focused()?.get_attribute("data-testid")?;
    name.strip_prefix(prefix).map(str::to_string)
}

/// What has the focus.
pub fn focused() -> Option<HtmlElement> {
    window()?.document()?.active_element()?.dyn_into().ok()
}
