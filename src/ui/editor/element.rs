//! The element `<lifepod-editor>` of `tools/editor`: CodeMirror behind the manner of a text area.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/ui/editor/load.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = load)]
    async fn load_from(address: &str) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The element. Offsets are UTF-16 units, lines count from 1.
    #[wasm_bindgen(extends = HtmlElement)]
    #[derive(Clone, Debug)]
    pub type Rich;

    /// The text.
    #[wasm_bindgen(method, getter)]
    pub fn value(this: &Rich) -> String;

    /// Another text, which begins a history of its own; nothing if it is the same.
    #[wasm_bindgen(method, setter)]
    pub fn set_value(this: &Rich, text: &str);

    /// Selects.
    #[wasm_bindgen(method, js_name = setSelectionRange)]
    pub fn select(this: &Rich, from: u32, to: u32);

    /// Changes the text as if it were typed; `stays`: the caret does not move.
    #[wasm_bindgen(method)]
    pub fn change(this: &Rich, from: u32, to: u32, insert: &str, stays: bool);

    /// Shows marks, lit lines and what is soon: JSON, a part or all.
    #[wasm_bindgen(method)]
    pub fn show(this: &Rich, json: &str);

    /// Its name, a hint and CodeMirror's phrases: JSON.
    #[wasm_bindgen(method, setter)]
    pub fn set_words(this: &Rich, json: &str);

    /// Brings a line into view.
    #[wasm_bindgen(method, js_name = lineNear)]
    pub fn line_near(this: &Rich, line: u32);

    /// The detail of the event `told`.
    #[derive(Debug)]
    pub type Told;

    /// What happened or is asked: `edit`, `caret`, `apply`, `fix`, `open`, `nudge`, `complete`,
    /// `field`.
    #[wasm_bindgen(method, getter)]
    pub fn what(this: &Told) -> String;

    /// Where: an offset; of `open`, a line.
    #[wasm_bindgen(method, getter)]
    pub fn at(this: &Told) -> u32;

    /// How far; of `nudge`.
    #[wasm_bindgen(method, getter)]
    pub fn by(this: &Told) -> i32;

    /// The answer to a question.
    #[wasm_bindgen(method, setter)]
    pub fn set_answer(this: &Told, answer: &JsValue);
}

/// The sum of the bundle's sources: a browser that kept another version's loads this one.
const VERSION: &str = include_str!("../../../static/editor/sources.txt");

/// Loads the element's code, once the page was painted; whether it is there.
pub async fn load() -> bool {
    let address = ["./static/editor/editor.js?", VERSION.trim_end()].concat();
    load_from(&address).await.is_ok()
}
