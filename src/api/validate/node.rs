//! Validation of a Node and of a Namespace.
//!
//! Source: validation.go ValidateNode, ValidateNodeUpdate, ValidateNamespace.

use crate::base::json::Value;

use super::errors::{Errors, entries, is_set, items, text};
use super::table::check;
use super::{go, metadata, names, resources};

/// Validates a Node.
pub(super) fn node<'v>(e: &mut Errors<'v>, object: &'v Value) {
    // Upstream tells errors of taints at the metadata.
    e.at("metadata", |e| check(e, "Node", &object["spec"]));
    capacity(e, object);
    e.at("spec", |e| check(e, "NodeSpec", &object["spec"]));
}

/// Validates taints: one of a key and an effect.
pub(super) fn taints<'v>(e: &mut Errors<'v>, list: &'v Value) {
    let mut taken: Vec<(&str, &str)> = Vec::new();
    e.each(list, &mut |e, taint| {
        check(e, "Taint", taint);
        let pair = (text(taint, "key"), text(taint, "effect"));
        if taken.contains(&pair) {
            e.rule = "api.node";
            go::twice(e, "Taint", taint, "taints must be unique by key and effect pair");
        }
        taken.push(pair);
    });
}

/// Validates the value of a taint.
pub(super) fn taint_value(e: &mut Errors, value: &Value) {
    let value = value.as_str().unwrap_or_default();
    let complaints = names::complaints("value", value);
    if !complaints.is_empty() {
        e.bad_text("", value, &complaints.join(";"));
    }
}

fn capacity(e: &mut Errors, object: &Value) {
    e.rule = "api.node";
    for list in ["capacity", "allocatable"] {
        for (name, amount) in entries(&object["status"][list]) {
            let amount = resources::quantity(amount);
            e.at("status", |e| e.at(list, |e| e.at(name, |e| resources::amount(e, name, amount))));
        }
    }
}

/// Validates the change of a Node: its addresses for Pods and its provider stay once given.
pub(super) fn update<'v>(e: &mut Errors<'v>, old: &'v Value, new: &'v Value) {
    metadata::update(e, old, new);
    capacity(e, new);
    let (was, now) = (&old["spec"], &new["spec"]);
    e.rule = "api.node";
    if !items(was, "podCIDRs").is_empty() && was["podCIDRs"] != now["podCIDRs"] {
        let words = "node updates may not change podCIDR except from \"\" to valid";
        e.forbidden("spec.podCIDRs", words);
    }
    if is_set(was, "providerID") && was["providerID"] != now["providerID"] {
        let words = "node updates may not change providerID except from \"\" to valid";
        e.forbidden("spec.providerID", words);
    }
    e.at("metadata", |e| check(e, "Node", now));
}

/// Validates a Namespace.
pub(super) fn namespace<'v>(e: &mut Errors<'v>, object: &'v Value) {
    metadata::metadata(e, object, "label");
    e.rule = "api.metadata";
    for finalizer in items(&object["spec"], "finalizers").iter().filter_map(Value::as_str) {
        e.at("spec.finalizers", |e| {
            e.form("qualified", finalizer);
            metadata::known_finalizer(e, finalizer);
        });
    }
}
