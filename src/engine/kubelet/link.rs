//! The kubelet's connection to the API server: while there is none, what it has to say waits.

use super::service::{Kubelet, KubeletTimer};
use super::worker::{Stage, Worker};
use crate::api::{ContainerStatus, EventType, NodeCondition, Pod, node};
use crate::base::draw::uuid;
use crate::base::{Set, SimTime};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, NodeCall, Snapshot};
use crate::engine::recorder::node_event;
use crate::engine::trace::{Subject, WatchType};
use crate::engine::wire::{EventKey, SimEvent};
use crate::rules::Rule;
use std::collections::VecDeque;
use std::rc::Rc;

/// From renewal to renewal of the lease. Source: kubelet.go nodeLeaseRenewIntervalFraction 0.25 of
/// nodeLeaseDurationSeconds 40
const RENEW: u64 = 10_000;
/// From report to report of the node's status.
/// Source: v1beta1/defaults.go NodeStatusUpdateFrequency
const REPORT: u64 = 10_000;
/// How long an Event is tried: 12 times, 10 s apart. Source: client-go tools/record/event.go
/// maxTriesPerEvent, defaultSleepDuration
const EVENT_TRIES: SimTime = SimTime::secs(120);
/// How long the runtime may be silent. Source: kubelet.go maxWaitForContainerRuntime
const RUNTIME_SILENT: SimTime = SimTime::secs(30);
/// What the kubelet says then. Source: kubelet/runtime.go runtimeErrors
const RUNTIME_DOWN: &str = "container runtime is down";

/// The connection and what waits for it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Link {
    /// There is none.
    pub(super) down: bool,
    /// Events that wait, with their time.
    events: VecDeque<(SimTime, Call)>,
    /// When the lease is renewed: this, and every 10 seconds after.
    renew: SimTime,
    /// The same for the node's status.
    report: SimTime,
    due: Option<EventKey>,
    /// The container runtime does not answer: since when.
    runtime_down: Option<SimTime>,
    /// Which pressures there are: memory, disk, PIDs.
    pressures: [bool; 3],
}

impl Link {
    /// A connection that stands; when the lease is renewed and the node's status reported first.
    pub(super) fn new(renew: SimTime, report: SimTime) -> Link {
        Link { renew, report, ..Link::default() }
    }
}

impl Kubelet {
    /// When the lease was last renewed, if all was well until `now`.
    pub fn last_renewal(&self, now: SimTime) -> SimTime {
        let since = now.as_ms().checked_sub(self.link.renew.as_ms());
        since.map_or(SimTime::ZERO, |ms| self.link.renew + SimTime::ms(ms / RENEW * RENEW))
    }

    /// Writes an Event, or keeps it until it can.
    pub(super) fn write_event(&mut self, call: Call, cx: &mut Cx) {
        if self.link.down {
            return self.link.events.push_back((cx.now, call));
        }
        cx.send(Component::ApiServer, latency::API_HOP, call);
    }

    /// The API server cannot be reached any more.
    pub fn cut_off(&mut self) {
        self.link.down = true;
    }

    /// It can again: what waited is said, and the node's status is reported at its next turn.
    pub fn back(&mut self, cx: &mut Cx) {
        if !std::mem::replace(&mut self.link.down, false) {
            return;
        }
        // One Event after the other; those before the one that is being tried were given up.
        let mut begun = self.link.events.front().map(|(at, _)| *at);
        while let (Some(at), true) = (begun, !self.link.events.is_empty()) {
            if cx.now.since(at) < EVENT_TRIES {
                break;
            }
            self.link.events.pop_front();
            begun = self.link.events.front().map(|(next, _)| (*next).max(at + EVENT_TRIES));
        }
        for (_, call) in std::mem::take(&mut self.link.events) {
            cx.send(Component::ApiServer, latency::API_HOP, call);
        }
        if self.link.due.is_none() {
            self.report_at_turn(cx.now, cx);
        }
    }

    /// A kubelet that knows nothing but its node.
    pub fn started_anew(&self, seed: u64) -> Kubelet {
        let mut new = Kubelet::new(seed, &self.node_ip, self.node_object.clone());
        (new.started, new.link.down) = (true, true);
        new
    }

