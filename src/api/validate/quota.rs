//! Validation of a ResourceQuota.
//!
//! Source: validation.go ValidateResourceQuota, pkg/apis/core/helper/helpers.go.

use crate::base::json::Value;

use super::errors::{Errors, entries, items, text};
use super::resources;

/// Resources that a quota has and another list has not, and the other way round.
const ONLY_ELSEWHERE: &str = "storage";
/// Resources of Pods, that a scope can be about.
const OF_PODS: &str = "cpu memory limits.cpu limits.memory requests.cpu requests.memory";
const SCOPES: &str = "Terminating NotTerminating BestEffort NotBestEffort PriorityClass \
    CrossNamespacePodAffinity";

fn among(list: &str, one: &str) -> bool {
    list.split(' ').any(|entry| entry == one)
}

/// Validates the amounts of a quota.
pub(super) fn amounts(e: &mut Errors, hard: &Value) {
    for (name, amount) in entries(hard) {
        e.key(name, |e| {
            resources::name(e, name);
            if !name.contains('/') && !is_counted(name) {
                e.bad_text("", name, "must be a standard resource for quota");
            }
            resources::amount(e, name, resources::quantity(amount));
        });
    }
}

fn is_counted(name: &str) -> bool {
    let huge = resources::is_huge(name) || name.starts_with("requests.hugepages-");
    huge || among(resources::STANDARD, name) && name != ONLY_ELSEWHERE
}

/// Whether a scope can be about a resource.
fn suits(scope: &str, resource: &str) -> bool {
    match scope {
        "BestEffort" => resource == "pods",
        scope if among(SCOPES, scope) => resource == "pods" || among(OF_PODS, resource),
        _ => true,
    }
}

fn hard(e: &Errors) -> Vec<String> {
    entries(&e.spec["hard"]).map(|(name, _)| name.clone()).collect()
}

fn conflicting(scopes: &[&str]) -> usize {
    let pairs = [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]];
    pairs.iter().filter(|pair| pair.iter().all(|scope| scopes.contains(scope))).count()
}

/// Validates the scopes of a quota.
pub(super) fn scopes(e: &mut Errors, list: &Value) {
    let scopes: Vec<&str> =
        list.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for scope in &scopes {
        if !among(SCOPES, scope) {
            e.invalid("", list, "unsupported scope");
        }
        for resource in hard(e) {
            if is_counted(&resource) && !suits(scope, &resource) {
                e.invalid("", list, "unsupported scope applied to resource");
            }
        }
    }
    for _ in 0..conflicting(&scopes) {
        e.invalid("", list, "conflicting scopes");
    }
}

/// Validates the expressions of a scope selector; upstream leaves their numbers out.
pub(super) fn scope_selector(e: &mut Errors, list: &Value) {
    let mut scopes: Vec<&str> = Vec::new();
    for requirement in list.as_array().into_iter().flatten() {
        let scope = text(requirement, "scopeName");
        if !among(SCOPES, scope) {
            e.bad_text("scopeName", scope, "unsupported scope");
        }
        for resource in hard(e) {
            if is_counted(&resource) && !suits(scope, &resource) {
                let selector = &e.spec["scopeSelector"];
                e.invalid("", selector, "unsupported scope applied to resource");
            }
        }
        operator(e, requirement, scope);
        scopes.push(scope);
    }
    for _ in 0..conflicting(&scopes) {
        let scopes = &e.spec["scopes"];
        e.invalid("", scopes, "conflicting scopes");
    }
}

fn operator(e: &mut Errors, requirement: &Value, scope: &str) {
    let operator = text(requirement, "operator");
    if among(SCOPES, scope) && scope != "PriorityClass" && operator != "Exists" {
        let words = "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, \
            ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, \
            ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
        e.bad_text("operator", operator, words);
    }
    match operator {
        "In" | "NotIn" if items(requirement, "values").is_empty() => {
            let words = "must be at least one value when `operator` is 'In' or 'NotIn' for scope \
                selector";
            e.required("values", words);
        }
        "Exists" | "DoesNotExist" if !items(requirement, "values").is_empty() => {
            let words = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope \
                selector";
            e.invalid("values", &requirement["values"], words);
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        _ => e.bad_text("operator", operator, "not a valid selector operator"),
    }
}

/// The scopes of a quota stay.
pub(super) fn update(e: &mut Errors, old: &Value, new: &Value) {
    let (old, new) = (&old["spec"], &new["spec"]);
    let (was, now) = (items(old, "scopes"), items(new, "scopes"));
    if !was.iter().all(|s| now.contains(s)) || !now.iter().all(|s| was.contains(s)) {
        e.rule = "api.quota";
        e.invalid("spec.scopes", &new["scopes"], "field is immutable");
    }
}
