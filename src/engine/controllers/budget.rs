//! The disruption controller: how many Pods of a budget may go at present.
//!
//! Source: controller/disruption/disruption.go trySync, getExpectedPodCount, updatePdbStatus

use super::informers::Informers;
use super::owners::controller_name;
use super::plan::Plan;
use crate::api::{PlainObject, Pod, Timestamp, selector};
use crate::base::json::{Map, Value, json};
use crate::base::{Set, SimTime};
use crate::rules::Rule;
use std::rc::Rc;

/// How long an evicted Pod counts as on its way out. Source: DeletionTimeout
const ON_ITS_WAY: i64 = 120;

/// The counts of a budget.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counts {
    /// Pods that there should be.
    pub expected: i64,
    /// How many of them must be healthy.
    pub desired: i64,
}

/// A share of `total`, percents rounded up.
/// Source: apimachinery util/intstr GetScaledValueFromIntOrPercent
pub fn share(value: &Value, total: i64, up: bool) -> i64 {
    match value.as_str().and_then(|text| text.strip_suffix('%')?.parse::<i64>().ok()) {
        Some(percent) if up => (percent * total + 99) / 100,
        Some(percent) => percent * total / 100,
        None => value.as_i64().unwrap_or(0),
    }
}

/// What a budget expects and needs: of the `sizes` of its Pods' controllers, of `pods` Pods.
pub fn plan_counts(spec: &Value, scale: i64, pods: i64) -> Counts {
    let (least, most) = (&spec["minAvailable"], &spec["maxUnavailable"]);
    if !most.is_null() {
        return Counts { expected: scale, desired: (scale - share(most, scale, true)).max(0) };
    }
    match least.is_string() {
        true => Counts { expected: scale, desired: share(least, scale, true) },
        false => Counts { expected: pods, desired: least.as_i64().unwrap_or(0) },
    }
}

/// The replicas of the controllers of these Pods, each once.
/// Source: disruption.go getExpectedScale, finders
fn scale_of(pods: &[Rc<Pod>], seen: &Informers) -> i64 {
    let (mut known, mut sum) = (Set::new(), 0);
    for pod in pods {
        let Some((kind, name)) = controller_name(&pod.meta) else { continue };
        let mut owner = seen.object(kind, name);
        if let Some(("Deployment", name)) = owner.and_then(|set| controller_name(&set.meta)) {
            owner = seen.object("Deployment", name);
        }
        if let Some(owner) = owner.filter(|owner| known.insert(owner.meta.uid.clone())) {
            sum += owner.body["spec"]["replicas"].as_i64().unwrap_or(1);
        }
    }
    sum
}

/// A look at a budget: counts its Pods and says how many may go.
pub fn plan(budget: &PlainObject, seen: &Informers, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    let spec = &budget.body["spec"];
    let takes = |pod: &&Rc<Pod>| {
        pod.meta.is_beside(&budget.meta) && selector::takes(&spec["selector"], &pod.meta.labels)
    };
    let pods: Vec<Rc<Pod>> = seen.pods().filter(|p| !p.finished()).filter(takes).cloned().collect();
    let counts = plan_counts(spec, scale_of(&pods, seen), pods.len() as i64);
    let old = &budget.body["status"];
    let mut on_their_way: Map<String, Value> = Map::new();
    for (name, since) in old["disruptedPods"].as_object().into_iter().flatten() {
        let since = since.as_str().and_then(Timestamp::parse).unwrap_or(now);
        let left = since.0 + ON_ITS_WAY - now.0;
        if pods.iter().any(|p| p.meta.name == *name && !p.deleting()) && left > 0 {
            on_their_way.insert(name.clone(), since.rfc3339().into());
            plan.again(SimTime::secs(left as u64));
        }
    }
    let healthy = pods.iter().filter(|p| {
        !p.deleting() && !on_their_way.contains_key(&p.meta.name) && p.status.is_true("Ready")
    });
    let healthy = healthy.count() as i64;
    let allowed = if counts.expected == 0 { 0 } else { (healthy - counts.desired).max(0) };
    let mut status = json!({
        "conditions": conditions(old, allowed, budget.meta.generation, now),
        "currentHealthy": healthy, "desiredHealthy": counts.desired,
        "disruptionsAllowed": allowed, "expectedPods": counts.expected,
        "observedGeneration": budget.meta.generation,
    });
    if !on_their_way.is_empty() {
        status["disruptedPods"] = Value::Object(on_their_way);
    }
    if *old != status {
        let facts = vec![
            ("budget", budget.meta.name.as_str().into()),
            ("healthy", healthy.into()),
            ("needed", counts.desired.into()),
            ("allowed", allowed.into()),
        ];
        plan.cite(Rule::BudgetCounted, facts);
    }
    plan.shared_status(budget, status);
    plan
}

/// Source: controller/disruption UpdateDisruptionAllowedCondition
fn conditions(old: &Value, allowed: i64, generation: i64, now: Timestamp) -> Value {
    let (value, reason) = match allowed > 0 {
        true => ("True", "SufficientPods"),
        false => ("False", "InsufficientPods"),
    };
    let before = &old["conditions"][0];
    let since = match before["status"] == value {
        true => before["lastTransitionTime"].clone(),
        false => now.rfc3339().into(),
    };
    json!([{"type": "DisruptionAllowed", "status": value, "reason": reason, "message": "",
            "lastTransitionTime": since, "observedGeneration": generation}])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_count_as_upstream() {
        for (spec, scale, pods, expected, desired) in [
            (json!({"minAvailable": 2}), 3, 3, 3, 2),
            (json!({"minAvailable": "50%"}), 3, 2, 3, 2),
            (json!({"maxUnavailable": 1}), 3, 2, 3, 2),
            (json!({"maxUnavailable": "30%"}), 3, 3, 3, 2),
            (json!({"maxUnavailable": 5}), 3, 3, 3, 0),
            (json!({"minAvailable": 1}), 0, 1, 1, 1),
        ] {
            let want = Counts { expected, desired };
            assert_eq!(plan_counts(&spec, scale, pods), want, "{spec}");
        }
    }
}
