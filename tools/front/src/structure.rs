//! Structure and validation alone: an object that was read is decoded by the schema and validated.

use lifepod::api::validate;
use lifepod::base::json::{Value, parse};
use lifepod::manifest::decode::decode;
use lifepod::manifest::schema::Schema;
use std::hint::black_box;

fn main() {
    let text = black_box(include_str!("../manifest-300.yaml"));
    let value = parse(text).unwrap_or(Value::Null);
    let schema = Schema::load();
    if let Some(kind) = schema.kind("v1", black_box("Pod")) {
        black_box(decode(&schema, kind, &value));
    }
    let errors = validate::object(&value);
    let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let mut values = black_box(vec![value.clone(), value]);
    values.dedup();
    black_box(values.iter().map(|v| format!("{v} {}", v.to_string().len())).collect::<Vec<_>>());
    black_box(words);
}
