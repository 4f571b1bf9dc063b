//! What the page has without the manifest front: JSON, and text that is put together.

use serde_json::Value;
use std::hint::black_box;

fn main() {
    let text = black_box(include_str!("../manifest-300.yaml"));
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let mut values = black_box(vec![value.clone(), value]);
    values.dedup();
    black_box(values.iter().map(|v| format!("{v} {}", v.to_string().len())).collect::<Vec<_>>());
}
