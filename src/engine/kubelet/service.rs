//! The kubelet: what it hears, its timers, and who waits for which answer.

use super::exec;
use super::link::Link;
use super::node_eviction::NodePressure;
use super::objects::Objects;
use super::pleg::{Pleg, found};
use super::probe_run::ProbeKey;
use super::reconcile::readiness_is_stale;
use super::worker::{Busy, Stage, Worker};
use crate::api::node::Node;
use crate::api::{EventType, Pod};
use crate::base::{Map, Shared, SimTime, draw};
use crate::engine::cri::{RuntimeCall, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component, Message, NodeCall};
use crate::engine::network::{Dial, Dialed};
use crate::engine::recorder::{Recorder, new_event};
use crate::engine::trace::{Subject, WatchType};
use crate::engine::wire::SimEvent;
use crate::rules::Rule;
use crate::shell::net::LATENCY;
use std::rc::Rc;

/// A timer of the kubelet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KubeletTimer {
    /// The first sync of a Pod may begin.
    Admit(String),
    /// The work queue's entry of a Pod is due.
    Due(String),
    /// A relist moment.
    Relist,
    /// A status is to be written.
    WriteStatus(String),
    /// The volumes are to be mounted, as far as they are not.
    Mount(String),
    /// A sync has waited for its volumes as long as it does.
    VolumesLate(String),
    /// The volumes are unmounted.
    Unmounted(String),
    /// The usage of the volumes is to be measured.
    MeasureVolumes(String),
    /// The eviction manager looks at the node.
    LookAtNode,
    /// The eviction manager looks at a Pod.
    LookForEviction(String),
    /// A probe's tick.
    ProbeTick(ProbeKey),
    /// A hook that sleeps is over, or a hook's time is.
    HookOver(String, String, u64),
    /// A preStop hook has used up the grace.
    HookCut(String, String),
    /// A sidecar has waited for its turn as long as its grace allows.
    TurnOver(String, String),
    /// A Pod has been active for as long as it may.
    Deadline(String),
    /// A status that somebody else wrote over may be written again.
    Reconcile(String),
    /// The node's status is to be reported.
    ReportNode,
}

/// Who waits for an answer of the runtime.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Owner {
    /// A relist, of one Pod or of all.
    Relist(Option<String>),
    /// The step under way of a worker.
    Step(String),
    /// The kill of a container.
    Kill(String, String),
    /// The preStop hook of a container.
    PreStop(String, String),
    /// An attempt of a probe.
    Probe(ProbeKey),
    /// The look at the runtime before the last status.
    Final(String),
    /// A kubectl command in a container, by its number.
    Exec(u64),
    /// The volumes of a Pod.
    Volumes(String),
    /// The measurement of a Pod's volumes.
    Measure(String),
    /// The eviction manager's look at the node.
    NodeUse,
    /// The eviction manager's look at a Pod.
    Evict(String),
    /// Nobody.
    Nobody,
}

/// The kubelet of a node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kubelet {
    /// The node's name.
    pub node: String,
    /// The node's address.
    pub node_ip: String,
    /// The node, as the API has it.
    pub(super) node_object: Node,
    /// Workers, by Pod UID.
    pub workers: Shared<String, Worker>,
    /// The cluster's objects that it watches.
    pub objects: Objects,
    pub(super) pleg: Pleg,
    pub(super) recorder: Recorder,
    pub(super) calls: Map<u64, Owner>,
    tick_offset: SimTime,
    pub(super) pressure: NodePressure,
    /// When the last Pod that came is looked at.
    admitting: SimTime,
    pub(super) link: Link,
    /// It has just started, and has not heard of its Pods yet.
    pub(super) started: bool,
    pub(super) status_offset: SimTime,
}

impl Kubelet {
    /// The kubelet of a node with this address, up for a long time.
    pub fn new(seed: u64, ip: &str, node: Node) -> Self {
        let name = node.name.clone();
        let offset = |what, most| SimTime::ms(draw(seed, what, &name, 0, most));
        Kubelet {
            node_ip: ip.to_string(),
            node_object: node,
            workers: Shared::new(),
            objects: Objects::default(),
            pleg: Pleg { offset: offset("relist-offset", 1000), next: None },
            recorder: Recorder::default(),
            calls: Map::new(),
            tick_offset: offset("tick-offset", 1000),
            pressure: NodePressure::default(),
            admitting: SimTime::ZERO,
            status_offset: offset("status-offset", 10_000),
            // In the middle of what they can be, so that runs can be compared.
            link: Link::new(
                SimTime::secs(4) + offset("lease-offset", 2000),
                SimTime::secs(2) + offset("report-offset", 2000),
            ),
            started: false,
            node: name,
        }
    }

