//! The Deployment controller: moves Pods from one template to the next.
//!
//! Source: controller/deployment/deployment_controller.go syncDeployment, rolling.go, recreate.go,
//! sync.go

use super::informers::Informers;
use super::owners::{self, Claim, merge};
use super::plan::{Plan, Told, delete, replaced};
use super::rollout::{Size, Want, plan_new, plan_old, plan_shares};
use super::rollout_status::{Progress, condition, counted, plan_progress, set, status};
use super::template_hash::hash;
use crate::api::revision::{HASH, REVISION, revision_of};
use crate::api::{EventType, PlainObject, Timestamp};
use crate::base::json::{Map, Value, json};
use crate::base::{SimTime, sort_by_key};
use crate::engine::action::Request;
use crate::rules::Rule;
use std::rc::Rc;

const DESIRED: &str = "deployment.kubernetes.io/desired-replicas";
const MOST: &str = "deployment.kubernetes.io/max-replicas";
const HISTORY: &str = "deployment.kubernetes.io/revision-history";
/// Source: deployment_util.go annotationsToSkip
const NOT_COPIED: &[&str] = &[
    "kubectl.kubernetes.io/last-applied-configuration",
    REVISION,
    HISTORY,
    DESIRED,
    MOST,
    "deprecated.deployment.rollback.to",
];

/// A Deployment with its ReplicaSets.
struct View<'a> {
    deployment: &'a PlainObject,
    want: Want,
    /// Oldest first; without the new one.
    old: Vec<Rc<PlainObject>>,
    new: Option<Rc<PlainObject>>,
    seen: &'a Informers,
    now: Timestamp,
}

/// A look at a Deployment.
pub fn plan(deployment: &PlainObject, seen: &Informers, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    let mut sets = Vec::new();
    for set in seen.of_kind("ReplicaSet") {
        match owners::plan_claim(deployment, &set.meta) {
            Claim::Own => sets.push(set.clone()),
            Claim::None => {}
            claim => plan.patch(owners::patch(claim, deployment, "ReplicaSet", &set.meta)),
        }
    }
    sort_by_key(&mut sets, |set| (set.meta.creation_timestamp, revision_of(set)));
    let template = &deployment.body["spec"]["template"];
    let at = sets.iter().position(|set| same_template(&set.body["spec"]["template"], template));
    let new = at.map(|at| sets.remove(at));
    let want = Want::read(&deployment.body["spec"]);
    let view = View { deployment, want, old: sets, new, seen, now };
    if !plan.writes.is_empty() {
        return plan;
    }
    if deployment.meta.deletion_timestamp.is_some() {
        view.write_status(Vec::new(), &mut plan);
    } else if deployment.body["spec"]["paused"] == true || view.is_scaling() {
        view.scale(&mut plan);
    } else if deployment.body["spec"]["strategy"]["type"] == "Recreate" {
        view.recreate(&mut plan);
    } else {
        view.roll(&mut plan);
    }
    plan
}

/// Source: deployment_util.go EqualIgnoreHash
fn same_template(of_set: &Value, template: &Value) -> bool {
    let mut of_set = of_set.clone();
    if let Some(labels) = of_set["metadata"]["labels"].as_object_mut() {
        labels.remove(HASH);
    }
    of_set == *template
}

fn replicas(set: &PlainObject) -> i64 {
    set.body["spec"]["replicas"].as_i64().unwrap_or(0)
}

fn size(set: &PlainObject) -> Size {
    let most = set.meta.annotations.get(MOST).and_then(|n| n.parse().ok()).unwrap_or(0);
    Size { replicas: replicas(set), available: counted(set, "availableReplicas"), most }
}

