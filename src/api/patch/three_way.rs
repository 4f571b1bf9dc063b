//! What `kubectl apply` makes of an object that is there.
//!
//! kubectl compares three: what was applied last, what is there, what is applied now. What now
//! says is set, what only the last time said is taken away, and what others wrote stays.
//! Source: apimachinery util/strategicpatch/patch.go CreateThreeWayMergePatch

use super::strategic::{UNITED, key_of};
use crate::base::json::Value;

/// `live` after `new` is applied to it, where `last` was applied before.
pub fn applied(live: &Value, last: &Value, new: &Value) -> Value {
    let (Value::Object(there), Value::Object(wanted)) = (live, new) else { return new.clone() };
    let mut out = there.clone();
    for (key, _) in last.as_object().into_iter().flatten() {
        if !wanted.contains_key(key) {
            out.remove(key);
        }
    }
    for (key, value) in wanted {
        if value.is_null() {
            out.remove(key);
        } else {
            out.insert(key.clone(), field(key, &live[key], &last[key], value));
        }
    }
    Value::Object(out)
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn field(name: &str, live: &Value, last: &Value, new: &Value) -> Value {
    // Of these kubectl keeps no fields but those that it sends.
    let only_new = name == "strategy" || name == "updateStrategy";
    if only_new {
        return retained(applied(live, last, new), new);
    }
    if !new.is_array() || !live.is_array() {
        return applied(live, last, new);
    }
    let (there, before, wanted) = (items(live), items(last), items(new));
    if UNITED.contains(&name) {
        let stays = |item: &&Value| !before.contains(item) && !wanted.contains(item);
        return wanted.iter().chain(there.iter().filter(stays)).cloned().collect();
    }
    let Some(key) = key_of(name, wanted) else { return new.clone() };
    let find = |list: &[Value], item: &Value| -> Value {
        let found = list.iter().find(|other| other.get(key) == item.get(key));
        found.cloned().unwrap_or_default()
    };
    let mut out: Vec<Value> = Vec::with_capacity(there.len());
    for item in wanted {
        let merged = applied(&find(there, item), &find(before, item), item);
        out.push(if name == "volumes" { retained(merged, item) } else { merged });
    }
    let others = |item: &&Value| find(wanted, item).is_null() && find(before, item).is_null();
    out.extend(there.iter().filter(others).cloned());
    Value::Array(out)
}

/// `merged` with the fields of `new` only.
fn retained(mut merged: Value, new: &Value) -> Value {
    if let (Some(merged), Some(new)) = (merged.as_object_mut(), new.as_object()) {
        merged.retain(|key, _| new.contains_key(key));
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    fn check(live: Value, last: Value, new: Value, want: Value) {
        assert_eq!(applied(&live, &last, &new), want, "{new} over {live}");
    }

    #[test]
    fn what_others_wrote_stays_and_what_one_no_longer_says_goes() {
        check(
            json!({"labels": {"mine": "1", "old": "1", "theirs": "1"}, "uid": "x"}),
            json!({"labels": {"mine": "1", "old": "1"}}),
            json!({"labels": {"mine": "2"}}),
            json!({"labels": {"mine": "2", "theirs": "1"}, "uid": "x"}),
        );
        check(json!({"a": 1, "b": 2}), json!({}), json!({"a": null}), json!({"b": 2}));
        check(json!({"args": ["a"]}), json!({}), json!({"args": ["b"]}), json!({"args": ["b"]}));
    }

    #[test]
    fn items_of_lists_are_found_by_their_keys() {
        check(
            json!({"containers": [{"name": "a", "image": "x", "policy": "p"}, {"name": "old"},
                                  {"name": "injected"}]}),
            json!({"containers": [{"name": "a", "image": "x"}, {"name": "old"}]}),
            json!({"containers": [{"name": "new"}, {"name": "a", "image": "y"}]}),
            json!({"containers": [{"name": "new"}, {"name": "a", "image": "y", "policy": "p"},
                                  {"name": "injected"}]}),
        );
        check(
            json!({"volumes": [{"name": "v", "emptyDir": {}}]}),
            json!({"volumes": [{"name": "v"}]}),
            json!({"volumes": [{"name": "v", "hostPath": {"path": "/a"}}]}),
            json!({"volumes": [{"name": "v", "hostPath": {"path": "/a"}}]}),
        );
        check(
            json!({"finalizers": ["a", "theirs"]}),
            json!({"finalizers": ["a"]}),
            json!({"finalizers": ["b"]}),
            json!({"finalizers": ["b", "theirs"]}),
        );
    }
}
