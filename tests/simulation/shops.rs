//! Deployments: random ones with a Service, what is done to them, and what holds of them.

use super::generate::Dice;
use lifepod::api::{PlainObject, Pod, Timestamp, usage};
use lifepod::base::SimTime;
use lifepod::engine::trace::Object;
use lifepod::engine::{Row, RowKind, WatchType};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::rc::Rc;

const COMMANDS: &[&str] = &[
    "[sh, -c, \"trap 'exit 0' TERM; while :; do sleep 1; done\"]",
    "[sh, -c, \"trap 'exit 0' TERM; while :; do sleep 1; done\"]",
    "[sleep, '1000']",
    "[sh, -c, 'sleep 20; exit 1']",
    "[sh, -c, 'exit 1']",
];

const PROBES: &[&str] = &[
    "",
    ", readinessProbe: {exec: {command: ['true']}, periodSeconds: 2}",
    ", readinessProbe: {exec: {command: [sh, -c, 'test $(date +%S) -gt 20']}, periodSeconds: 3}",
    ", readinessProbe: {exec: {command: ['false']}}",
];

/// What is done to the Deployment while it runs.
pub const ACTS: &[&str] = &[
    "kubectl: scale deployment shop --replicas=4",
    "kubectl: scale deployment shop --replicas=1",
    "kubectl: scale deployment shop --replicas=0",
    "kubectl: set env deployment/shop A=1",
    "kubectl: set env deployment/shop A=2",
    "kubectl: set image deployment/shop app=busybox:nope",
    "kubectl: set image deployment/shop app=busybox:1.36",
    "kubectl: rollout undo deployment/shop",
    "kubectl: rollout restart deployment/shop",
    "kubectl: rollout pause deployment/shop",
    "kubectl: rollout resume deployment/shop",
    "kubectl: delete pods -l app=shop --wait=false",
    "kubectl: delete deployment shop",
    "kubectl: delete deployment shop --cascade=orphan",
    "kubectl: delete rs -l app=shop",
    "kubectl: patch quota few -p '{\"spec\":{\"hard\":{\"pods\":\"9\"}}}'",
    "kubectl: drain node-1 --force --delete-emptydir-data --timeout=20s",
    "kubectl: uncordon node-1",
    "fault: scheduler-stop",
    "fault: scheduler-start",
];

/// A Deployment with its Service, perhaps a quota and a budget, as documents of the manifest.
pub fn objects(out: &mut String, dice: &Dice) -> bool {
    if !dice.chance("shop", 0, 10) {
        return false;
    }
    if dice.chance("shop-quota", 0, 25) {
        let most = 1 + dice.below("shop-quota-pods", 0, 5);
        writeln!(
            out,
            "  {{apiVersion: v1, kind: ResourceQuota, metadata: {{name: few}}, spec: {{hard: \
             {{pods: '{most}'}}}}}}\n  ---"
        )
        .unwrap();
    }
    if dice.chance("shop-budget", 0, 25) {
        let least = 1 + dice.below("shop-budget-pods", 0, 3);
        writeln!(
            out,
            "  {{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {{name: shop}}, spec: \
             {{minAvailable: {least}, selector: {{matchLabels: {{app: shop}}}}}}}}\n  ---"
        )
        .unwrap();
    }
    let strategy = match dice.below("shop-strategy", 0, 5) {
        0 => "type: Recreate".to_string(),
        n => {
            let (surge, less) =
                [("25%", "25%"), ("1", "0"), ("0", "1"), ("2", "2")][n as usize - 1];
            format!("rollingUpdate: {{maxSurge: {surge}, maxUnavailable: {less}}}")
        }
    };
    writeln!(
        out,
        "  {{apiVersion: v1, kind: Service, metadata: {{name: shop}}, spec: {{selector: {{app: \
         shop}}, ports: [{{port: 80}}]}}}}\n  ---\n  {{apiVersion: apps/v1, kind: Deployment, \
         metadata: {{name: shop}}, spec: {{replicas: {}, minReadySeconds: {}, \
         progressDeadlineSeconds: {}, strategy: {{{strategy}}}, selector: {{matchLabels: {{app: \
         shop}}}}, template: {{metadata: {{labels: {{app: shop}}}}, spec: \
         {{terminationGracePeriodSeconds: {}, containers: [{{name: app, image: 'busybox:1.36', \
         command: {}{}, resources: {{requests: {{cpu: 100m}}}}}}]}}}}}}}}\n  ---",
        dice.below("shop-replicas", 0, 5),
        dice.below("shop-min-ready", 0, 3),
        20 + dice.below("shop-deadline", 0, 40),
        1 + dice.below("shop-grace", 0, 12),
        dice.pick("shop-command", 0, COMMANDS),
        dice.pick("shop-probe", 0, PROBES),
    )
    .unwrap();
    true
}

