//! Validation of Pods.

use super::{rows, text};
use lifepod::api::validate::{ErrorKind, FieldError, object, status_update};
use lifepod::base::FieldPath;
use lifepod::base::json::{Value, json};

pub(super) fn kind(error: &FieldError) -> &'static str {
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

/// Rows about a switch that stands otherwise in 1.36, and what a cluster of ours says there
/// instead: the first error, or nothing.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("relaxedEnvNames", "exclamation mark", ""),
    ("relaxedEnvNames", "strict rules refuse", ""),
    ("allowPrivileged", "privileged where not allowed", ""),
    ("featureGatesOff", "own restart policy Always", ""),
    ("featureGatesOff", "own restart policy OnFailure", ""),
    ("featureGatesOff", "own restart policy Never", ""),
    ("featureGatesOff", "container bad: own restart policy invalid", RESTART_POLICIES),
    ("featureGatesOff", "container bad: own restart policy (empty)", RESTART_POLICIES),
    ("sidecarResizePolicy", "resize policy where not allowed", ""),
    ("strictIPs", "name server with leading zeros", "must not have leading 0s"),
    ("strictIPs", "host alias with leading zeros", "must not have leading 0s"),
];
const RESTART_POLICIES: &str = r#"supported values: "Always", "Never", "OnFailure""#;

fn otherwise(row: &Value) -> Option<&'static str> {
    let found = OTHERWISE.iter().find(|(switch, words, _)| {
        let off = row[*switch] == false || row["featureGatesOff"].is_array();
        off && !row[*switch].is_null() && text(row, "name").contains(words)
    });
    found.map(|(_, _, answer)| *answer)
}

/// What our API server says of a row: 1.36 with every gate as it is released.
fn errors(row: &Value) -> Vec<FieldError> {
    let pod = &row["pod"];
    match text(row, "scope") {
        "status update" => status_update(pod, pod),
        "pod template only" => of_a_template(pod),
        scope => {
            let mut errors = object(pod);
            match scope {
                "policy alone" => errors.retain(|e| e.path.to_string() == "spec.dnsPolicy"),
                // The row adds them to a Pod that runs; ours creates a Pod that has them.
                "update of the ephemeral containers" => {
                    errors.retain(|e| e.detail != "cannot be set on create");
                }
                _ => {}
            }
            errors
        }
    }
}

/// The Pod as the template of a ReplicaSet, and its errors as they are called in a Pod.
fn of_a_template(pod: &Value) -> Vec<FieldError> {
    let mut template = json!({"metadata": pod["metadata"], "spec": pod["spec"]});
    template["metadata"]["labels"]["template"] = "yes".into();
    let set = json!({
        "apiVersion": "apps/v1", "kind": "ReplicaSet",
        "metadata": {"name": "set", "namespace": "default"},
        "spec": {"selector": {"matchLabels": {"template": "yes"}}, "template": template},
    });
    let mut errors = object(&set);
    for error in &mut errors {
        let inner = error.path.to_string().replacen("spec.template.", "", 1);
        error.path = FieldPath::parse(&inner);
    }
    errors
}

#[test]
fn every_row_is_refused_as_upstream_refuses_it() {
    let rows = rows(include_str!("../../tables/validation.json"));
    let (mut others, mut problems) = (0, Vec::new());
    for row in &rows {
        let errors = errors(row);
        let good = match otherwise(row) {
            Some("") => errors.is_empty(),
            Some(words) => errors.len() == 1 && errors[0].to_string().contains(words),
            None => agrees(row, &errors),
        };
        others += usize::from(otherwise(row).is_some());
        if !good {
            let got: Vec<String> = errors.iter().map(ToString::to_string).collect();
            problems.push(format!(
                "{}: want {}\n   got {got:#?}",
                text(row, "name"),
                row["expect"]
            ));
        }
    }
    assert!(rows.len() >= 341 && others <= 20, "{others} rows of {} stand otherwise", rows.len());
    assert!(problems.is_empty(), "{} of {}\n{}", problems.len(), rows.len(), problems.join("\n"));
}
