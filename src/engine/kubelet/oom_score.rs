//! How willing the kernel is to kill a container when the whole node is out of memory.
//!
//! Source: kubelet/qos/policy.go GetContainerOOMScoreAdjust

use super::pressure::is_critical;
use crate::api::requests::Amounts;
use crate::api::{Pod, qos};

/// `oom_score_adj` of a container on a node with so much memory: the more it asks for, the less
/// likely it is the one. A sidecar is not killed before the app containers.
pub fn adjustment(pod: &Pod, container: &str, memory: i64) -> i64 {
    // Source: policy.go: node-critical Pods, guaranteedOOMScoreAdj, besteffortOOMScoreAdj
    const GUARANTEED: i64 = -997;
    const BEST_EFFORT: i64 = 1000;
    let class = qos::class(&pod.spec.raw);
    if is_critical(pod) && pod.spec.raw["priorityClassName"] == "system-node-critical"
        || class == "Guaranteed"
    {
        return GUARANTEED;
    }
    if class == "BestEffort" {
        return BEST_EFFORT;
    }
    let request = |name: &str| {
        let raw = super::downward::raw_container(&pod.spec, name);
        Amounts::of(&raw["resources"]["requests"]).memory
    };
    let of = |request: i64| 1000 - 1000 * request / memory.max(1);
    let mut score = of(request(container));
    if pod.spec.sidecars().any(|c| c.name == container) {
        let least = pod.spec.containers.iter().map(|c| request(&c.name)).min();
        score = score.min(of(least.unwrap_or(0)));
    }
    match score {
        // Above those that are guaranteed, and below those without any request.
        ..=2 => 1000 + GUARANTEED,
        1000 => 999,
        score => score,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ObjectMeta, PodSpec, PodStatus};
    use crate::base::json::{Value, json};
    use std::rc::Rc;

    const GI: i64 = 1 << 30;

    fn score(spec: Value, container: &str) -> i64 {
        let spec = Rc::new(PodSpec::read(spec).expect("it is a spec"));
        let pod = Pod { meta: ObjectMeta::default(), spec, status: PodStatus::default() };
        adjustment(&pod, container, 10 * GI)
    }

    #[test]
    fn the_more_is_asked_for_the_safer() {
        let c = |name: &str, memory: &str| json!({"name": name, "image": "i", "resources": {"requests": {"memory": memory}}});
        let one = |memory: &str| json!({"containers": [c("a", memory)]});
        assert_eq!(score(json!({"containers": [{"name": "a", "image": "i"}]}), "a"), 1000);
        assert_eq!(score(one("1Gi"), "a"), 900);
        assert_eq!(score(one("1Mi"), "a"), 999);
        assert_eq!(score(one("10Gi"), "a"), 3);
        let all = json!({"cpu": "1", "memory": "1Gi"});
        let sure = json!({"name": "a", "image": "i",
            "resources": {"requests": all, "limits": all}});
        assert_eq!(score(json!({"containers": [sure]}), "a"), -997);
        let mut sidecar = c("s", "1Gi");
        sidecar["restartPolicy"] = "Always".into();
        let both = json!({"initContainers": [sidecar], "containers": [c("a", "5Gi")]});
        assert_eq!(score(both.clone(), "s"), 500);
        assert_eq!(score(both, "a"), 500);
    }
}
