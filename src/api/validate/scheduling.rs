//! Validation of what the scheduler reads.
//!
//! Source: validation.go ValidateTolerations, validateAffinity,
//! validateTopologySpreadConstraints, validateSchedulingGates.

use serde_json::Value;

use super::errors::{Errors, is_set, items, number, text};
use super::{metadata, names};

const RULE: &str = "api.scheduling";
const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// Validates the tolerations of a spec.
pub(super) fn tolerations(e: &mut Errors, spec: &Value) {
    e.each(spec, "tolerations", |e, toleration| {
        let (key, operator) = (text(toleration, "key"), text(toleration, "operator"));
        let (value, effect) = (text(toleration, "value"), text(toleration, "effect"));
        if !key.is_empty() {
            e.at("key", |e| e.all(key, names::qualified(key), RULE));
        } else if operator != "Exists" {
            let words = "operator must be Exists when `key` is empty, which means \"match all \
                values and all keys\"";
            e.at("operator", |e| e.invalid(operator, words, RULE));
        }
        if is_set(toleration, "tolerationSeconds") && effect != "NoExecute" {
            let words = "effect must be 'NoExecute' when `tolerationSeconds` is set";
            e.at("effect", |e| e.invalid(effect, words, RULE));
        }
        e.at("operator", |e| toleration_value(e, operator, value));
        let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
        if !effect.is_empty() && !effects.contains(&effect) {
            e.at("effect", |e| e.not_supported(effect, &effects, RULE));
        }
    });
}

fn toleration_value(e: &mut Errors, operator: &str, value: &str) {
    match operator {
        "Equal" | "" => {
            let complaints = names::label_value(value);
            if !complaints.is_empty() {
                e.invalid(value, complaints.join(";"), RULE);
            }
        }
        "Exists" if !value.is_empty() => {
            e.invalid(value, "value must be empty when `operator` is 'Exists'", RULE);
        }
        "Exists" => {}
        _ => e.not_supported(operator, &["Equal", "Exists"], RULE),
    }
}

/// Validates readiness gates and scheduling gates.
pub(super) fn gates(e: &mut Errors, spec: &Value) {
    e.each(spec, "readinessGates", |e, gate| {
        let kind = text(gate, "conditionType");
        e.at("conditionType", |e| e.all(kind, names::qualified(kind), "api.gates"));
    });
    let mut taken: Vec<&str> = Vec::new();
    e.at("schedulingGates", |e| {
        for (i, gate) in items(spec, "schedulingGates").iter().enumerate() {
            let name = text(gate, "name");
            e.index(i, |e| {
                e.all(name, names::qualified(name), "api.gates");
                if taken.contains(&name) {
                    e.duplicate(name, "api.gates");
                }
            });
            taken.push(name);
        }
    });
}

/// Validates the constraints of a spec on how Pods spread.
pub(super) fn spread(e: &mut Errors, spec: &Value) {
    let mut taken: Vec<String> = Vec::new();
    e.at("topologySpreadConstraints", |e| {
        for (i, constraint) in items(spec, "topologySpreadConstraints").iter().enumerate() {
            e.index(i, |e| self::constraint(e, constraint, &mut taken));
        }
    });
}

fn constraint(e: &mut Errors, constraint: &Value, taken: &mut Vec<String>) {
    let skew = number(constraint, "maxSkew");
    if skew <= 0 {
        e.at("maxSkew", |e| e.invalid(skew, "must be greater than zero", RULE));
    }
    let key = text(constraint, "topologyKey");
    if key.is_empty() {
        e.at("topologyKey", |e| e.required("can not be empty", RULE));
    } else {
        e.at("topologyKey", |e| e.all(key, names::qualified(key), RULE));
    }
    let action = text(constraint, "whenUnsatisfiable");
    let actions = ["DoNotSchedule", "ScheduleAnyway"];
    if !actions.contains(&action) {
        e.at("whenUnsatisfiable", |e| e.not_supported(action, &actions, RULE));
    }
    let pair = format!("{{{key}, {action}}}");
    if taken.contains(&pair) {
        e.at("{topologyKey, whenUnsatisfiable}", |e| e.duplicate(pair.as_str(), RULE));
    }
    taken.push(pair);
}

/// Validates the affinity of a spec.
pub(super) fn affinity(e: &mut Errors, affinity: &Value) {
    e.at("affinity", |e| {
        e.at("nodeAffinity", |e| node_affinity(e, &affinity["nodeAffinity"]));
        for name in ["podAffinity", "podAntiAffinity"] {
            e.at(name, |e| pod_affinity(e, &affinity[name]));
        }
    });
}

fn node_affinity(e: &mut Errors, affinity: &Value) {
    let required = &affinity[REQUIRED];
    if !required.is_null() {
        e.at(REQUIRED, |e| {
            if items(required, "nodeSelectorTerms").is_empty() {
                let words = "must have at least one node selector term";
                e.at("nodeSelectorTerms", |e| e.required(words, RULE));
            }
            e.each(required, "nodeSelectorTerms", node_term);
        });
    }
    e.each(affinity, PREFERRED, |e, term| {
        weight(e, term);
        e.at("preference", |e| node_term(e, &term["preference"]));
    });
}

fn weight(e: &mut Errors, term: &Value) {
    let weight = number(term, "weight");
    if !(1..=100).contains(&weight) {
        e.at("weight", |e| e.invalid(weight, "must be in the range 1-100", RULE));
    }
}

fn node_term(e: &mut Errors, term: &Value) {
    e.each(term, "matchExpressions", |e, requirement| expression(e, requirement, true));
}

/// Validates one requirement of a selector; only nodes' labels can be compared as numbers.
fn expression(e: &mut Errors, requirement: &Value, compares: bool) {
    let values = items(requirement, "values").len();
    let operator = text(requirement, "operator");
    match operator {
        "In" | "NotIn" if values == 0 => {
            let words = "must be specified when `operator` is 'In' or 'NotIn'";
            e.at("values", |e| e.required(words, RULE));
        }
        "Exists" | "DoesNotExist" if values > 0 => {
            let words = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
            e.at("values", |e| e.forbidden(words, RULE));
        }
        "Gt" | "Lt" if compares && values != 1 => {
            let words = "must be specified single value when `operator` is 'Lt' or 'Gt'";
            e.at("values", |e| e.required(words, RULE));
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        "Gt" | "Lt" if compares => {}
        _ => e.at("operator", |e| e.invalid(operator, "not a valid selector operator", RULE)),
    }
    let key = text(requirement, "key");
    e.at("key", |e| e.all(key, names::qualified(key), RULE));
}

fn pod_affinity(e: &mut Errors, affinity: &Value) {
    e.each(affinity, REQUIRED, pod_term);
    e.each(affinity, PREFERRED, |e, term| {
        weight(e, term);
        e.at("podAffinityTerm", |e| pod_term(e, &term["podAffinityTerm"]));
    });
}

fn pod_term(e: &mut Errors, term: &Value) {
    e.at("labelSelector", |e| selector(e, &term["labelSelector"]));
    let key = text(term, "topologyKey");
    e.at("topologyKey", |e| {
        if key.is_empty() {
            e.required("can not be empty", RULE);
        }
        e.all(key, names::qualified(key), RULE);
    });
}

/// Validates a label selector.
pub(super) fn selector(e: &mut Errors, selector: &Value) {
    e.at("matchLabels", |e| metadata::labels(e, &selector["matchLabels"]));
    e.each(selector, "matchExpressions", |e, requirement| expression(e, requirement, false));
}
