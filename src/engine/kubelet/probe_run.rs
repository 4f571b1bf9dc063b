//! Probing: ticks, attempts, and what follows from their results.

use super::over_network;
use super::prober::{ProbeKind, Prober, TickPlan, plan_tick, plan_workers};
use super::restart::restarts_after;
use super::service::{Kubelet, KubeletTimer, Owner};
use super::worker::{Worker, prober_of};
use crate::api::EventType;
use crate::base::SimTime;
use crate::engine::cri::InstanceState;
use crate::engine::cri::{RuntimeCall, RuntimeReply};
use crate::engine::cx::Cx;
use crate::engine::network::{Dialed, Outcome};
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::{Facts, Rule};
use std::rc::Rc;

/// Pod UID, container, which probe.
pub type ProbeKey = Rc<(String, String, ProbeKind)>;

impl Kubelet {
    /// Makes the probe workers of a Pod; each ticks at once, then every period.
    /// Source: prober/prober_manager.go AddPod
    pub(super) fn add_probers(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let pod = w.pod.clone();
        let mut new = Vec::new();
        for (c, kind) in plan_workers(&pod.spec) {
            let Some(spec) = kind.of(c) else { continue };
            w.probers.insert((c.name.clone(), kind), Prober::new(spec.clone()));
            new.push(ProbeKey::new((uid.to_string(), c.name.clone(), kind)));
        }
        new.iter().for_each(|key| self.tick_in(key, SimTime::ZERO, cx));
    }

    /// The probe workers of a Pod that is older than the kubelet: they begin with what the API
    /// has, so that a restart of the kubelet makes nothing unready, and a while later.
    /// Source: prober_manager.go isContainerStarted, UpdatePodStatus (the feature gate
    /// ChangeContainerStatusOnKubeletRestart is off since 1.35); prober/worker.go run
    pub(super) fn adopt_probers(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let pod = w.pod.clone();
        let mut new = Vec::new();
        for (c, kind) in plan_workers(&pod.spec) {
            let Some(spec) = kind.of(c) else { continue };
            let mut prober = Prober::new(spec.clone());
            if let Some(s) = pod.status.container(&c.name).filter(|s| s.state.running.is_some()) {
                prober.adopt(kind, s);
            }
            let period = SimTime::secs(spec.period());
            w.probers.insert((c.name.clone(), kind), prober);
            new.push((ProbeKey::new((uid.to_string(), c.name.clone(), kind)), period));
        }
        for (key, period) in new {
            let wait = SimTime::ms(period.as_ms() / 2);
            self.tick_in(&key, wait, cx);
        }
    }

    fn prober(&mut self, key: &ProbeKey) -> Option<&mut Prober> {
        self.workers.get_mut(&key.0)?.prober_mut(&key.1, key.2)
    }

    fn tick_in(&mut self, key: &ProbeKey, wait: SimTime, cx: &mut Cx) {
        let timer = SimEvent::Kubelet(KubeletTimer::ProbeTick(key.clone()));
        let Some(prober) = self.prober(key) else { return };
        let at = cx.now + wait;
        let new = cx.alone(at, timer);
        if let Some(old) = prober.next.replace(new) {
            cx.wire.cancel(old);
        }
    }

    /// A tick: the next one is set, and an attempt is made unless one is under way.
    pub(super) fn probe_tick(&mut self, key: &ProbeKey, cx: &mut Cx) {
        let Some(prober) = self.prober(key) else { return };
        prober.next = None;
        let (period, busy) = (prober.period(), prober.attempt_since.is_some());
        prober.missed_tick |= busy;
        self.tick_in(key, period, cx);
        if !busy {
            self.probe(key, cx);
        }
    }

    /// A Pod that is not ready is probed at every sync too, and its ticks count from there.
    /// Source: prober_manager.go UpdatePodStatus; worker.go run, manualTriggerCh
    pub(super) fn poke_unready(&mut self, uid: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(uid) else { return };
        let unready = |name: &str| {
            let status = w.status.status.container(name);
            status.is_some_and(|s| s.state.running.is_some() && s.started == Some(true) && !s.ready)
        };
        let readiness = w.probers.keys().filter(|(_, kind)| *kind == ProbeKind::Readiness);
        let keys: Vec<ProbeKey> = readiness
            .filter(|(name, _)| unready(name))
            .map(|(name, kind)| ProbeKey::new((uid.to_string(), name.clone(), *kind)))
            .collect();
        for key in keys {
            let Some(prober) = self.prober(&key) else { continue };
            if prober.attempt_since.is_some() {
                prober.poked = true;
                continue;
            }
            self.poke(&key, cx);
        }
    }

