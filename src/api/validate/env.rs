//! Validation of environment variables.
//!
//! Source: validation.go ValidateEnv, ValidateEnvFrom, validateObjectFieldSelector.

use crate::base::json::Value;

use super::errors::{Errors, is_set, items, text};
use super::table::check;

const ONE_ONLY: &str = "may not have more than one field specified at a time";

/// Fields of a Pod that a variable may be set from.
const FOR_VARIABLES: &str = "metadata.name|metadata.namespace|metadata.uid|spec.nodeName|\
    spec.serviceAccountName|status.hostIP|status.hostIPs|status.podIP|status.podIPs";
/// Fields of a Pod that a file may be made of.
pub(super) const FOR_FILES: &str =
    "metadata.annotations|metadata.labels|metadata.name|metadata.namespace|metadata.uid";
/// Other fields that the API server knows to select Pods by.
const SELECTABLE: &str = "spec.restartPolicy|spec.schedulerName|status.phase|spec.host";
const RESOURCES: &str = "limits.cpu|limits.ephemeral-storage|limits.memory|requests.cpu|\
    requests.ephemeral-storage|requests.memory";

fn among(list: &str, one: &str) -> bool {
    list.split('|').any(|entry| entry == one)
}

/// Validates that a variable has one source, and that alone.
pub(super) fn value_from(e: &mut Errors, variable: &Value) {
    let from = &variable["valueFrom"];
    let kinds = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];
    let sources = kinds.iter().filter(|k| is_set(from, k)).count();
    let words = match sources {
        _ if from.is_null() => return,
        0 => {
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, \
            `secretKeyRef` or `fileKeyRef`"
        }
        _ if !text(variable, "value").is_empty() => {
            "may not be specified when `value` is not empty"
        }
        1 => return,
        _ => ONE_ONLY,
    };
    e.bad_text("valueFrom", "", words);
}

/// Validates the `fieldRef` of a variable.
pub(super) fn field_of_variable<'v>(e: &mut Errors<'v>, reference: &'v Value) {
    if !reference.is_null() {
        field_reference(e, reference, FOR_VARIABLES);
    }
}

/// Validates a `fieldRef`, which may name the fields in `allowed` and single labels.
pub(super) fn field_reference<'v>(e: &mut Errors<'v>, reference: &'v Value, allowed: &str) {
    let before = e.count();
    check(e, "FieldRef", reference);
    if e.count() > before {
        return;
    }
    let path = text(reference, "fieldPath");
    let known =
        |field: &str| [FOR_VARIABLES, FOR_FILES, SELECTABLE].iter().any(|l| among(l, field));
    let unknown = format!("error converting fieldPath: field label not supported: {path}");
    match path.strip_suffix("']").and_then(|p| p.split_once("['")) {
        Some(("metadata.annotations", key)) => e.form("qualified", &key.to_ascii_lowercase()),
        Some(("metadata.labels", key)) => e.form("qualified", key),
        Some((field, _)) if known(field) => {
            let words = "error converting fieldPath: field label does not support subscript";
            e.bad_text("fieldPath", path, words);
        }
        None if known(path) => {
            if !among(allowed, path) {
                e.not_supported("fieldPath", &path.into(), allowed);
            }
        }
        _ => e.bad_text("fieldPath", path, &unknown),
    }
}

/// Validates the resource of a `resourceFieldRef`.
pub(super) fn resource_name(e: &mut Errors, resource: &Value) {
    let name = resource.as_str().unwrap_or_default();
    let huge = ["limits.hugepages-", "requests.hugepages-"];
    if !among(RESOURCES, name) && !huge.iter().any(|h| name.starts_with(h)) {
        e.not_supported("", resource, RESOURCES);
    }
}

/// Validates the unit in which a resource is given.
pub(super) fn divisor(e: &mut Errors, reference: &Value) {
    let divisor = text(reference, "divisor");
    let resource = text(reference, "resource");
    let kind = resource.split_once('.').map_or("", |(_, kind)| kind);
    let sizes = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
    let (units, what) = match kind {
        "cpu" => ("1m and 1", "cpu"),
        "memory" => (sizes, "memory"),
        "ephemeral-storage" => (sizes, "local ephemeral storage"),
        kind if kind.starts_with("hugepages-") => (sizes, "hugepages"),
        _ => return,
    };
    let known = units.split([',', ' ']).any(|unit| unit == divisor && unit != "and");
    if !["", "0"].contains(&divisor) && !known {
        let words = format!("only divisor's values {units} are supported with the {what} resource");
        e.bad_text("divisor", resource, &words);
    }
}

/// Validates `envFrom` of a container.
pub(super) fn sources<'v>(e: &mut Errors<'v>, list: &'v Value) {
    for (i, source) in list.as_array().into_iter().flatten().enumerate() {
        e.index(i, |e| check(e, "EnvSource", source));
        // Upstream tells these at the list, not at the item.
        match ["configMapRef", "secretRef"].iter().filter(|k| is_set(source, k)).count() {
            0 => e.bad_text("", "", "must specify one of: `configMapRef` or `secretRef`"),
            1 => {}
            _ => e.bad_text("", "", ONE_ONLY),
        }
    }
}

/// A variable read from a file reads it in an `emptyDir`.
pub(super) fn file_keys(e: &mut Errors, spec: &Value) {
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for (i, container) in items(spec, list).iter().enumerate() {
            for (j, variable) in items(container, "env").iter().enumerate() {
                let reference = &variable["valueFrom"]["fileKeyRef"];
                if reference.is_null() {
                    continue;
                }
                let name = text(reference, "volumeName");
                let volume = items(spec, "volumes").iter().find(|v| text(v, "name") == name);
                let field = "valueFrom.fileKeyRef.volumeName";
                let told = |e: &mut Errors| match volume {
                    None => e.not_found(field, name, ""),
                    Some(v) if !is_set(v, "emptyDir") => {
                        e.bad_text(field, name, "referenced volume must be of type emptyDir");
                    }
                    Some(_) => {}
                };
                e.at(list, |e| e.index(i, |e| e.at("env", |e| e.index(j, told))));
            }
        }
    }
}
