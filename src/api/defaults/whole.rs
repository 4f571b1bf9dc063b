//! What a Pod gets, and a template does not, that follows from several of its fields.

use crate::api::requests::at_once;
use crate::base::json::{Value, json};

/// What a Pod is stored as: a negative grace period is one second.
/// Source: kubernetes PR 115606; test/e2e/node/pods.go "pod with negative grace period"
pub fn settle(object: &mut Value) {
    let field = "terminationGracePeriodSeconds";
    let negative = object["spec"][field].as_i64().is_some_and(|secs| secs < 0);
    if object["kind"] == "Pod" && negative {
        object["spec"][field] = 1.into();
    }
}

/// A Pod with limits of its own requests what its containers do, else its limits.
/// Source: pkg/apis/core/v1/defaults.go defaultPodRequests
pub(super) fn requests(spec: &mut Value) {
    let limits = spec["resources"]["limits"].as_object().cloned().unwrap_or_default();
    for (name, limit) in limits {
        let asked = match name.as_str() {
            "cpu" | "memory" => of_containers(spec, &name),
            name if name.starts_with("hugepages-") => None,
            _ => continue,
        };
        request(spec, &name, asked.unwrap_or(limit));
    }
    if spec["resources"]["limits"].as_object().is_some_and(|l| !l.is_empty()) {
        for name in ["cpu", "memory"] {
            if let Some(asked) = of_containers(spec, name) {
                request(spec, name, asked);
            }
        }
    }
}

fn of_containers(spec: &Value, name: &str) -> Option<Value> {
    at_once(spec, "requests", name).map(|q| q.to_string().into())
}

fn request(spec: &mut Value, name: &str, amount: Value) {
    let resources = &mut spec["resources"];
    if resources["requests"].is_null() {
        resources["requests"] = json!({});
    }
    if resources["requests"][name].is_null() {
        resources["requests"][name] = amount;
    }
}

#[cfg(test)]
mod tests {
    use super::settle;
    use crate::api::defaults::fill;
    use crate::base::json::json;

    #[test]
    fn a_pod_with_limits_requests_what_its_containers_do_or_else_the_limits() {
        let asks = |cpu: &str| json!({"resources": {"requests": {"cpu": cpu}}});
        let limits = json!({"cpu": "1", "memory": "64Mi"});
        let sidecar = json!({"restartPolicy": "Always", "resources": {"requests": {"cpu": "50m"}}});
        for (spec, cpu) in [
            (json!({"containers": [{}], "resources": {"limits": limits}}), "1"),
            (
                json!({"containers": [asks("100m"), asks("200m")],
                    "resources": {"limits": limits}}),
                "300m",
            ),
            (
                json!({"containers": [asks("100m")], "initContainers": [sidecar, asks("400m")],
                    "resources": {"limits": limits}}),
                "450m",
            ),
            (
                json!({"containers": [{}], "resources": {"limits": limits,
                    "requests": {"cpu": "7m"}}}),
                "7m",
            ),
        ] {
            let mut pod = json!({"kind": "Pod", "spec": spec});
            fill(&mut pod, "x");
            let requests = &pod["spec"]["resources"]["requests"];
            assert_eq!(*requests, json!({"cpu": cpu, "memory": "64Mi"}), "{spec}");
        }
        let mut pod = json!({"kind": "Pod", "spec": {"containers": [asks("1")]}});
        fill(&mut pod, "x");
        assert!(pod["spec"]["resources"].is_null());
    }

    #[test]
    fn a_negative_grace_period_becomes_a_second_in_a_pod_only() {
        let spec = json!({"containers": [{}], "terminationGracePeriodSeconds": -1});
        let mut pod = json!({"kind": "Pod", "spec": spec});
        settle(&mut pod);
        assert_eq!(pod["spec"]["terminationGracePeriodSeconds"], 1);
        let mut set = json!({"kind": "ReplicaSet", "spec": {"template": {"spec": spec}}});
        settle(&mut set);
        assert_eq!(set["spec"]["template"]["spec"]["terminationGracePeriodSeconds"], -1);
    }
}
