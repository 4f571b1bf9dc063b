//! When the page itself fails: a card in its place that gives the learner's text back.

use std::panic::PanicHookInfo;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlTextAreaElement};

use super::browser;
use super::i18n::frame;
use crate::base::Lang;

/// From now on a failure shows the card.
pub fn install() {
    // Yew would put a hook of its own over the standard library's.
    yew::set_custom_panic_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        // The text may be what we failed on: the next start must not open it by itself.
        browser::keep("own", "0");
        // Nothing is left to do if even this fails.
        let _ = show(info);
    }));
}

fn show(info: &PanicHookInfo<'_>) -> Option<()> {
    let document = browser::window()?.document()?;
    let lang = document.document_element().and_then(|root| root.get_attribute("lang"));
    let lang = lang.and_then(|code| Lang::from_code(&code)).unwrap_or_default();
    let text = rescued(&document);
    let host = document.get_element_by_id("app")?;
    host.set_inner_html("");
    let card = child(&document, &host, "main", "")?;
    card.set_class_name("panic-card");
    card.set_attribute("data-testid", "panic").ok()?;
    child(&document, &card, "h1", frame::PANIC_TITLE.get(lang))?;
    child(&document, &card, "p", frame::PANIC_TEXT.get(lang))?;
    let area: HtmlTextAreaElement = child(&document, &card, "textarea", "")?.dyn_into().ok()?;
    area.set_value(&text);
    area.set_attribute("aria-label", frame::EDITOR_LABEL.get(lang)).ok()?;
    let link = child(&document, &card, "a", frame::PANIC_RELOAD.get(lang))?;
    link.set_attribute("href", "").ok()?;
    child(&document, &card, "h2", frame::PANIC_DETAILS.get(lang))?;
    child(&document, &card, "pre", &info.to_string())?;
    Some(())
}

/// The text as the editor still shows it. Our own state cannot be trusted now.
fn rescued(document: &Document) -> String {
    let editor = document.query_selector("[data-testid=editor]").ok().flatten();
    let area = editor.and_then(|e| e.dyn_into::<HtmlTextAreaElement>().ok());
    area.map(|area| area.value()).or_else(|| browser::recall("text")).unwrap_or_default()
}

fn child(document: &Document, parent: &Element, name: &str, text: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}
