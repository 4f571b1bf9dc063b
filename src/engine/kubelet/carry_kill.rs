//! Killing a container: the Event, preStop, the stop call.

use super::plan::{KillOrder, KillReason};
use super::prober::ProbeKind;
use super::service::{Kubelet, KubeletTimer, Owner};
use super::worker::{HookRun, Killing, Worker};
use crate::api::{EventType, Pod};
use crate::base::SimTime;
use crate::engine::cri::{RuntimeCall, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::{Fact, Rule};

/// The least time between SIGTERM and SIGKILL.
/// Source: kuberuntime_manager.go minimumGracePeriodInSeconds
pub const MINIMUM_GRACE: i64 = 2;

impl Kubelet {
    /// Kills these containers, all at once; the sync goes on when all are stopped.
    pub(super) fn begin_kills(&mut self, uid: &str, orders: Vec<KillOrder>, cx: &mut Cx) {
        if orders.is_empty() {
            return self.next_step(uid, cx);
        }
        let cause = cx.cause;
        for order in &orders {
            self.enter_kill(uid, order);
        }
        for order in orders {
            cx.cause = cause;
            self.begin_kill(uid, order, cx);
        }
    }

    /// Enters a kill before any begins: sidecars look at all of them.
    fn enter_kill(&mut self, uid: &str, order: &KillOrder) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let grace = grace_of(w, order);
        let since = SimTime::ZERO;
        let killing = Killing { order: order.clone(), since, grace, hook: None, turn: None };
        w.task.kills.insert(order.container.clone(), killing);
    }

    /// Source: kuberuntime_container.go killContainer
    fn begin_kill(&mut self, uid: &str, order: KillOrder, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let pod = w.pod.clone();
        let name = order.container.clone();
        let grace = w.task.kills.get(&name).map_or(0, |k| k.grace);
        cite_kill(w, &order, grace, cx);
        self.event(&pod, &name, EventType::Normal, "Killing", &order.message, cx);
        let instance = order.instance;
        let Some(w) = self.workers.get_mut(uid) else { return };
        if let Some(killing) = w.task.kills.get_mut(&name) {
            killing.since = cx.now;
        }
        let hook = pod.spec.container(&name).and_then(|c| c.lifecycle.pre_stop.clone());
        match hook {
            Some(hook) if grace > 0 => {
                let run = HookRun::begin("preStop", &hook, cx.now);
                w.hooks.insert(name.clone(), run);
                let facts = vec![("action", hook.action().into()), ("grace", secs(grace))];
                let fields = vec![format!("{}.lifecycle.preStop", pod.spec.path_of(&name))];
                let subject = Subject::container(&pod.meta.name, &name);
                cx.cite_fields(subject, Rule::HookPreStop, facts, fields);
                let owner = Owner::PreStop(uid.to_string(), name.clone());
                let call = self.run_hook(owner, &hook, instance, (uid, &name), cx);
                let cut = KubeletTimer::HookCut(uid.to_string(), name.clone());
                let key = cx.after(SimTime::secs(grace as u64), SimEvent::Kubelet(cut));
                if let Some(killing) = self.killing(uid, &name) {
                    killing.hook = Some((call, key));
                }
            }
            _ => self.take_turn(uid, &name, cx),
        }
    }

    fn killing(&mut self, uid: &str, name: &str) -> Option<&mut Killing> {
        self.workers.get_mut(uid)?.task.kills.get_mut(name)
    }

    /// The preStop hook has ended; what it used is taken from the grace.
    pub(super) fn pre_stop_done(
        &mut self,
        uid: &str,
        name: &str,
        call: u64,
        reply: &RuntimeReply,
        cx: &mut Cx,
    ) {
        let ok = matches!(reply, RuntimeReply::Execed { code: 0, .. });
        let in_time = self.killing(uid, name).is_some_and(|k| k.hook.is_some_and(|h| h.0 == call));
        let Some(w) = self.workers.get_mut(uid) else { return };
        let pod = w.pod.clone();
        if let Some(run) = w.hooks.get_mut(name).filter(|run| run.ended.is_none()) {
            run.end(ok, cx.now);
        }
        if !ok {
            let text = "PreStopHook failed";
            self.event(&pod, name, EventType::Warning, "FailedPreStopHook", text, cx);
            let hook = pod.spec.container(name).and_then(|c| c.lifecycle.pre_stop.as_ref());
            let action = hook.map(|h| h.action()).unwrap_or_default();
            let facts = vec![("action", action.into())];
            let subject = Subject::container(&pod.meta.name, name);
            cx.cite(subject, Rule::HookPreStopFailed, facts);
        }
        if !in_time {
            return;
        }
        let Some(killing) = self.killing(uid, name) else { return };
        if let Some((_, key)) = killing.hook.take() {
            cx.wire.cancel(key);
        }
        let used = cx.now.since(killing.since);
        killing.grace -= used.as_secs() as i64;
        let facts = vec![("kind", "preStop".into()), ("took", used.into())];
        cx.cite(Subject::container(&pod.meta.name, name), Rule::HookDone, facts);
        self.take_turn(uid, name, cx);
    }

    /// The hook has used up the grace: it is abandoned, not killed.
    pub(super) fn cut_pre_stop(&mut self, uid: &str, name: &str, cx: &mut Cx) {
        let Some(killing) = self.killing(uid, name) else { return };
        if killing.hook.take().is_none() {
            return;
        }
        let used = killing.grace;
        killing.grace = 0;
        let Some(w) = self.workers.get(uid) else { return };
        let subject = Subject::container(&w.pod.meta.name, name);
        cx.cite(subject, Rule::HookPreStopCut, vec![("grace", secs(used))]);
        self.stop(uid, name, cx);
    }

    fn stop(&mut self, uid: &str, name: &str, cx: &mut Cx) {
        let Some(killing) = self.killing(uid, name) else { return };
        let grace = killing.grace.max(MINIMUM_GRACE);
        let (instance, left) = (killing.order.instance, killing.grace);
        if grace > left {
            let Some(w) = self.workers.get(uid) else { return };
            let subject = Subject::container(&w.pod.meta.name, name);
            let facts = vec![("grace", secs(left)), ("minimum", secs(MINIMUM_GRACE))];
            cx.cite(subject, Rule::StopMinimum, facts);
        }
        let timeout = SimTime::secs(grace as u64);
        let owner = Owner::Kill(uid.to_string(), name.to_string());
        self.call(owner, RuntimeCall::Stop { instance, timeout }, cx);
    }

    /// A container is stopped; after the last one the sync goes on.
    pub(super) fn killed(&mut self, uid: &str, name: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        w.task.kills.remove(name);
        w.task.done += 1;
        if w.task.kills.is_empty() {
            return self.next_step(uid, cx);
        }
        let waiting = w.task.kills.iter().filter(|(_, k)| k.turn.is_some());
        let free: Vec<String> = waiting
            .map(|(name, _)| name.clone())
            .filter(|name| !waits_for_others(w, name))
            .collect();
        free.iter().for_each(|name| self.turn_has_come(uid, name, cx));
    }

    /// A sidecar is stopped after the app containers and the sidecars behind it; the wait is taken
    /// from its grace.
    /// Source: kuberuntime_termination_order.go newTerminationOrdering, waitForTurn
    fn take_turn(&mut self, uid: &str, name: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid) else { return };
        let grace = w.task.kills.get(name).map_or(0, |k| k.grace);
        if grace <= 0 || !waits_for_others(w, name) {
            return self.stop(uid, name, cx);
        }
        let subject = Subject::container(&w.pod.meta.name, name);
        let fields = vec!["spec.initContainers".to_string()];
        cx.cite_fields(subject, Rule::StopSidecarWaits, vec![("grace", secs(grace))], fields);
        let over = KubeletTimer::TurnOver(uid.to_string(), name.to_string());
        let key = cx.after(SimTime::secs(grace as u64), SimEvent::Kubelet(over));
        let now = cx.now;
        if let Some(killing) = self.killing(uid, name) {
            killing.turn = Some((now, key));
        }
    }

    /// The wait for the others is over.
    pub(super) fn turn_has_come(&mut self, uid: &str, name: &str, cx: &mut Cx) {
        let Some(killing) = self.killing(uid, name) else { return };
        let Some((since, key)) = killing.turn.take() else { return };
        killing.grace -= cx.now.since(since).as_secs() as i64;
        cx.wire.cancel(key);
        self.stop(uid, name, cx);
    }
}