    /// The machine was started anew. Source: kubelet_node_status.go recordNodeSchedulableEvent;
    /// nodestatus/setters.go MachineInfo
    pub fn tell_reboot(&mut self, cx: &mut Cx) {
        let boot = uuid(cx.seed, cx.wire.fresh());
        let text = format!("Node {} has been rebooted, boot id: {boot}", self.node);
        self.tell_of_node(EventType::Warning, "Rebooted", &text, cx);
    }

    /// The next report not before `from`.
    fn report_at_turn(&mut self, from: SimTime, cx: &mut Cx) {
        let passed = from.since(self.link.report).as_ms().div_ceil(REPORT);
        let at = self.link.report + SimTime::ms(passed * REPORT);
        let new = cx.alone(at.max(cx.now), SimEvent::Kubelet(KubeletTimer::ReportNode));
        if let Some(old) = self.link.due.replace(new) {
            cx.wire.cancel(old);
        }
    }

    /// The container runtime answers no more, or does again.
    pub fn runtime_answers(&mut self, yes: bool, cx: &mut Cx) {
        if yes != self.link.runtime_down.is_some() {
            return;
        }
        self.link.runtime_down = (!yes).then_some(cx.now);
        let wait = if yes { SimTime::ZERO } else { RUNTIME_SILENT };
        self.report_at_turn(cx.now + wait, cx);
    }

    /// Whether syncs are put off, as the runtime has not answered for too long.
    fn is_runtime_down(&self, now: SimTime) -> bool {
        self.link.runtime_down.is_some_and(|since| now.since(since) >= RUNTIME_SILENT)
    }

    /// A pressure began or ended: memory, disk, PIDs. It is reported at the next turn.
    pub fn press(&mut self, which: usize, on: bool, cx: &mut Cx) {
        if self.link.pressures[which] != on {
            self.link.pressures[which] = on;
            self.report_at_turn(cx.now, cx);
        }
    }

    /// The node's conditions as the kubelet sees them.
    /// Source: kubelet/nodestatus/setters.go
    fn node_conditions(&self, now: SimTime) -> Vec<NodeCondition> {
        const PRESSED: [(&str, &str); 3] = [
            ("KubeletHasInsufficientMemory", "kubelet has insufficient memory available"),
            ("KubeletHasDiskPressure", "kubelet has disk pressure"),
            ("KubeletHasInsufficientPID", "kubelet has insufficient PID available"),
        ];
        let mut all = node::healthy();
        for (at, (reason, message)) in PRESSED.into_iter().enumerate() {
            if self.link.pressures[at] {
                all[at].status = "True";
                all[at].reason = reason;
                all[at].message = message.into();
            }
        }
        if self.is_runtime_down(now) {
            all[3].status = "False";
            all[3].reason = "KubeletNotReady";
            all[3].message = RUNTIME_DOWN.into();
        }
        all
    }

    /// The node's status is written, and Events tell what is new in it.
    /// Source: kubelet_node_status.go updateNodeStatus; nodestatus/setters.go
    pub(super) fn report_node(&mut self, cx: &mut Cx) {
        self.link.due = None;
        if self.link.down {
            return;
        }
        let node = self.node.clone();
        let set = self.node_conditions(cx.now);
        let new: Vec<NodeCondition> = set
            .iter()
            .filter(|c| self.node_object.condition(c.kind) != c.status)
            .cloned()
            .collect();
        if new.is_empty() {
            return;
        }
        for condition in &new {
            if condition.kind == "Ready" && condition.status == "False" {
                let facts = vec![("node", node.as_str().into())];
                cx.cite(Subject::node(&node), Rule::NodeRuntimeDown, facts);
            }
            let reason = told(condition);
            let text = format!("Node {node} status is now: {reason}");
            self.tell_of_node(EventType::Normal, reason, &text, cx);
        }
        let call = Call::Node(NodeCall::Conditions { node, set });
        cx.send(Component::ApiServer, latency::API_HOP, call);
    }

    /// Records an Event about the node.
    pub(super) fn tell_of_node(&mut self, kind: EventType, reason: &str, text: &str, cx: &mut Cx) {
        let node = self.node.clone();
        let event = node_event(&node, kind, reason, text, ("kubelet", &node), cx);
        if let Some(event) = self.recorder.record(event, cx.now) {
            self.write_event(Call::WriteEvent(event), cx);
        }
    }

