//! Validation of requests and limits.
//!
//! Source: validation.go validateResourceRequirements, validateContainerResourceName.

use serde_json::Value;

use super::errors::{Errors, entries, items, text};
use super::names;
use crate::api::quantity::Quantity;

const RULE: &str = "api.resources";

/// Names without a prefix that mean something in some list of resources.
const STANDARD: &[&str] = &[
    "cpu",
    "memory",
    "ephemeral-storage",
    "storage",
    "pods",
    "services",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "services.nodeports",
    "services.loadbalancers",
];

/// Validates the resources of a container of `spec`.
pub(super) fn container(e: &mut Errors, resources: &Value, spec: &Value) {
    let (limits, requests) = (&resources["limits"], &resources["requests"]);
    e.at("limits", |e| {
        for (name, amount) in entries(limits) {
            e.key(name, |e| one(e, name, &quantity(amount)));
        }
    });
    e.at("requests", |e| {
        for (name, amount) in entries(requests) {
            let request = quantity(amount);
            e.key(name, |e| one(e, name, &request));
            against_limit(e, name, &request, limits.get(name).map(quantity));
        }
    });
    for (name, _) in entries(requests) {
        if limits.get(name).is_none() && !may_overcommit(name) {
            let words = "Limit must be set for non overcommitable resources";
            e.at("limits", |e| e.required(words, RULE));
        }
    }
    huge_pages_alone(e, limits, requests);
    claims(e, resources, spec);
}

fn quantity(amount: &Value) -> Quantity {
    let text = amount.as_str().map_or_else(|| amount.to_string(), str::to_string);
    Quantity::parse(&text).unwrap_or(Quantity::ZERO)
}

fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

fn is_huge(name: &str) -> bool {
    name.starts_with("hugepages-")
}

fn may_overcommit(name: &str) -> bool {
    is_native(name) && !is_huge(name)
}

fn one(e: &mut Errors, name: &str, amount: &Quantity) {
    let complaints = names::qualified(name);
    let sound = complaints.is_empty();
    e.all(name, complaints, RULE);
    if sound && !name.contains('/') {
        if !STANDARD.contains(&name) && !is_huge(name) {
            let words = "must be a standard resource type or fully qualified";
            e.invalid(name, words, RULE);
        }
        if !["cpu", "memory", "ephemeral-storage"].contains(&name) && !is_huge(name) {
            e.invalid(name, "must be a standard resource for containers", RULE);
        }
    } else if sound && is_native(name) {
        e.invalid(name, "doesn't follow extended resource name standard", RULE);
    }
    if *amount < Quantity::ZERO {
        e.invalid(amount.to_string(), "must be greater than or equal to 0", RULE);
    }
    if !is_native(name) && !amount.is_whole() {
        e.invalid(amount.to_string(), "must be an integer", RULE);
    }
}

fn against_limit(e: &mut Errors, name: &str, request: &Quantity, limit: Option<Quantity>) {
    let Some(limit) = limit else { return };
    if *request != limit && !may_overcommit(name) {
        let words = format!("must be equal to {name} limit of {limit}");
        e.invalid(request.to_string(), words, RULE);
    } else if *request > limit {
        let words = format!("must be less than or equal to {name} limit of {limit}");
        e.invalid(request.to_string(), words, RULE);
    }
}

fn huge_pages_alone(e: &mut Errors, limits: &Value, requests: &Value) {
    let mut all = entries(limits).chain(entries(requests)).map(|(name, _)| name.as_str());
    let huge = all.any(is_huge);
    let mut all = entries(limits).chain(entries(requests)).map(|(name, _)| name.as_str());
    if huge && !all.any(|n| n == "cpu" || n == "memory") {
        e.forbidden("HugePages require cpu or memory", RULE);
    }
}

fn claims(e: &mut Errors, resources: &Value, spec: &Value) {
    let known: Vec<&str> = items(spec, "resourceClaims").iter().map(|c| text(c, "name")).collect();
    e.each(resources, "claims", |e, claim| {
        let name = text(claim, "name");
        if name.is_empty() {
            e.required("", RULE);
        } else if !known.contains(&name) {
            e.not_found(name, RULE);
        }
    });
}
