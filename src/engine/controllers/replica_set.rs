//! The ReplicaSet controller: as many Pods as are wanted.
//!
//! Source: controller/replicaset/replica_set.go syncReplicaSet, manageReplicas;
//! replica_set_utils.go calculateStatus

use super::informers::Informers;
use super::owners::{self, Claim};
use super::plan::{Plan, Told, delete};
use super::ranking::rank;
use crate::api::{PlainObject, Pod, Timestamp, selector};
use crate::base::SimTime;
use crate::base::json::{Value, json};
use crate::rules::Rule;
use std::rc::Rc;

/// The most Pods that one look creates or deletes. Source: BurstReplicas
const BURST: i64 = 500;

/// Whether a Pod counts: it has not ended, and is not being deleted.
/// Source: controller_utils.go IsPodActive
pub fn is_active(pod: &Pod) -> bool {
    !pod.finished() && !pod.deleting()
}

/// A look at a ReplicaSet; `failure` is why the last Pod could not be created.
pub fn plan(set: &PlainObject, seen: &Informers, failure: Option<&str>, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    let mut mine: Vec<Rc<Pod>> = Vec::new();
    for pod in seen.pods().filter(|pod| !pod.finished()) {
        match owners::plan_claim(set, &pod.meta) {
            Claim::Own => mine.push(pod.clone()),
            Claim::None => {}
            claim => claimed(set, pod, claim, &mut plan),
        }
    }
    let terminating = mine.iter().filter(|pod| pod.deleting()).count();
    mine.retain(|pod| is_active(pod));
    let settled = plan.writes.is_empty() && set.meta.deletion_timestamp.is_none();
    let wanted = set.body["spec"]["replicas"].as_i64().unwrap_or(1);
    let missing = wanted - mine.len() as i64;
    if settled && missing > 0 {
        let facts = vec![
            ("set", set.meta.name.as_str().into()),
            ("have", (mine.len() as i64).into()),
            ("wanted", wanted.into()),
        ];
        plan.cite(Rule::SetCreates, facts);
        plan.create = Some((Rc::new(pod_of(set)), missing.min(BURST)));
    } else if settled && missing < 0 {
        surplus(set, &mine, (-missing).min(BURST), seen, now, &mut plan);
    }
    let gap = (missing != 0).then_some(failure).flatten().map(|why| (why, missing > 0));
    let (status, wait) = status(set, &mine, terminating, gap, now);
    plan.status(set, status);
    if let Some(wait) = wait {
        plan.again(wait);
    }
    plan
}

fn claimed(set: &PlainObject, pod: &Pod, claim: Claim, plan: &mut Plan) {
    let facts =
        || vec![("pod", pod.meta.name.as_str().into()), ("owner", set.meta.name.as_str().into())];
    let rule = if claim == Claim::Adopt { Rule::OwnerAdopts } else { Rule::OwnerReleases };
    plan.cite(rule, facts());
    plan.patch(owners::patch(claim, set, "Pod", &pod.meta));
}

/// Source: replica_set.go manageReplicas, getPodsToDelete
fn surplus(
    set: &PlainObject,
    mine: &[Rc<Pod>],
    count: i64,
    seen: &Informers,
    now: Timestamp,
    plan: &mut Plan,
) {
    let mut pods = mine.to_vec();
    rank(&mut pods, &related(set, seen), now);
    for pod in pods.iter().take(count as usize) {
        let name = pod.meta.name.clone();
        let facts = vec![
            ("set", set.meta.name.as_str().into()),
            ("pod", name.as_str().into()),
            ("have", (mine.len() as i64).into()),
            ("wanted", (mine.len() as i64 - count).into()),
        ];
        plan.cite(Rule::SetDeletes, facts);
        plan.ask_and_tell(delete("Pod", &name, &pod.meta.uid), Told::Deletion(name));
    }
}

/// The Pods of all ReplicaSets with the same controller.
/// Source: replica_set.go getIndirectlyRelatedPods
fn related(set: &PlainObject, seen: &Informers) -> Vec<Rc<Pod>> {
    let uid = |set: &PlainObject| owners::controller(&set.meta).map(|c| c["uid"].clone());
    let owner = uid(set);
    let sets = seen
        .of_kind("ReplicaSet")
        .filter(|other| other.meta.uid == set.meta.uid || owner.is_some() && uid(other) == owner);
    sets.flat_map(|set| seen.pods_of(&set.meta.uid)).cloned().collect()
}

/// A Pod as the template has it.
/// Source: controller_utils.go GetPodFromTemplate
pub fn pod_of(owner: &PlainObject) -> Value {
    let template = &owner.body["spec"]["template"];
    let mut meta = json!({
        "generateName": owner.meta.name.clone() + "-",
        "namespace": owner.meta.home(),
        "ownerReferences": [owners::reference(owner)],
    });
    for field in ["labels", "annotations", "finalizers"] {
        let value = &template["metadata"][field];
        if !value.is_null() {
            meta[field] = value.clone();
        }
    }
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": template["spec"]})
}

/// Whether a Pod has been ready for so long that it counts; else how long it still takes.
/// Source: pkg/api/v1/pod/util.go IsPodAvailable
pub fn available_in(pod: &Pod, min_ready: i64, now: Timestamp) -> Option<i64> {
    let ready = pod.status.condition("Ready").filter(|c| c.status == "True")?;
    match (min_ready, ready.last_transition_time) {
        (0, _) | (_, None) => Some(0),
        (wait, Some(since)) => Some((since.0 + wait - now.0).max(0)),
    }
}

/// The status, and when the next Pod counts as available.
fn status(
    set: &PlainObject,
    mine: &[Rc<Pod>],
    terminating: usize,
    gap: Option<(&str, bool)>,
    now: Timestamp,
) -> (Value, Option<SimTime>) {
    let spec = &set.body["spec"];
    let min_ready = spec["minReadySeconds"].as_i64().unwrap_or(0);
    let waits: Vec<i64> = mine.iter().filter_map(|p| available_in(p, min_ready, now)).collect();
    let template = json!({"matchLabels": spec["template"]["metadata"]["labels"]});
    let labelled = mine.iter().filter(|p| selector::takes(&template, &p.meta.labels)).count();
    let available = waits.iter().filter(|wait| **wait == 0).count();
    let mut status = json!({"replicas": mine.len() as i64, "terminatingReplicas": terminating as i64,
                            "observedGeneration": set.meta.generation});
    let counts = [
        ("fullyLabeledReplicas", labelled),
        ("readyReplicas", waits.len()),
        ("availableReplicas", available),
    ];
    for (field, count) in counts.iter().filter(|(_, count)| *count > 0) {
        status[*field] = (*count as i64).into();
    }
    if let Some((why, creating)) = gap {
        let reason = if creating { "FailedCreate" } else { "FailedDelete" };
        let old = set.body["status"]["conditions"].as_array().into_iter().flatten();
        let mut known = old.filter(|c| c["type"] == "ReplicaFailure" && c["reason"] == reason);
        let condition = known.next().cloned().unwrap_or_else(|| {
            json!({"type": "ReplicaFailure", "status": "True", "reason": reason, "message": why,
                   "lastTransitionTime": now.rfc3339()})
        });
        status["conditions"] = json!([condition]);
    }
    let next = waits.into_iter().filter(|wait| *wait > 0).min();
    (status, next.map(|wait| SimTime::secs(wait as u64)))
}
