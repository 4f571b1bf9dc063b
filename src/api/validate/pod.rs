//! Validation of a Pod.
//!
//! Source: pkg/apis/core/validation/validation.go ValidatePodSpec.

use serde_json::Value;

use super::errors::Errors;
use super::names;

/// Validates the spec of the Pod `object`.
pub(super) fn pod(errors: &mut Errors, object: &Value) {
    let spec = &object["spec"];
    errors.at("spec", |e| containers(e, spec));
}

fn containers(errors: &mut Errors, spec: &Value) {
    if spec["containers"].as_array().is_none_or(Vec::is_empty) {
        errors.at("containers", |e| e.required("", "api.containers"));
    }
    errors.each(spec, "containers", |e, container| {
        let name = container["name"].as_str().unwrap_or_default();
        e.at("name", |e| {
            if name.is_empty() {
                return e.required("", "api.name");
            }
            for complaint in names::dns_label(name) {
                e.invalid(name, complaint, "api.name");
            }
        });
    });
}
