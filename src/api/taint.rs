//! Taints of nodes and tolerations of Pods.
//!
//! Source: component-helpers/scheduling/corev1/helpers.go; core/v1/toleration.go ToleratesTaint

use crate::base::SimTime;
use crate::base::json::Value;

/// A taint of a node.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Taint {
    /// Its key.
    pub key: String,
    /// Its value, may be empty.
    pub value: String,
    /// `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
    pub effect: String,
}

impl Taint {
    /// Reads one of `spec.taints`.
    pub fn read(value: &Value) -> Self {
        let text = |field: &str| value[field].as_str().unwrap_or_default().to_string();
        Taint { key: text("key"), value: text("value"), effect: text("effect") }
    }

    /// Whether one of `spec.tolerations` tolerates it.
    fn is_tolerated_by(&self, toleration: &Value) -> bool {
        let text = |field: &str| toleration[field].as_str().unwrap_or_default();
        let effect = matches!(text("effect"), e if e.is_empty() || e == self.effect);
        let key = matches!(text("key"), k if k.is_empty() || k == self.key);
        let value = text("operator") == "Exists" || text("value") == self.value;
        effect && key && value
    }

    /// Whether the Pod tolerates it.
    pub fn is_tolerated(&self, tolerations: &Value) -> bool {
        let mut list = tolerations.as_array().into_iter().flatten();
        list.any(|t| self.is_tolerated_by(t))
    }
}

/// How long a Pod may stay on a node with these taints.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stay {
    /// For ever.
    Forever,
    /// For this long, from when the taint is noticed.
    For(SimTime),
    /// Not at all.
    No,
}

/// How long the taints with the effect NoExecute let a Pod stay.
/// Source: tainteviction/taint_eviction.go processPodOnNode, getMinTolerationTime
pub fn plan_stay(taints: &[Taint], tolerations: &Value) -> Stay {
    let mut least: Option<i64> = None;
    for taint in taints.iter().filter(|t| t.effect == "NoExecute") {
        let list = tolerations.as_array().into_iter().flatten();
        let mut used = list.filter(|t| taint.is_tolerated_by(t)).peekable();
        if used.peek().is_none() {
            return Stay::No;
        }
        let seconds = used.filter_map(|t| t["tolerationSeconds"].as_i64());
        least = seconds.chain(least).min();
    }
    match least {
        None => Stay::Forever,
        Some(..=0) => Stay::No,
        Some(seconds) => Stay::For(SimTime::secs(seconds as u64)),
    }
}

/// Whether the Pod may be put on a node with these taints.
/// Source: scheduler framework/plugins/tainttoleration Filter
pub fn may_be_scheduled(taints: &[Taint], tolerations: &Value) -> bool {
    let counted = |t: &&Taint| t.effect == "NoSchedule" || t.effect == "NoExecute";
    taints.iter().filter(counted).all(|t| t.is_tolerated(tolerations))
}

/// How many taints that only say "rather not" the Pod does not tolerate.
/// Source: scheduler framework/plugins/tainttoleration Score
pub fn unwelcome(taints: &[Taint], tolerations: &Value) -> i64 {
    let counted = taints.iter().filter(|t| t.effect == "PreferNoSchedule");
    counted.filter(|t| !t.is_tolerated(tolerations)).count() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    fn taint(key: &str, value: &str, effect: &str) -> Taint {
        Taint { key: key.into(), value: value.into(), effect: effect.into() }
    }

    #[test]
    fn taints_are_tolerated_by_key_value_and_effect() {
        let maint = taint("maint", "1", "NoSchedule");
        for (toleration, tolerated) in [
            (json!({"operator": "Exists"}), true),
            (json!({"key": "maint", "operator": "Exists"}), true),
            (json!({"key": "maint", "value": "1"}), true),
            (json!({"key": "maint", "value": "1", "effect": "NoSchedule"}), true),
            (json!({"key": "maint", "value": "2"}), false),
            (json!({"key": "maint", "value": "1", "effect": "NoExecute"}), false),
            (json!({"key": "other", "operator": "Exists"}), false),
        ] {
            assert_eq!(maint.is_tolerated(&json!([toleration])), tolerated, "{toleration}");
        }
        assert!(may_be_scheduled(&[taint("a", "", "PreferNoSchedule")], &Value::Null));
    }

    #[test]
    fn a_pod_stays_for_the_shortest_time_it_tolerates() {
        let taints = [taint("a", "", "NoExecute"), taint("b", "", "NoExecute")];
        let with = |tolerations: Value| plan_stay(&taints, &tolerations);
        let exists = |key: &str, seconds: Value| json!({"key": key, "operator": "Exists", "tolerationSeconds": seconds});
        assert_eq!(with(json!([exists("a", json!(9))])), Stay::No);
        assert_eq!(
            with(json!([exists("a", json!(9)), exists("b", json!(4))])),
            Stay::For(SimTime::secs(4))
        );
        assert_eq!(
            with(json!([exists("a", json!(9)), exists("b", Value::Null)])),
            Stay::For(SimTime::secs(9))
        );
        assert_eq!(with(json!([{"operator": "Exists"}])), Stay::Forever);
        assert_eq!(with(json!([exists("a", json!(0)), exists("b", json!(4))])), Stay::No);
    }
}