    /// Handles a message.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        match message.call {
            Call::PodChanged(kind, pod) => self.pod_changed(kind, pod, cx),
            Call::ObjectChanged(_, object) if object.kind == "Node" => {
                self.node_object = Node::read(&object);
            }
            Call::Node(NodeCall::Relist(all)) => self.relisted(&all, cx),
            Call::ObjectChanged(kind, object) => self.objects.changed(kind, object),
            Call::ServiceChanged(kind, service) => self.objects.service_changed(kind, service),
            Call::RuntimeReply(id, reply) => self.replied(id, reply, cx),
            Call::Dialed(id, dialed) => self.dialed(id, &dialed, cx),
            Call::Exec { command, uid, container, argv } => {
                self.exec(command, &uid, &container, argv, cx);
            }
            _ => {}
        }
    }

    /// Handles a timer.
    pub fn fire(&mut self, timer: KubeletTimer, cx: &mut Cx) {
        match timer {
            KubeletTimer::Admit(uid) => self.admit(&uid, cx),
            KubeletTimer::Due(uid) => {
                if let Some(w) = self.workers.get_mut(&uid) {
                    w.requeue = None;
                }
                self.ask(&uid, cx);
            }
            KubeletTimer::Relist => self.relist(cx),
            KubeletTimer::WriteStatus(uid) => self.write_status(&uid, cx),
            KubeletTimer::Mount(uid) => self.try_mounts(&uid, cx),
            KubeletTimer::VolumesLate(uid) => self.give_up_waiting(&uid, true, cx),
            KubeletTimer::Unmounted(uid) => self.unmounted(&uid, cx),
            KubeletTimer::MeasureVolumes(uid) => self.measure_volumes(&uid, cx),
            KubeletTimer::LookAtNode => self.look_at_node(cx),
            KubeletTimer::LookForEviction(uid) => self.look_for_eviction(&uid, cx),
            KubeletTimer::ProbeTick(key) => self.probe_tick(&key, cx),
            KubeletTimer::HookOver(uid, container, call) => {
                self.sleep_is_over(&uid, &container, call, cx);
            }
            KubeletTimer::HookCut(uid, container) => self.cut_pre_stop(&uid, &container, cx),
            KubeletTimer::TurnOver(uid, container) => self.turn_has_come(&uid, &container, cx),
            KubeletTimer::Deadline(uid) => self.deadline_came(&uid, cx),
            KubeletTimer::Reconcile(uid) => self.reconcile(&uid, cx),
            KubeletTimer::ReportNode => self.report_node(cx),
        }
    }

    /// Source: kubelet/config/config.go; kubelet.go HandlePodAdditions, HandlePodUpdates
    pub(super) fn pod_changed(&mut self, kind: WatchType, pod: Rc<Pod>, cx: &mut Cx) {
        let uid = pod.meta.uid.clone();
        if pod.spec.node_name != self.node {
            return;
        }
        if kind == WatchType::Deleted {
            return self.pod_removed(&uid, cx);
        }
        let Some(w) = self.workers.get_mut(&uid) else {
            self.workers.insert(uid.clone(), Worker::new(pod));
            let wait = cx.work(latency::POD_ADMISSION, &uid, 0);
            // One after the other, in the order in which they came.
            self.admitting = self.admitting.max(cx.now + wait);
            cx.at(self.admitting, SimEvent::Kubelet(KubeletTimer::Admit(uid)));
            return;
        };
        let old = std::mem::replace(&mut w.pod, pod);
        let deleting = w.pod.deleting() && !old.deleting();
        let changed = old.spec != w.pod.spec
            || old.meta.labels != w.pod.meta.labels
            || old.meta.annotations != w.pod.meta.annotations
            || old.meta.deletion_timestamp != w.pod.meta.deletion_timestamp;
        if deleting {
            let grace = SimTime::secs(w.grace() as u64);
            cx.cite(
                Subject::pod(&w.pod.meta.name),
                Rule::DeleteSeen,
                vec![("grace", grace.into())],
            );
            w.stage = w.stage.max(Stage::Terminating);
        }
        if changed || readiness_is_stale(&w.pod) {
            self.ask(&uid, cx);
        }
        self.reconcile_later(&uid, cx);
        self.watch_deadline(&uid, cx);
    }

    /// The object is gone from the API; what runs is stopped all the same.
    fn pod_removed(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.removed = true;
        if w.stage < Stage::Terminated && !w.status.last {
            let grace = SimTime::secs(w.grace() as u64);
            let subject = Subject::pod(&w.pod.meta.name);
            cx.cite(subject, Rule::DeleteOrphan, vec![("grace", grace.into())]);
        }
        w.stage = w.stage.max(Stage::Terminating);
        if w.stage == Stage::Finished {
            return self.forget(uid, cx);
        }
        self.ask(uid, cx);
    }

    /// Nothing of the Pod is left: neither object nor container.
    pub(super) fn forget(&mut self, uid: &str, cx: &mut Cx) {
        self.workers.remove(uid);
        self.recorder.forget(uid);
        let call = RuntimeCall::RemovePod { uid: uid.to_string() };
        self.call(Owner::Nobody, call, cx);
    }

    fn replied(&mut self, id: u64, reply: RuntimeReply, cx: &mut Cx) {
        let Some(owner) = self.calls.remove(&id) else { return };
        match (owner, reply) {
            (Owner::Relist(only), RuntimeReply::Listed { at, pods }) => {
                self.listed(only.as_ref(), at, &pods, cx);
            }
            (Owner::Final(uid), RuntimeReply::Listed { pods, .. }) => {
                let seen = found(&pods, &uid);
                self.final_status(&uid, seen, cx);
            }
            (Owner::Volumes(uid), RuntimeReply::Volumes(errors)) => {
                self.volumes_done(&uid, &errors, cx);
            }
            (Owner::Measure(uid), RuntimeReply::Storage(found)) => {
                self.volumes_measured(&uid, &found, cx);
            }
            (Owner::Evict(uid), RuntimeReply::Storage(found)) => {
                self.evict_if(&uid, &found.containers, cx);
            }
            (Owner::NodeUse, RuntimeReply::NodeUse(found)) => self.node_used(&found, cx),
            (Owner::Step(uid), reply) => self.step_replied(&uid, reply, cx),
            (Owner::Exec(command), reply) => exec::ended(command, reply, cx),
            (Owner::Kill(uid, container), _) => self.killed(&uid, &container, cx),
            (Owner::PreStop(uid, container), reply) => {
                self.pre_stop_done(&uid, &container, id, &reply, cx);
            }
            (Owner::Probe(key), reply) => self.probe_replied(&key, &reply, cx),
            _ => {}
        }
    }

    /// Asks the runtime; the answer goes to `owner`.
    pub(super) fn call(&mut self, owner: Owner, call: RuntimeCall, cx: &mut Cx) -> u64 {
        self.call_after(SimTime::ZERO, owner, call, cx)
    }

    /// Asks the runtime after `wait`.
    pub(super) fn call_after(
        &mut self,
        wait: SimTime,
        owner: Owner,
        call: RuntimeCall,
        cx: &mut Cx,
    ) -> u64 {
        let id = cx.wire.fresh();
        self.calls.insert(id, owner);
        cx.send_after(
            wait,
            Component::Runtime(cx.node()),
            latency::CRI_HOP,
            Call::Runtime(id, call),
        );
        id
    }

    /// Makes a request over the network; the answer goes to `owner`.
    pub(super) fn dial(&mut self, owner: Owner, dial: Dial, cx: &mut Cx) -> u64 {
        let id = cx.wire.fresh();
        self.calls.insert(id, owner);
        cx.send(Component::Network(cx.node()), LATENCY, Call::Dial(id, Rc::new(dial)));
        id
    }

    fn dialed(&mut self, id: u64, dialed: &Dialed, cx: &mut Cx) {
        let Some(owner) = self.calls.remove(&id) else { return };
        match owner {
            Owner::Probe(key) => self.probe_dialed(&key, dialed, cx),
            Owner::Step(uid) => {
                let name = self.workers.get(&uid).and_then(|w| w.task.starting.as_ref());
                let name = name.map(|s| s.container.clone()).unwrap_or_default();
                let reply = self.hook_dialed(&uid, &name, "postStart", dialed, cx);
                self.step_replied(&uid, reply, cx);
            }
            Owner::PreStop(uid, container) => {
                let reply = self.hook_dialed(&uid, &container, "preStop", dialed, cx);
                self.pre_stop_done(&uid, &container, id, &reply, cx);
            }
            _ => {}
        }
    }

    /// Asks for a sync; one is pending at most.
    pub(super) fn ask(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.asked = true;
        if w.busy == Busy::Idle {
            return self.begin(uid, cx);
        }
        // The end of a Pod ends the wait for its volumes.
        // Source: pod_workers.go UpdatePod cancels the context of the sync
        if w.stage > Stage::Syncing {
            self.give_up_waiting(uid, false, cx);
        }
    }

    /// Begins the pending sync, once the cache is newer than the last one.
    /// Source: pod_workers.go podWorkerLoop
    pub(super) fn begin(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid) else { return };
        if !w.asked || w.busy != Busy::Idle || w.stage == Stage::Finished {
            return;
        }
        // A kubelet that has just started has no cache, whatever the beat of its relists.
        let unseen = w.adopted && w.seen_at.is_none();
        let stale = unseen || w.last_sync_end.is_some_and(|end| self.observed(w, cx.now) <= end);
        let Some(w) = self.workers.get_mut(uid) else { return };
        if stale {
            w.busy = Busy::AwaitingRelist;
            return self.relist_next(cx);
        }
        w.asked = false;
        w.busy = Busy::Working;
        w.syncs += 1;
        let (seen, pod) = (w.seen.clone(), Some(w.pod.clone()));
        let syncing = w.stage == Stage::Syncing;
        w.task = super::worker::Task { seen, pod, syncing, ..Default::default() };
        match w.stage {
            Stage::Syncing => self.sync_pod(uid, cx),
            Stage::Terminating => self.sync_terminating(uid, cx),
            Stage::Terminated => self.sync_terminated(uid, cx),
            Stage::Finished => {}
        }
    }

    /// The sync is over: when is the next one?
    /// Source: pod_workers.go completeWork
    pub(super) fn complete(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.last_sync_end = Some(cx.now);
        w.busy = Busy::Idle;
        let task = std::mem::take(&mut w.task);
        let n = w.syncs;
        let wait = match (task.failed, task.retry_at) {
            (false, _) => cx.jitter(SimTime::secs(60), 50, "resync", uid, n),
            (true, None) => cx.jitter(SimTime::secs(10), 50, "retry", uid, n),
            (true, Some(at)) => {
                let left = at.since(cx.now).min(SimTime::secs(60));
                cx.jitter(left, 50, "retry", uid, n)
            }
        };
        self.requeue(uid, wait, cx);
        if task.syncing && !task.failed && task.done > 0 {
            self.relist_now(uid, cx);
        }
        self.begin(uid, cx);
    }

    /// The work queue is looked at once a second; an entry is due strictly after its time.
    /// Source: kubelet.go syncLoop
    fn requeue(&mut self, uid: &str, wait: SimTime, cx: &mut Cx) {
        let tick = self.tick_after(cx.now + wait);
        let Some(w) = self.workers.get_mut(uid) else { return };
        let timer = SimEvent::Kubelet(KubeletTimer::Due(uid.to_string()));
        let key = cx.at(tick, timer);
        if let Some(old) = w.requeue.replace(key) {
            cx.wire.cancel(old);
        }
    }

    /// The first tick of the sync loop, one a second, after a moment.
    pub(super) fn tick_after(&self, at: SimTime) -> SimTime {
        let passed = at.as_ms().saturating_sub(self.tick_offset.as_ms()) / 1000 + 1;
        self.tick_offset + SimTime::secs(passed)
    }

    /// Records an Event about a Pod, or one of its containers.
    pub(super) fn event(
        &mut self,
        pod: &Pod,
        container: &str,
        kind: EventType,
        reason: &str,
        message: &str,
        cx: &mut Cx,
    ) {
        let field_path = match container {
            "" => String::new(),
            name => {
                let path = pod.spec.path_of(name);
                let list = path.split('[').next().unwrap_or_default();
                format!("{list}{{{name}}}")
            }
        };
        let event =
            new_event(pod, &field_path, kind, reason, message, "kubelet", &self.node.clone(), cx);
        if let Some(event) = self.recorder.record(event, cx.now) {
            self.write_event(Call::WriteEvent(event), cx);
        }
    }
}
