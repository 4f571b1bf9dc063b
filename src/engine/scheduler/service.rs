//! kube-scheduler: finds a node for each Pod that has none, and tries again when something changes.

use super::filters::{self, Misfit, Plugin, misfits};
use super::place::Place;
use super::preempt::{self, Budget, Victims, plan_preemption};
use super::queue::{Aside, Hint, LEFTOVER};
use super::score::scores;
use super::volumes::Volumes;
use crate::api::node::Node;
use crate::api::{EventType, PlainObject, Pod};
use crate::base::{Map, draw};
use crate::engine::cx::Cx;
use crate::engine::message::{Call, Message};
use crate::engine::trace::{Subject, WatchType};
use crate::engine::wire::SimEvent;
use crate::rules::Rule;
use std::cmp::Reverse;
use std::rc::Rc;

/// The scheduler and what it has seen of the cluster.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scheduler {
    nodes: Map<String, Node>,
    /// Pods that use, or wait for, a node, by UID.
    pods: Map<String, Rc<Pod>>,
    /// Pods put aside as unschedulable, by UID.
    aside: Map<String, Aside>,
    volumes: Volumes,
    /// Budgets of Pods that may be disrupted, by name.
    budgets: Map<String, Budget>,
    pub(super) cycles: u64,
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
    /// To one of these nodes, which are equally good, of so many that fit.
    To(Vec<String>, usize),
    /// Nowhere: why, for each node.
    Nowhere(Vec<Vec<Misfit>>),
}

