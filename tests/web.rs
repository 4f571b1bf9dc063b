//! Tests that run as Wasm inside headless Chromium (`cargo dev test`); empty elsewhere.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "it/determinism/trace_hash.rs"]
mod trace_hash;

wasm_bindgen_test_configure!(run_in_browser);

/// A run is the same in the browser as natively: first of all its draws. The numbers are those
/// that the native build gives.
#[wasm_bindgen_test]
fn draws_are_the_native_ones() {
    let draws =
        [0, 1, 2, 3].map(|nth| lifepod::base::draw(7, "pull", "pod/web/app", nth, 1_000_000));
    assert_eq!(draws, [536_198, 104_925, 262_546, 53_690]);
}

/// Whole runs give the traces that the native build gives, byte for byte.
#[wasm_bindgen_test]
fn traces_are_the_native_ones() {
    let differences = trace_hash::differences();
    assert!(differences.is_empty(), "now: {}", differences.join(" "));
}
