//! Validation of what the scheduler reads.
//!
//! Source: validation.go ValidateTolerations, validateAffinity,
//! validateTopologySpreadConstraints, validateSchedulingGates.

use crate::base::json::Value;

use super::errors::{Errors, entries, is_set, items, text};
use super::names;

/// Validates the operator and the value of a toleration.
pub(super) fn toleration(e: &mut Errors, toleration: &Value) {
    let (operator, value) = (text(toleration, "operator"), text(toleration, "value"));
    if text(toleration, "key").is_empty() && operator != "Exists" {
        let words = "operator must be Exists when `key` is empty, which means \"match all values \
            and all keys\"";
        e.bad_text("operator", operator, words);
    }
    let effect = text(toleration, "effect");
    if is_set(toleration, "tolerationSeconds") && effect != "NoExecute" {
        let words = "effect must be 'NoExecute' when `tolerationSeconds` is set";
        e.bad_text("effect", effect, words);
    }
    match operator {
        "Equal" | "" => {
            let complaints = names::complaints("value", value);
            if !complaints.is_empty() {
                e.bad_text("operator", value, &complaints.join(";"));
            }
        }
        "Exists" if !value.is_empty() => {
            e.bad_text("operator", value, "value must be empty when `operator` is 'Exists'");
        }
        "Exists" => {}
        // Their gate is off; the words are those of the API server all the same.
        "Lt" | "Gt" => e.not_supported("operator", &operator.into(), "Equal|Exists|Lt|Gt"),
        _ => e.not_supported("operator", &operator.into(), "Equal|Exists"),
    }
}

/// Validates one scheduling gate.
pub(super) fn gate<'v>(e: &mut Errors<'v>, gate: &'v Value) {
    let name = text(gate, "name");
    e.form("qualified", name);
    if e.taken.contains(&name) {
        e.duplicate("", &name.into());
    }
    e.taken.push(name);
}

/// Validates a number that counts from one.
pub(super) fn positive(e: &mut Errors, value: &Value) {
    let number = value.as_i64().unwrap_or_default();
    if number <= 0 {
        e.invalid("", &number.into(), "must be greater than zero");
    }
}

/// Validates what a spread constraint's fields mean together.
pub(super) fn min_domains(e: &mut Errors, constraint: &Value) {
    let (key, action) = (text(constraint, "topologyKey"), text(constraint, "whenUnsatisfiable"));
    let all = items(e.spec, "topologySpreadConstraints");
    let later = all.iter().skip_while(|c| !std::ptr::eq(*c, constraint)).skip(1);
    let same = |c: &Value| text(c, "topologyKey") == key && text(c, "whenUnsatisfiable") == action;
    if later.into_iter().any(same) {
        let pair = format!("{{{key}, {action}}}");
        e.duplicate("{topologyKey, whenUnsatisfiable}", &pair.into());
    }
    let domains = &constraint["minDomains"];
    if domains.is_null() {
        return;
    }
    e.at("minDomains", |e| positive(e, domains));
    if action != "DoNotSchedule" {
        let words =
            format!("can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}");
        e.invalid("minDomains", domains, &words);
    }
}

/// Validates the keys of labels that must be the same, or differ, in what is counted together.
pub(super) fn label_keys(e: &mut Errors, owner: &Value) {
    let selector = &owner["labelSelector"];
    for list in ["matchLabelKeys", "mismatchLabelKeys"] {
        let keys = items(owner, list);
        if !keys.is_empty() && selector.is_null() {
            e.forbidden(list, "must not be specified when labelSelector is not set");
            continue;
        }
        for (i, key) in keys.iter().filter_map(Value::as_str).enumerate() {
            e.at(list, |e| e.index(i, |e| e.form("qualified", key)));
        }
    }
    let (same, differ) = (items(owner, "matchLabelKeys"), items(owner, "mismatchLabelKeys"));
    let mut named: Vec<&str> =
        entries(&selector["matchLabels"]).map(|(key, _)| key.as_str()).collect();
    for expression in items(selector, "matchExpressions") {
        let key = text(expression, "key");
        if let Some(i) = same.iter().position(|k| k == key).filter(|_| named.contains(&key)) {
            let words = "exists in both matchLabelKeys and labelSelector";
            e.index(i, |e| e.bad_text("", key, words));
        }
        named.push(key);
    }
    for (i, key) in same.iter().enumerate().filter(|(_, key)| differ.contains(key)) {
        let words = "exists in both matchLabelKeys and mismatchLabelKeys";
        e.at("matchLabelKeys", |e| e.index(i, |e| e.invalid("", key, words)));
    }
}

