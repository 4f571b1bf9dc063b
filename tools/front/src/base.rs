//! What the page has without the manifest front: JSON, and text that is put together.

use lifepod::base::json::{Value, parse};
use std::hint::black_box;

fn main() {
    let text = black_box(include_str!("../manifest-300.yaml"));
    let value = parse(text).unwrap_or(Value::Null);
    let mut values = black_box(vec![value.clone(), value]);
    values.dedup();
    black_box(values.iter().map(|v| format!("{v} {}", v.to_string().len())).collect::<Vec<_>>());
}