    /// All that there is, after a time without news.
    pub(super) fn relisted(&mut self, all: &Rc<Snapshot>, cx: &mut Cx) {
        self.objects.replace(all);
        let own = all.plain.iter().find(|o| o.kind == "Node" && o.meta.name == self.node);
        if let Some(object) = own {
            self.node_object = node::Node::read(object);
        }
        let there: Set<&String> = all.pods.iter().map(|pod| &pod.meta.uid).collect();
        let gone = self.workers.iter().filter(|(uid, w)| !there.contains(uid) && !w.removed);
        let gone: Vec<Rc<Pod>> = gone.map(|(_, w)| w.pod.clone()).collect();
        let cause = cx.cause;
        for pod in gone {
            cx.cause = cause;
            self.pod_changed(WatchType::Deleted, pod, cx);
        }
        let started = std::mem::take(&mut self.started);
        for pod in &all.pods {
            cx.cause = cause;
            match started && !self.workers.contains_key(&pod.meta.uid) {
                true => self.adopt(pod, cx),
                false => self.pod_changed(WatchType::Modified, pod.clone(), cx),
            }
            // What was to be written while nothing could be.
            self.reconcile(&pod.meta.uid, cx);
            self.write_soon(&pod.meta.uid, cx);
        }
    }

    /// A kubelet that has just started finds a Pod that is older than itself: it looks at the
    /// runtime before it does anything.
    /// Source: kubelet.go syncLoop; pod_workers.go podWorkerLoop waits for the first relist
    fn adopt(&mut self, pod: &Rc<Pod>, cx: &mut Cx) {
        let uid = pod.meta.uid.clone();
        let mut w = Worker::new(pod.clone());
        w.last_sync_end = Some(cx.now);
        if pod.deleting() {
            w.stage = Stage::Terminating;
        } else if pod.finished() {
            // Source: pod_workers.go UpdatePod: what ended before is not synced again
            (w.stage, w.status.last) = (Stage::Finished, true);
        }
        w.adopted = true;
        // Source: kuberuntime_container.go startContainer, calcRestartCountByLogDir
        let ran = |s: &ContainerStatus| s.state.running.is_some() || s.state.terminated.is_some();
        let next = |s: &ContainerStatus| (s.name.clone(), s.restart_count + u32::from(ran(s)));
        w.purged = pod.status.all_containers().map(next).collect();
        self.workers.insert(uid.clone(), w);
        self.adopt_probers(&uid, cx);
        let wait = cx.work(latency::POD_ADMISSION, &uid, 0);
        cx.after(wait, SimEvent::Kubelet(KubeletTimer::Admit(uid)));
    }

    /// The kubelet begins: its node is registered, and reported as soon as it is Ready.
    /// Source: kubelet.go Run, BirthCry; kubelet_node_status.go registerWithAPIServer
    pub fn begin_anew(&mut self, cx: &mut Cx) {
        self.tell_of_node(EventType::Normal, "Starting", "Starting kubelet.", cx);
        let node = self.node.clone();
        // Source: nodestatus/setters.go: the first report of a kubelet tells each of them
        for reason in ["NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID"] {
            let text = format!("Node {node} status is now: {reason}");
            self.tell_of_node(EventType::Normal, reason, &text, cx);
        }
        let text = "Updated Node Allocatable limit across pods";
        self.tell_of_node(EventType::Normal, "NodeAllocatableEnforced", text, cx);
        let at = cx.now + SimTime::ms(500);
        let new = cx.alone(at, SimEvent::Kubelet(KubeletTimer::ReportNode));
        self.link.due = Some(new);
    }
}

/// The reason of the Event that tells of a condition.
fn told(condition: &NodeCondition) -> &'static str {
    match (condition.kind, condition.status) {
        ("MemoryPressure", "True") => "NodeHasInsufficientMemory",
        ("MemoryPressure", _) => "NodeHasSufficientMemory",
        ("DiskPressure", "True") => "NodeHasDiskPressure",
        ("DiskPressure", _) => "NodeHasNoDiskPressure",
        ("PIDPressure", "True") => "NodeHasInsufficientPID",
        ("PIDPressure", _) => "NodeHasSufficientPID",
        (_, "True") => "NodeReady",
        _ => "NodeNotReady",
    }
}
