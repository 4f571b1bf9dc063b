//! What leaves the page: texts into the clipboard, runs into files.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlTextAreaElement, Url};

use crate::session::export::Export;
use crate::ui::browser;

/// Puts a text into the clipboard; whether the browser let us.
pub async fn copy(text: &str) -> bool {
    let Some(window) = browser::window() else { return false };
    // Where the page has no leave (in a frame, without https), there is no clipboard at all.
    let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        let done = JsFuture::from(window.navigator().clipboard().write_text(text)).await;
        if done.is_ok() {
            return true;
        }
    }
    copy_selected(text).unwrap_or(false)
}

/// The older way: a text that is selected is copied.
fn copy_selected(text: &str) -> Option<bool> {
    let document = browser::window()?.document()?;
    let before = document.active_element();
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_class_name("visually-hidden");
    document.body()?.append_child(&area).ok()?;
    area.select();
    let page: web_sys::HtmlDocument = document.dyn_into().ok()?;
    let done = page.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(before) = before.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = before.focus();
    }
    Some(done)
}

/// Offers bytes as a file; nothing leaves the computer.
///
/// # Errors
/// When the browser makes no files.
pub fn download(form: Export, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = Array::of1(&Uint8Array::from(bytes).into());
    let options = BlobPropertyBag::new();
    options.set_type(form.media_type());
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = browser::window().and_then(|w| w.document()).ok_or("no document")?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(form.file_name());
    link.click();
    // The download has its own hold of the file by now.
    Url::revoke_object_url(&address)
}
