//! The controller: one deletion, or one countdown, a Pod.
//!
//! Source: controller/tainteviction/taint_eviction.go

use crate::api::node::Node;
use crate::api::taint::{Stay, plan_stay};
use crate::api::{EventType, Pod};
use crate::base::{Map, Set, SimTime};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Message};
use crate::engine::recorder::{Recorder, new_event};
use crate::engine::trace::{Subject, WatchType};
use crate::engine::wire::{EventKey, SimEvent};
use crate::rules::Rule;
use std::rc::Rc;

/// A timer of the controller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TaintTimer {
    /// The time that the Pod of this UID tolerates is over.
    Over(String),
}

/// The controller and what it has seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TaintEviction {
    nodes: Map<String, Node>,
    pods: Map<String, Rc<Pod>>,
    /// Countdowns, by UID: when they end.
    due: Map<String, EventKey>,
    /// Pods that it has deleted; nothing more is begun for them.
    evicted: Set<String>,
    recorder: Recorder,
}

impl TaintEviction {
    /// Handles a watch event.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        match message.call {
            Call::ObjectChanged(kind, object) if object.kind == "Node" => {
                let name = object.meta.name.clone();
                match kind {
                    WatchType::Deleted => drop(self.nodes.remove(&name)),
                    _ => drop(self.nodes.insert(name.clone(), Node::read(&object))),
                }
                let on_node = self.pods.values().filter(|p| p.spec.node_name == name);
                let uids: Vec<String> = on_node.map(|p| p.meta.uid.clone()).collect();
                uids.iter().for_each(|uid| self.look(uid, cx));
            }
            Call::PodChanged(kind, pod) => {
                let uid = pod.meta.uid.clone();
                if kind == WatchType::Deleted || pod.deleting() || pod.finished() {
                    self.pods.remove(&uid);
                    self.evicted.remove(&uid);
                    return self.cancel(&uid, None, cx);
                }
                let old = self.pods.insert(uid.clone(), pod.clone());
                let moved = old.is_none_or(|old| {
                    old.spec.node_name != pod.spec.node_name
                        || old.spec.raw["tolerations"] != pod.spec.raw["tolerations"]
                });
                if moved {
                    self.look(&uid, cx);
                }
            }
            _ => {}
        }
    }

    /// Handles a timer.
    pub fn fire(&mut self, timer: TaintTimer, cx: &mut Cx) {
        let TaintTimer::Over(uid) = timer;
        if self.due.remove(&uid).is_some() {
            self.evict(&uid, cx);
        }
    }

    fn look(&mut self, uid: &str, cx: &mut Cx) {
        let Some(pod) = self.pods.get(uid).filter(|_| !self.evicted.contains(uid)).cloned() else {
            return;
        };
        let Some(node) = self.nodes.get(&pod.spec.node_name) else { return };
        match plan_stay(&node.taints, &pod.spec.raw["tolerations"]) {
            Stay::Forever => self.cancel(uid, Some(&pod), cx),
            Stay::No => {
                self.cancel(uid, None, cx);
                self.evict(uid, cx);
            }
            Stay::For(time) => self.count_down(&pod, time, cx),
        }
    }

    /// A countdown that runs goes on; a shorter one takes its place.
    fn count_down(&mut self, pod: &Pod, time: SimTime, cx: &mut Cx) {
        let (uid, at) = (pod.meta.uid.clone(), cx.now + time);
        if self.due.get(&uid).is_some_and(|(due, _)| *due <= at) {
            return;
        }
        self.cancel(&uid, None, cx);
        let facts = vec![("tolerated", time.into())];
        cx.cite(Subject::pod(&pod.meta.name), Rule::TaintTolerated, facts);
        let key = cx.at(at, SimEvent::Taints(TaintTimer::Over(uid.clone())));
        self.due.insert(uid, key);
    }

    /// Ends a countdown; the Pod is told, if there is one to tell.
    fn cancel(&mut self, uid: &str, pod: Option<&Rc<Pod>>, cx: &mut Cx) {
        let Some(key) = self.due.remove(uid) else { return };
        cx.wire.cancel(key);
        if let Some(pod) = pod {
            self.event(pod, "Cancelling deletion of Pod", cx);
        }
    }

    fn evict(&mut self, uid: &str, cx: &mut Cx) {
        let Some(pod) = self.pods.get(uid).cloned() else { return };
        self.evicted.insert(uid.to_string());
        let (name, node) = (pod.meta.name.clone(), pod.spec.node_name.clone());
        cx.cite(Subject::pod(&name), Rule::TaintEvicts, vec![("node", node.into())]);
        self.event(&pod, "Marking for deletion Pod", cx);
        let call = Call::Disrupt {
            name,
            uid: uid.to_string(),
            reason: "DeletionByTaintManager".into(),
            message: "Taint manager: deleting due to NoExecute taint".into(),
        };
        cx.send_after(latency::API_HOP, Component::ApiServer, latency::API_HOP, call);
    }

    fn event(&mut self, pod: &Rc<Pod>, what: &str, cx: &mut Cx) {
        let text = format!("{what} {}", pod.meta.full_name());
        let reason = "TaintManagerEviction";
        let by = "taint-eviction-controller";
        let event = new_event(pod, "", EventType::Normal, reason, &text, by, "", cx);
        if let Some(event) = self.recorder.record(event, cx.now) {
            cx.send(Component::ApiServer, latency::API_HOP, Call::WriteEvent(event));
        }
    }
}
