//! JSON patch: operations, one after the other. Source: RFC 6902

use crate::base::json::Value;

/// Carries out the operations; the first that cannot be is the error.
pub fn apply(target: &mut Value, operations: &Value) -> Result<(), String> {
    let Some(list) = operations.as_array() else {
        return Err("a JSON patch is a list of operations".into());
    };
    list.iter().try_for_each(|operation| apply_one(target, operation))
}

fn apply_one(target: &mut Value, operation: &Value) -> Result<(), String> {
    let text = |field: &str| operation[field].as_str().unwrap_or_default();
    let (op, path) = (text("op"), text("path"));
    let value = || operation.get("value").cloned().unwrap_or(Value::Null);
    let missing = |op: &str, path: &str| {
        format!("{op} operation does not apply: doc is missing path: \"{path}\": missing value")
    };
    match op {
        "add" => add(target, path, value()),
        "replace" => {
            let place = target.pointer_mut(path).ok_or_else(|| missing(op, path))?;
            *place = value();
            Some(())
        }
        "remove" => remove(target, path).map(drop),
        "move" => {
            let moved = remove(target, text("from"));
            moved.and_then(|value| add(target, path, value))
        }
        "copy" => {
            let copied = target.pointer(text("from")).cloned();
            copied.and_then(|value| add(target, path, value))
        }
        "test" if target.pointer(path) == operation.get("value") => Some(()),
        "test" => return Err(format!("testing value {path} failed")),
        other => return Err(format!("Unexpected kind: {other}")),
    }
    .ok_or_else(|| missing(op, path))
}

/// The parent of a path, and its last part as it is written in an object.
fn parent<'t>(target: &'t mut Value, path: &str) -> Option<(&'t mut Value, String)> {
    let (parent, last) = path.rsplit_once('/')?;
    let last = last.replace("~1", "/").replace("~0", "~");
    target.pointer_mut(parent).map(|place| (place, last))
}

fn add(target: &mut Value, path: &str, value: Value) -> Option<()> {
    if path.is_empty() {
        *target = value;
        return Some(());
    }
    match parent(target, path)? {
        (Value::Object(map), last) => drop(map.insert(last, value)),
        (Value::Array(list), last) if last == "-" => list.push(value),
        (Value::Array(list), last) => {
            let at: usize = last.parse().ok().filter(|at| *at <= list.len())?;
            list.insert(at, value);
        }
        _ => return None,
    }
    Some(())
}

fn remove(target: &mut Value, path: &str) -> Option<Value> {
    match parent(target, path)? {
        (Value::Object(map), last) => map.remove(&last),
        (Value::Array(list), last) => {
            let at: usize = last.parse().ok().filter(|at| *at < list.len())?;
            Some(list.remove(at))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn operations_are_carried_out_in_order() {
        let mut pod = json!({"metadata": {"labels": {"a/b": "c"}}, "spec": {"containers": [{}]}});
        let patch = json!([
            {"op": "test", "path": "/metadata/labels/a~1b", "value": "c"},
            {"op": "replace", "path": "/metadata/labels/a~1b", "value": "d"},
            {"op": "add", "path": "/spec/containers/-", "value": {"name": "x"}},
            {"op": "remove", "path": "/spec/containers/0"},
            {"op": "copy", "from": "/spec/containers/0/name", "path": "/metadata/name"},
        ]);
        apply(&mut pod, &patch).expect("every path is there");
        let want = json!({"metadata": {"labels": {"a/b": "d"}, "name": "x"},
                          "spec": {"containers": [{"name": "x"}]}});
        assert_eq!(pod, want);
        let gone = json!([{"op": "remove", "path": "/spec/nothing"}]);
        assert!(apply(&mut pod, &gone).expect_err("no such path").contains("/spec/nothing"));
    }
}
