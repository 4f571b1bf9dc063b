//! What holds in every run, read off the trace.

use super::shops::Shops;
use lifepod::api::Pod;
use lifepod::base::SimTime;
use lifepod::engine::trace::Object;
use lifepod::engine::{Row, RowKind, Trace, WatchType, World};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What is remembered while the rows pass by.
#[derive(Default)]
struct Watcher {
    problems: Vec<String>,
    at: SimTime,
    version: u64,
    pods: BTreeMap<String, Rc<Pod>>,
    gone: BTreeMap<String, SimTime>,
    /// Containers whose process runs.
    running: BTreeSet<String>,
    /// Containers being stopped: since when, and with how much grace.
    stops: BTreeMap<String, (SimTime, u64)>,
    /// The container runtime does not run: nothing is stopped.
    no_runtime: bool,
    /// The node was cut off: its Events come late.
    late_events: bool,
    shops: Shops,
    /// When somebody last did something.
    acted: SimTime,
    /// Something is held up from outside: what is asked for may never come.
    held_up: bool,
}

/// The laws that a run breaks, in words.
pub fn broken(trace: &Trace, world: &World) -> Vec<String> {
    let mut watcher = Watcher::default();
    for row in &trace.rows {
        watcher.row(row);
    }
    if let Some(stopped) = world.stopped {
        watcher.problems.push(format!("the run stopped: {stopped:?}"));
    }
    watcher.overdue(world.now);
    if !watcher.held_up && world.now.since(watcher.acted) > SimTime::secs(60) {
        let problems = watcher.shops.settled();
        problems.into_iter().for_each(|problem| watcher.fail(problem));
    }
    watcher.problems
}

impl Watcher {
    fn fail(&mut self, what: String) {
        self.problems.push(format!("{}: {what}", self.at));
    }

