//! The door for a change: what may change in an object that is there, and in its status.
//!
//! Source: validation.go ValidatePodUpdate, ValidatePodStatusUpdate and those of other kinds;
//! apiserver registry/rest/update.go.

use crate::base::json::{Value, json};

use super::errors::{Errors, is_set, items, text};
use super::object::body;
use super::table::check;
use super::{FieldError, apps, config, go, metadata, node, pod, quota, scheduling, service};
use super::{service_spec, status};

/// What the API server refuses in the change of `old` to `new`, both as stored: with defaults.
///
/// What the server fills in itself (UID, version, times) may be missing in `new`.
pub fn update(old: &Value, new: &Value) -> Vec<FieldError> {
    let mut e = Errors::new();
    let kind = text(new, "kind");
    if kind == "Pod" {
        pod_update(&mut e, old, new);
        return e.done();
    }
    match kind {
        "ConfigMap" | "Secret" => config::update(&mut e, old, new),
        "Node" => {
            node::update(&mut e, old, new);
            return e.done();
        }
        _ => metadata::update(&mut e, old, new),
    }
    match kind {
        "Service" => {
            e.at("spec", |e| service_spec::update(e, &old["spec"], &new["spec"]));
            service::spec(&mut e, new);
        }
        "PodDisruptionBudget" => e.at("spec", |e| check(e, "Budget", &new["spec"])),
        _ => body(&mut e, new),
    }
    match kind {
        "Deployment" | "ReplicaSet" => apps::update(&mut e, old, new),
        "ResourceQuota" => quota::update(&mut e, old, new),
        _ => {}
    }
    e.done()
}

/// What the API server refuses in the change of an object's status.
pub fn status_update(old: &Value, new: &Value) -> Vec<FieldError> {
    let mut e = Errors::new();
    metadata::update(&mut e, old, new);
    if text(new, "kind") == "Pod" {
        status::pod(&mut e, old, new);
    }
    e.done()
}

fn pod_update<'v>(e: &mut Errors<'v>, old: &'v Value, new: &'v Value) {
    metadata::update(e, old, new);
    pod::pod(e, new);
    let (was, now) = (&old["spec"], &new["spec"]);
    e.at("spec", |e| {
        for list in ["containers", "initContainers"] {
            if items(was, list).len() != items(now, list).len() {
                e.rule = "api.update";
                return e.forbidden(list, "pod updates may not add or remove containers");
            }
            images(e, list, &now[list]);
        }
        if !deadline(e, was, now) {
            return;
        }
        e.rule = "api.update";
        tolerations(e, was, now);
        scheduling::only_deleted(e, was, now);
        e.rule = "api.update";
        let munged = munged(e, was, now);
        if go::differ(&munged, was) {
            // DIFFERENCE: upstream goes on with what differs between both specs, line by line.
            e.forbidden("", OTHER_FIELDS);
        }
    });
}

const OTHER_FIELDS: &str = "pod updates may not change fields other than \
    `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,\
    `spec.tolerations` (only additions to existing tolerations),\
    `spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

fn images<'v>(e: &mut Errors<'v>, list: &str, containers: &'v Value) {
    e.at(list, |e| {
        e.each(containers, &mut |e, container| {
            e.rule = "api.image";
            if text(container, "image").is_empty() {
                e.required("image", "");
            }
            super::containers::padded_image(e, container);
        });
    });
}

/// A deadline can be set, and come nearer. Gives whether upstream goes on.
fn deadline(e: &mut Errors, was: &Value, now: &Value) -> bool {
    let field = "activeDeadlineSeconds";
    let (before, after) = (was[field].as_i64(), now[field].as_i64());
    e.rule = "api.deadline";
    let words = match (before, after) {
        (_, Some(after)) if !(0..=i64::from(i32::MAX)).contains(&after) => {
            "must be between 0 and 2147483647, inclusive"
        }
        (Some(before), Some(after)) if before < after => {
            "must be less than or equal to previous value"
        }
        (Some(_), None) => {
            let words = "must not update from a positive integer to nil value";
            e.invalid(field, &Value::Null, words);
            return true;
        }
        _ => return true,
    };
    e.invalid(field, &now[field], words);
    false
}

