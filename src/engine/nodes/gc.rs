//! The garbage collector of Pods: those whose node is gone, and too many that have ended.
//!
//! Source: controller/podgc/gc_controller.go

use super::plan::OUT_OF_SERVICE;
use super::service::{NodeTimer, Nodes, send};
use crate::api::{Node, Pod};
use crate::base::{Map, Set, SimTime, draw, sort_by};
use crate::engine::cx::Cx;
use crate::engine::message::NodeCall;
use crate::engine::trace::Subject;
use crate::engine::wire::{EventKey, SimEvent};
use crate::rules::{Fact, Rule};
use std::rc::Rc;

/// From look to look. Source: gc_controller.go gcCheckPeriod
const LOOK: SimTime = SimTime::secs(20);
/// How long a node must have been gone. Source: gc_controller.go quarantineTime
const QUARANTINE: SimTime = SimTime::secs(40);
/// What the condition says. Source: gc_controller.go gcOrphaned
const ORPHANED: (&str, &str) = ("DeletionByPodGC", "PodGC: node no longer exists");

/// What the collector remembers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Collector {
    finished_most: usize,
    offset: SimTime,
    due: Option<EventKey>,
    /// Names of nodes that are gone: since which look.
    missing: Map<String, SimTime>,
}

/// Why a Pod is collected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Garbage {
    /// Too many have ended.
    Terminated,
    /// It ends on a node that a person has given up.
    OutOfService,
    /// Its node is gone.
    Orphaned,
    /// It was deleted before it had a node.
    Unscheduled,
}

impl Garbage {
    fn rule(self) -> Rule {
        match self {
            Garbage::Terminated => Rule::GcTerminated,
            Garbage::OutOfService => Rule::GcOutOfService,
            Garbage::Orphaned => Rule::GcOrphaned,
            Garbage::Unscheduled => Rule::GcUnscheduled,
        }
    }
}

/// A number of things, as facts have it.
pub(super) fn fact(count: usize) -> Fact {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

/// Decides which Pods go. `gone`: names of nodes that have been gone for long enough.
pub fn plan_garbage<'a>(
    pods: &[Rc<Pod>],
    finished_most: usize,
    gone: &Set<String>,
    node: &dyn Fn(&str) -> Option<&'a Node>,
) -> Vec<(Rc<Pod>, Garbage)> {
    let mut found: Vec<(Rc<Pod>, Garbage)> = Vec::new();
    let mut ended: Vec<&Rc<Pod>> = pods.iter().filter(|p| p.finished()).collect();
    if finished_most > 0 && ended.len() > finished_most {
        // Evicted ones first, then the oldest. Source: byEvictionAndCreationTimestamp
        let key = |p: &Pod| {
            (p.status.reason != "Evicted", p.meta.creation_timestamp, p.meta.name.clone())
        };
        sort_by(&mut ended, |a, b| key(a).cmp(&key(b)));
        let more = ended.len() - finished_most;
        found.extend(ended.iter().take(more).map(|p| ((*p).clone(), Garbage::Terminated)));
    }
    for pod in pods {
        let name = pod.spec.node_name.as_str();
        let given_up = |n: &Node| {
            n.condition("Ready") != "True" && n.taints.iter().any(|t| t.key == OUT_OF_SERVICE)
        };
        let why = match name {
            "" if pod.deleting() => Garbage::Unscheduled,
            "" => continue,
            name if gone.contains(name) => Garbage::Orphaned,
            name if pod.deleting() && node(name).is_some_and(given_up) => Garbage::OutOfService,
            _ => continue,
        };
        if !found.iter().any(|(p, _)| p.meta.uid == pod.meta.uid) {
            found.push((pod.clone(), why));
        }
    }
    found
}

impl Collector {
    pub(super) fn new(finished_most: usize, seed: u64) -> Self {
        let offset = SimTime::ms(9_500 + draw(seed, "gc-look", "", 0, 1000));
        Collector { finished_most, offset, due: None, missing: Map::new() }
    }

    /// There may be something to find at the next look.
    pub(super) fn look_soon(&mut self, cx: &mut Cx) {
        if self.due.is_none() {
            let passed = cx.now.since(self.offset).as_ms().div_ceil(LOOK.as_ms());
            let mut at = self.offset + SimTime::ms(passed * LOOK.as_ms());
            if at <= cx.now {
                at = at + LOOK;
            }
            self.due = Some(cx.alone(at, SimEvent::Nodes(NodeTimer::Collect)));
        }
    }

    pub(super) fn ask(&mut self, cx: &mut Cx) {
        self.due = None;
        send(NodeCall::ListPods(String::new()), cx);
    }