impl View<'_> {
    fn all(&self) -> Vec<Rc<PlainObject>> {
        self.old.iter().chain(&self.new).cloned().collect()
    }

    fn name(&self) -> &str {
        &self.deployment.meta.name
    }

    /// Source: sync.go isScalingEvent
    fn is_scaling(&self) -> bool {
        self.all().iter().filter(|set| replicas(set) > 0).any(|set| {
            let desired = set.meta.annotations.get(DESIRED).and_then(|n| n.parse::<i64>().ok());
            desired.is_some_and(|n| n != self.want.replicas)
        })
    }

    /// Source: rolling.go rolloutRolling
    fn roll(&self, plan: &mut Plan) {
        let all: i64 = self.all().iter().map(|set| replicas(set)).sum();
        let Some(new) = &self.new else {
            let size = plan_new(self.want, 0, all);
            return self.create_new(size, plan);
        };
        self.keep_new(new, plan);
        let wanted = plan_new(self.want, replicas(new), all);
        if wanted != replicas(new) {
            let facts = vec![
                ("deployment", self.name().into()),
                ("set", new.meta.name.as_str().into()),
                ("from", replicas(new).into()),
                ("to", wanted.into()),
                ("most", self.want.most().into()),
            ];
            plan.cite(Rule::RolloutSurge, facts);
            self.resize(new, wanted, plan);
            return self.write_status(self.all(), plan);
        }
        let sizes: Vec<Size> = self.old.iter().map(|set| size(set)).collect();
        let wanted = plan_old(self.want, size(new), &sizes);
        for (set, wanted) in self.old.iter().zip(wanted).filter(|(s, n)| replicas(s) != *n) {
            self.shrink(set, wanted, plan);
        }
        if plan.writes.is_empty() && self.is_complete(new) {
            self.clean_up(plan);
        }
        self.write_status(self.all(), plan);
    }

    fn shrink(&self, set: &PlainObject, to: i64, plan: &mut Plan) {
        let available: i64 = self.all().iter().map(|s| counted(s, "availableReplicas")).sum();
        let facts = vec![
            ("deployment", self.name().into()),
            ("set", set.meta.name.as_str().into()),
            ("from", replicas(set).into()),
            ("to", to.into()),
            ("available", available.into()),
            ("least", self.want.least().into()),
        ];
        plan.cite(Rule::RolloutUnavailable, facts);
        self.resize(set, to, plan);
    }

    /// Source: recreate.go rolloutRecreate
    fn recreate(&self, plan: &mut Plan) {
        let active: Vec<_> = self.old.iter().filter(|set| replicas(set) > 0).collect();
        let facts = vec![("deployment", self.name().into())];
        if !active.is_empty() {
            plan.cite(Rule::RolloutRecreate, facts);
            active.iter().for_each(|set| self.resize(set, 0, plan));
            return self.write_status(self.all(), plan);
        }
        let running =
            |set: &Rc<PlainObject>| self.seen.pods_of(&set.meta.uid).any(|pod| !pod.finished());
        match &self.new {
            _ if self.old.iter().any(running) => {}
            None => return self.create_new(self.want.replicas, plan),
            Some(new) => {
                self.keep_new(new, plan);
                if replicas(new) != self.want.replicas {
                    self.resize(new, self.want.replicas, plan);
                } else if self.is_complete(new) {
                    self.clean_up(plan);
                }
            }
        }
        self.write_status(self.all(), plan);
    }

    /// Source: sync.go scale
    fn scale(&self, plan: &mut Plan) {
        let active: Vec<_> = self.all().into_iter().filter(|set| replicas(set) > 0).collect();
        let one = match active.as_slice() {
            [] => self.new.as_ref().or(self.old.last()),
            [one] => Some(one),
            _ => None,
        };
        let wanted = self.want.replicas;
        let facts = || vec![("deployment", self.name().into()), ("replicas", wanted.into())];
        if let Some(one) = one {
            if replicas(one) != wanted {
                plan.cite(Rule::RolloutScaled, facts());
                self.resize(one, wanted, plan);
            }
        } else if self.new.as_ref().is_some_and(|new| self.is_saturated(new)) {
            let old = self.old.iter().filter(|set| replicas(set) > 0);
            old.for_each(|set| self.resize(set, 0, plan));
        } else if self.deployment.body["spec"]["strategy"]["type"] == "RollingUpdate" {
            plan.cite(Rule::RolloutScaled, facts());
            self.scale_all(active, plan);
        }
        if self.deployment.body["spec"]["paused"] == true {
            self.clean_up(plan);
        }
        self.write_status(self.all(), plan);
    }

    fn scale_all(&self, mut active: Vec<Rc<PlainObject>>, plan: &mut Plan) {
        let sum: i64 = active.iter().map(|set| replicas(set)).sum();
        let allowed = if self.want.replicas > 0 { self.want.most() } else { 0 };
        // They stand oldest first: among sets of one size the newer grows and the older shrinks.
        if allowed > sum {
            active.reverse();
        }
        sort_by_key(&mut active, |set| -replicas(set));
        let sizes: Vec<Size> = active.iter().map(|set| size(set)).collect();
        let there = counted(self.deployment, "replicas");
        for (set, to) in active.iter().zip(plan_shares(self.want, &sizes, there)) {
            self.resize(set, to, plan);
        }
    }

    fn is_saturated(&self, new: &PlainObject) -> bool {
        let desired = new.meta.annotations.get(DESIRED).and_then(|n| n.parse::<i64>().ok());
        let size = size(new);
        let all = [desired.unwrap_or(-1), size.replicas, size.available];
        all.iter().all(|n| *n == self.want.replicas)
    }

    fn is_complete(&self, new: &PlainObject) -> bool {
        let all: i64 = self.all().iter().map(|set| counted(set, "replicas")).sum();
        let counts = [all, counted(new, "replicas"), counted(new, "availableReplicas")];
        counts.iter().all(|n| *n == self.want.replicas)
    }

    /// Source: sync.go scaleReplicaSet
    fn resize(&self, set: &PlainObject, to: i64, plan: &mut Plan) {
        let (name, from) = (&set.meta.name, replicas(set));
        let notes = self.sizes();
        let change = json!({"metadata": {"annotations": notes}, "spec": {"replicas": to}});
        let request = Request::Patch(Rc::new(merge("ReplicaSet", name, false, change)));
        let told = match to == from {
            true => Told::Nothing,
            false => {
                let way = if to > from { "up" } else { "down" };
                let text = format!("Scaled {way} replica set {name} from {from} to {to}");
                Told::Text(EventType::Normal, "ScalingReplicaSet", text)
            }
        };
        plan.ask_and_tell(request, told);
    }

    fn sizes(&self) -> Value {
        let most = self.want.most();
        json!({(DESIRED): self.want.replicas.to_string(), (MOST): most.to_string()})
    }

    fn next_revision(&self) -> i64 {
        self.old.iter().map(|set| revision_of(set)).max().unwrap_or(0) + 1
    }

    /// Source: sync.go getNewReplicaSet
    fn create_new(&self, size: i64, plan: &mut Plan) {
        let deployment = self.deployment;
        let template = &deployment.body["spec"]["template"];
        let hash = hash(template);
        let name = [self.name(), "-", &hash].concat();
        let revision = self.next_revision();
        let mut template = template.clone();
        template["metadata"]["labels"][HASH] = hash.as_str().into();
        let labels = template["metadata"]["labels"].clone();
        let mut selector = deployment.body["spec"]["selector"].clone();
        let mut wanted = selector["matchLabels"].as_object().cloned().unwrap_or_default();
        wanted.insert(HASH.into(), hash.as_str().into());
        selector["matchLabels"] = Value::Object(wanted);
        let mut notes = self.copied();
        notes.extend(self.sizes().as_object().cloned().unwrap_or_default());
        notes.insert(REVISION.into(), revision.to_string().into());
        let mut spec = json!({"replicas": size, "selector": selector, "template": template});
        let min_ready = &deployment.body["spec"]["minReadySeconds"];
        if !min_ready.is_null() {
            spec["minReadySeconds"] = min_ready.clone();
        }
        let object = json!({
            "apiVersion": "apps/v1", "kind": "ReplicaSet", "spec": spec,
            "metadata": {"name": name, "namespace": deployment.meta.home(), "labels": labels,
                         "annotations": notes,
                         "ownerReferences": [owners::reference(deployment)]},
        });
        let facts = vec![
            ("deployment", self.name().into()),
            ("hash", hash.as_str().into()),
            ("revision", revision.into()),
        ];
        plan.cite(Rule::RolloutTemplate, facts);
        let text = format!("Scaled up replica set {name} from 0 to {size}");
        let told = match size > 0 {
            true => Told::Text(EventType::Normal, "ScalingReplicaSet", text),
            false => Told::Nothing,
        };
        plan.ask_and_tell(Request::Create(Rc::new(object)), told);
        let message = format!("Created new replica set {name:?}");
        self.mark(revision, ("Progressing", "True", "NewReplicaSetCreated", &message), plan);
    }

    /// Annotations that a ReplicaSet has from its Deployment.
    fn copied(&self) -> Map<String, Value> {
        let notes = self.deployment.meta.annotations.iter();
        let notes = notes.filter(|(key, _)| !NOT_COPIED.contains(&key.as_str()));
        notes.map(|(key, value)| (key.clone(), value.as_str().into())).collect()
    }

    /// A template that was there before becomes the newest; the Deployment has its revision.
    /// Source: sync.go getNewReplicaSet; deployment_util.go SetNewReplicaSetAnnotations
    fn keep_new(&self, new: &PlainObject, plan: &mut Plan) {
        let (was, revision) = (revision_of(new), self.next_revision().max(revision_of(new)));
        let mut notes = self.copied();
        notes.retain(|key, value| {
            new.meta.annotations.get(key).map(String::as_str) != value.as_str()
        });
        if was < revision {
            notes.insert(REVISION.into(), revision.to_string().into());
            let before = new.meta.annotations.get(HISTORY).map(|h| h.clone() + ",");
            let history = before.unwrap_or_default() + &was.to_string();
            notes.insert(HISTORY.into(), history.into());
            let facts = vec![
                ("deployment", self.name().into()),
                ("set", new.meta.name.as_str().into()),
                ("revision", revision.into()),
            ];
            plan.cite(Rule::RolloutBack, facts);
        }
        if !notes.is_empty() {
            let change = json!({"metadata": {"annotations": notes}});
            plan.patch(merge("ReplicaSet", &new.meta.name, false, change));
        }
        let message = format!("Found new replica set {:?}", new.meta.name);
        let known = self.conditions();
        if revision_of(self.deployment) != revision || condition(&known, "Progressing").is_none() {
            self.mark(revision, ("Progressing", "True", "FoundNewReplicaSet", &message), plan);
        }
    }

    fn conditions(&self) -> Vec<Value> {
        let known = self.deployment.body["status"]["conditions"].as_array();
        known.cloned().unwrap_or_default()
    }

    /// Writes the revision and a condition into the Deployment.
    fn mark(&self, revision: i64, said: (&str, &str, &str, &str), plan: &mut Plan) {
        let mut conditions = self.conditions();
        let found = said.2 == "FoundNewReplicaSet" && condition(&conditions, said.0).is_some();
        if !found {
            set(&mut conditions, said, self.now);
        }
        let notes = json!({(REVISION): revision.to_string()});
        let change = json!({"metadata": {"annotations": notes},
                            "status": {"conditions": conditions}});
        plan.patch(merge("Deployment", self.name(), true, change));
    }

    /// Templates that are no longer kept for an undo go. Source: sync.go cleanupDeployment
    fn clean_up(&self, plan: &mut Plan) {
        let limit = self.deployment.body["spec"]["revisionHistoryLimit"].as_i64().unwrap_or(10);
        let alive = self.old.iter().filter(|set| set.meta.deletion_timestamp.is_none());
        let mut sets: Vec<_> = alive.collect();
        let surplus = sets.len() as i64 - limit;
        if surplus <= 0 {
            return;
        }
        sort_by_key(&mut sets, |set| revision_of(set));
        for set in sets.into_iter().take(surplus as usize) {
            let unseen = set.meta.generation > counted(set, "observedGeneration");
            if replicas(set) > 0 || counted(set, "replicas") > 0 || unseen {
                continue;
            }
            let name = set.meta.name.as_str();
            let facts = vec![
                ("deployment", self.name().into()),
                ("set", name.into()),
                ("limit", limit.into()),
            ];
            plan.cite(Rule::RolloutCleanup, facts);
            plan.ask(delete("ReplicaSet", name, &set.meta.uid));
        }
    }

    /// Source: progress.go syncRolloutStatus; sync.go checkPausedConditions, syncDeploymentStatus
    fn write_status(&self, sets: Vec<Rc<PlainObject>>, plan: &mut Plan) {
        let all = if sets.is_empty() { self.all() } else { sets };
        let sum: i64 = all.iter().map(|set| replicas(set)).sum();
        let mut status = status(self.deployment, &all, self.new.as_deref(), sum, self.now);
        let mut conditions = status["conditions"].as_array().cloned().unwrap_or_default();
        let spec = &self.deployment.body["spec"];
        let reason = condition(&conditions, "Progressing").map(|c| c["reason"].clone());
        let reason = reason.unwrap_or_default();
        let paused = (spec["paused"] == true, reason == "DeploymentPaused");
        match paused {
            _ if reason == "ProgressDeadlineExceeded" && paused.0 => {}
            (true, false) => {
                let said = ("Progressing", "Unknown", "DeploymentPaused", "Deployment is paused");
                set(&mut conditions, said, self.now);
            }
            (false, true) => {
                let said = ("Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed");
                set(&mut conditions, said, self.now);
            }
            (true, true) => {}
            (false, false) if !self.is_scaling() => self.progress(&status, &mut conditions, plan),
            (false, false) => {}
        }
        conditions.retain(|c| c["type"] != "ReplicaFailure");
        let failing = self.new.iter().chain(&self.old);
        let failure = failing.flat_map(|set| set.body["status"]["conditions"].as_array());
        let failure = failure.flatten().find(|c| c["type"] == "ReplicaFailure");
        if let Some(mut failure) = failure.cloned() {
            let at = failure["lastTransitionTime"].clone();
            failure["lastUpdateTime"] = at;
            conditions.push(failure);
        }
        status["conditions"] = conditions.into();
        // Others of this look have written conditions already: the next look goes on from there.
        let marked = plan.writes.iter().any(|w| match &w.request {
            Request::Patch(p) => p.kind == "Deployment",
            _ => false,
        });
        if marked {
            return;
        }
        if self.deployment.body["status"] != status {
            let patch = json!({"status": replaced(&self.deployment.body["status"], &status)});
            plan.patch(merge("Deployment", self.name(), true, patch));
        }
    }

    fn progress(&self, status: &Value, conditions: &mut Vec<Value>, plan: &mut Plan) {
        let what = match &self.new {
            Some(new) => format!("ReplicaSet {:?}", new.meta.name),
            None => format!("Deployment {:?}", self.name()),
        };
        let facts = || vec![("deployment", self.name().into())];
        match plan_progress(self.deployment, status, self.now) {
            Progress::Over => {}
            Progress::Complete => {
                let text = what + " has successfully progressed.";
                plan.cite(Rule::RolloutComplete, facts());
                let said = ("Progressing", "True", "NewReplicaSetAvailable", text.as_str());
                set(conditions, said, self.now);
            }
            Progress::Moves => {
                let text = what + " is progressing.";
                let said = ("Progressing", "True", "ReplicaSetUpdated", text.as_str());
                // The time of the last move counts, so it is written each time.
                let mut old = condition(conditions, "Progressing").cloned().unwrap_or_default();
                if old.is_object() {
                    old["reason"] = Value::Null;
                    conditions.retain(|c| c["type"] != "Progressing");
                    conditions.push(old);
                }
                set(conditions, said, self.now);
            }
            Progress::TimedOut => {
                let text = what + " has timed out progressing.";
                let said = ("Progressing", "False", "ProgressDeadlineExceeded", text.as_str());
                let known = condition(conditions, "Progressing");
                if known.is_none_or(|c| c["reason"] != said.2) {
                    let spec = &self.deployment.body["spec"];
                    let deadline = spec["progressDeadlineSeconds"].as_i64().unwrap_or(600).max(0);
                    let mut facts = facts();
                    facts.push(("deadline", SimTime::secs(deadline as u64).into()));
                    plan.cite(Rule::RolloutDeadline, facts);
                }
                set(conditions, said, self.now);
            }
            Progress::Waits(Some(wait)) => plan.again(wait),
            Progress::Waits(None) => {}
        }
    }
}
