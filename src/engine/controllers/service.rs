//! The controllers' queue: one look at a time at each object, and what each look comes to.
//!
//! Source: client-go util/workqueue; controller/replicaset/replica_set.go slowStartBatch

use super::informers::Informers;
use super::owners::{Claim, controller_name, plan_claim};
use super::plan::{Plan, Told};
use super::{budget, collector, deployment, job, quota, replica_set};
use crate::api::{EventType, ObjectMeta, ObjectReference, PlainObject, Pod, Timestamp, selector};
use crate::base::json::Value;
use crate::base::{Map, SimTime};
use crate::engine::action::Request;
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Done, Message, Refusal};
use crate::engine::recorder::{Recorder, new_event_about};
use crate::engine::trace::{Subject, WatchType};
use crate::engine::wire::{EventKey, SimEvent};
use crate::rules::Rule;
use std::rc::Rc;

/// Pods of the first batch. Source: SlowStartInitialBatchSize
const FIRST_BATCH: i64 = 1;
/// Back-off of a look that failed. Source: workqueue DefaultTypedControllerRateLimiter
const RETRY: (u64, u64) = (5, 1_000_000);
/// That of a Job. Source: job_controller.go DefaultJobApiBackOff, MaxJobApiBackOff
const JOB_RETRY: (u64, u64) = (1_000, 60_000);
/// Changes of a Job's Pods are gathered. Source: job_controller.go SyncJobBatchPeriod
const JOB_BATCH: SimTime = SimTime::secs(1);
/// From the answer to the moment the watch has what was written, and a little more.
const SEEN: SimTime = SimTime::ms(2);

/// What is looked at: kind and name, or the UID and name of an owner that is gone.
type Key = (String, String);

/// The kind in the key of an owner that is gone; its name holds UID and name.
const GONE: &str = "gone";
/// The kind in the key of an object that the garbage collector holds: kind and name follow.
const HELD: &str = "held";

/// A timer of the controllers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ControllerTimer {
    /// It is time to look at this.
    Look(Key),
}

/// A look that is not over.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Task {
    /// Answers to come.
    waiting: u32,
    /// A Pod to create, how often still, and the size of the next batch.
    create: Option<(Rc<Value>, i64, i64)>,
    /// Why a request was refused.
    failure: Option<String>,
}

/// A request that was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Asked {
    key: Key,
    about: Rc<PlainObject>,
    told: Told,
}

/// The controllers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Controllers {
    seen: Informers,
    due: Map<Key, EventKey>,
    tasks: Map<Key, Task>,
    /// Until when the watch may lack what the last look wrote.
    blind: Map<Key, SimTime>,
    asked: Map<u64, Asked>,
    /// Looks that failed in a row.
    failed: Map<Key, u32>,
    /// When a look that failed is tried again, whatever happens before.
    retries: Map<Key, SimTime>,
    /// Why the last Pod of a ReplicaSet could not be created.
    reasons: Map<String, String>,
    recorder: Recorder,
    looks: u64,
}

