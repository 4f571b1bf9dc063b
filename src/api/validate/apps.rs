//! Validation of what makes Pods from a template, and of budgets for their disruption.
//!
//! Source: pkg/apis/apps/validation/validation.go, pkg/apis/policy/validation/validation.go,
//! pkg/apis/batch/validation/validation.go.

use crate::base::json::Value;

use super::errors::{Errors, entries, is_set, items, number, text};
use super::table::check;
use super::{go, metadata, names};

/// Validates the spec of `object`, which has a template.
pub(super) fn workload<'v>(e: &mut Errors<'v>, object: &'v Value) {
    let paragraph = match text(object, "kind") {
        "Deployment" => "Deployment",
        "ReplicaSet" => "Workload",
        // Of the others only the template is validated here.
        _ => return e.at("spec.template", |e| other_template(e, object)),
    };
    e.at("spec", |e| check(e, paragraph, &object["spec"]));
}

fn other_template<'v>(e: &mut Errors<'v>, object: &'v Value) {
    let template = &object["spec"]["template"];
    // Containers of a StatefulSet mount its claims, which are no volumes of the template; for that
    // the spec is not looked at at all. Source: ValidatePodTemplateSpecForStatefulSet
    let claims = text(object, "kind") == "StatefulSet";
    check(e, if claims { "TemplateMetadata" } else { "PodTemplate" }, template);
    let policy = text(&template["spec"], "restartPolicy");
    e.rule = "api.restart-policy";
    match text(object, "kind") {
        "Job" if ["", "Always"].contains(&policy) => {
            e.required("spec.restartPolicy", "valid values: [\"OnFailure\" \"Never\"]");
        }
        "StatefulSet" | "DaemonSet" if policy != "Always" => {
            e.not_supported("spec.restartPolicy", &policy.into(), "Always");
        }
        _ => {}
    }
}

/// Validates the selector of a workload. The words speak of a Deployment for every kind.
pub(super) fn selector<'v>(e: &mut Errors<'v>, selector: &'v Value) {
    if selector.is_null() {
        return e.required("", "");
    }
    check(e, "Selector", selector);
    if is_empty(selector) {
        go::invalid(e, "LabelSelector", selector, "empty selector is invalid for deployment");
    }
    if !is_sound(selector) {
        go::invalid(e, "LabelSelector", selector, "invalid label selector");
    }
}

fn is_empty(selector: &Value) -> bool {
    entries(&selector["matchLabels"]).next().is_none()
        && items(selector, "matchExpressions").is_empty()
}

/// Whether a selector can be understood.
fn is_sound(selector: &Value) -> bool {
    let mut probe = Errors::new();
    check(&mut probe, "Selector", selector);
    probe.count() == 0
}

/// Whether `selector` selects what has `labels`.
fn selects(selector: &Value, labels: &Value) -> bool {
    let mut all = entries(&selector["matchLabels"]);
    all.all(|(key, value)| labels.get(key) == Some(value))
        && items(selector, "matchExpressions").iter().all(|expression| {
            let value = &labels[text(expression, "key")];
            let among = items(expression, "values").contains(value);
            match text(expression, "operator") {
                "In" => among,
                "NotIn" => !among,
                "Exists" => !value.is_null(),
                _ => value.is_null(),
            }
        })
}

/// Validates the template of a workload, which its selector must select.
pub(super) fn template<'v>(e: &mut Errors<'v>, spec: &'v Value) {
    e.at("template", |e| template_of(e, &spec["template"], &spec["selector"]));
}

fn template_of<'v>(e: &mut Errors<'v>, template: &'v Value, selector: &Value) {
    if !selector.is_null() && !is_sound(selector) {
        return;
    }
    let labels = &template["metadata"]["labels"];
    if selector.is_null() || !is_empty(selector) && !selects(selector, labels) {
        e.rule = "api.selector";
        let words = "`selector` does not match template `labels`";
        e.invalid("metadata.labels", labels, words);
    }
    check(e, "PodTemplate", template);
    let spec = &template["spec"];
    let policy = text(spec, "restartPolicy");
    if policy != "Always" {
        e.rule = "api.restart-policy";
        e.not_supported("spec.restartPolicy", &policy.into(), "Always");
    }
    if is_set(spec, "activeDeadlineSeconds") {
        e.rule = "api.deadline";
        let words = "activeDeadlineSeconds in ReplicaSet is not Supported";
        e.forbidden("spec.activeDeadlineSeconds", words);
    }
}