/// What a ReplicaSet or Deployment was last seen to be.
#[derive(Default)]
pub struct Shops {
    objects: BTreeMap<String, Rc<PlainObject>>,
    pods: BTreeMap<String, Rc<Pod>>,
    gone: BTreeSet<String>,
    /// The most Pods that each ReplicaSet was asked for lately, and since when not any more.
    wanted: BTreeMap<String, Vec<(SimTime, i64)>>,
    hard: Option<i64>,
}

impl Shops {
    /// What the row breaks, in words.
    pub fn row(&mut self, row: &Row) -> Vec<String> {
        let RowKind::Watch(kind, object) = &row.kind else { return Vec::new() };
        match object {
            Object::Plain(object) => self.object(row.at, *kind, object),
            Object::Pod(pod) => self.pod(row.at, *kind, pod),
            _ => Vec::new(),
        }
    }

    fn object(&mut self, at: SimTime, kind: WatchType, object: &Rc<PlainObject>) -> Vec<String> {
        let mut found = Vec::new();
        let uid = object.meta.uid.clone();
        match object.kind.as_str() {
            "ResourceQuota" => {
                // What was never counted bounds nothing.
                let hard = object.body["status"]["hard"]["pods"].as_str();
                self.hard =
                    hard.and_then(|n| n.parse().ok()).filter(|_| kind != WatchType::Deleted);
            }
            "Deployment" | "ReplicaSet" => {
                if let Some(old) = self.objects.get(&uid) {
                    found.extend(changed(old, object));
                }
                found.extend(status(object));
                if object.kind == "ReplicaSet" {
                    found.extend(self.same_revision(object));
                    let replicas = object.body["spec"]["replicas"].as_i64().unwrap_or(1);
                    self.wanted.entry(uid.clone()).or_default().push((at, replicas));
                }
                self.objects.insert(uid.clone(), object.clone());
                if kind == WatchType::Deleted {
                    self.gone.insert(uid);
                }
            }
            _ => {}
        }
        found
    }

    /// Two ReplicaSets of one Deployment never have one template hash.
    fn same_revision(&self, set: &PlainObject) -> Option<String> {
        let hash = |o: &PlainObject| o.meta.labels.get("pod-template-hash").cloned();
        let owner = |o: &PlainObject| o.meta.owner_references.first().map(|r| r["uid"].clone());
        let twin = self.objects.iter().find(|(uid, other)| {
            other.kind == "ReplicaSet"
                && **uid != set.meta.uid
                && !self.gone.contains(*uid)
                && owner(other).is_some()
                && owner(other) == owner(set)
                && hash(other) == hash(set)
        });
        twin.map(|(_, other)| format!("{} and {} have one hash", other.meta.name, set.meta.name))
    }

    fn pod(&mut self, at: SimTime, kind: WatchType, pod: &Rc<Pod>) -> Vec<String> {
        let mut found = Vec::new();
        let uid = pod.meta.uid.clone();
        if kind == WatchType::Deleted {
            self.pods.remove(&uid);
            return found;
        }
        self.pods.insert(uid, pod.clone());
        if kind == WatchType::Added {
            found.extend(self.too_many(at, pod));
            found.extend(self.over_quota(at, pod));
        }
        found
    }

