//! Knobs: the numbers of a manifest that are turned to see what they do.

use super::field_help;
use super::view::KnobView;
use crate::base::{Span, TextEdit};

/// Type, field, least, most, step. The bounds are those of a sensible try, within what the API
/// server takes. Source: kubernetes pkg/apis/core/validation validateProbe.
const KNOBS: &[(&str, &str, i64, i64, i64)] = &[
    ("Probe", "initialDelaySeconds", 0, 120, 1),
    ("Probe", "periodSeconds", 1, 60, 1),
    ("Probe", "timeoutSeconds", 1, 60, 1),
    ("Probe", "successThreshold", 1, 10, 1),
    ("Probe", "failureThreshold", 1, 30, 1),
    ("Probe", "terminationGracePeriodSeconds", 1, 120, 1),
    ("PodSpec", "terminationGracePeriodSeconds", 0, 120, 1),
    ("PodSpec", "activeDeadlineSeconds", 1, 600, 5),
    ("PodSpec", "priority", 0, 1000, 10),
    ("SleepAction", "seconds", 0, 120, 1),
    ("Toleration", "tolerationSeconds", 0, 600, 10),
    ("DeploymentSpec", "replicas", 0, 10, 1),
    ("DeploymentSpec", "minReadySeconds", 0, 120, 1),
    ("DeploymentSpec", "progressDeadlineSeconds", 1, 1200, 10),
    ("DeploymentSpec", "revisionHistoryLimit", 0, 10, 1),
    ("RollingUpdateDeployment", "maxSurge", 0, 10, 1),
    ("RollingUpdateDeployment", "maxUnavailable", 0, 10, 1),
    ("ReplicaSetSpec", "replicas", 0, 10, 1),
    ("StatefulSetSpec", "replicas", 0, 10, 1),
    ("JobSpec", "parallelism", 0, 10, 1),
    ("JobSpec", "completions", 1, 20, 1),
    ("JobSpec", "backoffLimit", 0, 10, 1),
    ("JobSpec", "activeDeadlineSeconds", 1, 600, 5),
    ("JobSpec", "ttlSecondsAfterFinished", 0, 600, 5),
    ("PodDisruptionBudgetSpec", "minAvailable", 0, 10, 1),
    ("PodDisruptionBudgetSpec", "maxUnavailable", 0, 10, 1),
];

/// The knob of a field whose value stands at `value`, if it has one and a whole number there.
pub fn knob(owner: &str, name: &str, text: &str, value: Span) -> Option<KnobView> {
    let (_, _, least, most, step) = *KNOBS.iter().find(|k| (k.0, k.1) == (owner, name))?;
    let now = text.get(value.start..value.end)?.parse().ok()?;
    Some(KnobView { span: value, value: now, least, most, step })
}

/// The edit that turns the knob at byte `offset` by so many steps; `None` if there is none, or it
/// is at its end.
pub fn nudge(text: &str, offset: usize, by: i64) -> Option<TextEdit> {
    let knob = field_help::at(text, offset)?.knob?;
    knob.to(knob.value.saturating_add(by.saturating_mul(knob.step)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::schema::Schema;

    const TEXT: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: a\n    \
        image: b\n    livenessProbe:\n      periodSeconds: 10\n      failureThreshold: 1\n";

    fn check(word: &str, by: i64, want: Option<&str>) {
        let at = TEXT.find(word).expect("it is there");
        let text = nudge(TEXT, at, by).map(|edit| edit.applied(TEXT));
        assert_eq!(
            text,
            want.map(|want| TEXT.replace(&TEXT[at..][..TEXT[at..].find('\n').unwrap()], want))
        );
    }

    #[test]
    fn a_number_is_nudged_within_its_bounds() {
        check("periodSeconds", 1, Some("periodSeconds: 11"));
        check("periodSeconds", -100, Some("periodSeconds: 1"));
        check("failureThreshold", -1, None);
        check("image", 1, None);
    }

    #[test]
    fn every_knob_is_a_number_of_the_schema() {
        let schema = Schema::load();
        for (owner, name, least, most, step) in KNOBS {
            let field = schema.field(owner, name).unwrap_or_else(|| panic!("{owner}.{name}"));
            assert_eq!(field.code.go_type().trim_end_matches("64").trim_end_matches("32"), "int");
            assert!(least < most && *step > 0, "{owner}.{name}");
        }
    }
}
