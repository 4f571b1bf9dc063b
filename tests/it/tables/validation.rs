//! Validation of Pods.

use super::{rows, text};
use lifepod::api::validate::{ErrorKind, FieldError, object};
use lifepod::base::json::Value;

/// Rows about circumstances that a cluster of ours does not have.
fn is_ours(row: &Value) -> bool {
    let elsewhere = ["pod template only", "policy alone", "status update"];
    !elsewhere.contains(&text(row, "scope"))
        && row["featureGates"].is_null()
        && row["featureGatesOff"].is_null()
        && row["relaxedEnvNames"] != false
        && row["allowPrivileged"] != false
        && row["sidecarResizePolicy"] != false
        && row["strictIPs"] != false
}

fn kind(error: &FieldError) -> &'static str {
    match error.kind {
        ErrorKind::Required => "Required",
        ErrorKind::Invalid => "Invalid",
        ErrorKind::NotSupported => "NotSupported",
        ErrorKind::Duplicate => "Duplicate",
        ErrorKind::Forbidden => "Forbidden",
        ErrorKind::NotFound => "NotFound",
        ErrorKind::TooLong => "TooLong",
        ErrorKind::TooMany => "TooMany",
    }
}

fn agrees(row: &Value, errors: &[FieldError]) -> bool {
    match &row["expect"] {
        Value::Array(wanted) => {
            wanted.len() == errors.len()
                && wanted.iter().zip(errors).all(|(want, error)| {
                    text(want, "path") == error.path.to_string()
                        && text(want, "kind") == kind(error)
                        && error.detail.contains(text(want, "detail"))
                })
        }
        want => (want == "fails") != errors.is_empty(),
    }
}

#[test]
fn every_row_is_refused_as_upstream_refuses_it() {
    let rows = rows(include_str!("../../tables/validation.json"));
    let (mut seen, mut problems) = (0, Vec::new());
    for row in rows.iter().filter(|row| is_ours(row)) {
        seen += 1;
        let mut errors = object(&row["pod"]);
        if text(row, "scope") == "update of the ephemeral containers" {
            // The row adds them to a Pod that runs; ours creates a Pod that has them.
            errors.retain(|e| e.detail != "cannot be set on create");
        }
        if !agrees(row, &errors) {
            let got: Vec<String> = errors.iter().map(ToString::to_string).collect();
            problems.push(format!(
                "{}: want {}\n   got {got:#?}",
                text(row, "name"),
                row["expect"]
            ));
        }
    }
    assert!(seen >= 300, "only {seen} rows");
    assert!(problems.is_empty(), "{} of {seen}\n{}", problems.len(), problems.join("\n"));
}
