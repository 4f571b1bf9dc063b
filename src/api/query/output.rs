//! Objects as documents: JSON, YAML, names.

use super::ask::Output;
use super::{custom, json_path};
use crate::api::print::table::shown;
use crate::base::json::{Value, json};

/// The objects in this form; one of its own is no list.
pub fn print(output: &Output, objects: &[&Value], single: bool) -> String {
    let document = || match (objects, single) {
        ([object], true) => plain(object),
        _ => {
            let items: Vec<Value> = objects.iter().map(|object| plain(object)).collect();
            json!({"apiVersion": "v1", "items": items, "kind": "List",
                   "metadata": {"resourceVersion": ""}})
        }
    };
    match output {
        Output::Yaml => yaml(&document()),
        Output::Json => json(&document()),
        Output::Name => objects.iter().map(|object| shown(object) + "\n").collect(),
        Output::JsonPath(template) => json_path::fill(template, &document()),
        Output::Columns(columns) => custom::table(columns, objects),
        Output::Table => String::new(),
    }
}

/// Without what only servers look at. Source: cli-runtime printers/managedfields.go
fn plain(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(meta) = object["metadata"].as_object_mut() {
        meta.remove("managedFields");
    }
    object
}

/// Indented by four, as Go's MarshalIndent writes it.
/// Source: cli-runtime printers/json.go; Go encoding/json HTML escapes
fn json(value: &Value) -> String {
    let mut out = String::new();
    for line in format!("{value:#}\n").lines() {
        let text = line.trim_start();
        out.push_str(&line[..line.len() - text.len()].repeat(2));
        out.push_str(&text.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e"));
        out.push('\n');
    }
    out
}

fn yaml(value: &Value) -> String {
    crate::yaml::print(value)
}
