//! The status manager: keeps each Pod's newest status and writes it to the API server.

use super::conditions;
use super::service::{Kubelet, KubeletTimer};
use super::status_last;
use crate::api::{Condition, Phase, Pod, PodStatus, Timestamp};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::message::{Call, Component};
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;
use std::rc::Rc;

/// A Pod's status as the kubelet has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusEntry {
    /// The newest.
    pub status: Rc<PodStatus>,
    /// The one last written.
    pub sent: Option<Rc<PodStatus>>,
    /// A write is due.
    pub due: bool,
    /// The last status is in, and the object may go.
    pub last: bool,
    /// The removal was asked for.
    pub removal_sent: bool,
}

impl StatusEntry {
    /// Before the first sync: what the API has.
    pub fn new(pod: &Pod) -> Self {
        StatusEntry {
            status: Rc::new(pod.status.clone()),
            sent: None,
            due: false,
            last: false,
            removal_sent: false,
        }
    }
}

impl Kubelet {
    /// Takes a new status; it is written a moment later if it differs.
    /// Source: status_manager.go SetPodStatus, updateStatusInternal
    pub(super) fn set_status(&mut self, uid: &str, mut new: PodStatus, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        new.start_time = new.start_time.or(Some(Timestamp::at(cx.now)));
        cite_changes(&w.pod, &w.status.status, &new, cx);
        w.status.status = Rc::new(new);
        self.write_soon(uid, cx);
    }

    /// The sandbox is up: the condition is written at once.
    /// Source: kubelet.go OnPodSandboxReady (1.36)
    pub(super) fn sandbox_is_ready(&mut self, uid: &str, cx: &mut Cx) {
        let now = Timestamp::at(cx.now);
        self.change_status(uid, cx, |status, _| {
            set(status, "PodReadyToStartContainers", true, now);
        });
    }

    /// A readiness probe's result changed: Ready follows at once.
    /// Source: status_manager.go SetContainerReadiness
    pub(super) fn container_is_ready(&mut self, uid: &str, name: &str, ok: bool, cx: &mut Cx) {
        let now = Timestamp::at(cx.now);
        self.change_status(uid, cx, |status, pod| {
            if status.container(name).is_none_or(|s| s.ready == ok || s.state.running.is_none()) {
                return;
            }
            for s in all_mut(status).filter(|s| s.name == name) {
                s.ready = ok;
            }
            let all: Vec<_> = status.all_containers().cloned().collect();
            let containers = conditions::containers_ready(pod, status.phase, Some(&all));
            let ready = conditions::ready(pod, status, &containers);
            replace(status, ready, now);
            replace(status, containers, now);
        });
    }

    /// A startup probe's result changed: `started` follows at once.
    /// Source: status_manager.go SetContainerStartup
    pub(super) fn container_is_started(&mut self, uid: &str, name: &str, ok: bool, cx: &mut Cx) {
        self.change_status(uid, cx, |status, _| {
            for s in all_mut(status).filter(|s| s.name == name) {
                s.started = Some(ok);
            }
        });
    }

    fn change_status(&mut self, uid: &str, cx: &mut Cx, change: impl FnOnce(&mut PodStatus, &Pod)) {
        let Some(w) = self.workers.get(uid) else { return };
        let (pod, mut status) = (w.pod.clone(), PodStatus::clone(&w.status.status));
        change(&mut status, &pod);
        self.set_status(uid, status, cx);
    }

    /// The last status of a Pod whose containers are all gone; one that never ran has failed.
    /// Source: status_manager.go TerminatePod
    pub(super) fn last_status(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.status.last = true;
        let status = Rc::make_mut(&mut w.status.status);
        status_last::end_unknown(status, w.initialized);
        if !status.phase.is_terminal() {
            status.phase = Phase::Failed;
        }
        let subject = Subject::pod(&w.pod.meta.name);
        let phase = w.status.status.phase.as_str().into();
        cx.cite(subject, Rule::DeleteFinalStatus, vec![("phase", phase)]);
        self.write_soon(uid, cx);
    }

    pub(super) fn write_soon(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        if !w.status.due {
            w.status.due = true;
            let timer = KubeletTimer::WriteStatus(uid.to_string());
            cx.after(latency::STATUS_WRITE, SimEvent::Kubelet(timer));
        }
    }