/// Validates the weight of a preference.
pub(super) fn weight(e: &mut Errors, weight: &Value) {
    let number = weight.as_i64().unwrap_or_default();
    if !(1..=100).contains(&number) {
        e.invalid("", &number.into(), "must be in the range 1-100");
    }
}

/// Validates names of namespaces; upstream calls the field `namespace`.
pub(super) fn namespaces(e: &mut Errors, list: &Value) {
    let depth = e.depth();
    e.leave(depth - 1);
    for name in list.as_array().into_iter().flatten().filter_map(Value::as_str) {
        e.at("namespace", |e| e.form("label", name));
    }
    e.enter("namespaces");
}

/// Validates one requirement of a label selector.
pub(super) fn expression(e: &mut Errors, requirement: &Value) {
    requirement_of(e, requirement, false);
    for (i, value) in items(requirement, "values").iter().filter_map(Value::as_str).enumerate() {
        e.at("values", |e| e.index(i, |e| e.form("value", value)));
    }
}

/// Validates one requirement on a node's labels, which can be compared as numbers.
pub(super) fn node_expression(e: &mut Errors, requirement: &Value) {
    requirement_of(e, requirement, true);
}

fn requirement_of(e: &mut Errors, requirement: &Value, compares: bool) {
    let values = items(requirement, "values").len();
    let operator = text(requirement, "operator");
    match operator {
        "In" | "NotIn" if values == 0 => {
            e.required("values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
        "Exists" | "DoesNotExist" if values > 0 => {
            let words = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
            e.forbidden("values", words);
        }
        "Gt" | "Lt" if compares && values != 1 => {
            let words = "must be specified single value when `operator` is 'Lt' or 'Gt'";
            e.required("values", words);
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        "Gt" | "Lt" if compares => {}
        _ => e.bad_text("operator", operator, "not a valid selector operator"),
    }
    let key = text(requirement, "key");
    e.at("key", |e| e.form("qualified", key));
}

/// Validates one requirement on a node's fields; only its name can be asked for.
pub(super) fn node_field(e: &mut Errors, requirement: &Value) {
    let (operator, key) = (text(requirement, "operator"), text(requirement, "key"));
    let values = items(requirement, "values");
    match operator {
        "In" | "NotIn" if values.len() != 1 => {
            let words = "must be only one value when `operator` is 'In' or 'NotIn' for node field \
                selector";
            e.required("values", words);
        }
        "In" | "NotIn" => {}
        _ => e.bad_text("operator", operator, "not a valid selector operator"),
    }
    if key != "metadata.name" {
        return e.bad_text("key", key, "not a valid field selector key");
    }
    for (i, value) in values.iter().filter_map(Value::as_str).enumerate() {
        e.at("values", |e| e.index(i, |e| e.form("subdomain", value)));
    }
}

/// Validates the change of tolerations: they can be added, and their seconds changed.
///
/// Source: validation.go validateOnlyAddedTolerations.
pub(super) fn only_added(e: &mut Errors, old: &Value, new: &Value) {
    let without_seconds = |toleration: &Value| {
        let mut rest = toleration.clone();
        if let Some(rest) = rest.as_object_mut() {
            rest.remove("tolerationSeconds");
        }
        rest
    };
    let kept: Vec<Value> = items(new, "tolerations").iter().map(without_seconds).collect();
    if !items(old, "tolerations").iter().all(|t| kept.contains(&without_seconds(t))) {
        let words = "existing toleration can not be modified except its tolerationSeconds";
        e.forbidden("tolerations", words);
    }
}

/// Validates the change of scheduling gates: they can only be taken away.
pub(super) fn only_deleted(e: &mut Errors, old: &Value, new: &Value) {
    let had: Vec<&str> = items(old, "schedulingGates").iter().map(|g| text(g, "name")).collect();
    for (i, gate) in items(new, "schedulingGates").iter().enumerate() {
        let name = text(gate, "name");
        if !had.contains(&name) {
            let words = format!("only deletion is allowed, but found new scheduling gate '{name}'");
            e.at("schedulingGates", |e| e.index(i, |e| e.forbidden("name", &words)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn a_tolerations_seconds_may_change_and_its_key_may_not() {
        let spec = |key: &str, seconds: i64| json!({"tolerations": [{"key": key, "tolerationSeconds": seconds}]});
        for (key, errors) in [("a", 0), ("b", 1)] {
            let (old, new) = (spec("a", 1), spec(key, 2));
            let mut e = Errors::new();
            only_added(&mut e, &old, &new);
            assert_eq!(e.count(), errors, "{key}");
        }
    }
}