    /// The nodes that have been gone for long enough; of the others it is noted since when.
    fn gone(&mut self, missing: &[String], cx: &mut Cx) -> Set<String> {
        self.missing.retain(|name, _| missing.contains(name));
        for name in missing.iter().filter(|name| !name.is_empty()) {
            if !self.missing.contains_key(name) {
                let facts = vec![("node", name.as_str().into()), ("wait", QUARANTINE.into())];
                cx.cite(Subject::node(name), Rule::GcQuarantine, facts);
                self.missing.insert(name.clone(), cx.now);
            }
        }
        let long = |(_, since): &(&String, &SimTime)| cx.now >= **since + QUARANTINE;
        self.missing.iter().filter(long).map(|(name, _)| name.clone()).collect()
    }
}

impl Nodes {
    pub(super) fn collect(&mut self, pods: &[Rc<Pod>], cx: &mut Cx) {
        let bound = pods.iter().map(|p| &p.spec.node_name).filter(|name| !name.is_empty());
        let missing: Vec<String> = bound.filter(|name| !self.knows(name)).cloned().collect();
        let gone = self.collector.gone(&missing, cx);
        let most = self.collector.finished_most;
        let found = plan_garbage(pods, most, &gone, &|name| self.node(name));
        let cause = cx.cause;
        for (pod, why) in &found {
            cx.cause = cause;
            let (name, uid) = (pod.meta.name.clone(), pod.meta.uid.clone());
            let facts = match why {
                Garbage::Terminated => vec![("most", fact(most))],
                Garbage::Unscheduled => Vec::new(),
                _ => vec![("node", pod.spec.node_name.as_str().into())],
            };
            cx.cite(Subject::pod(&name), why.rule(), facts);
            let why = (*why == Garbage::Orphaned).then_some(ORPHANED);
            send(NodeCall::Collect { name, uid, why }, cx);
        }
        if missing.iter().any(|name| !gone.contains(name)) {
            self.collector.look_soon(cx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ObjectMeta, Phase, PodSpec, PodStatus, Timestamp};
    use crate::base::json::json;

    fn pod(name: &str, node: &str, phase: Phase, deleting: bool) -> Rc<Pod> {
        let spec = json!({"nodeName": node, "containers": []});
        let spec = Rc::new(PodSpec::read(spec).expect("it is a spec"));
        let meta = ObjectMeta {
            name: name.into(),
            uid: name.into(),
            deletion_timestamp: deleting.then_some(Timestamp(9)),
            ..Default::default()
        };
        Rc::new(Pod { meta, spec, status: PodStatus { phase, ..Default::default() } })
    }

    fn found(pods: &[Rc<Pod>], most: usize, gone: &[&str], node: &Node) -> Vec<String> {
        let gone = gone.iter().map(|n| n.to_string()).collect();
        let all = plan_garbage(pods, most, &gone, &|name| (name == node.name).then_some(node));
        all.iter().map(|(p, why)| format!("{} {why:?}", p.meta.name)).collect()
    }

    #[test]
    fn what_nobody_looks_after_is_found() {
        // Source: gc_controller_test.go TestGCOrphaned, TestGCUnscheduledTerminating
        let pods = [
            pod("a", "n1", Phase::Running, false),
            pod("b", "lost", Phase::Running, false),
            pod("c", "", Phase::Pending, true),
            pod("d", "", Phase::Pending, false),
            pod("e", "lost", Phase::Succeeded, false),
        ];
        let node = Node::default();
        assert_eq!(found(&pods, 10, &[], &node), ["c Unscheduled"]);
        let all = found(&pods, 10, &["lost"], &node);
        assert_eq!(all, ["b Orphaned", "c Unscheduled", "e Orphaned"]);
    }

    #[test]
    fn what_ends_on_a_node_out_of_service_is_found() {
        // Source: gc_controller_test.go TestGCTerminating
        let pods = [pod("a", "n1", Phase::Running, true), pod("b", "n1", Phase::Running, false)];
        let taints = vec![super::super::plan::taint(OUT_OF_SERVICE, "NoExecute")];
        let mut node = Node { name: "n1".into(), taints, ..Node::default() };
        assert_eq!(found(&pods, 10, &[], &node), ["a OutOfService"]);
        node.conditions.push(("Ready".into(), "True".into()));
        assert_eq!(found(&pods, 10, &[], &node), Vec::<String>::new());
    }

    #[test]
    fn of_ended_pods_the_oldest_go() {
        let old = |name: &str, at: i64, reason: &str| {
            let mut p = (*pod(name, "n1", Phase::Failed, false)).clone();
            p.meta.creation_timestamp = Some(Timestamp(at));
            p.status.reason = reason.into();
            Rc::new(p)
        };
        let pods = [old("a", 3, ""), old("b", 1, ""), old("c", 2, ""), old("d", 4, "Evicted")];
        let node = Node::default();
        assert_eq!(found(&pods, 2, &[], &node), ["d Terminated", "b Terminated"]);
        assert_eq!(found(&pods, 4, &[], &node), Vec::<String>::new());
        assert_eq!(found(&pods, 0, &[], &node), Vec::<String>::new());
    }
}
