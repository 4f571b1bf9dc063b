//! The same inputs give the same trace, here and in Wasm.

mod trace_hash;

#[test]
fn traces_are_the_committed_ones() {
    let differences = trace_hash::differences();
    assert!(differences.is_empty(), "now:\n{}", differences.join("\n"));
}
