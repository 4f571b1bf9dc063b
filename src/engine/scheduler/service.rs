//! kube-scheduler: finds a node for each Pod that has none, and tries again when something changes.

use super::filters::{self, Misfit};
use super::volumes::Volumes;
use crate::api::node::Node;
use crate::api::{EventType, Pod};
use crate::base::{Map, SimTime};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Message};
use crate::engine::recorder::new_event;
use crate::engine::trace::{Subject, WatchType};
use crate::engine::wire::SimEvent;
use crate::rules::Rule;
use std::rc::Rc;

/// Longest wait before another attempt. Source: scheduler apis/config/v1/defaults.go
const BACKOFF_MAX: u64 = 10;
/// How long a Pod stays put aside when nothing that could help it changes.
/// Source: backend/queue/scheduling_queue.go DefaultPodMaxInUnschedulablePodsDuration
const LEFTOVER: SimTime = SimTime::secs(300);

/// The scheduler and what it has seen of the cluster.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scheduler {
    nodes: Map<String, Node>,
    /// Pods that use, or wait for, a node, by UID.
    pods: Map<String, Rc<Pod>>,
    /// Pods put aside as unschedulable, by UID.
    aside: Map<String, Aside>,
    volumes: Volumes,
    cycles: u64,
}

/// A Pod that did not fit.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Aside {
    /// Attempts so far.
    attempts: u32,
    /// When the last attempt was.
    last: SimTime,
    /// What was said of it.
    message: String,
}

/// A timer of the scheduler.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SchedulerTimer {
    /// Another attempt for the Pod of this UID, which has had this many.
    Retry(String, u32),
}

/// Where a Pod goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BindPlan {
    /// To this node.
    To(String),
    /// Nowhere: why, for each node.
    Nowhere(Vec<Vec<Misfit>>),
}

impl Scheduler {
    /// A scheduler that knows these nodes.
    pub fn new(nodes: impl Iterator<Item = Node>) -> Self {
        let nodes = nodes.map(|node| (node.name.clone(), node)).collect();
        Scheduler { nodes, ..Scheduler::default() }
    }

