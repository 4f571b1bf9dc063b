//! Defaults as a table: a line a type, its fields in the order in which they are looked at.
//!
//! A line (`table.txt`) is a type and what becomes of its fields:
//!
//! - `field=json` the value where it is absent, null, or what Go takes for "not set"
//! - `field?json` the value where it is absent or null; zero counts as a value
//! - `field-` left out where Go leaves it out: empty, zero, false; `field!` where it is null
//! - `fieldx` left out always
//! - `field>Type` an object of that type, where it is one; `field[Type` a list of such
//! - `field%name` what words of this kind cannot say: [`special`](super::special)
//!
//! Source: pkg/apis/*/v1/defaults.go, zz_generated.defaults.go.

use crate::base::json::{Map, Value};

use super::special::special;

const TABLE: &str = include_str!("table.txt");

/// An object of the API.
pub(super) type Object = Map<String, Value>;

/// Where the defaults are filled in.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// In a Pod, not in a template, which gets fewer.
    pub(super) is_pod: bool,
    /// In a Pod on its host's network.
    pub(super) host_network: bool,
}

/// Fills in `object`, which is a `kind` of the table.
pub(super) fn fill(kind: &str, object: &mut Value, around: Around) {
    let Some(object) = object.as_object_mut() else { return };
    let lines = TABLE.lines();
    let Some(fields) = lines.filter_map(|l| l.strip_prefix(kind)?.strip_prefix(' ')).next() else {
        return;
    };
    for entry in fields.split(' ') {
        let at = entry.find(|c| "=?-!>[%".contains(c)).unwrap_or(entry.len() - 1);
        let (name, rest) = (&entry[..at], &entry[at + 1..]);
        field(object, name, entry.as_bytes()[at], rest, around);
    }
}

fn field(object: &mut Object, name: &str, op: u8, rest: &str, around: Around) {
    let value = object.get(name);
    match op {
        b'=' if is_unset(value) => put(object, name, rest),
        b'?' if value.is_none_or(Value::is_null) => put(object, name, rest),
        b'-' if is_unset(value) => drop(object.remove(name)),
        b'!' if value.is_some_and(Value::is_null) => drop(object.remove(name)),
        b'x' => drop(object.remove(name)),
        b'%' => special(rest, object, name, around),
        b'>' => {
            if let Some(inner) = object.get_mut(name) {
                fill(rest, inner, around);
            }
        }
        b'[' => {
            let items = object.get_mut(name).and_then(Value::as_array_mut);
            items.into_iter().flatten().for_each(|item| fill(rest, item, around));
        }
        _ => {}
    }
}

fn put(object: &mut Object, name: &str, json: &str) {
    object.insert(name.to_string(), parse(json));
}

/// The value of a JSON text of ours.
pub(super) fn parse(json: &str) -> Value {
    crate::base::json::parse(json).unwrap_or_default()
}

/// Whether Go takes the value for "not set".
pub(super) fn is_unset(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Number(number)) => number.as_i64() == Some(0),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(entries)) => entries.is_empty(),
        Some(Value::Bool(value)) => !value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_json_and_names_its_own_types() {
        let types: Vec<&str> = TABLE.lines().filter_map(|l| l.split(' ').next()).collect();
        for entry in TABLE.lines().flat_map(|l| l.split(' ').skip(1)) {
            if let Some((_, json)) = entry.split_once(['=', '?']) {
                assert!(crate::base::json::parse(json).is_ok(), "{entry}");
            } else if let Some((_, kind)) = entry.split_once(['>', '[']) {
                assert!(types.contains(&kind), "{entry}");
            }
        }
    }
}
