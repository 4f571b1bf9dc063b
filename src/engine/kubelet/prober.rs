//! The worker of one probe: what it remembers, and what it does at a tick. Pure.

use crate::api::{Container, ContainerStatus, Phase, PodFields, Probe};
use crate::base::SimTime;
use crate::engine::wire::EventKey;

/// The three probes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ProbeKind {
    /// Holds the others back until it succeeds.
    Startup,
    /// Kills the container if it fails.
    Liveness,
    /// Takes the Pod out of its Services if it fails.
    Readiness,
}

impl ProbeKind {
    /// All three.
    pub const ALL: [ProbeKind; 3] = [ProbeKind::Startup, ProbeKind::Liveness, ProbeKind::Readiness];

    /// `liveness`, as records and views have it.
    pub fn word(self) -> &'static str {
        match self {
            ProbeKind::Startup => "startup",
            ProbeKind::Liveness => "liveness",
            ProbeKind::Readiness => "readiness",
        }
    }

    /// `Liveness`, as Events have it.
    pub fn title(self) -> &'static str {
        match self {
            ProbeKind::Startup => "Startup",
            ProbeKind::Liveness => "Liveness",
            ProbeKind::Readiness => "Readiness",
        }
    }

    /// `livenessProbe`, the field.
    pub fn field(self) -> &'static str {
        match self {
            ProbeKind::Startup => "startupProbe",
            ProbeKind::Liveness => "livenessProbe",
            ProbeKind::Readiness => "readinessProbe",
        }
    }

    /// The container's probe of this kind.
    pub fn of(self, c: &Container) -> Option<&Probe> {
        match self {
            ProbeKind::Startup => c.startup_probe.as_ref(),
            ProbeKind::Liveness => c.liveness_probe.as_ref(),
            ProbeKind::Readiness => c.readiness_probe.as_ref(),
        }
    }

    /// The result a new instance begins with.
    /// Source: prober/worker.go newWorker initialValue
    fn initial(self) -> Option<bool> {
        match self {
            ProbeKind::Startup => None,
            ProbeKind::Liveness => Some(true),
            ProbeKind::Readiness => Some(false),
        }
    }
}

/// The worker of one probe of one container; it outlives the container's instances.
/// Source: prober/worker.go
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prober {
    /// The probe, as the spec has it.
    pub spec: Probe,
    /// The instance that it looks at.
    pub container_id: String,
    /// The result that the kubelet acts on: `None` is unknown.
    pub result: Option<bool>,
    /// The last attempt's result.
    pub last: Option<bool>,
    /// How often it came in a row.
    pub run: u32,
    /// No attempts until there is a new instance.
    pub on_hold: bool,
    /// Failures in a row when the verdict fell.
    pub failures_at_verdict: u32,
    /// When the attempt under way began.
    pub attempt_since: Option<SimTime>,
    /// When the last attempt ended, and what it said.
    pub last_attempt: Option<(SimTime, String)>,
    /// The next tick.
    pub next: Option<EventKey>,
    /// Attempts so far.
    pub attempts: u64,
    /// Why the last tick did nothing: a key, or empty.
    pub idle: &'static str,
    pub(super) missed_tick: bool,
    pub(super) poked: bool,
}

/// What a tick does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TickPlan {
    /// The worker ends.
    End,
    /// Nothing, for this reason (a key; empty if there is nothing to probe yet).
    Idle(&'static str),
    /// The container does not run: that counts as a failure.
    NotRunning,
    /// An attempt.
    Attempt,
}

impl Prober {
    /// A worker that has not probed yet.
    pub fn new(spec: Probe) -> Self {
        Prober {
            spec,
            container_id: String::new(),
            result: None,
            last: None,
            run: 0,
            on_hold: false,
            failures_at_verdict: 0,
            attempt_since: None,
            last_attempt: None,
            next: None,
            attempts: 0,
            idle: "",
            missed_tick: false,
            poked: false,
        }
    }

    /// The result for this instance; `None` if it is unknown or belongs to another one.
    pub fn result_for(&self, container_id: &str) -> Option<bool> {
        self.result.filter(|_| !container_id.is_empty() && self.container_id == container_id)
    }

    /// From tick to tick.
    pub fn period(&self) -> SimTime {
        SimTime::secs(self.spec.period())
    }

    /// A new instance: the old result is dropped. True if there is a new one.
    pub fn look_at(&mut self, kind: ProbeKind, container_id: &str) -> bool {
        if self.container_id == container_id {
            return false;
        }
        self.container_id = container_id.to_string();
        self.result = kind.initial();
        self.on_hold = false;
        true
    }

    /// Begins with an instance that is older than the kubelet, as the API has it.
    pub fn adopt(&mut self, kind: ProbeKind, status: &ContainerStatus) {
        self.container_id = status.container_id.clone();
        let started = status.started == Some(true);
        self.result = match kind {
            ProbeKind::Startup => started.then_some(true),
            ProbeKind::Liveness => Some(true),
            ProbeKind::Readiness => Some(status.ready),
        };
        self.on_hold = kind == ProbeKind::Startup && started;
    }

