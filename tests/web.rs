//! Tests that run as Wasm inside headless Chromium (`cargo dev test wasm`); empty elsewhere.
#![cfg(target_arch = "wasm32")]

use lifepod::session::simulate::run_scenario_jsonl;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "it/determinism/trace_hash.rs"]
mod trace_hash;

wasm_bindgen_test_configure!(run_in_browser);

/// Name, text, and a hash of each line of the trace that the native build gave for the scenario.
/// `cargo dev test` writes it just before.
const NATIVE: &[(&str, &str, &[u64])] = &include!(env!("LIFEPOD_NATIVE_TRACES"));

#[wasm_bindgen_test]
fn every_trace_is_the_native_one_byte_for_byte() {
    assert!(!NATIVE.is_empty(), "no scenarios");
    let differences: Vec<String> =
        NATIVE.iter().filter_map(|(name, text, native)| difference(name, text, native)).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The first line that is not the native one.
fn difference(name: &str, text: &str, native: &[u64]) -> Option<String> {
    let trace = run_scenario_jsonl(text).unwrap_or_else(|refusal| refusal);
    let lines: Vec<&str> = trace.lines().collect();
    let differs = |nth: &usize| lines.get(*nth).map(|line| hash(line)) != native.get(*nth).copied();
    let nth = (0..lines.len().max(native.len())).find(differs)?;
    let line = lines.get(nth).unwrap_or(&"(it ends here)");
    Some(format!("{name}, line {}, in Wasm: {line}", nth + 1))
}

/// FNV-1a, as in `src/bin/lifepod-dev/traces.rs`.
fn hash(line: &str) -> u64 {
    line.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Whole runs give the traces that the native build gives, byte for byte.
#[wasm_bindgen_test]
fn traces_are_the_native_ones() {
    let differences = trace_hash::differences();
    assert!(differences.is_empty(), "now: {}", differences.join(" "));
}
