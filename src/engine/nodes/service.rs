//! The node lifecycle controller.
//!
//! Source: controller/nodelifecycle/node_lifecycle_controller.go

use super::gc::{Collector, fact};
use super::plan::{self, GRACE, LOOK, NOT_READY, UNREACHABLE, ZoneState, taint};
use super::zone::{EVERY, Zone};
use crate::api::{EventType, Node, PlainObject, Pod};
use crate::base::{Map, Set, SimTime, draw};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Message, NodeCall};
use crate::engine::recorder::{Recorder, new_event, node_event};
use crate::engine::trace::{Subject, WatchType};
use crate::engine::wire::SimEvent;
use crate::rules::Rule;
use std::rc::Rc;

/// A timer of the controllers of nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NodeTimer {
    /// A look at all nodes.
    Look,
    /// A look at the queue of this zone.
    Taint(String),
    /// A look of the garbage collector.
    Collect,
}

/// A node that the controller knows.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Known {
    node: Node,
    /// Its lease is not renewed: when the controller saw the last renewal.
    silent: Option<SimTime>,
    /// When that last renewal was.
    renewed: Option<SimTime>,
    /// It has not been told of yet.
    new: bool,
}

/// The controllers of nodes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nodes {
    known: Map<String, Known>,
    removed: Vec<String>,
    zones: Map<String, Zone>,
    looks: Set<SimTime>,
    offset: SimTime,
    /// Whether there are healthy nodes beside those known.
    others: bool,
    /// All zones are lost.
    disrupted: bool,
    recorder: Recorder,
    pub(super) collector: Collector,
}

impl Nodes {
    /// Controllers that have known these nodes for long; `others`: there are more, all healthy.
    /// Of terminated Pods `finished_most` are kept.
    pub fn new(
        nodes: impl Iterator<Item = Node>,
        others: bool,
        finished_most: usize,
        seed: u64,
    ) -> Self {
        let known = |node: Node| {
            (node.name.clone(), Known { node, silent: None, renewed: None, new: false })
        };
        // In the middle of what it can be, so that runs can be compared.
        let offset = |what, ms| SimTime::ms(ms / 2 - 500 + draw(seed, what, "", 0, 1000));
        Nodes {
            known: nodes.map(known).collect(),
            removed: Vec::new(),
            zones: Map::new(),
            looks: Set::new(),
            offset: offset("node-look", LOOK.as_ms()),
            others,
            disrupted: false,
            recorder: Recorder::default(),
            collector: Collector::new(finished_most, seed),
        }
    }