/// Validates the strategy of a Deployment.
pub(super) fn strategy<'v>(e: &mut Errors<'v>, strategy: &'v Value) {
    let rolling = &strategy["rollingUpdate"];
    match text(strategy, "type") {
        "Recreate" if !rolling.is_null() => {
            let words = "may not be specified when strategy `type` is 'Recreate'";
            e.forbidden("rollingUpdate", words);
        }
        "Recreate" => {}
        "RollingUpdate" => e.at("rollingUpdate", |e| check(e, "RollingUpdate", rolling)),
        _ => go::not_supported(e, "DeploymentStrategy", strategy, "Recreate|RollingUpdate"),
    }
}

/// The percents in a text such as `25%`.
fn percents(value: &Value) -> Option<i64> {
    let text = value.as_str().filter(|text| names::complaints("percent", text).is_empty())?;
    text.strip_suffix('%')?.parse().ok()
}

/// Validates a number, or a share in percents.
pub(super) fn int_or_percent(e: &mut Errors, value: &Value) {
    match value {
        Value::String(text) => e.form("percent", text),
        value if value.as_i64().is_some_and(|n| n < 0) => {
            e.invalid("", value, "must be greater than or equal to 0");
        }
        _ => {}
    }
}

/// Validates that a share is no more than the whole.
pub(super) fn at_most_all(e: &mut Errors, value: &Value) {
    if percents(value).is_some_and(|percents| percents > 100) {
        e.invalid("", value, "must not be greater than 100%");
    }
}

/// A rolling update that may neither add nor take away a Pod cannot begin.
pub(super) fn rolling_update(e: &mut Errors, update: &Value) {
    let amount = |field: &str| {
        let value = &update[field];
        percents(value).or(value.as_i64()).unwrap_or_default()
    };
    if amount("maxUnavailable") == 0 && amount("maxSurge") == 0 {
        let words = "may not be 0 when `maxSurge` is 0";
        e.invalid("maxUnavailable", &update["maxUnavailable"], words);
    }
}

/// A rollout's deadline lies after the time that a Pod needs to count.
pub(super) fn progress_deadline(e: &mut Errors, spec: &Value) {
    let deadline = &spec["progressDeadlineSeconds"];
    if deadline.as_i64().is_some_and(|seconds| seconds <= number(spec, "minReadySeconds")) {
        e.invalid("progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
    }
}

/// A budget has one of its two bounds.
pub(super) fn one_budget(e: &mut Errors, spec: &Value) {
    if is_set(spec, "minAvailable") && is_set(spec, "maxUnavailable") {
        let words = "minAvailable and maxUnavailable cannot be both set";
        go::invalid(e, "PodDisruptionBudgetSpec", spec, words);
    }
}

/// Validates a budget. Its strategy leaves the metadata to the registry, which looks at them
/// only if all else is sound.
pub(super) fn budget<'v>(e: &mut Errors<'v>, object: &'v Value) {
    e.at("spec", |e| check(e, "Budget", &object["spec"]));
    if e.count() == 0 {
        metadata::metadata(e, object, "segment");
    }
}

/// The selector of a workload stays.
///
/// Source: pkg/registry/apps/deployment/strategy.go, replicaset/strategy.go ValidateUpdate.
pub(super) fn update(e: &mut Errors, old: &Value, new: &Value) {
    e.rule = "api.selector";
    if old["spec"]["selector"] != new["spec"]["selector"] {
        let selector = &new["spec"]["selector"];
        e.at("spec.selector", |e| go::invalid(e, "LabelSelector", selector, "field is immutable"));
    }
}