    /// Writes the status if it is new, and lets the object go once that is allowed.
    /// Source: status_manager.go syncPod, canBeDeleted
    pub(super) fn write_status(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.status.due = false;
        if w.removed || self.link.down {
            return;
        }
        let (name, uid) = (w.pod.meta.name.clone(), w.pod.meta.uid.clone());
        let status = withheld(&w.status.status, &w.pod, w.may_run());
        let new = w.status.sent.as_ref() != Some(&status);
        if status.phase != w.status.status.phase && new {
            let phase = w.status.status.phase.as_str().into();
            cx.cite(Subject::pod(&name), Rule::PhaseWithheld, vec![("phase", phase)]);
        }
        let done = w.status.last && w.pod.deleting() && !w.status.removal_sent;
        if new {
            w.status.sent = Some(status.clone());
            let call = Call::PatchStatus { name: name.clone(), uid: uid.clone(), status };
            cx.send(Component::ApiServer, latency::API_HOP, call);
        }
        if done {
            w.status.removal_sent = true;
            cx.cite(Subject::pod(&name), Rule::DeleteConfirmed, Vec::new());
            let wait = latency::API_HOP + latency::API_HOP;
            let call = Call::RemovePod { name, uid };
            cx.send_after(wait, Component::ApiServer, latency::API_HOP, call);
        }
    }
}

/// A phase that ends the Pod is not written while its containers may still run.
/// Source: status_manager.go mergePodStatus
fn withheld(status: &Rc<PodStatus>, pod: &Pod, may_run: bool) -> Rc<PodStatus> {
    let mut written = status.clone();
    if status.phase.is_terminal() && may_run && !pod.status.phase.is_terminal() {
        let written = Rc::make_mut(&mut written);
        written.phase = pod.status.phase;
        written.reason = pod.status.reason.clone();
        written.message = pod.status.message.clone();
    }
    written
}

fn all_mut(status: &mut PodStatus) -> impl Iterator<Item = &mut crate::api::ContainerStatus> {
    status.init_container_statuses.iter_mut().chain(&mut status.container_statuses)
}

fn set(status: &mut PodStatus, kind: &str, yes: bool, now: Timestamp) {
    let value = if yes { "True" } else { "False" };
    if let Some(c) = status.conditions.iter_mut().find(|c| c.kind == kind) {
        if c.status != value {
            c.last_transition_time = Some(now);
        }
        c.status = value.into();
    }
}

fn replace(status: &mut PodStatus, new: Condition, now: Timestamp) {
    if let Some(c) = status.conditions.iter_mut().find(|c| c.kind == new.kind) {
        let same = c.status == new.status;
        let since = if same { c.last_transition_time } else { Some(now) };
        let observed = c.observed_generation;
        *c = Condition { last_transition_time: since, observed_generation: observed, ..new };
    }
}

/// Says why phase and Ready are what they are now.
fn cite_changes(pod: &Pod, old: &PodStatus, new: &PodStatus, cx: &mut Cx) {
    let subject = || Subject::pod(&pod.meta.name);
    if old.phase != new.phase || old.start_time.is_none() {
        let (rule, facts) = phase_rule(new);
        let fields = rule.info().fields.iter().map(ToString::to_string).collect();
        cx.cite_fields(subject(), rule, facts, fields);
    }
    for s in new.all_containers() {
        let waits = |s: &crate::api::ContainerStatus| {
            s.state.waiting.as_ref().map(|w| w.reason.clone()).unwrap_or_default()
        };
        let before = old.container(&s.name).map(waits).unwrap_or_default();
        let now = waits(s);
        if now != before && !now.is_empty() && s.last_state.terminated.is_some() {
            let facts = vec![("container", s.name.as_str().into()), ("reason", now.into())];
            let subject = Subject::container(&pod.meta.name, &s.name);
            cx.cite(subject, Rule::StatusOneBehind, facts);
        }
    }
    if old.is_true("Ready") != new.is_true("Ready") {
        let name = ("pod", pod.meta.name.as_str().into());
        if new.is_true("Ready") {
            cx.cite(subject(), Rule::ReadyTrue, vec![name]);
        } else {
            let why = new.condition("Ready").map(|c| c.reason.clone()).unwrap_or_default();
            cx.cite(subject(), Rule::ReadyFalse, vec![name, ("why", why.into())]);
        }
    }
}

fn phase_rule(status: &PodStatus) -> (Rule, crate::rules::Facts) {
    let names = |pick: &dyn Fn(&crate::api::ContainerStatus) -> bool| {
        let list: Vec<&str> =
            status.all_containers().filter(|s| pick(s)).map(|s| s.name.as_str()).collect();
        if list.is_empty() { "–".to_string() } else { list.join(", ") }
    };
    let code =
        |s: &crate::api::ContainerStatus| s.state.terminated.as_ref().map_or(0, |t| t.exit_code);
    match status.phase {
        Phase::Pending | Phase::Unknown => {
            let waiting = names(&|s| s.state.waiting.is_some());
            (Rule::PhasePending, vec![("waiting", waiting.into())])
        }
        Phase::Running => {
            let running = names(&|s| s.state.running.is_some());
            (Rule::PhaseRunning, vec![("running", running.into())])
        }
        Phase::Succeeded => (Rule::PhaseSucceeded, vec![("containers", names(&|_| true).into())]),
        Phase::Failed => (Rule::PhaseFailed, vec![("failed", names(&|s| code(s) != 0).into())]),
    }
}