    fn poke(&mut self, key: &ProbeKey, cx: &mut Cx) {
        let Some(prober) = self.prober(key) else { return };
        prober.poked = false;
        let period = prober.period();
        let pod = self.workers.get(&key.0).map(|w| w.pod.meta.name.clone()).unwrap_or_default();
        let facts = vec![("container", key.1.as_str().into())];
        cx.cite(Subject::container(&pod, &key.1), Rule::ProbePoke, facts);
        self.tick_in(key, period, cx);
        self.probe(key, cx);
    }

    /// Source: prober/worker.go doProbe
    fn probe(&mut self, key: &ProbeKey, cx: &mut Cx) {
        let (uid, name, kind) = (key.0.as_str(), key.1.as_str(), key.2);
        let Some(w) = self.workers.get_mut(uid) else { return };
        let restartable = may_restart(w, name);
        let deleting = w.pod.deleting();
        let phase = w.status.status.phase;
        let status = w.status.status.container(name);
        let id = status.map_or("", |s| &s.container_id);
        let Some(prober) = prober_of(&mut w.probers, name, kind) else { return };
        let new_instance = !id.is_empty() && !phase.is_terminal() && prober.look_at(kind, id);
        let plan = plan_tick(kind, prober, phase, status, restartable, deleting, cx.now);
        let was_idle = std::mem::take(&mut prober.idle);
        if let TickPlan::Idle(why) = plan {
            prober.idle = why;
        }
        if new_instance && kind == ProbeKind::Readiness {
            // The first result, not ready, is news like any other.
            self.ask(uid, cx);
        }
        match plan {
            TickPlan::End => self.stop_probers_of(uid, name, kind, cx),
            TickPlan::Idle(why) => self.cite_idle(key, why, was_idle, cx),
            TickPlan::NotRunning => self.not_running(key, cx),
            TickPlan::Attempt => self.attempt(key, cx),
        }
    }

    fn cite_idle(&self, key: &ProbeKey, why: &str, before: &str, cx: &mut Cx) {
        let rule = match why {
            "initial-delay" => Rule::ProbeInitialDelay,
            "startup-first" => Rule::ProbeWaitsForStartup,
            "on-hold" => Rule::ProbeOnHold,
            _ => return,
        };
        let Some(w) = self.workers.get(&key.0).filter(|_| why != before) else { return };
        let prober = w.prober(&key.1, key.2);
        let delay = prober.map_or(0, |p| p.spec.initial_delay_seconds);
        let mut facts: Facts = vec![("kind", key.2.word().into())];
        if rule == Rule::ProbeInitialDelay {
            facts.push(("delay", SimTime::secs(delay).into()));
        }
        let field = probe_path(w, key) + if delay > 0 { ".initialDelaySeconds" } else { "" };
        let subject = Subject::container(&w.pod.meta.name, &key.1);
        cx.cause = None;
        cx.cite_fields(subject, rule, facts, vec![field]);
    }

    /// The container does not run: stored as a failure, without counting.
    fn not_running(&mut self, key: &ProbeKey, cx: &mut Cx) {
        let Some(prober) = self.prober(key) else { return };
        let changed = prober.result != Some(false);
        prober.result = Some(false);
        if changed {
            self.verdict_changed(key, false, cx);
        }
    }

    fn attempt(&mut self, key: &ProbeKey, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(&key.0) else { return };
        let running = |i: &&crate::engine::cri::InstanceStatus| {
            i.name == key.1 && i.state == InstanceState::Running
        };
        let instance = w.seen.instances.iter().find(running).map(|i| i.id);
        let Some(prober) = w.prober_mut(&key.1, key.2) else { return };
        prober.attempts += 1;
        prober.attempt_since = Some(cx.now);
        let timeout = SimTime::secs(prober.spec.timeout());
        let owner = Owner::Probe(key.clone());
        cx.cause = None;
        match (prober.spec.exec.clone(), instance) {
            (Some(exec), Some(instance)) => {
                let call =
                    RuntimeCall::Exec { instance, argv: exec.command, timeout: Some(timeout) };
                self.call(owner, call, cx);
            }
            (Some(_), None) => self.attempt_ended(key, None, "container not running", cx),
            (None, _) => self.dial_probe(key, owner, cx),
        }
    }