impl Controllers {
    /// Handles a message.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        match message.call {
            Call::PodChanged(kind, pod) => self.pod_changed(kind, &pod, cx),
            Call::ObjectChanged(kind, object) => self.object_changed(kind, &object, cx),
            Call::Answer { command, answer } => self.answered(command, answer, cx),
            _ => {}
        }
    }

    /// Handles a timer.
    pub fn fire(&mut self, timer: ControllerTimer, cx: &mut Cx) {
        let ControllerTimer::Look(key) = timer;
        self.due.remove(&key);
        if let Some(at) = self.blind.get(&key).filter(|at| **at > cx.now) {
            let wait = at.since(cx.now);
            return self.enqueue_in(key, wait, cx);
        }
        self.blind.remove(&key);
        if !self.tasks.contains_key(&key) {
            self.look(&key, cx);
        }
    }

    fn pod_changed(&mut self, kind: WatchType, pod: &Rc<Pod>, cx: &mut Cx) {
        let old = self.seen.see_pod(kind, pod);
        let gone = kind == WatchType::Deleted;
        let orphan = controller_name(&pod.meta).is_none();
        for owner in [Some(pod), old.as_ref()].into_iter().flatten() {
            self.owner_changed(&owner.meta, gone || pod.finished(), cx);
        }
        if orphan && !gone && !pod.finished() {
            let takes = |set: &&Rc<PlainObject>| plan_claim(set, &pod.meta) == Claim::Adopt;
            let sets: Vec<Key> =
                self.seen.of_kind("ReplicaSet").filter(takes).map(key_of).collect();
            sets.into_iter().for_each(|key| self.enqueue(key, cx));
        }
        let takes = |b: &&Rc<PlainObject>| {
            b.meta.is_beside(&pod.meta)
                && selector::takes(&b.body["spec"]["selector"], &pod.meta.labels)
        };
        let budgets = self.seen.of_kind("PodDisruptionBudget").filter(takes).map(key_of);
        let mut keys: Vec<Key> = budgets.collect();
        if gone || pod.finished() || pod.deleting() || old.is_none() {
            keys.extend(self.seen.of_kind("ResourceQuota").map(key_of));
        }
        keys.into_iter().for_each(|key| self.enqueue(key, cx));
    }

    /// A Pod changed: its controller looks, and a Deployment that recreates, when it is gone.
    fn owner_changed(&mut self, pod: &ObjectMeta, over: bool, cx: &mut Cx) {
        let Some((kind, name)) = controller_name(pod) else { return };
        let Some(owner) = self.seen.object(kind, name).cloned() else { return };
        let wait = if kind == "Job" { JOB_BATCH } else { SimTime::ZERO };
        self.enqueue_in(key_of(&owner), wait, cx);
        if over && let Some((kind, name)) = controller_name(&owner.meta) {
            self.enqueue((kind.to_string(), name.to_string()), cx);
        }
        if owner.meta.deletion_timestamp.is_some() {
            self.enqueue((HELD.into(), [kind, "/", name].concat()), cx);
        }
    }

    fn object_changed(&mut self, kind: WatchType, object: &Rc<PlainObject>, cx: &mut Cx) {
        let meta = &object.meta;
        let before = self.seen.object(&object.kind, &meta.name).map(|old| old.meta.generation);
        self.seen.see(kind, object);
        if let Some((kind, name)) = controller_name(meta) {
            self.enqueue((kind.to_string(), name.to_string()), cx);
            let held = self.seen.object(kind, name);
            if held.is_some_and(|o| o.meta.deletion_timestamp.is_some()) {
                self.enqueue((HELD.into(), [kind, "/", name].concat()), cx);
            }
        } else if object.kind == "ReplicaSet" {
            let takes = |d: &&Rc<PlainObject>| plan_claim(d, meta) == Claim::Adopt;
            let all: Vec<Key> = self.seen.of_kind("Deployment").filter(takes).map(key_of).collect();
            all.into_iter().for_each(|key| self.enqueue(key, cx));
        }
        if kind == WatchType::Deleted {
            self.failed.remove(&key_of(object));
            self.retries.remove(&key_of(object));
            self.recorder.forget(&meta.uid);
            let gone = [meta.uid.as_str(), "/", &meta.name].concat();
            return self.enqueue((GONE.into(), gone), cx);
        }
        if meta.deletion_timestamp.is_some() {
            self.enqueue((HELD.into(), [&object.kind, "/", &meta.name].concat()), cx);
        }
        // Source: job_controller.go updateJob
        let only_status = object.kind == "Job" && before == Some(meta.generation);
        let wait = if only_status { JOB_BATCH } else { SimTime::ZERO };
        self.enqueue_in(key_of(object), wait, cx);
        let orphaned = |r: &Value| {
            let uid = r["uid"].as_str().unwrap_or_default();
            let there = self.seen.objects().any(|o| o.meta.uid == uid);
            (!there).then(|| [uid, "/", r["name"].as_str().unwrap_or_default()].concat())
        };
        let gone: Vec<String> = meta.owner_references.iter().filter_map(orphaned).collect();
        gone.into_iter().for_each(|name| self.enqueue((GONE.into(), name), cx));
    }

    fn enqueue(&mut self, key: Key, cx: &mut Cx) {
        self.enqueue_in(key, SimTime::ZERO, cx);
    }

    /// Queues a look; one that is queued for sooner stays.
    fn enqueue_in(&mut self, key: Key, wait: SimTime, cx: &mut Cx) {
        self.looks += 1;
        let at = cx.now + wait + cx.work(latency::CONTROLLER, &key.1, self.looks);
        if let Some(due) = self.due.get(&key) {
            if due.0 <= at {
                return;
            }
            cx.wire.cancel(*due);
        }
        let event = SimEvent::Controllers(ControllerTimer::Look(key.clone()));
        let due = cx.at(at, event);
        self.due.insert(key, due);
    }

    fn look(&mut self, key: &Key, cx: &mut Cx) {
        let now = Timestamp::at(cx.now);
        let (kind, name) = (key.0.as_str(), key.1.as_str());
        let (uid_or_kind, rest) = name.split_once('/').unwrap_or(("", name));
        if kind == GONE {
            let nobody =
                PlainObject { kind: String::new(), meta: ObjectMeta::default(), body: Value::Null };
            let plan = collector::plan_gone(uid_or_kind, rest, &self.seen);
            return self.carry_out(key, &Rc::new(nobody), plan, cx);
        }
        let of = if kind == HELD { (uid_or_kind, rest) } else { (kind, name) };
        let Some(object) = self.seen.object(of.0, of.1).cloned() else { return };
        let plan = match kind {
            HELD => collector::plan_held((of.0, &object.meta), &self.seen),
            "Deployment" => deployment::plan(&object, &self.seen, now),
            "ReplicaSet" => {
                let failure = self.reasons.get(name).map(String::as_str);
                replica_set::plan(&object, &self.seen, failure, now)
            }
            "Job" => job::plan(&object, &self.seen, now),
            "ResourceQuota" => quota::plan(&object, &self.seen, now),
            _ => budget::plan(&object, &self.seen, now),
        };
        self.carry_out(key, &object, plan, cx);
    }

    fn carry_out(&mut self, key: &Key, about: &Rc<PlainObject>, plan: Plan, cx: &mut Cx) {
        for (rule, facts) in plan.cites {
            cx.cite(Subject::default(), rule, facts);
        }
        for (kind, reason, text) in plan.events {
            self.event(about, kind, reason, &text, cx);
        }
        if let Some(wait) = plan.after {
            self.enqueue_in(key.clone(), wait, cx);
        }
        if plan.writes.is_empty() && plan.create.is_none() {
            self.failed.remove(key);
            return;
        }
        let create = plan.create.map(|(pod, count)| (pod, count, FIRST_BATCH));
        self.tasks.insert(key.clone(), Task { create, ..Task::default() });
        for write in plan.writes {
            self.ask(key, about, write.request, write.told, cx);
        }
        self.next_batch(key, about, cx);
    }

    fn ask(
        &mut self,
        key: &Key,
        about: &Rc<PlainObject>,
        request: Request,
        told: Told,
        cx: &mut Cx,
    ) {
        let command = cx.wire.fresh();
        let asked = Asked { key: key.clone(), about: about.clone(), told };
        self.asked.insert(command, asked);
        if let Some(task) = self.tasks.get_mut(key) {
            task.waiting += 1;
        }
        cx.send(
            Component::ApiServer,
            latency::API_HOP,
            Call::Request { command, within: None, request },
        );
    }

    /// Creates the next batch of Pods, twice as many as the last.
    fn next_batch(&mut self, key: &Key, about: &Rc<PlainObject>, cx: &mut Cx) {
        let Some(task) = self.tasks.get_mut(key) else { return };
        let Some((pod, left, batch)) = task.create.take() else { return };
        let now = batch.min(left);
        if left > now {
            task.create = Some((pod.clone(), left - now, batch * 2));
        }
        for _ in 0..now {
            self.ask(key, about, Request::Create(pod.clone()), Told::Creation, cx);
        }
    }

    fn answered(&mut self, command: u64, answer: Result<Done, Refusal>, cx: &mut Cx) {
        let Some(Asked { key, about, told }) = self.asked.remove(&command) else { return };
        self.tell(&key, &about, told, &answer, cx);
        let Some(task) = self.tasks.get_mut(&key) else { return };
        task.waiting -= 1;
        // What is gone already needs nothing more.
        if let Err(refusal) = answer
            && refusal.reason != "NotFound"
        {
            task.failure = Some(refusal.message);
        }
        if task.waiting > 0 {
            return;
        }
        if task.create.is_some() && task.failure.is_none() {
            return self.next_batch(&key, &about, cx);
        }
        self.finish(&key, cx);
    }

    /// A look is over: the next one waits until the watch has what was written, and longer each
    /// time that one fails.
    fn finish(&mut self, key: &Key, cx: &mut Cx) {
        let Some(task) = self.tasks.remove(key) else { return };
        self.blind.insert(key.clone(), cx.now + SEEN);
        let Some(failure) = task.failure else {
            self.failed.remove(key);
            self.reasons.remove(&key.1);
            return self.enqueue_in(key.clone(), SEEN, cx);
        };
        let failures = self.failed.entry(key.clone()).or_default();
        let (least, most) = if key.0 == "Job" { JOB_RETRY } else { RETRY };
        let wait = SimTime::ms((least << (*failures).min(30)).min(most));
        *failures += 1;
        let facts = vec![
            ("kind", key.0.as_str().into()),
            ("name", key.1.as_str().into()),
            ("message", failure.as_str().into()),
            ("wait", wait.into()),
        ];
        cx.cite(Subject::default(), Rule::ControllerRetries, facts);
        if key.0 == "ReplicaSet" && self.reasons.insert(key.1.clone(), failure).is_none() {
            // The status says so at once.
            self.say_failure(key, cx);
        }
        let wait = self.retry_in(key, wait + SEEN, cx.now);
        self.enqueue_in(key.clone(), wait, cx);
    }

    /// How long to wait for the next try: a change may have led to a look in between, and if that
    /// failed too, the earlier of both tries counts.
    /// Source: util/workqueue/delaying_queue.go insert
    fn retry_in(&mut self, key: &Key, wait: SimTime, now: SimTime) -> SimTime {
        let next = now + wait;
        let earlier = self.retries.get(key).filter(|at| **at > now && **at < next);
        let at = *earlier.unwrap_or(&next);
        self.retries.insert(key.clone(), at);
        at.since(now)
    }

    /// Source: replica_set.go syncReplicaSet: the status is written whether or not all went well
    fn say_failure(&mut self, key: &Key, cx: &mut Cx) {
        let Some(set) = self.seen.object(&key.0, &key.1).cloned() else { return };
        let failure = self.reasons.get(&key.1).map(String::as_str);
        let plan = replica_set::plan(&set, &self.seen, failure, Timestamp::at(cx.now));
        let status = |r: &Request| matches!(r, Request::Patch(p) if p.status);
        for write in plan.writes.into_iter().filter(|w| status(&w.request)) {
            self.ask(key, &set, write.request, write.told, cx);
        }
    }

    fn tell(
        &mut self,
        key: &Key,
        about: &Rc<PlainObject>,
        told: Told,
        answer: &Result<Done, Refusal>,
        cx: &mut Cx,
    ) {
        use EventType::{Normal, Warning};
        match (told, answer) {
            (Told::Creation, Ok(Done::Named(pod))) => {
                let text = format!("Created pod: {pod}");
                self.event(about, Normal, "SuccessfulCreate", &text, cx);
            }
            (Told::Creation, Err(refusal)) => {
                let text = format!("Error creating: {}", refusal.message);
                self.event(about, Warning, "FailedCreate", &text, cx);
            }
            (Told::Deletion(pod), Ok(_)) => {
                let text = format!("Deleted pod: {pod}");
                self.event(about, Normal, "SuccessfulDelete", &text, cx);
            }
            (Told::Text(kind, reason, text), Ok(_)) => self.event(about, kind, reason, &text, cx),
            (Told::Text(..), Err(refusal)) if key.0 == "Deployment" => {
                let text = format!("Failed to create new replica set: {}", refusal.message);
                self.event(about, Warning, "ReplicaSetCreateError", &text, cx);
            }
            _ => {}
        }
    }

    fn event(
        &mut self,
        about: &PlainObject,
        kind: EventType,
        reason: &str,
        text: &str,
        cx: &mut Cx,
    ) {
        let by = match about.kind.as_str() {
            "Deployment" => "deployment-controller",
            "ReplicaSet" => "replicaset-controller",
            "Job" => "job-controller",
            _ => "controllermanager",
        };
        let involved = ObjectReference {
            kind: about.kind.clone(),
            name: about.meta.name.clone(),
            namespace: about.meta.home().into(),
            uid: about.meta.uid.clone(),
            field_path: String::new(),
        };
        let event = new_event_about(involved, kind, reason, text, by, "", cx);
        if let Some(event) = self.recorder.record(event, cx.now) {
            cx.send(Component::ApiServer, latency::API_HOP, Call::WriteEvent(event));
        }
    }
}

fn key_of(object: &Rc<PlainObject>) -> Key {
    (object.kind.clone(), object.meta.name.clone())
}
