//! Strategic merge patch: lists of objects are merged by the key their type names.
//!
//! Source: apimachinery util/strategicpatch/patch.go; patchMergeKey tags of core/v1/types.go

use crate::base::json::{Map, Value};

/// Fields whose lists are merged, and the key of their items.
const MERGE_KEYS: &[(&str, &str)] = &[
    ("conditions", "type"),
    ("containers", "name"),
    ("env", "name"),
    ("ephemeralContainers", "name"),
    ("hostAliases", "ip"),
    ("hostIPs", "ip"),
    ("imagePullSecrets", "name"),
    ("initContainers", "name"),
    ("ownerReferences", "uid"),
    ("podIPs", "ip"),
    ("resourceClaims", "name"),
    ("schedulingGates", "name"),
    ("secrets", "name"),
    ("taints", "key"),
    ("topologySpreadConstraints", "topologyKey"),
    ("volumeDevices", "devicePath"),
    ("volumeMounts", "mountPath"),
    ("volumes", "name"),
];

/// Lists of plain values that are united.
pub(super) const UNITED: &[&str] = &["finalizers"];

/// Merges `patch` into `target`.
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if patch.get("$patch").is_some_and(|d| d == "replace") || !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, value) in patch {
        match (key.strip_prefix("$deleteFromPrimitiveList/"), value) {
            (Some(list), _) => take_out(target.get_mut(list), value),
            (None, _) if key.starts_with('$') => {}
            (None, Value::Null) => drop(target.remove(key)),
            (None, _) => field(target.entry(key).or_insert(Value::Null), key, value),
        }
    }
}

fn field(target: &mut Value, name: &str, patch: &Value) {
    let Value::Array(items) = patch else { return merge(target, patch) };
    match (key_of(name, items), target.as_array_mut()) {
        (Some(key), Some(list)) => items.iter().for_each(|item| merge_item(list, key, item)),
        (None, Some(list)) if UNITED.contains(&name) => {
            let new: Vec<Value> = items.iter().filter(|i| !list.contains(i)).cloned().collect();
            list.extend(new);
        }
        _ => {
            let plain = |i: &&Value| i.get("$patch").is_none();
            *target = Value::Array(items.iter().filter(plain).cloned().collect());
        }
    }
}

/// The key by which the items of the list `name` are told apart, if they are.
pub(super) fn key_of(name: &str, items: &[Value]) -> Option<&'static str> {
    match (name, items.iter().find(|i| i.is_object())) {
        // A Service's ports are told apart by port, a container's by containerPort.
        ("ports", Some(port)) if port.get("containerPort").is_some() => Some("containerPort"),
        ("ports", Some(_)) => Some("port"),
        _ => MERGE_KEYS.iter().find(|(field, _)| *field == name).map(|(_, key)| *key),
    }
}

fn merge_item(list: &mut Vec<Value>, key: &str, item: &Value) {
    let directive = item.get("$patch").and_then(Value::as_str);
    let at = list.iter().position(|old| old.get(key) == item.get(key));
    match (directive, at) {
        (Some("replace"), _) => list.clear(),
        (Some("delete"), Some(at)) => drop(list.remove(at)),
        (Some("delete"), None) => {}
        (_, Some(at)) => merge(&mut list[at], item),
        (_, None) => list.push(item.clone()),
    }
}

fn take_out(list: Option<&mut Value>, gone: &Value) {
    if let (Some(Value::Array(list)), Some(gone)) = (list, gone.as_array()) {
        list.retain(|item| !gone.contains(item));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    fn check(target: Value, patch: Value, result: Value) {
        let mut got = target.clone();
        merge(&mut got, &patch);
        assert_eq!(got, result, "{target} with {patch}");
    }

    #[test]
    fn lists_of_objects_are_merged_by_their_key() {
        check(
            json!({"containers": [{"name": "a", "image": "x"}, {"name": "b"}]}),
            json!({"containers": [{"name": "a", "image": "y"}, {"name": "c"}]}),
            json!({"containers": [{"name": "a", "image": "y"}, {"name": "b"}, {"name": "c"}]}),
        );
        check(
            json!({"conditions": [{"type": "Ready", "status": "True"}]}),
            json!({"conditions": [{"type": "x/y", "status": "False"}]}),
            json!({"conditions": [{"type": "Ready", "status": "True"},
                                  {"type": "x/y", "status": "False"}]}),
        );
        check(
            json!({"ports": [{"containerPort": 80, "name": "a"}]}),
            json!({"ports": [{"containerPort": 80, "name": "b"}]}),
            json!({"ports": [{"containerPort": 80, "name": "b"}]}),
        );
    }

    #[test]
    fn directives_are_followed() {
        check(
            json!({"env": [{"name": "A"}, {"name": "B"}]}),
            json!({"env": [{"name": "A", "$patch": "delete"}]}),
            json!({"env": [{"name": "B"}]}),
        );
        check(
            json!({"finalizers": ["a", "b"]}),
            json!({"finalizers": ["c"], "$deleteFromPrimitiveList/finalizers": ["a"]}),
            json!({"finalizers": ["b", "c"]}),
        );
        check(json!({"args": ["a"]}), json!({"args": ["b"]}), json!({"args": ["b"]}));
        check(
            json!({"a": {"b": 1}}),
            json!({"a": {"$patch": "replace", "c": 2}}),
            json!({"a": {"c": 2}}),
        );
    }
}
