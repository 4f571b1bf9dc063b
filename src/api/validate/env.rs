//! Validation of environment variables.
//!
//! Source: validation.go ValidateEnv, ValidateEnvFrom, validateObjectFieldSelector.

use serde_json::Value;

use super::errors::{Errors, is_set, number, text};
use super::names;

const RULE: &str = "api.env";
const ONE_ONLY: &str = "may not have more than one field specified at a time";

/// Fields of a Pod that a variable may be set from.
const FOR_VARIABLES: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];
/// Fields of a Pod that a file may be made of.
pub(super) const FOR_FILES: &[&str] = &[
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
];
const RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

/// Validates `env` of a container.
pub(super) fn variables(e: &mut Errors, container: &Value) {
    e.each(container, "env", |e, variable| {
        let name = text(variable, "name");
        if e.must_have(variable, "name", RULE) {
            e.at("name", |e| e.all(name, names::env_name(name), RULE));
        }
        if is_set(variable, "valueFrom") {
            e.at("valueFrom", |e| value_from(e, variable));
        }
    });
}

fn value_from(e: &mut Errors, variable: &Value) {
    let from = &variable["valueFrom"];
    let kinds = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];
    let sources = kinds.iter().filter(|k| is_set(from, k)).count();
    if is_set(from, "fieldRef") {
        e.at("fieldRef", |e| field_reference(e, &from["fieldRef"], FOR_VARIABLES));
    }
    if is_set(from, "resourceFieldRef") {
        e.at("resourceFieldRef", |e| resource_reference(e, &from["resourceFieldRef"]));
    }
    for kind in ["configMapKeyRef", "secretKeyRef"] {
        if is_set(from, kind) {
            e.at(kind, |e| key_reference(e, &from[kind]));
        }
    }
    if sources == 0 {
        let words = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, \
            `secretKeyRef` or `fileKeyRef`";
        e.invalid("", words, RULE);
    } else if !text(variable, "value").is_empty() {
        e.invalid("", "may not be specified when `value` is not empty", RULE);
    } else if sources > 1 {
        e.invalid("", ONE_ONLY, RULE);
    }
}

/// Validates a `fieldRef`, which may name the fields in `allowed` and single labels.
pub(super) fn field_reference(e: &mut Errors, reference: &Value, allowed: &[&str]) {
    let path = text(reference, "fieldPath");
    if !e.must_have(reference, "apiVersion", RULE) || !e.must_have(reference, "fieldPath", RULE) {
        return;
    }
    let subscript = path.strip_suffix("']").and_then(|p| p.split_once("['"));
    match subscript {
        Some(("metadata.annotations", key)) => {
            let key = key.to_ascii_lowercase();
            e.all(&key, names::qualified(&key), RULE);
        }
        Some(("metadata.labels", key)) => e.all(key, names::qualified(key), RULE),
        Some((field, _)) => {
            let words = if is_field(field) {
                "error converting fieldPath: field label does not support subscript".to_string()
            } else {
                format!("error converting fieldPath: field label not supported: {path}")
            };
            e.at("fieldPath", |e| e.invalid(path, words, RULE));
        }
        None if !is_field(path) => {
            let words = format!("error converting fieldPath: field label not supported: {path}");
            e.at("fieldPath", |e| e.invalid(path, words, RULE));
        }
        None if !allowed.contains(&path) => {
            e.at("fieldPath", |e| e.not_supported(path, allowed, RULE));
        }
        None => {}
    }
}

/// Whether the API server knows `path` at all as a field of a Pod to select by.
fn is_field(path: &str) -> bool {
    let selectable = ["spec.restartPolicy", "spec.schedulerName", "status.phase", "spec.host"];
    let known = FOR_VARIABLES.contains(&path) || FOR_FILES.contains(&path);
    known || selectable.contains(&path)
}

/// Validates a `resourceFieldRef`.
pub(super) fn resource_reference(e: &mut Errors, reference: &Value) {
    let resource = text(reference, "resource");
    let huge = ["limits.hugepages-", "requests.hugepages-"];
    if e.must_have(reference, "resource", RULE)
        && !RESOURCES.contains(&resource)
        && !huge.iter().any(|h| resource.starts_with(h))
    {
        e.at("resource", |e| e.not_supported(resource, RESOURCES, RULE));
    }
}

fn key_reference(e: &mut Errors, reference: &Value) {
    let (name, key) = (text(reference, "name"), text(reference, "key"));
    e.at("name", |e| e.all(name, names::dns_subdomain(name), RULE));
    if e.must_have(reference, "key", RULE) {
        e.at("key", |e| e.all(key, names::config_key(key), RULE));
    }
}

/// Validates `envFrom` of a container.
pub(super) fn sources(e: &mut Errors, container: &Value) {
    e.at("envFrom", |e| {
        for (i, source) in container["envFrom"].as_array().into_iter().flatten().enumerate() {
            let count = e.index(i, |e| env_from(e, source));
            // Upstream tells these at the list, not at the item.
            match count {
                0 => e.invalid("", "must specify one of: `configMapRef` or `secretRef`", RULE),
                1 => {}
                _ => e.invalid("", ONE_ONLY, RULE),
            }
        }
    });
}

/// Validates one item of `envFrom`; gives the number of its sources.
fn env_from(e: &mut Errors, source: &Value) -> usize {
    let prefix = text(source, "prefix");
    if !prefix.is_empty() {
        e.at("prefix", |e| e.all(prefix, names::env_name(prefix), RULE));
    }
    let mut count = 0;
    for kind in ["configMapRef", "secretRef"] {
        let reference = &source[kind];
        if reference.is_null() {
            continue;
        }
        count += 1;
        e.at(kind, |e| {
            let name = text(reference, "name");
            if e.must_have(reference, "name", RULE) {
                e.at("name", |e| e.all(name, names::prefix_of_subdomain(name), RULE));
            }
        });
    }
    count
}

/// Validates the mode bits in field `name` of `source`.
pub(super) fn mode(e: &mut Errors, source: &Value, name: &str) {
    if is_set(source, name) && !(0..=0o777).contains(&number(source, name)) {
        let words = "must be a number between 0 and 0777 (octal), both inclusive";
        e.at(name, |e| e.invalid(number(source, name), words, "api.volume"));
    }
}