    /// Handles a message.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        match message.call {
            Call::ObjectChanged(kind, object) if object.kind == "Node" => {
                self.node_changed(kind, &object, cx);
            }
            Call::PodChanged(..) => self.collector.look_soon(cx),
            Call::Node(NodeCall::Pods(node, pods)) if node.is_empty() => self.collect(&pods, cx),
            Call::Node(NodeCall::Pods(node, pods)) => self.mark_not_ready(&node, &pods, cx),
            _ => {}
        }
    }

    /// Handles a timer.
    pub fn fire(&mut self, timer: NodeTimer, cx: &mut Cx) {
        match timer {
            NodeTimer::Look => self.look(cx),
            NodeTimer::Taint(zone) => self.taint_next(&zone, cx),
            NodeTimer::Collect => self.collector.ask(cx),
        }
    }

    /// The node of this name renews its lease no more; `last` it did so then.
    pub fn silent(&mut self, node: &str, last: SimTime, cx: &mut Cx) {
        let seen = self.look_at_or_after(last + latency::API_HOP);
        let Some(known) = self.known.get_mut(node) else { return };
        known.silent = Some(seen);
        known.renewed = Some(last);
        self.look_at(seen + GRACE, cx);
    }

    /// When the node of this name renewed its lease, if it does so no more.
    pub fn last_renewal(&self, node: &str) -> Option<SimTime> {
        self.known.get(node)?.renewed
    }

    /// The node of this name renews its lease again.
    pub fn heard(&mut self, node: &str) {
        if let Some(known) = self.known.get_mut(node) {
            known.silent = None;
            known.renewed = None;
        }
    }

    /// The nodes whose Pods are known to have no node.
    pub(super) fn knows(&self, node: &str) -> bool {
        self.known.contains_key(node)
    }

    /// The node of this name.
    pub(super) fn node(&self, name: &str) -> Option<&Node> {
        self.known.get(name).map(|known| &known.node)
    }

    fn look_at_or_after(&self, at: SimTime) -> SimTime {
        let passed = at.since(self.offset).as_ms().div_ceil(LOOK.as_ms());
        self.offset + SimTime::ms(passed * LOOK.as_ms())
    }

    fn look_at(&mut self, at: SimTime, cx: &mut Cx) {
        if self.looks.insert(at) {
            cx.alone(at, SimEvent::Nodes(NodeTimer::Look));
        }
    }

    fn node_changed(&mut self, kind: WatchType, object: &PlainObject, cx: &mut Cx) {
        let name = object.meta.name.clone();
        if kind == WatchType::Deleted {
            self.known.remove(&name);
            self.removed.push(name);
            self.collector.look_soon(cx);
        } else {
            let node = Node::read(object);
            self.no_schedule(&node, cx);
            if node.taints.iter().any(|t| t.key == plan::OUT_OF_SERVICE) {
                self.collector.look_soon(cx);
            }
            let known = match self.known.remove(&name) {
                Some(old) => Known { node, ..old },
                None => Known { node, silent: None, renewed: None, new: true },
            };
            self.known.insert(name, known);
        }
        self.look_at(self.look_at_or_after(cx.now + SimTime::ms(1)), cx);
    }

    /// Taints that keep new Pods away follow conditions at once.
    fn no_schedule(&self, node: &Node, cx: &mut Cx) {
        let (add, remove) = plan::plan_no_schedule(node);
        if !add.is_empty() || !remove.is_empty() {
            swap(&node.name, add, remove, cx);
        }
    }

    /// A look at all nodes.
    fn look(&mut self, cx: &mut Cx) {
        self.looks.remove(&cx.now);
        for name in std::mem::take(&mut self.removed) {
            let what = format!("Removing Node {name} from Controller");
            self.tell(&name, "RemovingNode", &format!("Node {name} event: {what}"), cx);
        }
        let names: Vec<String> = self.known.keys().cloned().collect();
        let cause = cx.cause;
        for name in &names {
            cx.cause = cause;
            self.look_at_node(name, cx);
        }
        cx.cause = cause;
        self.look_at_zones(cx);
        let zones: Vec<String> = self.zones.keys().cloned().collect();
        zones.iter().for_each(|zone| self.taint_soon(zone, cx));
    }

    fn look_at_node(&mut self, name: &str, cx: &mut Cx) {
        let Some(known) = self.known.get_mut(name) else { return };
        if std::mem::take(&mut known.new) {
            let text = format!("Node {name} event: Registered Node {name} in Controller");
            self.tell(name, "RegisteredNode", &text, cx);
        }
        let Some(known) = self.known.get_mut(name) else { return };
        let before = known.node.condition("Ready").to_string();
        let over = known.silent.is_some_and(|seen| cx.now >= seen + GRACE);
        if over && before != "Unknown" {
            let silent = cx.now.since(known.silent.unwrap_or_default());
            known.node.conditions.retain(|(kind, _)| kind != "Ready");
            known.node.conditions.push(("Ready".into(), "Unknown".into()));
            let facts = vec![("node", name.into()), ("silent", silent.into())];
            cx.cite(Subject::node(name), Rule::NodeUnknown, facts);
            let set = plan::unknown();
            send(NodeCall::Conditions { node: name.to_string(), set }, cx);
        }
        self.taint_or_clear(name, cx);
        let now = self.known.get(name).map(|k| k.node.condition("Ready").to_string());
        if before == "True" && now.is_some_and(|now| now != "True") {
            let text = format!("Node {name} status is now: NodeNotReady");
            self.tell(name, "NodeNotReady", &text, cx);
            send(NodeCall::ListPods(name.to_string()), cx);
        }
    }

    /// Source: node_lifecycle_controller.go processTaintBaseEviction
    fn taint_or_clear(&mut self, name: &str, cx: &mut Cx) {
        let Some(known) = self.known.get(name) else { return };
        let node = &known.node;
        let zone = self.zones.entry(node.zone().to_string()).or_default();
        let (wanted, other) = match node.condition("Ready") {
            "True" => {
                zone.queue.retain(|n| n != name);
                return clear(node, cx);
            }
            "False" => (NOT_READY, UNREACHABLE),
            _ => (UNREACHABLE, NOT_READY),
        };
        if node.is_tainted(other, "NoExecute") {
            let (add, remove) = (taint(wanted, "NoExecute"), taint(other, "NoExecute"));
            return swap(name, vec![add], vec![remove], cx);
        }
        if !node.is_tainted(wanted, "NoExecute") {
            zone.add(name);
        }
    }

    /// Source: node_lifecycle_controller.go handleDisruption
    fn look_at_zones(&mut self, cx: &mut Cx) {
        let mut counts: Map<String, (usize, usize)> = Map::new();
        if self.others {
            counts.insert(String::new(), (2, 0));
        }
        for known in self.known.values() {
            let (ready, not_ready) = counts.entry(known.node.zone().to_string()).or_default();
            match known.node.condition("Ready") {
                "True" => *ready += 1,
                _ => *not_ready += 1,
            }
        }
        self.zones.retain(|zone, _| counts.contains_key(zone));
        let all_lost = !counts.is_empty()
            && counts.values().all(|(r, n)| plan::plan_zone(*r, *n) == ZoneState::Full);
        if all_lost && !self.disrupted {
            let facts = vec![("nodes", fact(self.known.len()))];
            cx.cite(Subject::default(), Rule::NodeAllLost, facts);
            self.known.values().for_each(|known| clear(&known.node, cx));
        }
        self.disrupted = all_lost;
        for (zone, (ready, not_ready)) in counts {
            let zone = self.zones.entry(zone).or_default();
            zone.state = plan::plan_zone(ready, not_ready);
            zone.size = ready + not_ready;
            zone.stopped = all_lost;
        }
    }

    fn taint_soon(&mut self, zone: &str, cx: &mut Cx) {
        let Some(next) = self.zones.get(zone).and_then(|z| z.next_at(cx.now)) else { return };
        let passes = next.as_ms() / EVERY.as_ms() + 1;
        let at = SimTime::ms(passes * EVERY.as_ms());
        cx.at(at, SimEvent::Nodes(NodeTimer::Taint(zone.to_string())));
    }

    /// Source: node_lifecycle_controller.go doNoExecuteTaintingPass
    fn taint_next(&mut self, zone: &str, cx: &mut Cx) {
        let Some(queue) = self.zones.get_mut(zone) else { return };
        let Some(name) = queue.take(cx.now) else { return };
        let left = queue.queue.clone();
        if let Some(known) = self.known.get(&name) {
            let (key, other) = match known.node.condition("Ready") {
                "False" => (NOT_READY, UNREACHABLE),
                _ => (UNREACHABLE, NOT_READY),
            };
            let facts = vec![("node", name.as_str().into()), ("taint", key.into())];
            cx.cite(Subject::node(&name), Rule::NodeTainted, facts);
            swap(&name, vec![taint(key, "NoExecute")], vec![taint(other, "NoExecute")], cx);
        }
        for waits in &left {
            let facts = vec![("node", waits.as_str().into())];
            cx.cite(Subject::node(waits), Rule::NodeTaintWaits, facts);
        }
        self.taint_soon(zone, cx);
    }

    /// Source: controller/util/node/controller_utils.go MarkPodsNotReady
    fn mark_not_ready(&mut self, node: &str, pods: &[Rc<Pod>], cx: &mut Cx) {
        let cause = cx.cause;
        for pod in pods.iter().filter(|pod| pod.status.is_true("Ready")) {
            cx.cause = cause;
            let (name, uid) = (pod.meta.name.clone(), pod.meta.uid.clone());
            let facts = vec![("node", node.into())];
            cx.cite(Subject::pod(&name), Rule::NodePodNotReady, facts);
            send(NodeCall::NotReady { name, uid }, cx);
            let (kind, reason, text) = (EventType::Warning, "NodeNotReady", "Node is not ready");
            let event = new_event(pod, "", kind, reason, text, "node-controller", "", cx);
            self.write(event, cx);
        }
    }

    /// Records an Event about a node.
    fn tell(&mut self, node: &str, reason: &str, text: &str, cx: &mut Cx) {
        let event = node_event(node, EventType::Normal, reason, text, ("node-controller", ""), cx);
        self.write(event, cx);
    }

    fn write(&mut self, event: crate::api::Event, cx: &mut Cx) {
        if let Some(event) = self.recorder.record(event, cx.now) {
            cx.send(Component::ApiServer, latency::API_HOP, Call::WriteEvent(event));
        }
    }
}

pub(super) fn send(call: NodeCall, cx: &mut Cx) {
    cx.send(Component::ApiServer, latency::API_HOP, Call::Node(call));
}

fn swap(node: &str, add: Vec<crate::api::Taint>, remove: Vec<crate::api::Taint>, cx: &mut Cx) {
    send(NodeCall::Taints { node: node.to_string(), add, remove }, cx);
}

/// Takes the taints away that evict Pods.
/// Source: node_lifecycle_controller.go markNodeAsReachable
fn clear(node: &Node, cx: &mut Cx) {
    let gone = [NOT_READY, UNREACHABLE].into_iter().filter(|key| node.is_tainted(key, "NoExecute"));
    let gone: Vec<_> = gone.map(|key| taint(key, "NoExecute")).collect();
    if !gone.is_empty() {
        let facts = vec![("node", node.name.as_str().into())];
        cx.cite(Subject::node(&node.name), Rule::NodeCleared, facts);
        swap(&node.name, Vec::new(), gone, cx);
    }
}
