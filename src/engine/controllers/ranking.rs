//! Which Pods go first when there are too many.
//!
//! Source: controller/controller_utils.go ActivePodsWithRanks.Less

use crate::api::{Phase, Pod, Timestamp};
use std::cmp::Ordering;
use std::rc::Rc;

/// The annotation that says what it costs to lose a Pod.
const COST: &str = "controller.kubernetes.io/pod-deletion-cost";

/// What is looked at in a Pod, in this order; the smallest goes first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Rank {
    assigned: bool,
    phase: u8,
    ready: bool,
    cost: i64,
    /// Pods of the same owner on its node, the most first.
    crowd: std::cmp::Reverse<usize>,
    ready_for: u32,
    restarts: std::cmp::Reverse<u32>,
    age: u32,
    uid: String,
}

/// Sorts `pods` so that those which go first stand first. `related` are all Pods of the same
/// owner, to see which nodes are crowded.
pub fn rank(pods: &mut [Rc<Pod>], related: &[Rc<Pod>], now: Timestamp) {
    let rank = |pod: &Rc<Pod>| rank_of(pod, related, now);
    crate::base::sort_by(pods, |a, b| -> Ordering { rank(a).cmp(&rank(b)) });
}

fn rank_of(pod: &Pod, related: &[Rc<Pod>], now: Timestamp) -> Rank {
    let node = &pod.spec.node_name;
    let crowd = related.iter().filter(|p| !p.finished() && p.spec.node_name == *node).count();
    let ready = pod.status.is_true("Ready");
    let since = pod.status.condition("Ready").and_then(|c| c.last_transition_time);
    Rank {
        assigned: !node.is_empty(),
        phase: match pod.status.phase {
            Phase::Pending => 0,
            Phase::Running => 2,
            _ => 1,
        },
        ready,
        cost: pod.meta.annotations.get(COST).and_then(|c| c.parse().ok()).unwrap_or(0),
        crowd: std::cmp::Reverse(crowd),
        ready_for: if ready { magnitude(since, now) } else { 0 },
        restarts: std::cmp::Reverse(restarts(pod)),
        age: magnitude(pod.meta.creation_timestamp, now),
        uid: pod.meta.uid.clone(),
    }
}

/// Times count by their order of magnitude: among Pods that are about as old, chance decides.
/// Source: feature LogarithmicScaleDown, controller_utils.go logarithmicRankDiff
fn magnitude(since: Option<Timestamp>, now: Timestamp) -> u32 {
    let age = since.map_or(0, |since| now.0 - since.0).max(0) as u64;
    u64::BITS - age.leading_zeros()
}

fn restarts(pod: &Pod) -> u32 {
    pod.status.all_containers().map(|c| c.restart_count).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Condition, ObjectMeta, PodSpec, PodStatus};
    use crate::base::json::json;

    fn pod(name: &str, node: &str, ready: Option<i64>, cost: &str) -> Rc<Pod> {
        let spec = PodSpec::read(json!({"nodeName": node})).expect("it is a spec");
        let mut meta = ObjectMeta { name: name.into(), uid: name.into(), ..Default::default() };
        meta.creation_timestamp = Some(Timestamp(0));
        if !cost.is_empty() {
            meta.annotations.insert(COST.into(), cost.into());
        }
        let mut status = PodStatus::default();
        if let Some(since) = ready {
            status.phase = Phase::Running;
            status.conditions.push(Condition {
                kind: "Ready".into(),
                status: "True".into(),
                last_transition_time: Some(Timestamp(since)),
                ..Default::default()
            });
        }
        Rc::new(Pod { meta, spec: Rc::new(spec), status })
    }

    #[test]
    fn pods_go_in_upstreams_order() {
        let mut pods = vec![
            pod("old", "a", Some(0), ""),
            pod("dear", "a", Some(990), "5"),
            pod("crowded", "b", Some(0), ""),
            pod("young", "a", Some(990), ""),
            pod("pending", "a", None, ""),
            pod("unbound", "", None, ""),
        ];
        let mut related = pods.clone();
        related.extend([
            pod("x", "b", Some(0), ""),
            pod("y", "b", None, ""),
            pod("z", "b", None, ""),
        ]);
        related.push(pod("w", "b", None, ""));
        rank(&mut pods, &related, Timestamp(1000));
        let names: Vec<&str> = pods.iter().map(|p| p.meta.name.as_str()).collect();
        assert_eq!(names, ["unbound", "pending", "crowded", "young", "old", "dear"]);
    }
}