    /// Takes in an attempt's result; whether it decided, now that it came `run` times in a row.
    /// Source: prober/worker.go doProbe, from lastResult on
    pub fn take_in(&mut self, kind: ProbeKind, ok: bool) -> bool {
        self.run = if self.last == Some(ok) { self.run + 1 } else { 1 };
        self.last = Some(ok);
        let needed = if ok { self.spec.successes() } else { self.spec.failures() };
        if self.run < needed {
            return false;
        }
        self.failures_at_verdict = if ok { 0 } else { self.run };
        self.result = Some(ok);
        if (kind == ProbeKind::Liveness && !ok) || kind == ProbeKind::Startup {
            self.on_hold = true;
            self.run = 0;
        }
        true
    }
}

/// The probes of a Pod that get a worker: those of sidecars and app containers.
/// Source: prober/prober_manager.go AddPod
pub fn plan_workers(spec: &PodFields) -> Vec<(&Container, ProbeKind)> {
    let containers = spec.sidecars().chain(&spec.containers);
    let all = containers.flat_map(|c| ProbeKind::ALL.into_iter().map(move |kind| (c, kind)));
    all.filter(|(c, kind)| kind.of(c).is_some()).collect()
}

/// Decides on a tick, from the status that the kubelet has.
/// Source: prober/worker.go doProbe, in its order
pub fn plan_tick(
    kind: ProbeKind,
    prober: &Prober,
    phase: Phase,
    status: Option<&ContainerStatus>,
    restartable: bool,
    deleting: bool,
    now: SimTime,
) -> TickPlan {
    if phase.is_terminal() {
        return TickPlan::End;
    }
    let Some(status) = status.filter(|s| !s.container_id.is_empty()) else {
        return TickPlan::Idle("not-running");
    };
    if prober.on_hold && prober.container_id == status.container_id {
        return TickPlan::Idle("on-hold");
    }
    let Some(running) = &status.state.running else {
        let ended = status.state.terminated.is_some();
        return if ended && !restartable { TickPlan::End } else { TickPlan::NotRunning };
    };
    if deleting && kind != ProbeKind::Readiness {
        return TickPlan::End;
    }
    let since = running.started_at.map_or(SimTime::ZERO, crate::api::Timestamp::sim);
    if now.since(since).as_secs() < prober.spec.initial_delay_seconds {
        return TickPlan::Idle("initial-delay");
    }
    match (status.started == Some(true), kind) {
        (true, ProbeKind::Startup) => TickPlan::Idle("startup-done"),
        (false, ProbeKind::Liveness | ProbeKind::Readiness) => TickPlan::Idle("startup-first"),
        _ => TickPlan::Attempt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ContainerState, Timestamp};

    fn prober(failures: u32, successes: u32) -> Prober {
        Prober::new(Probe {
            failure_threshold: failures,
            success_threshold: successes,
            initial_delay_seconds: 5,
            ..Default::default()
        })
    }

    fn running() -> ContainerStatus {
        ContainerStatus {
            container_id: "c1".into(),
            started: Some(true),
            state: ContainerState::running(Timestamp::at(SimTime::ZERO)),
            ..Default::default()
        }
    }

    #[test]
    fn a_verdict_needs_the_threshold_in_a_row() {
        let mut p = prober(3, 1);
        let kind = ProbeKind::Liveness;
        p.look_at(kind, "c1");
        assert_eq!(p.result, Some(true));
        assert!(!p.take_in(kind, false) && !p.take_in(kind, false));
        assert!(p.take_in(kind, true), "a success starts the count anew");
        assert!(!p.take_in(kind, false) && !p.take_in(kind, false));
        assert!(p.take_in(kind, false) && p.on_hold && p.result == Some(false));
    }

    #[test]
    fn the_count_outlives_a_restart_but_the_result_does_not() {
        let mut p = prober(3, 3);
        let kind = ProbeKind::Readiness;
        p.look_at(kind, "c1");
        (0..3).for_each(|_| _ = p.take_in(kind, true));
        assert!(p.look_at(kind, "c2") && p.result == Some(false));
        assert!(p.take_in(kind, true), "one success is enough: the run goes on");
    }

    #[test]
    fn ticks_wait_for_the_initial_delay_in_whole_seconds() {
        let p = prober(3, 1);
        let plan = |ms| {
            let (kind, now) = (ProbeKind::Liveness, SimTime::ms(ms));
            plan_tick(kind, &p, Phase::Running, Some(&running()), true, false, now)
        };
        assert_eq!(plan(4_999), TickPlan::Idle("initial-delay"));
        assert_eq!(plan(5_000), TickPlan::Attempt);
    }

    #[test]
    fn nothing_is_probed_before_the_startup_probe_succeeds() {
        let p = prober(3, 1);
        let status = ContainerStatus { started: Some(false), ..running() };
        let plan = |kind| {
            plan_tick(kind, &p, Phase::Running, Some(&status), true, false, SimTime::secs(60))
        };
        assert_eq!(plan(ProbeKind::Liveness), TickPlan::Idle("startup-first"));
        assert_eq!(plan(ProbeKind::Startup), TickPlan::Attempt);
    }

    #[test]
    fn deletion_ends_liveness_and_lets_readiness_go_on() {
        let p = prober(3, 1);
        let plan = |kind| {
            plan_tick(kind, &p, Phase::Running, Some(&running()), true, true, SimTime::secs(60))
        };
        assert_eq!(plan(ProbeKind::Liveness), TickPlan::End);
        assert_eq!(plan(ProbeKind::Readiness), TickPlan::Attempt);
    }
}