fn tolerations<'v>(e: &mut Errors<'v>, was: &'v Value, now: &'v Value) {
    let before = e.count();
    scheduling::only_added(e, was, now);
    if e.count() == before {
        e.at("tolerations", |e| {
            e.each(&now["tolerations"], &mut |e, toleration| check(e, "Toleration", toleration));
        });
    }
}

/// The new spec with the old one's values of fields that may change, or are told elsewhere.
fn munged(e: &mut Errors, was: &Value, now: &Value) -> Value {
    let mut munged = now.clone();
    for list in ["containers", "initContainers"] {
        let containers = munged[list].as_array_mut().into_iter().flatten();
        for (container, old) in containers.zip(items(was, list)) {
            put(container, "image", &old["image"]);
        }
    }
    for field in ["activeDeadlineSeconds", "schedulingGates", "tolerations"] {
        put(&mut munged, field, &was[field]);
    }
    let grace = "terminationGracePeriodSeconds";
    if was[grace].as_i64().is_some_and(|seconds| seconds < 0) && now[grace] == 1 {
        put(&mut munged, grace, &was[grace]);
    }
    if !items(was, "schedulingGates").is_empty() {
        gated(e, was, &mut munged);
    }
    munged
}

/// A Pod that waits at a gate may still be told more of where it is to run.
fn gated(e: &mut Errors, was: &Value, munged: &mut Value) {
    let selector = munged["nodeSelector"].clone();
    let kept = super::errors::entries(&was["nodeSelector"])
        .all(|(key, value)| selector.get(key) == Some(value));
    if !kept {
        let words = "only additions to spec.nodeSelector are allowed (no mutations or deletions)";
        e.invalid("nodeSelector", &selector, words);
    }
    put(munged, "nodeSelector", &was["nodeSelector"]);
    let affinity = |spec: &Value| spec["affinity"]["nodeAffinity"].clone();
    let (before, after) = (affinity(was), affinity(munged));
    if before == after {
        return;
    }
    e.at("affinity.nodeAffinity", |e| more_terms(e, &before, &after));
    if was["affinity"].is_null() {
        let others = ["podAffinity", "podAntiAffinity"];
        if others.iter().all(|other| !is_set(&munged["affinity"], other)) {
            return put(munged, "affinity", &Value::Null);
        }
    }
    if !munged["affinity"].is_object() {
        munged["affinity"] = json!({});
    }
    put(&mut munged["affinity"], "nodeAffinity", &before);
}

/// The terms of a required affinity may get more requirements, and nothing else.
fn more_terms(e: &mut Errors, before: &Value, after: &Value) {
    let required = "requiredDuringSchedulingIgnoredDuringExecution";
    let terms = "nodeSelectorTerms";
    let (was, now) = (items(&before[required], terms), items(&after[required], terms));
    e.enter(required);
    e.enter(terms);
    if !was.is_empty() && was.len() != now.len() {
        let words = "no additions/deletions to non-empty NodeSelectorTerms list are allowed";
        go::invalid_list(e, "NodeSelectorTerm", now, words);
    } else {
        for (i, (was, now)) in was.iter().zip(now).enumerate() {
            let words = "only additions are allowed (no mutations or deletions)";
            if !only_more(was, now) {
                e.index(i, |e| go::invalid(e, "NodeSelectorTerm", now, words));
            }
        }
    }
}

fn only_more(was: &Value, now: &Value) -> bool {
    let lists = ["matchExpressions", "matchFields"];
    let count = |term: &Value| lists.iter().map(|list| items(term, list).len()).sum::<usize>();
    let starts = |list: &str| items(now, list).starts_with(items(was, list));
    (count(was) > 0 || count(now) == 0) && lists.iter().all(|list| starts(list))
}

/// Sets `field` to `value`, or takes it away for null.
fn put(object: &mut Value, field: &str, value: &Value) {
    let Some(object) = object.as_object_mut() else { return };
    match value {
        Value::Null => object.remove(field),
        value => object.insert(field.to_string(), value.clone()),
    };
}
