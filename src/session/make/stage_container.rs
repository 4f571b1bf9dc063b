//! A container on the stage: what the API says, and what the node has.

use super::stage_processes::{processes, usage};
use crate::api::time::go_duration;
use crate::api::{Container, ContainerState, Pod, Timestamp};
use crate::base::SimTime;
use crate::engine::World;
use crate::engine::cri::InstanceState;
use crate::engine::kubelet::{ProbeKind, Prober, Worker};
use crate::engine::runtime::Instance;
use crate::session::view::{
    BackoffView, ContainerKind, ContainerView, GraceView, HookView, LogView, ObservedState,
    ProbeView, SignalView, StateView,
};

const LOGS_MAX: usize = 20;
const SIGNALS_MAX: usize = 4;

/// The container `c` of `pod`.
pub fn container_view(
    world: &World,
    pod: &Pod,
    c: &Container,
    kind: ContainerKind,
) -> ContainerView {
    let machine = world.machine_of(pod);
    let worker = machine.and_then(|m| m.kubelet.workers.get(&pod.meta.uid));
    let all = machine.into_iter().flat_map(|m| m.runtime.instances_of(&pod.meta.uid));
    let instances: Vec<&Instance> = all.filter(|i| i.spec.container == c.name).collect();
    let newest = instances.last().copied();
    let status = pod.status.container(&c.name);
    let (observed, observed_since) = observed(newest);
    ContainerView {
        name: c.name.clone(),
        image: c.image.clone(),
        kind,
        state: status.map_or(StateView::None, |s| state(&s.state)),
        last_state: status.map_or(StateView::None, |s| state(&s.last_state)),
        observed,
        observed_since,
        restarts: status.map_or(0, |s| s.restart_count),
        ready: status.is_some_and(|s| s.ready),
        started: status.is_some_and(|s| s.started == Some(true)),
        processes: newest.zip(machine).map(|(i, m)| processes(world.now, m, i)).unwrap_or_default(),
        usage: newest.zip(machine).and_then(|(i, m)| usage(world.now, m, i)),
        probes: worker.map(|w| probes(w, c, newest)).unwrap_or_default(),
        hook: worker.and_then(|w| w.hooks.get(&c.name)).map(hook),
        signals: newest.map(signals).unwrap_or_default(),
        grace: newest.and_then(grace),
        backoff: worker.and_then(|w| backoff(w, c, newest, world.now)),
        logs: logs(&instances),
    }
}

fn observed(newest: Option<&Instance>) -> (ObservedState, SimTime) {
    let Some(i) = newest else { return (ObservedState::Absent, SimTime::ZERO) };
    match i.state {
        InstanceState::Created => (ObservedState::Created, i.created),
        InstanceState::Running => (ObservedState::Running, i.started.unwrap_or(i.created)),
        InstanceState::Exited => {
            (ObservedState::Exited(i.exit_code), i.finished.unwrap_or(i.created))
        }
    }
}

fn state(s: &ContainerState) -> StateView {
    let time = |t: Option<Timestamp>| t.map_or(SimTime::ZERO, Timestamp::sim);
    match s {
        ContainerState { waiting: Some(w), .. } => {
            StateView::Waiting { reason: w.reason.clone(), message: w.message.clone() }
        }
        ContainerState { running: Some(r), .. } => StateView::Running { since: time(r.started_at) },
        ContainerState { terminated: Some(t), .. } => StateView::Terminated {
            reason: t.reason.clone(),
            exit_code: t.exit_code,
            started: time(t.started_at),
            finished: time(t.finished_at),
        },
        _ => StateView::None,
    }
}

