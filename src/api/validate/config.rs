//! Validation of ConfigMaps and Secrets.
//!
//! Source: validation.go ValidateConfigMap, ValidateSecret and their updates.

use crate::base::json::{Value, parse};

use super::errors::{Errors, entries, is_set, text};
use super::metadata;
use super::table::check;
use crate::base::base64;

/// Bytes that all values together may have.
const MOST: usize = 1024 * 1024;

/// Validates a ConfigMap.
pub(super) fn config_map<'v>(e: &mut Errors<'v>, object: &'v Value) {
    check(e, "ConfigMap", object);
    for (key, _) in entries(&object["data"]) {
        if is_set(&object["binaryData"], key) {
            e.rule = "api.config";
            let words = "duplicate of key present in binaryData";
            e.at("data", |e| e.key(key, |e| e.bad_text("", key, words)));
        }
    }
    let texts = entries(&object["data"]).map(|(_, value)| value.as_str().map_or(0, str::len));
    let bytes = entries(&object["binaryData"]).map(|(_, value)| decoded(value).len());
    if texts.chain(bytes).sum::<usize>() > MOST {
        // The error is about the whole object, upstream says.
        e.too_long("", MOST);
    }
}

fn decoded(value: &Value) -> Vec<u8> {
    base64::decode(value.as_str().unwrap_or_default()).unwrap_or_default()
}

/// Validates the keys of data.
pub(super) fn keys(e: &mut Errors, data: &Value) {
    for (key, _) in entries(data) {
        e.key(key, |e| e.form("key", key));
    }
}

/// What a Secret of each type must hold: the type, and its keys.
const TYPES: &[(&str, &str)] = &[
    ("kubernetes.io/dockercfg", ".dockercfg"),
    ("kubernetes.io/dockerconfigjson", ".dockerconfigjson"),
    ("kubernetes.io/ssh-auth", "ssh-privatekey"),
    ("kubernetes.io/tls", "tls.crt tls.key"),
];

/// Validates a Secret, its `stringData` in `data` already.
pub(super) fn secret<'v>(e: &mut Errors<'v>, object: &'v Value) {
    check(e, "Secret", object);
    let (kind, data) = (text(object, "type"), &object["data"]);
    e.rule = "api.config";
    if entries(data).map(|(_, value)| decoded(value).len()).sum::<usize>() > MOST {
        e.too_long("data", MOST);
    }
    let required = |e: &mut Errors, key: &str| e.at("data", |e| e.key(key, |e| e.required("", "")));
    let annotation = "kubernetes.io/service-account.name";
    if kind == "kubernetes.io/service-account-token"
        && text(&object["metadata"]["annotations"], annotation).is_empty()
    {
        e.at("metadata.annotations", |e| e.key(annotation, |e| e.required("", "")));
    }
    if kind == "kubernetes.io/basic-auth" && !is_set(data, "username") && !is_set(data, "password")
    {
        required(e, "username");
        required(e, "password");
    }
    let keys = TYPES.iter().filter(|(name, _)| *name == kind).flat_map(|(_, keys)| keys.split(' '));
    for key in keys {
        match data[key].as_str() {
            None => required(e, key),
            Some("") if key == "ssh-privatekey" => required(e, key),
            Some(_) if key.starts_with(".docker") => docker_config(e, key, &decoded(&data[key])),
            Some(_) => {}
        }
    }
}

/// The credentials of a registry are a JSON object.
///
/// DIFFERENCE: Go's parser names what it stumbles over; of that the usual words are here.
fn docker_config(e: &mut Errors, key: &str, content: &[u8]) {
    let first = content.iter().copied().find(|b| !b.is_ascii_whitespace());
    let words = match parse(&String::from_utf8_lossy(content)) {
        Ok(Value::Object(_) | Value::Null) => return,
        Ok(other) => {
            let kind = match other {
                Value::Array(_) => "array",
                Value::String(_) => "string",
                Value::Bool(_) => "bool",
                _ => "number",
            };
            format!("json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}")
        }
        Err(error) if error.at_end => "unexpected end of JSON input".to_string(),
        Err(_) => {
            let first = char::from(first.unwrap_or(b' '));
            format!("invalid character '{first}' looking for beginning of value")
        }
    };
    e.at("data", |e| {
        e.key(key, |e| e.bad_text("", "<secret contents redacted>", &words));
    });
}

/// Validates the change of a ConfigMap or Secret: one that is immutable stays, and so does the
/// type of a Secret.
pub(super) fn update<'v>(e: &mut Errors<'v>, old: &'v Value, new: &'v Value) {
    metadata::update(e, old, new);
    e.rule = "api.update";
    if text(new, "kind") == "Secret" && old["type"] != new["type"] {
        e.invalid("type", &new["type"], "field is immutable");
    }
    if old["immutable"] != true {
        return;
    }
    let words = "field is immutable when `immutable` is set";
    if new["immutable"] != true {
        e.forbidden("immutable", words);
    }
    for field in ["data", "binaryData"] {
        if old[field] != new[field] {
            e.forbidden(field, words);
        }
    }
}