    /// An attempt over the network, from the node to the Pod.
    fn dial_probe(&mut self, key: &ProbeKey, owner: Owner, cx: &mut Cx) {
        let Some(w) = self.workers.get(&key.0) else { return };
        let Some(prober) = w.prober(&key.1, key.2) else { return };
        let Some(container) = w.pod.spec.container(&key.1) else { return };
        match over_network::of_probe(&prober.spec, container, &w.ip) {
            Ok(dial) => {
                self.dial(owner, dial, cx);
            }
            Err(error) => self.attempt_ended(key, None, &error, cx),
        }
    }

    /// An attempt over the network has ended.
    pub(super) fn probe_dialed(&mut self, key: &ProbeKey, dialed: &Dialed, cx: &mut Cx) {
        let ok = match dialed.outcome {
            Outcome::Error => None,
            Outcome::Failure => Some(false),
            Outcome::Success | Outcome::Warning => Some(true),
        };
        if dialed.outcome == Outcome::Warning
            && let Some(pod) = self.workers.get(&key.0).map(|w| w.pod.clone())
        {
            let message = format!("{} probe warning: {}", key.2.title(), dialed.output);
            self.event(&pod, &key.1, EventType::Warning, "ProbeWarning", &message, cx);
            let subject = Subject::container(&pod.meta.name, &key.1);
            let field = format!("{}.{}.httpGet", pod.spec.path_of(&key.1), key.2.field());
            let facts =
                vec![("kind", key.2.word().into()), ("answer", dialed.label.as_str().into())];
            cx.cite_fields(subject, Rule::ProbeRedirect, facts, vec![field]);
        }
        self.attempt_ended(key, ok, &dialed.output, cx);
    }

    /// The runtime has answered an attempt.
    pub(super) fn probe_replied(&mut self, key: &ProbeKey, reply: &RuntimeReply, cx: &mut Cx) {
        let Some(prober) = self.prober(key) else { return };
        let command = prober.spec.exec.as_ref().map(|e| e.command.join(" ")).unwrap_or_default();
        let timeout = prober.spec.timeout();
        match reply {
            // Source: kuberuntime_container.go RunInContainer
            RuntimeReply::Execed { code, stdout, stderr } => {
                let output = [stdout.as_str(), stderr].concat();
                self.attempt_ended(key, Some(*code == 0), &output, cx);
            }
            RuntimeReply::ExecTimeout => {
                let text = format!("command timed out: \"{command}\" timed out after {timeout}s");
                self.attempt_ended(key, Some(false), &text, cx);
            }
            RuntimeReply::ExecFailed(error) => self.attempt_ended(key, None, error, cx),
            _ => {}
        }
    }

    /// `ok` is `None` if the attempt itself went wrong: nothing is counted then.
    fn attempt_ended(&mut self, key: &ProbeKey, ok: Option<bool>, output: &str, cx: &mut Cx) {
        let Some(prober) = self.prober(key) else { return };
        prober.attempt_since = None;
        prober.last_attempt = Some((cx.now, output.to_string()));
        let before = prober.result;
        let decided = ok.is_some_and(|ok| prober.take_in(key.2, ok));
        self.cite_attempt(key, ok, output, cx);
        self.attempt_event(key, ok, output, cx);
        if let Some(ok) = ok.filter(|ok| decided && before != Some(*ok)) {
            self.verdict_changed(key, ok, cx);
        }
        let Some(prober) = self.prober(key) else { return };
        let again = std::mem::take(&mut prober.missed_tick);
        if prober.poked {
            self.poke(key, cx);
        } else if again {
            self.probe(key, cx);
        }
    }

    fn cite_attempt(&self, key: &ProbeKey, ok: Option<bool>, output: &str, cx: &mut Cx) {
        let Some(w) = self.workers.get(&key.0) else { return };
        let Some(prober) = w.prober(&key.1, key.2) else { return };
        let Some(ok) = ok else { return };
        let run = if prober.run > 0 { prober.run } else { prober.failures_at_verdict.max(1) };
        let threshold = if ok { prober.spec.successes() } else { prober.spec.failures() };
        let mut facts: Facts = vec![
            ("kind", key.2.word().into()),
            ("run", run.into()),
            ("threshold", threshold.into()),
        ];
        let path = probe_path(w, key);
        let (rule, field) = match ok {
            true => (Rule::ProbeSuccess, "successThreshold"),
            false => (Rule::ProbeFailure, "failureThreshold"),
        };
        if !ok {
            facts.push(("output", output.trim_end().into()));
        }
        let subject = Subject::container(&w.pod.meta.name, &key.1);
        cx.cause = None;
        cx.cite_fields(subject, rule, facts, vec![path.clone(), [&path, ".", field].concat()]);
    }