    /// Handles a watch event.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        match message.call {
            Call::PodChanged(kind, pod) => self.pod_changed(kind, pod, cx),
            Call::ObjectChanged(kind, object) if object.kind == "Node" => {
                match kind {
                    WatchType::Deleted => drop(self.nodes.remove(&object.meta.name)),
                    _ => drop(self.nodes.insert(object.meta.name.clone(), Node::read(&object))),
                }
                self.look_again(cx);
            }
            // Source: framework/plugins/volumebinding EventsToRegister
            Call::ObjectChanged(kind, object) if self.volumes.changed(kind, &object) => {
                self.look_again(cx);
            }
            _ => {}
        }
    }

    /// Handles a timer.
    pub fn fire(&mut self, timer: SchedulerTimer, cx: &mut Cx) {
        let SchedulerTimer::Retry(uid, attempts) = timer;
        if self.aside.get(&uid).is_some_and(|a| a.attempts == attempts) {
            self.attempt(&uid, cx);
        }
    }

    fn pod_changed(&mut self, kind: WatchType, pod: Rc<Pod>, cx: &mut Cx) {
        let uid = pod.meta.uid.clone();
        if kind == WatchType::Deleted || pod.finished() {
            self.aside.remove(&uid);
            if self.pods.remove(&uid).is_some() {
                self.look_again(cx);
            }
            return;
        }
        let new = self.pods.insert(uid.clone(), pod.clone());
        let waits = pod.spec.node_name.is_empty() && !pod.deleting();
        if !waits {
            self.aside.remove(&uid);
            return;
        }
        let gated =
            |p: &Rc<Pod>| p.spec.raw["schedulingGates"].as_array().is_some_and(|g| !g.is_empty());
        let freed = new.as_ref().is_none_or(gated) && !gated(&pod);
        if freed {
            self.attempt(&uid, cx);
        }
    }

    /// Something changed that may help the Pods put aside: each gets another attempt once its
    /// back-off is over.
    /// Source: backend/queue MoveAllToActiveOrBackoffQueue
    fn look_again(&mut self, cx: &mut Cx) {
        let again = |(uid, aside): (&String, &Aside)| {
            let wait = BACKOFF_MAX.min(1 << aside.attempts.saturating_sub(1).min(8));
            let due = aside.last + SimTime::secs(wait);
            (due.max(cx.now), SchedulerTimer::Retry(uid.clone(), aside.attempts))
        };
        let due: Vec<(SimTime, SchedulerTimer)> = self.aside.iter().map(again).collect();
        for (at, timer) in due {
            cx.at(at, SimEvent::Scheduler(timer));
        }
    }

    fn attempt(&mut self, uid: &str, cx: &mut Cx) {
        let Some(pod) = self.pods.get(uid).cloned() else { return };
        self.cycles += 1;
        // Source: framework/plugins/volumebinding PreFilter
        if let Some(why) = self.volumes.objection(&pod) {
            let message = filters::message_of_all(self.nodes.len(), &why);
            return self.put_aside(&pod, message, vec!["spec.volumes".into()], cx);
        }
        match self.plan(&pod) {
            BindPlan::To(node) => {
                self.aside.remove(uid);
                self.bind(&pod, &node, cx);
            }
            BindPlan::Nowhere(found) => {
                self.put_aside(&pod, filters::message(&found), fields_of(&found), cx);
            }
        }
    }

    /// The node on which the least is asked for, among those that fit.
    /// Source: framework/plugins/noderesources/least_allocated.go
    ///
    /// DIFFERENCE: upstream adds scores of more plugins and draws among the best; here the node
    /// with the least requested CPU and memory wins, and the first name among equals.
    pub fn plan(&self, pod: &Pod) -> BindPlan {
        let mut found = Vec::new();
        let mut best: Option<(i128, &str)> = None;
        for node in self.nodes.values() {
            let on_node: Vec<&Rc<Pod>> =
                self.pods.values().filter(|p| p.spec.node_name == node.name).collect();
            let (used, whole) = (filters::used(&on_node), node.allocatable);
            let mut misfits = filters::misfits(pod, node, &on_node, used);
            if misfits.is_empty() {
                let volumes = self.volumes.misfit(pod, node);
                misfits.extend(volumes.map(|reason| Misfit { reason, resolvable: false }));
            }
            if !misfits.is_empty() {
                found.push(misfits);
                continue;
            }
            let share =
                |used: i64, whole: i64| i128::from(used) * 1_000_000 / i128::from(whole.max(1));
            let score = share(used.cpu, whole.cpu) + share(used.memory, whole.memory);
            if best.is_none_or(|(least, _)| score < least) {
                best = Some((score, node.name.as_str()));
            }
        }
        match best {
            Some((_, name)) => BindPlan::To(name.to_string()),
            None => BindPlan::Nowhere(found),
        }
    }

    fn bind(&mut self, pod: &Rc<Pod>, node: &str, cx: &mut Cx) {
        let name = pod.meta.name.clone();
        let subject = Subject::pod(&name);
        cx.cite(subject, Rule::SchedulerBound, vec![("node", node.into())]);
        // From now on it counts there, whatever the API server says.
        if let Ok(spec) = pod.spec.with("nodeName", node.into()) {
            let assumed = Rc::new(Pod { spec: Rc::new(spec), ..(**pod).clone() });
            self.pods.insert(pod.meta.uid.clone(), assumed);
        }
        let text = format!("Successfully assigned default/{name} to {node}");
        let call = Call::Bind { name, uid: pod.meta.uid.clone(), node: node.to_string() };
        self.tell(pod, call, (EventType::Normal, "Scheduled", &text), cx);
    }

    fn put_aside(&mut self, pod: &Rc<Pod>, message: String, fields: Vec<String>, cx: &mut Cx) {
        let uid = pod.meta.uid.clone();
        let before = self.aside.get(&uid);
        let attempts = before.map_or(0, |a| a.attempts) + 1;
        let news = before.is_none_or(|a| a.message != message);
        let aside = Aside { attempts, last: cx.now, message: message.clone() };
        self.aside.insert(uid.clone(), aside);
        let retry = SchedulerTimer::Retry(uid.clone(), attempts);
        cx.after(LEFTOVER, SimEvent::Scheduler(retry));
        if !news {
            return;
        }
        let name = pod.meta.name.clone();
        let facts = vec![("message", message.as_str().into())];
        cx.cite_fields(Subject::pod(&name), Rule::SchedulerUnschedulable, facts, fields);
        let reason = "Unschedulable".to_string();
        let call = Call::PatchCondition { name, uid, reason, message: message.clone() };
        self.tell(pod, call, (EventType::Warning, "FailedScheduling", &message), cx);
    }

    fn tell(&self, pod: &Rc<Pod>, call: Call, event: (EventType, &str, &str), cx: &mut Cx) {
        let work = cx.work(latency::SCHEDULE, &pod.meta.uid, self.cycles);
        cx.send_after(work, Component::ApiServer, latency::API_HOP, call);
        let (kind, reason, text) = event;
        let event = new_event(pod, "", kind, reason, text, "default-scheduler", "", cx);
        let event = Rc::new(crate::api::Event { count: 0, ..event });
        let wait = work + latency::API_HOP;
        cx.send_after(wait, Component::ApiServer, latency::API_HOP, Call::WriteEvent(event));
    }
}

/// The fields of the Pod that the reasons are about.
fn fields_of(found: &[Vec<Misfit>]) -> Vec<String> {
    let field = |m: &Misfit| match m.reason {
        r if r.contains("olume") || r.contains("pv(s)") => "spec.volumes",
        r if r.contains("taint") || r.contains("unschedulable") => "spec.tolerations",
        r if r.contains("affinity") => "spec.nodeSelector",
        r if r.contains("ports") => "spec.containers[0].ports",
        _ => "spec.containers[0].resources",
    };
    let mut fields: Vec<String> = found.iter().flatten().map(|m| field(m).to_string()).collect();
    crate::base::sort(&mut fields);
    fields.dedup();
    fields
}
