//! The one door: an object of any kind is filled in by its kind.

use crate::base::json::{Map, Value, json};

use super::{admission, pod, service};

/// Fills `object` in as the API server stores it. `token_suffix` is the random part of the name
/// of a Pod's token volume (`kube-api-access-<suffix>`). A kind that has no defaults stays.
///
/// The order is upstream's: built-in defaults, then mutating admission.
/// Source: apiserver endpoints/handlers/create.go createHandler.
pub fn fill(object: &mut Value, token_suffix: &str) {
    match object["kind"].as_str() {
        Some("Pod") => {
            if !object["spec"].is_object() {
                object["spec"] = json!({});
            }
            pod::spec(&mut object["spec"], pod::Whose::Pod);
            admission::pod(&mut object["spec"], token_suffix);
        }
        Some("Service") => {
            if !object["spec"].is_object() {
                object["spec"] = json!({});
            }
            service::spec(&mut object["spec"]);
        }
        Some("Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job") => {
            template(&mut object["spec"]);
        }
        _ => {}
    }
}

/// A Pod template gets the defaults of a Pod, but for what only a stored Pod has.
fn template(spec: &mut Value) {
    let Some(template) = spec.get_mut("template").filter(|t| t.is_object()) else { return };
    if template["spec"].is_object() {
        pod::spec(&mut template["spec"], pod::Whose::Template);
    }
}

/// Sets `key` to `default` where it is absent, null, or what Go takes for "not set".
pub(super) fn set(object: &mut Map<String, Value>, key: &str, default: Value) {
    if is_unset(object.get(key)) {
        object.insert(key.to_string(), default);
    }
}

/// Sets `key` where it is absent or null; other than [`set`], zero counts as a value.
pub(super) fn set_absent(object: &mut Map<String, Value>, key: &str, default: Value) {
    if object.get(key).is_none_or(Value::is_null) {
        object.insert(key.to_string(), default);
    }
}

/// Removes `keys` whose value is what Go leaves out when it writes an object.
pub(super) fn drop_unset(object: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        if is_unset(object.get(*key)) {
            object.remove(*key);
        }
    }
}

fn is_unset(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Number(number)) => number.as_i64() == Some(0),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(entries)) => entries.is_empty(),
        Some(Value::Bool(value)) => !value,
    }
}

/// The objects in the list `key` of `object`.
pub(super) fn each<'o>(
    object: &'o mut Map<String, Value>,
    key: &str,
) -> impl Iterator<Item = &'o mut Map<String, Value>> {
    let items = object.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten();
    items.filter_map(Value::as_object_mut)
}

/// The object `key` of `object`, where it has one.
pub(super) fn inner<'o>(
    object: &'o mut Map<String, Value>,
    key: &str,
) -> Option<&'o mut Map<String, Value>> {
    object.get_mut(key)?.as_object_mut()
}