/// The best of the nodes that fit. `with`: the nodes with the Pods that are to come there too; what
/// fits must fit with and without them. `nominated`: the node that had room made for the Pod.
/// Source: schedule_one.go findNodesThatFitPod, prioritizeNodes; runtime
/// RunFilterPluginsWithNominatedPods
pub fn plan_bind(pod: &Pod, places: &[Place], with: &[Place], nominated: &str) -> BindPlan {
    let look = |at: usize| {
        let first = misfits(pod, at, with);
        let again = first.is_empty() && with[at].pods.len() > places[at].pods.len();
        if again { misfits(pod, at, places) } else { first }
    };
    let found: Vec<Vec<Misfit>> = (0..places.len()).map(look).collect();
    let mut fitting: Vec<usize> = (0..places.len()).filter(|at| found[*at].is_empty()).collect();
    if fitting.is_empty() {
        return BindPlan::Nowhere(found);
    }
    let (count, name) = (fitting.len(), |at: usize| places[at].node.name.clone());
    if let Some(own) = fitting.iter().position(|at| places[*at].node.name == nominated) {
        fitting = vec![fitting[own]];
    }
    let scores = scores(pod, &fitting, places);
    let best = scores.iter().copied().max().unwrap_or(0);
    let tied = fitting.iter().zip(&scores).filter(|(_, score)| **score == best);
    BindPlan::To(tied.map(|(at, _)| name(*at)).collect(), count)
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
            Call::ObjectChanged(kind, object) => match object.kind.as_str() {
                "Node" => self.node_changed(kind, &object, cx),
                "PodDisruptionBudget" => self.budget_changed(kind, &object),
                // Source: framework/plugins/volumebinding EventsToRegister
                _ if self.volumes.changed(kind, &object) => self.look_again(Hint::Volumes, cx),
                _ => {}
            },
            _ => {}
        }
    }

    fn node_changed(&mut self, kind: WatchType, object: &PlainObject, cx: &mut Cx) {
        if kind == WatchType::Deleted {
            return drop(self.nodes.remove(&object.meta.name));
        }
        let node = Node::read(object);
        let before = self.nodes.insert(node.name.clone(), node.clone());
        self.look_again(Hint::Node(before.as_ref(), &node), cx);
    }

    fn budget_changed(&mut self, kind: WatchType, object: &PlainObject) {
        let name = object.meta.name.clone();
        if kind == WatchType::Deleted {
            return drop(self.budgets.remove(&name));
        }
        let home = object.meta.home().to_string();
        let selector = object.body["spec"]["selector"].clone();
        let allowed = object.body["status"]["disruptionsAllowed"].as_i64().unwrap_or(0);
        self.budgets.insert(name, Budget { home, selector, allowed });
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
            let waited = self.aside.remove(&uid).filter(|a| a.nominated.is_empty()).is_some();
            if self.pods.remove(&uid).is_some() && !waited {
                self.look_again(Hint::PodGone(&pod), cx);
            }
            return;
        }
        if self.is_assumed(&uid) && pod.spec.node_name.is_empty() && !pod.deleting() {
            return;
        }
        let old = self.pods.insert(uid.clone(), pod.clone());
        if !pod.spec.node_name.is_empty() {
            self.aside.remove(&uid);
            let same = |old: &Rc<Pod>| {
                !old.spec.node_name.is_empty() && old.meta.labels == pod.meta.labels
            };
            if !old.as_ref().is_some_and(same) {
                self.look_again(Hint::PodCame(&pod), cx);
            }
            return;
        }
        if pod.deleting() || pod.spec.raw["schedulerName"] != "default-scheduler" {
            self.aside.remove(&uid);
            return;
        }
        let before = old.as_deref().map(gates);
        match (before, gates(&pod)) {
            (None | Some(1..), 0) => self.attempt(&uid, cx),
            (before, n @ 1..) if before != Some(n) => {
                let facts = vec![("gates", (n as i64).into())];
                cx.cite(Subject::pod(&pod.meta.name), Rule::SchedulerGated, facts);
            }
            _ if old.is_some_and(|old| self.helps_itself(&old, &pod)) => self.attempt(&uid, cx),
            _ => {}
        }
    }

    /// Whether it has a place, perhaps one that the API server does not know of yet: news of it
    /// from before must not free that place again.
    /// Source: pkg/scheduler/eventhandlers.go updatePodInSchedulingQueue (isAssumed)
    fn is_assumed(&self, uid: &str) -> bool {
        self.pods.get(uid).is_some_and(|pod| !pod.spec.node_name.is_empty())
    }

    /// Whether a change of the Pod itself may help it: to what it tolerates, or to labels that
    /// count for where it may be. Of its status nothing does.
    /// Source: framework/events.go PodSchedulingPropertiesChange; framework/plugins/tainttoleration
    /// isSchedulableAfterPodTolerationChange
    fn helps_itself(&self, old: &Pod, pod: &Pod) -> bool {
        let Some(aside) = self.aside.get(&pod.meta.uid) else { return false };
        let tolerated = |pod: &Pod| pod.spec.raw["tolerations"].as_array().map_or(0, Vec::len);
        let (more, labels) = (tolerated(old) != tolerated(pod), old.meta.labels != pod.meta.labels);
        let helps = |plugin: &Plugin| match plugin {
            Plugin::Taints | Plugin::Cordon => more,
            Plugin::Spread | Plugin::InterPod => labels,
            _ => false,
        };
        aside.plugins.iter().any(helps)
    }

    /// Something changed that may help Pods put aside: those that it may help get another attempt,
    /// the most important first. Their back-off does not hold them up, as the queue is empty.
    /// Source: backend/queue MoveAllToActiveOrBackoffQueue; active_queue.go unlockedPop with
    /// SchedulerPopFromBackoffQ; queuesort/priority_sort.go Less
    fn look_again(&mut self, hint: Hint, cx: &mut Cx) {
        let helped = |(uid, aside): (&String, &Aside)| {
            let pod = self.pods.get(uid)?;
            let helps = aside.plugins.iter().any(|plugin| hint.helps(pod, *plugin));
            let order = (Reverse(pod.spec.needs.priority), aside.since);
            helps.then(|| (order, uid.clone(), pod.meta.name.clone()))
        };
        let mut due: Vec<_> = self.aside.iter().filter_map(helped).collect();
        crate::base::sort_by_key(&mut due, |(order, ..)| *order);
        for (_, uid, name) in due {
            let facts = vec![("because", hint.words().into())];
            let before = cx.cause;
            cx.cite(Subject::pod(&name), Rule::SchedulerAgain, facts);
            self.attempt(&uid, cx);
            cx.cause = before;
        }
    }

    fn attempt(&mut self, uid: &str, cx: &mut Cx) {
        let Some(pod) = self.pods.get(uid).cloned() else { return };
        self.cycles += 1;
        // Source: framework/plugins/volumebinding PreFilter
        if let Some(why) = self.volumes.objection(&pod) {
            let found = vec![vec![Misfit::never(Plugin::Volumes, &why)]; self.nodes.len()];
            let count = found.len();
            let why = format!("0/{count} nodes are available: {why}.");
            return self.nowhere(&pod, why, &found, cx);
        }
        let nominated = self.aside.get(uid).map_or(String::new(), |a| a.nominated.clone());
        let places = self.places(&pod, false);
        let with = self.places(&pod, true);
        match plan_bind(&pod, &places, &with, &nominated) {
            BindPlan::To(tied, fitting) => {
                let at = draw(cx.seed, "tie", uid, self.cycles, tied.len() as u64) as usize;
                let node = tied[at].clone();
                self.bind(&pod, &node, fitting, cx);
            }
            BindPlan::Nowhere(found) => {
                let message = filters::message(&found, "");
                self.nowhere(&pod, message, &found, cx);
            }
        }
    }

    /// The nodes as a Pod finds them; with the Pods that are to come there, if they are as
    /// important as it is.
    fn places(&self, pod: &Pod, coming: bool) -> Vec<Place<'_>> {
        let comes = |other: &Pod, node: &Node| {
            let aside = self.aside.get(&other.meta.uid);
            aside.is_some_and(|a| a.nominated == node.name)
                && other.meta.uid != pod.meta.uid
                && other.spec.needs.priority >= pod.spec.needs.priority
        };
        let there = |other: &Rc<Pod>, node: &Node| {
            other.spec.node_name == node.name || coming && comes(other, node)
        };
        let of = |node| self.pods.values().filter(|p| there(p, node)).collect();
        let place = |node| {
            let volumes = self.volumes.misfit(pod, node);
            Place { volumes, ..Place::new(node, of(node)) }
        };
        self.nodes.values().map(place).collect()
    }

    fn bind(&mut self, pod: &Rc<Pod>, node: &str, fitting: usize, cx: &mut Cx) {
        let (name, uid) = (pod.meta.name.clone(), pod.meta.uid.clone());
        self.aside.remove(&uid);
        let facts = vec![("node", node.into()), ("fitting", (fitting as i64).into())];
        cx.cite(Subject::pod(&name), Rule::SchedulerBound, facts);
        // From now on it counts there, whatever the API server says.
        let spec =
            pod.spec.with("nodeName", node.into()).map_or_else(|_| pod.spec.clone(), Rc::new);
        let assumed = Rc::new(Pod { spec, ..(**pod).clone() });
        self.pods.insert(uid.clone(), assumed.clone());
        let text = format!("Successfully assigned {} to {node}", pod.meta.full_name());
        self.tell(&uid, Call::Bind { name, uid: uid.clone(), node: node.to_string() }, cx);
        self.event(pod, (EventType::Normal, "Scheduled", &text), cx);
        self.look_again(Hint::PodCame(&assumed), cx);
    }

    /// No node fits: perhaps others can go.
    fn nowhere(&mut self, pod: &Rc<Pod>, why: String, found: &[Vec<Misfit>], cx: &mut Cx) {
        let budgets: Vec<Budget> = self.budgets.values().cloned().collect();
        let mut aside = self.aside.remove(&pod.meta.uid).unwrap_or_default();
        let mut waiting = (**pod).clone();
        waiting.status.nominated_node_name = aside.nominated.clone();
        let places = self.places(pod, false);
        let plan = plan_preemption(&waiting, &places, found, &budgets);
        if aside.attempts == 0 {
            aside.since = cx.now;
        }
        aside.attempts += 1;
        aside.note(found);
        let before = aside.nominated.clone();
        let message = match plan {
            _ if found.is_empty() => why,
            Ok(victims) => {
                aside.nominated = victims.node.clone();
                self.preempt(pod, &victims, cx);
                why
            }
            Err(text) => {
                if !text.starts_with("not eligible") {
                    aside.nominated.clear();
                }
                why + " no new claims to deallocate, preemption: " + &text
            }
        };
        self.put_aside(pod, aside, (&before, message), found, cx);
    }

    fn put_aside(
        &mut self,
        pod: &Rc<Pod>,
        mut aside: Aside,
        (before, message): (&str, String),
        found: &[Vec<Misfit>],
        cx: &mut Cx,
    ) {
        let (name, uid) = (pod.meta.name.clone(), pod.meta.uid.clone());
        let retry = SchedulerTimer::Retry(uid.clone(), aside.attempts);
        cx.after(LEFTOVER, SimEvent::Scheduler(retry));
        let event = (EventType::Warning, "FailedScheduling", message.as_str());
        aside.told = self.event_again(pod, event, aside.told.take(), cx);
        if aside.message != message || aside.nominated != before {
            let facts = vec![("message", message.as_str().into())];
            let rule = Rule::SchedulerUnschedulable;
            cx.cite_fields(Subject::pod(&name), rule, facts, fields_of(found));
            let (reason, nominated) = ("Unschedulable".to_string(), Some(aside.nominated.clone()));
            let message = message.clone();
            let uid = uid.clone();
            let call = Call::PatchCondition { name, uid, reason, message, nominated };
            self.tell(&pod.meta.uid, call, cx);
        }
        aside.message = message;
        self.aside.insert(uid, aside);
    }

    /// Victims are told and deleted with their own grace; Pods of lower priority that were to come
    /// to the node lose their place.
    /// Source: framework/preemption/executor.go prepareCandidateAsync, PreemptPod
    fn preempt(&mut self, pod: &Rc<Pod>, victims: &Victims, cx: &mut Cx) {
        let names: Vec<&str> = victims.pods.iter().map(|p| p.meta.name.as_str()).collect();
        let facts =
            vec![("victims", names.join(", ").into()), ("node", victims.node.as_str().into())];
        cx.cite(Subject::pod(&pod.meta.name), Rule::SchedulerPreempts, facts);
        for victim in victims.pods.iter().filter(|v| !v.deleting()) {
            let (name, uid) = (victim.meta.name.clone(), victim.meta.uid.clone());
            let call = Call::Disrupt {
                name,
                uid: uid.clone(),
                reason: preempt::REASON.into(),
                message: "default-scheduler: preempting to accommodate a higher priority pod"
                    .into(),
            };
            self.tell(&uid, call, cx);
            let text = format!("Preempted by pod {} on node {}", pod.meta.uid, victims.node);
            self.event(victim, (EventType::Normal, "Preempted", &text), cx);
        }
        let lower = |uid: &String| {
            self.pods.get(uid).is_some_and(|p| p.spec.needs.priority < pod.spec.needs.priority)
        };
        for (uid, aside) in self.aside.iter_mut() {
            if aside.nominated == victims.node && lower(uid) {
                aside.nominated.clear();
            }
        }
    }
}

fn gates(pod: &Pod) -> usize {
    pod.spec.raw["schedulingGates"].as_array().map_or(0, Vec::len)
}

/// The fields of the Pod that the reasons are about.
fn fields_of(found: &[Vec<Misfit>]) -> Vec<String> {
    let field = |m: &Misfit| match m.plugin {
        Plugin::Cordon | Plugin::Taints => "spec.tolerations",
        Plugin::Affinity => "spec.nodeSelector",
        Plugin::Ports => "spec.containers[0].ports",
        Plugin::Fit => "spec.containers[0].resources",
        Plugin::Volumes => "spec.volumes",
        Plugin::Spread => "spec.topologySpreadConstraints",
        Plugin::InterPod => "spec.affinity",
    };
    let mut fields: Vec<String> = found.iter().flatten().map(|m| field(m).to_string()).collect();
    crate::base::sort(&mut fields);
    fields.dedup();
    fields
}