/// The probes. What a worker remembers of an instance before is not shown as the new one's, and a
/// tick that found nothing running says so only as long as nothing runs.
fn probes(w: &Worker, c: &Container, newest: Option<&Instance>) -> Vec<ProbeView> {
    let mut views = probe_views(w, c);
    let Some(i) = newest.filter(|i| i.state == InstanceState::Running) else { return views };
    for view in &mut views {
        let prober = kind_of(&view.kind).and_then(|kind| w.prober(&c.name, kind));
        if prober.is_some_and(|p| p.container_id != i.container_id) {
            view.last_ok = None;
            view.run = 0;
            view.verdict = "Unknown".into();
            view.last_message.clear();
            view.on_hold = false;
            view.idle_because.clear();
        }
        if view.idle_because == "not-running" {
            view.idle_because.clear();
        }
    }
    views
}

fn kind_of(word: &str) -> Option<ProbeKind> {
    ProbeKind::ALL.into_iter().find(|kind| kind.word() == word)
}

fn probe_views(w: &Worker, c: &Container) -> Vec<ProbeView> {
    let specs = [&c.startup_probe, &c.liveness_probe, &c.readiness_probe];
    let with = |kind: ProbeKind| w.prober(&c.name, kind);
    ProbeKind::ALL
        .into_iter()
        .zip(specs)
        .filter_map(|(kind, spec)| Some((kind, spec.as_ref()?, with(kind))))
        .map(|(kind, spec, prober)| match prober {
            Some(prober) => probe(kind, prober),
            None => probe(kind, &Prober::new(spec.clone())),
        })
        .collect()
}

fn probe(kind: ProbeKind, p: &Prober) -> ProbeView {
    let verdict = match p.result {
        Some(true) => "Success",
        Some(false) => "Failure",
        None => "Unknown",
    };
    let last = p.last_attempt.as_ref();
    ProbeView {
        kind: kind.word().to_string(),
        action: p.spec.action(),
        last_ok: p.last,
        run: p.run,
        success_threshold: p.spec.successes(),
        failure_threshold: p.spec.failures(),
        verdict: verdict.to_string(),
        last_at: last.map(|(at, _)| *at),
        last_message: last.map(|(_, text)| text.trim_end().to_string()).unwrap_or_default(),
        next_at: p.next.map(|key| key.0),
        period_ms: p.period().as_ms(),
        on_hold: p.on_hold,
        idle_because: p.idle.to_string(),
    }
}

fn hook(run: &crate::engine::kubelet::HookRun) -> HookView {
    HookView {
        kind: run.kind.to_string(),
        action: run.action.clone(),
        started: run.started,
        ended: run.ended,
        ok: run.ok,
    }
}

fn signals(i: &Instance) -> Vec<SignalView> {
    let from = i.signals.len().saturating_sub(SIGNALS_MAX);
    let view = |s: &crate::engine::runtime::SignalSeen| SignalView {
        signal: format!("SIG{}", s.signal.name()),
        at: s.at,
        effect: s.effect.to_string(),
    };
    i.signals[from..].iter().map(view).collect()
}

fn grace(i: &Instance) -> Option<GraceView> {
    let stopping = i.stopping.as_ref()?;
    Some(GraceView { started: stopping.since, ends: stopping.kill_at })
}

/// The back-off before the next start: only while nothing runs and the delay is not over.
pub(super) fn backoff(
    w: &Worker,
    c: &Container,
    newest: Option<&Instance>,
    now: SimTime,
) -> Option<BackoffView> {
    let entry = w.crash.get(&(c.name.clone(), c.image.clone()))?;
    let ended = newest.filter(|i| i.state == InstanceState::Exited)?.finished?;
    let ends = ended + entry.delay;
    let holds = now < ends && !w.ending() && w.reasons.contains_key(&c.name);
    let length = go_duration(entry.delay.as_secs());
    holds.then_some(BackoffView { started: ended, ends, length })
}

fn logs(instances: &[&Instance]) -> Vec<LogView> {
    let line = |i: &Instance, l: &crate::engine::runtime::LogLine| LogView {
        at: l.at,
        instance: i.spec.attempt,
        stderr: l.stderr,
        line: l.line.clone(),
    };
    let all = instances.iter().rev().flat_map(|i| i.log.iter().rev().map(move |l| line(i, l)));
    let mut newest: Vec<LogView> = all.take(LOGS_MAX).collect();
    newest.reverse();
    newest
}