    fn owner<'a>(&'a self, pod: &Pod) -> Option<&'a Rc<PlainObject>> {
        let mut refs = pod.meta.owner_references.iter().filter(|r| r["kind"] == "ReplicaSet");
        self.objects.get(refs.next()?["uid"].as_str()?)
    }

    /// A ReplicaSet never creates more Pods than it was asked for a moment ago, and each has the
    /// labels and the image of its template.
    fn too_many(&self, at: SimTime, pod: &Pod) -> Vec<String> {
        let Some(set) = self.owner(pod) else { return Vec::new() };
        let mut found = Vec::new();
        let active = |p: &&Rc<Pod>| {
            let own = self.owner(p).is_some_and(|o| o.meta.uid == set.meta.uid);
            own && !p.finished() && !p.deleting()
        };
        let count = self.pods.values().filter(active).count() as i64;
        let asked = self.wanted.get(&set.meta.uid);
        let lately = |list: &Vec<(SimTime, i64)>| {
            let old = list.iter().rposition(|(t, _)| at.since(*t) > SimTime::secs(1)).unwrap_or(0);
            list[old..].iter().map(|(_, n)| *n).max()
        };
        let most = asked.and_then(lately).unwrap_or(0);
        if count > most {
            found.push(format!("{} has {count} Pods and was asked for {most}", set.meta.name));
        }
        let template = &set.body["spec"]["template"];
        let labels = template["metadata"]["labels"].as_object();
        for (key, value) in labels.into_iter().flatten() {
            if pod.meta.labels.get(key).map(String::as_str) != value.as_str() {
                found.push(format!("{} is without {key} of its template", pod.meta.name));
            }
        }
        if template["spec"]["containers"][0]["image"] != pod.spec.containers[0].image {
            found.push(format!("{} has another image than its template", pod.meta.name));
        }
        found
    }

    /// No Pod is let in beyond the quota, for which those long overdue do not count.
    fn over_quota(&self, at: SimTime, new: &Pod) -> Option<String> {
        let hard = self.hard?;
        let counts = |p: &&Rc<Pod>| usage::counts(p, Timestamp::at(at));
        let used = self.pods.values().filter(counts).count() as i64;
        (used > hard).then(|| format!("{} is Pod {used} of {hard}", new.meta.name))
    }

    /// What is not so when all has been quiet for a minute: the ReplicaSets have the Pods that
    /// they were asked for, and their Deployment's numbers agree.
    pub fn settled(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (uid, set) in &self.objects {
            if set.kind != "ReplicaSet" || self.gone.contains(uid) {
                continue;
            }
            let active = |p: &&Rc<Pod>| {
                let own = self.owner(p).is_some_and(|o| o.meta.uid == *uid);
                own && !p.finished() && !p.deleting()
            };
            let count = self.pods.values().filter(active).count() as i64;
            let wanted = set.body["spec"]["replicas"].as_i64().unwrap_or(1);
            if count != wanted {
                found.push(format!("{} keeps {count} Pods of {wanted}", set.meta.name));
            }
            let told = set.body["status"]["replicas"].as_i64().unwrap_or(0);
            if told != count {
                found.push(format!("{} tells of {told} Pods and has {count}", set.meta.name));
            }
        }
        found
    }
}

/// What never falls: the generation, and which of them was seen.
fn changed(old: &PlainObject, new: &PlainObject) -> Option<String> {
    let seen = |o: &PlainObject| o.body["status"]["observedGeneration"].as_i64().unwrap_or(0);
    let falls = new.meta.generation < old.meta.generation || seen(new) < seen(old);
    falls.then(|| format!("{}: a generation falls", new.meta.name))
}

/// A status counts no Pod twice, and knows no spec that is still to come.
fn status(object: &PlainObject) -> Option<String> {
    let number = |field: &str| object.body["status"][field].as_i64().unwrap_or(0);
    let (all, ready, available) =
        (number("replicas"), number("readyReplicas"), number("availableReplicas"));
    let wrong = !(0 <= available && available <= ready && ready <= all)
        || number("observedGeneration") > object.meta.generation
        || number("updatedReplicas") > all;
    wrong.then(|| format!("{}: status {:?}", object.meta.name, object.body["status"].to_string()))
}
