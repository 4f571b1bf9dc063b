//! Validation of `metadata`.
//!
//! Source: apimachinery api/validation/objectmeta.go ValidateObjectMeta.

use serde_json::Value;

use super::errors::{Errors, entries, text};
use super::names::{self, Complaints};

const RULE: &str = "api.metadata";
/// Bytes that all annotations of an object may have.
const ANNOTATIONS_MOST: usize = 256 * 1024;

/// Validates the metadata of `object`, whose name must satisfy `name_check`.
pub(super) fn metadata(errors: &mut Errors, object: &Value, name_check: fn(&str) -> Complaints) {
    let metadata = &object["metadata"];
    errors.at("metadata", |e| {
        let name = text(metadata, "name");
        if name.is_empty() {
            e.at("name", |e| e.required("name or generateName is required", "api.name"));
        } else {
            e.at("name", |e| e.all(name, name_check(name), "api.name"));
        }
        e.at("labels", |e| labels(e, &metadata["labels"]));
        e.at("annotations", |e| annotations(e, &metadata["annotations"]));
        e.each(metadata, "finalizers", |e, finalizer| {
            let name = finalizer.as_str().unwrap_or_default();
            e.all(name, names::qualified(name), RULE);
        });
    });
}

/// Validates labels, or a selector made of such.
pub(super) fn labels(errors: &mut Errors, labels: &Value) {
    for (key, value) in entries(labels) {
        errors.all(key, names::qualified(key), "api.label");
        let value = value.as_str().unwrap_or_default();
        errors.all(value, names::label_value(value), "api.label");
    }
}

fn annotations(errors: &mut Errors, annotations: &Value) {
    let mut total = 0;
    for (key, value) in entries(annotations) {
        errors.all(key, names::qualified(&key.to_ascii_lowercase()), RULE);
        total += key.len() + value.as_str().unwrap_or_default().len();
    }
    if total > ANNOTATIONS_MOST {
        errors.too_long(ANNOTATIONS_MOST, RULE);
    }
}
