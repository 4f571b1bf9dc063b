//! `-o custom-columns`.

use super::json_path;
use crate::api::print::tabs::{TABLE, align};
use crate::api::print::values::or;
use crate::base::json::Value;

/// A table of `NAME:.metadata.name,…`. Source: kubectl cmd/get/customcolumn.go
pub fn table(columns: &str, objects: &[&Value]) -> String {
    let pairs = || columns.split(',').filter_map(|column| column.split_once(':'));
    let mut text = pairs().map(|(name, _)| name).collect::<Vec<_>>().join("\t");
    text.push('\n');
    for object in objects {
        let cell = |(_, path): (&str, &str)| or(json_path::values(path, object, ","), "<none>");
        text.push_str(&pairs().map(cell).collect::<Vec<_>>().join("\t"));
        text.push('\n');
    }
    align(&text, TABLE)
}
