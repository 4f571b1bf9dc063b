//! Upstream's own tables, row by row.

mod backoff;
mod conditions;
mod defaults;
mod deletion;
mod describe;
mod endpoints;
mod eviction_order;
#[cfg(feature = "cli")]
mod images;
mod phase;
mod pod_actions;
mod printers;
mod probe_handlers;
mod prober;
mod qos;
mod updates;
mod validation;

use lifepod::base::json::Value;

fn rows(json: &str) -> Vec<Value> {
    let all: Value = lifepod::base::json::parse(json).expect("a table is JSON");
    all["rows"].as_array().expect("a table has rows").clone()
}

fn text<'r>(row: &'r Value, field: &str) -> &'r str {
    row[field].as_str().unwrap_or_default()
}
