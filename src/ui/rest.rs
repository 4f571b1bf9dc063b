//! The rest of the program: a second Wasm file with what no page needs for its first moment.
//!
//! `cargo dev` moves functions there when it builds the page; the code knows nothing of it. Both
//! files are one program over one memory, so nothing that is computed depends on it, and neither
//! does a copy of the world.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/ui/rest.js")]
extern "C" {
    #[wasm_bindgen(js_name = begin)]
    fn begin_with(exports: &JsValue);
    #[wasm_bindgen(js_name = here)]
    fn is_here() -> bool;
    #[wasm_bindgen(js_name = need)]
    fn wait();
}

/// Starts loading it; to be called before anything else.
pub fn begin() {
    begin_with(&wasm_bindgen::exports());
}

/// Whether it is here. Time waits for it; what a learner does has it loaded at once.
pub fn here() -> bool {
    is_here()
}

/// Loads it while everything waits, if it is not here yet. Called by each call of a function that
/// is there.
#[wasm_bindgen]
pub fn load_rest() {
    wait();
}
