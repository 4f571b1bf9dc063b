//! Validation of `metadata`.
//!
//! Source: apimachinery api/validation/objectmeta.go ValidateObjectMeta.

use serde_json::Value;

use super::errors::Errors;
use super::names;

/// Validates the metadata of `object`.
pub(super) fn metadata(errors: &mut Errors, object: &Value) {
    let metadata = &object["metadata"];
    errors.at("metadata", |e| name(e, metadata));
}

fn name(errors: &mut Errors, metadata: &Value) {
    let name = metadata["name"].as_str().unwrap_or_default();
    errors.at("name", |e| {
        if name.is_empty() {
            e.required("name or generateName is required", "api.name");
            return;
        }
        for complaint in names::dns_subdomain(name) {
            e.invalid(name, complaint, "api.name");
        }
    });
}