    fn row(&mut self, row: &Row) {
        if row.at < self.at {
            self.fail("time runs backwards".into());
        }
        self.at = row.at;
        let problems = self.shops.row(row);
        problems.into_iter().for_each(|problem| self.fail(problem));
        match &row.kind {
            RowKind::Kubectl { .. } => self.acted = row.at,
            RowKind::Watch(kind, object) => {
                self.version_rises(*kind, object);
                match object {
                    Object::Pod(pod) => self.pod(*kind, pod),
                    Object::Event(event) => self.event(&event.involved.uid, &event.reason),
                    _ => {}
                }
            }
            RowKind::Rule(record) => {
                let name = format!("{}/{}", record.subject.pod, record.subject.container);
                let id = record.rule.id();
                self.held_up |= ["quota.exceeded", "controller.retries"].contains(&id)
                    || id.starts_with("node.")
                    || id.starts_with("evict.");
                match record.rule.id() {
                    "container.started" => drop(self.running.insert(name)),
                    // A kill may come too late: postStart fails when its container has ended.
                    "runtime.stopped" | "node.power-lost" => {
                        self.no_runtime = true;
                        self.stops.clear();
                    }
                    "node.cut-off" => self.late_events = true,
                    // What it had begun to stop, another kubelet stops anew.
                    "kubelet.stopped" => self.stops.clear(),
                    "runtime.started" | "node.booted" => self.no_runtime = false,
                    "stop.begins" if self.running.contains(&name) && !self.no_runtime => {
                        let grace = record.facts.iter().find(|(name, _)| *name == "grace");
                        let text = grace.map(|(_, fact)| fact.to_string()).unwrap_or_default();
                        let seconds = text.trim_end_matches('s').parse().unwrap_or(0);
                        self.stops.insert(name, (row.at, seconds));
                    }
                    "container.exited" => self.stopped(&name),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Resource versions rise with every write.
    fn version_rises(&mut self, kind: WatchType, object: &Object) {
        let version = object.to_json()["metadata"]["resourceVersion"].clone();
        let version = version.as_str().and_then(|v| v.parse().ok()).unwrap_or(0);
        if version <= self.version && kind != WatchType::Deleted {
            self.fail(format!("resourceVersion {version} after {}", self.version));
        }
        self.version = self.version.max(version);
    }

    fn pod(&mut self, kind: WatchType, pod: &Rc<Pod>) {
        let uid = pod.meta.uid.clone();
        if self.gone.contains_key(&uid) {
            self.fail(format!("{} changes after it is gone", pod.meta.name));
        }
        if let Some(old) = self.pods.get(&uid).cloned() {
            self.pod_change(&old, pod);
        }
        self.ready_means_ready(pod);
        if kind == WatchType::Deleted {
            self.gone.insert(uid.clone(), self.at);
        }
        self.pods.insert(uid, pod.clone());
        self.nobody_has_too_much();
    }

    /// Pods that the scheduler has put on a node never ask for more than it has; Pods that are
    /// gone or have ended ask for nothing.
    fn nobody_has_too_much(&mut self) {
        const CPU: i64 = 2000;
        let there = |pod: &&Rc<Pod>| {
            let gone = self.gone.contains_key(&pod.meta.uid);
            pod.spec.node_name == "node-1" && !gone && !pod.finished()
        };
        let cpu: i64 = self.pods.values().filter(there).map(|p| p.spec.needs.asked.cpu).sum();
        if cpu > CPU {
            self.fail(format!("Pods on the node ask for {cpu}m CPU"));
        }
    }

    /// A finished phase is never left; restart counts never fall; a mark for deletion stays.
    fn pod_change(&mut self, old: &Pod, new: &Pod) {
        if old.finished() && new.status.phase != old.status.phase {
            let (from, to) = (old.status.phase, new.status.phase);
            self.fail(format!("{from:?} becomes {to:?}"));
        }
        if old.deleting() && !new.deleting() {
            self.fail("a mark for deletion goes away".into());
        }
        for s in new.status.all_containers() {
            let before = old.status.container(&s.name).map_or(0, |o| o.restart_count);
            if s.restart_count < before {
                self.fail(format!(
                    "{}: restarts fall from {before} to {}",
                    s.name, s.restart_count
                ));
            }
        }
    }

    /// Ready: every container that counts is ready, and every gate is True. The API may have it a
    /// moment otherwise when somebody else writes the status.
    fn ready_means_ready(&mut self, pod: &Pod) {
        if !pod.status.is_true("Ready") {
            return;
        }
        let counted = pod.spec.sidecars().chain(&pod.spec.containers);
        for c in counted {
            if !pod.status.container(&c.name).is_some_and(|s| s.ready) {
                self.fail(format!("Ready while {} is not", c.name));
            }
        }
        let from_outside =
            self.pods.get(&pod.meta.uid).is_some_and(|old| old.status.is_true("Ready"));
        for gate in &pod.spec.readiness_gates {
            if !pod.status.is_true(&gate.condition_type) && !from_outside {
                self.fail(format!("Ready without {}", gate.condition_type));
            }
        }
    }

    /// After an object is gone a cluster still tells what its node does with the leftovers.
    fn event(&mut self, uid: &str, reason: &str) {
        let leftovers = [
            "Killing",
            "FailedPreStopHook",
            "FailedPostStartHook",
            "Unhealthy",
            "Started",
            "Created",
            "Pulled",
            "Pulling",
            "Failed",
            "BackOff",
            "Scheduled",
            "DeadlineExceeded",
            "InspectFailed",
            "FailedKillPod",
        ];
        // The scheduler may have decided before the news of the removal reached it.
        let decided = ["FailedScheduling", "Preempted"].contains(&reason);
        let Some(gone) = self.gone.get(uid) else { return };
        let on_its_way = decided && self.at.since(*gone) <= SimTime::ms(100);
        if !leftovers.contains(&reason) && !on_its_way && !self.late_events {
            self.fail(format!("an Event {reason} about a Pod that is gone"));
        }
    }

    /// A container is gone at the latest two seconds after its grace.
    fn stopped(&mut self, name: &str) {
        self.running.remove(name);
        let Some((since, grace)) = self.stops.remove(name) else { return };
        let took = self.at.since(since);
        if took > SimTime::secs(grace + 2) + SimTime::secs(1) {
            self.fail(format!("{name} took {took} to stop with a grace of {grace}s"));
        }
    }

    fn overdue(&mut self, now: SimTime) {
        let late: Vec<String> = self
            .stops
            .iter()
            .filter(|(_, (since, grace))| now.since(*since) > SimTime::secs(grace + 4))
            .map(|(name, _)| name.clone())
            .collect();
        for name in late {
            self.fail(format!("{name} is still being stopped"));
        }
    }
}