/// Whether a sidecar's turn to stop has not come: the Pod ends, and an app container or a sidecar
/// behind it is still being stopped.
fn waits_for_others(w: &Worker, name: &str) -> bool {
    let inits = &w.pod.spec.init_containers;
    let Some(at) = inits.iter().position(|c| c.name == name) else { return false };
    let pod_ends = w.task.kills.get(name).is_some_and(|k| k.order.why == KillReason::PodEnds);
    let mut before =
        inits[at + 1..].iter().filter(|c| c.restarts_always()).chain(&w.pod.spec.containers);
    inits[at].restarts_always() && pod_ends && before.any(|c| w.task.kills.contains_key(&c.name))
}

fn grace_of(w: &Worker, order: &KillOrder) -> i64 {
    let pod_ends = w.ending().then(|| w.grace());
    plan_grace(&w.pod, pod_ends, &order.container, order.why)
}

/// Seconds of grace that a container's kill starts with; `pod_ends`: those of the Pod's own end.
/// Source: kuberuntime_container.go setTerminationGracePeriod
pub fn plan_grace(pod: &Pod, pod_ends: Option<i64>, container: &str, why: KillReason) -> i64 {
    if why == KillReason::RestartAll {
        return 0;
    }
    if let Some(grace) = pod_ends {
        return grace;
    }
    let container = pod.spec.container(container);
    let of_probe = match why {
        KillReason::Liveness => container.and_then(|c| c.liveness_probe.as_ref()),
        KillReason::Startup => container.and_then(|c| c.startup_probe.as_ref()),
        _ => None,
    };
    of_probe.and_then(|p| p.termination_grace_period_seconds).unwrap_or_else(|| pod.spec.grace())
}