    /// Source: prober/prober.go probe
    fn attempt_event(&mut self, key: &ProbeKey, ok: Option<bool>, output: &str, cx: &mut Cx) {
        let Some(pod) = self.workers.get(&key.0).map(|w| w.pod.clone()) else { return };
        let title = key.2.title();
        let message = match ok {
            Some(true) => return,
            Some(false) => format!("{title} probe failed: {output}"),
            None => format!("{title} probe errored and resulted in unknown state: {output}"),
        };
        self.event(&pod, &key.1, EventType::Warning, "Unhealthy", &message, cx);
    }

    /// The result that the kubelet acts on has changed.
    /// Source: kubelet.go syncLoopIteration; prober_manager.go updateReadiness, updateStartup
    fn verdict_changed(&mut self, key: &ProbeKey, ok: bool, cx: &mut Cx) {
        self.cite_verdict(key, ok, cx);
        match key.2 {
            ProbeKind::Liveness if ok => return,
            ProbeKind::Liveness => {}
            ProbeKind::Readiness => self.container_is_ready(&key.0, &key.1, ok, cx),
            ProbeKind::Startup => self.container_is_started(&key.0, &key.1, ok, cx),
        }
        self.ask(&key.0, cx);
    }

    fn cite_verdict(&self, key: &ProbeKey, ok: bool, cx: &mut Cx) {
        let Some(w) = self.workers.get(&key.0) else { return };
        let Some(prober) = w.prober(&key.1, key.2) else { return };
        let subject = Subject::container(&w.pod.meta.name, &key.1);
        let path = probe_path(w, key);
        let fields = |field: &str| vec![format!("{path}.{field}")];
        match (key.2, ok) {
            (ProbeKind::Readiness, true) => {
                let threshold = prober.spec.successes();
                let facts = vec![("successes", prober.run.into()), ("threshold", threshold.into())];
                cx.cite_fields(subject, Rule::ProbeReady, facts, fields("successThreshold"));
            }
            (ProbeKind::Readiness, false) => {
                let threshold = prober.spec.failures();
                let facts = vec![
                    ("failures", prober.failures_at_verdict.into()),
                    ("threshold", threshold.into()),
                ];
                cx.cite_fields(subject, Rule::ProbeUnready, facts, fields("failureThreshold"));
            }
            (ProbeKind::Startup, true) => {
                let facts = vec![("container", key.1.as_str().into())];
                cx.cite_fields(subject, Rule::ProbeStarted, facts, vec![path]);
            }
            _ => {}
        }
    }

    /// Ends probe workers of these kinds; at the Pod's end liveness and startup go first.
    /// Source: prober_manager.go StopLivenessAndStartup, RemovePod
    pub(super) fn stop_probers(&mut self, uid: &str, kinds: &[ProbeKind], cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let init = |name: &str| w.pod.spec.is_init(name);
        let all = kinds.len() == ProbeKind::ALL.len();
        let gone: Vec<_> = w
            .probers
            .keys()
            .filter(|(name, kind)| kinds.contains(kind) && (all || !init(name)))
            .cloned()
            .collect();
        for (name, kind) in gone {
            self.stop_probers_of(uid, &name, kind, cx);
        }
    }

    fn stop_probers_of(&mut self, uid: &str, name: &str, kind: ProbeKind, cx: &mut Cx) {
        let Some(w) = self.workers.get_mut(uid) else { return };
        let prober = w.probers.remove(&(name.to_string(), kind));
        if let Some(key) = prober.and_then(|p| p.next) {
            cx.wire.cancel(key);
        }
    }
}

fn probe_path(w: &Worker, key: &ProbeKey) -> String {
    [&w.pod.spec.path_of(&key.1), ".", key.2.field()].concat()
}

fn may_restart(w: &Worker, name: &str) -> bool {
    let status = w.status.status.container(name);
    let code = status.and_then(|s| s.state.terminated.as_ref()).map(|t| t.exit_code);
    let Some(c) = w.pod.spec.container(name) else { return false };
    code.is_none_or(|code| restarts_after(&w.pod.spec, c, code))
}
