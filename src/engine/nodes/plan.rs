//! What follows from the conditions of nodes: taints, and how disrupted a zone is. Pure.

use crate::api::node::{Node, NodeCondition};
use crate::api::taint::Taint;
use crate::base::SimTime;

/// From look to look. Source: nodelifecycle config/v1alpha1/defaults.go NodeMonitorPeriod
pub const LOOK: SimTime = SimTime::secs(5);
/// How long a node may be silent. Source: the same, NodeMonitorGracePeriod
pub const GRACE: SimTime = SimTime::secs(50);

/// The taint of a node whose kubelet says that it is not ready.
pub const NOT_READY: &str = "node.kubernetes.io/not-ready";
/// The taint of a node whose kubelet says nothing.
pub const UNREACHABLE: &str = "node.kubernetes.io/unreachable";
/// The taint that a person puts on a node that will not come back.
pub const OUT_OF_SERVICE: &str = "node.kubernetes.io/out-of-service";

/// A taint without a value.
pub fn taint(key: &str, effect: &str) -> Taint {
    Taint { key: key.into(), value: String::new(), effect: effect.into() }
}

/// The taints with effect NoSchedule that a node should have, of those that follow from its
/// conditions, and those of them that it should not have.
/// Source: node_lifecycle_controller.go doNoScheduleTaintingPass, nodeConditionToTaintKeyStatusMap
pub fn plan_no_schedule(node: &Node) -> (Vec<Taint>, Vec<Taint>) {
    const MAP: [(&str, &str, &str); 7] = [
        ("Ready", "False", NOT_READY),
        ("Ready", "Unknown", UNREACHABLE),
        ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
        ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
        ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
        ("", "", "node.kubernetes.io/unschedulable"),
    ];
    let (mut add, mut remove) = (Vec::new(), Vec::new());
    for (kind, status, key) in MAP {
        let wanted = match kind {
            "" => node.unschedulable,
            kind => node.condition(kind) == status,
        };
        match (wanted, node.is_tainted(key, "NoSchedule")) {
            (true, false) => add.push(taint(key, "NoSchedule")),
            (false, true) => remove.push(taint(key, "NoSchedule")),
            _ => {}
        }
    }
    (add, remove)
}

/// The conditions of a node that has been silent for too long.
/// Source: node_lifecycle_controller.go tryUpdateNodeHealth
pub fn unknown() -> Vec<NodeCondition> {
    let condition = |kind| NodeCondition {
        kind,
        status: "Unknown",
        reason: "NodeStatusUnknown",
        message: "Kubelet stopped posting node status.".into(),
    };
    ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"].map(condition).into()
}

/// How disrupted a zone is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ZoneState {
    /// Hardly.
    #[default]
    Normal,
    /// Many of its nodes are not ready.
    Partial,
    /// None of its nodes is ready.
    Full,
}

/// Source: node_lifecycle_controller.go ComputeZoneState; unhealthyZoneThreshold 0.55
pub fn plan_zone(ready: usize, not_ready: usize) -> ZoneState {
    match (ready, not_ready) {
        (0, 1..) => ZoneState::Full,
        (_, 3..) if not_ready * 100 >= (ready + not_ready) * 55 => ZoneState::Partial,
        _ => ZoneState::Normal,
    }
}

/// How far apart the nodes of a zone are tainted; `None`: not at all.
/// Source: node_lifecycle_controller.go setLimiterInZone, ReducedQPSFunc;
/// config/v1alpha1/defaults.go: 0.1 a second, 0.01 where a large zone is partly disrupted
pub fn plan_interval(state: ZoneState, size: usize) -> Option<SimTime> {
    match state {
        ZoneState::Normal | ZoneState::Full => Some(SimTime::secs(10)),
        ZoneState::Partial if size > 50 => Some(SimTime::secs(100)),
        ZoneState::Partial => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Map;

    #[test]
    fn a_zone_is_disrupted_by_its_share_of_nodes() {
        // Source: node_lifecycle_controller_test.go TestMonitorNodeHealthEvictPodsWithDisruption
        for (ready, not_ready, state) in [
            (1, 0, ZoneState::Normal),
            (0, 1, ZoneState::Full),
            (1, 1, ZoneState::Normal),
            (1, 2, ZoneState::Normal),
            (1, 3, ZoneState::Partial),
            (2, 3, ZoneState::Partial),
            (3, 3, ZoneState::Normal),
            (45, 55, ZoneState::Partial),
            (46, 54, ZoneState::Normal),
            (0, 0, ZoneState::Normal),
        ] {
            assert_eq!(plan_zone(ready, not_ready), state, "{ready} and {not_ready}");
        }
        assert_eq!(plan_interval(ZoneState::Partial, 10), None);
        assert_eq!(plan_interval(ZoneState::Partial, 51), Some(SimTime::secs(100)));
    }

    #[test]
    fn conditions_become_taints_and_go_with_them() {
        let of = |conditions: &[(&str, &str)], taints: Vec<Taint>, unschedulable| {
            let pair = |(k, s): &(&str, &str)| (k.to_string(), s.to_string());
            let conditions = conditions.iter().map(pair).collect();
            let labels = Map::new();
            plan_no_schedule(&Node { labels, taints, unschedulable, conditions, ..Node::default() })
        };
        let keys = |list: &[Taint]| -> Vec<String> {
            list.iter().map(|t| t.key.replace("node.kubernetes.io/", "")).collect()
        };
        let (add, remove) = of(&[("Ready", "Unknown")], vec![taint(NOT_READY, "NoSchedule")], true);
        assert_eq!(keys(&add), ["unreachable", "unschedulable"]);
        assert_eq!(keys(&remove), ["not-ready"]);
        let kept = vec![taint(NOT_READY, "NoExecute"), taint("maint", "NoSchedule")];
        assert_eq!(of(&[("Ready", "True")], kept, false), (vec![], vec![]));
        let (add, _) = of(&[("Ready", "True"), ("DiskPressure", "True")], vec![], false);
        assert_eq!(keys(&add), ["disk-pressure"]);
    }
}