fn cite_kill(w: &Worker, order: &KillOrder, grace: i64, cx: &mut Cx) {
    cite_reason(w, order, grace, cx);
    let subject = Subject::container(&w.pod.meta.name, &order.container);
    let facts = vec![("why", order.why.word().into()), ("grace", secs(grace))];
    let fields = vec!["spec.terminationGracePeriodSeconds".to_string()];
    cx.cite_fields(subject, Rule::StopBegins, facts, fields);
}

/// The rule by which a container is killed while its Pod goes on, if there is one.
pub(super) fn cite_reason(w: &Worker, order: &KillOrder, grace: i64, cx: &mut Cx) {
    let subject = || Subject::container(&w.pod.meta.name, &order.container);
    let path = w.pod.spec.path_of(&order.container);
    let probe = match order.why {
        KillReason::Liveness => Some((ProbeKind::Liveness, "livenessProbe")),
        KillReason::Startup => Some((ProbeKind::Startup, "startupProbe")),
        _ => None,
    };
    if let (Some(rule), Some((kind, field))) = (order.why.rule(), probe) {
        let prober = w.prober(&order.container, kind);
        let failures = prober.map_or(0, |p| p.failures_at_verdict);
        let threshold = prober.map_or(0, |p| p.spec.failures());
        let facts = vec![
            ("failures", failures.into()),
            ("threshold", threshold.into()),
            ("grace", secs(grace)),
        ];
        cx.cite_fields(subject(), rule, facts, vec![format!("{path}.{field}.failureThreshold")]);
    } else if let Some(rule) = order.why.rule() {
        let container = w.pod.spec.container(&order.container);
        let hook = container.and_then(|c| c.lifecycle.post_start.as_ref());
        let action = hook.map(|h| h.action()).unwrap_or_default();
        let fact = match rule {
            Rule::ContainerChanged => ("container", order.container.as_str().into()),
            _ => ("action", action.into()),
        };
        cx.cite(subject(), rule, vec![fact]);
    }
}

fn secs(n: i64) -> Fact {
    SimTime::secs(n.max(0) as u64).into()
}
