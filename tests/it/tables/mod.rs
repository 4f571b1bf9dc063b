//! Upstream's own tables, row by row.

mod conditions;
mod defaults;
mod deletion;
mod phase;
mod pod_actions;
mod probe_handlers;
mod qos;
mod validation;

use serde_json::Value;

fn rows(json: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(json).expect("a table is JSON");
    all["rows"].as_array().expect("a table has rows").clone()
}

fn text<'r>(row: &'r Value, field: &str) -> &'r str {
    row[field].as_str().unwrap_or_default()
}
