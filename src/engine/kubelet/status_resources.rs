//! What a status says of resources and users: of each container, and of the Pod as a whole. Pure.
//!
//! Source: kubelet_pods.go convertToAPIPodLevelResourcesStatus, convertToAPIContainerStatuses

use super::downward::{amount, raw_container};
use crate::api::quantity::Quantity;
use crate::api::{ContainerStatus, Phase, Pod, PodSpec};
use crate::base::Map;
use crate::base::json::{Value, json};
use crate::shell::User;

type Amounts = Map<String, Quantity>;

/// What a cgroup without a memory limit reads as: all pages that a counter can count.
const UNLIMITED: &str = "9007199254740988Ki";

/// Less than this a cgroup does not tell from nothing. Source: kubelet/cm MinShares
const MIN_SHARES: i64 = 2;

/// Fills in what an instance has of what its container asked for.
pub fn of_container(spec: &PodSpec, user: &User, status: &mut ContainerStatus) {
    let resources = &raw_container(spec, &status.name)["resources"];
    let object = |value: &Value| value.as_object().filter(|o| !o.is_empty()).is_some();
    status.allocated_resources = Some(&resources["requests"]).filter(|r| object(r)).cloned();
    status.resources = Some(if object(resources) { resources.clone() } else { json!({}) });
    let linux =
        json!({"gid": user.gid, "supplementalGroups": user.groups.clone(), "uid": user.uid});
    status.user = Some(json!({ "linux": linux }));
}

/// What the Pod asks for, and what its cgroup has once it runs: memory without limit reads as an
/// enormous one.
pub fn of_pod(pod: &Pod) -> (Option<Value>, Option<Value>) {
    let (requests, mut limits) = (total(&pod.spec, "requests"), total(&pod.spec, "limits"));
    let allocated = written(&requests);
    let mut shown = requests;
    if pod.status.phase == Phase::Running {
        shown.retain(|name, q| name == "memory" || name == "cpu" && q.milli() > MIN_SHARES);
        limits.retain(|name, _| ["cpu", "memory"].contains(&name.as_str()));
        if !every_container_limits_memory(&pod.spec)
            && let Some(all) = Quantity::parse(UNLIMITED)
        {
            limits.insert("memory".into(), all);
        }
    }
    let mut resources = json!({});
    for (name, list) in [("limits", written(&limits)), ("requests", written(&shown))] {
        if let Some(list) = list {
            resources[name] = list;
        }
    }
    (allocated, Some(resources))
}

/// Source: kubelet/cm/helpers_linux.go ResourceConfigForPod
fn every_container_limits_memory(spec: &PodSpec) -> bool {
    let limited = |c: &Value| amount(&c["resources"]["limits"]["memory"]).is_some();
    limited(&spec.raw) || containers(&spec.raw, "containers").all(limited)
}

fn containers<'a>(spec: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    spec[list].as_array().into_iter().flatten()
}

/// The most that all containers ask for at once; what the Pod itself says goes first.
/// Source: component-helpers/resource/helpers.go PodRequests, PodLimits
fn total(spec: &PodSpec, list: &str) -> Amounts {
    let raw = &spec.raw;
    let mut all = Amounts::new();
    for container in containers(raw, "containers") {
        join(&mut all, &container["resources"][list]);
    }
    let (mut sidecars, mut peak) = (Amounts::new(), Amounts::new());
    for container in containers(raw, "initContainers") {
        let own = &container["resources"][list];
        let mut now = sidecars.clone();
        join(&mut now, own);
        peak = most(peak, &now);
        if container["restartPolicy"] == "Always" {
            join(&mut all, own);
            sidecars = now;
        }
    }
    let mut all = most(all, &peak);
    for (name, q) in raw["resources"][list].as_object().into_iter().flatten().filter_map(read) {
        all.insert(name.clone(), q);
    }
    for (name, q) in raw["overhead"].as_object().into_iter().flatten().filter_map(read) {
        match all.get_mut(name) {
            Some(sum) => *sum = sum.plus(q),
            None if list == "requests" => drop(all.insert(name.clone(), q)),
            None => {}
        }
    }
    all
}

/// Adds a list of amounts, resource by resource.
fn join(into: &mut Amounts, list: &Value) {
    for (name, q) in list.as_object().into_iter().flatten().filter_map(read) {
        let sum = into.get(name).map_or(q, |old| old.plus(q));
        into.insert(name.clone(), sum);
    }
}

fn read<'a>((name, value): (&'a String, &Value)) -> Option<(&'a String, Quantity)> {
    Some((name, amount(value)?))
}

/// The larger of both, resource by resource.
fn most(mut one: Amounts, other: &Amounts) -> Amounts {
    for (name, q) in other {
        let more = one.get(name).map_or(*q, |old| (*old).max(*q));
        one.insert(name.clone(), more);
    }
    one
}

fn written(amounts: &Amounts) -> Option<Value> {
    let pairs = amounts.iter().map(|(name, q)| (name.clone(), Value::from(q.to_string())));
    (!amounts.is_empty()).then(|| Value::Object(pairs.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pod_asks_for_the_most_at_once_and_reads_its_limits_from_its_cgroup() {
        let spec = json!({
            "initContainers": [
                {"name": "side", "restartPolicy": "Always", "resources": {"requests": {"cpu": "1"}}},
                {"name": "init", "resources": {"requests": {"cpu": "3", "memory": "1Mi"}}}],
            "containers": [
                {"name": "a", "resources": {"limits": {"memory": "1Gi"},
                    "requests": {"cpu": "500m", "memory": "1Gi"}}},
                {"name": "b", "resources": {"requests": {"ephemeral-storage": "1Gi"}}}]});
        let mut pod = Pod {
            meta: Default::default(),
            spec: std::rc::Rc::new(PodSpec::read(spec).expect("a spec")),
            status: Default::default(),
        };
        let asked = json!({"cpu": "4", "ephemeral-storage": "1Gi", "memory": "1Gi"});
        let before = json!({"limits": {"memory": "1Gi"}, "requests": asked.clone()});
        assert_eq!(of_pod(&pod), (Some(asked.clone()), Some(before)));
        pod.status.phase = Phase::Running;
        let running = json!({
            "limits": {"memory": UNLIMITED}, "requests": {"cpu": "4", "memory": "1Gi"}});
        assert_eq!(of_pod(&pod), (Some(asked), Some(running)));
    }
}
