//! A Pod in the middle of its life, as the session would tell it.

use std::rc::Rc;

use lifepod::base::SimTime;
use lifepod::session::view::*;

/// A moment in milliseconds.
pub fn ms(ms: u64) -> SimTime {
    SimTime::ms(ms)
}

fn s(text: &str) -> String {
    text.to_owned()
}

/// The six actors.
pub fn actors(now: SimTime) -> Vec<ActorView> {
    let actor = |kind, doing: &str, rule: Option<&str>| ActorView {
        kind,
        last_rule: rule.map(|rule| (s(rule), now)),
        doing: s(doing),
    };
    vec![
        actor(ActorKind::Kubectl, "", None),
        actor(ActorKind::ApiServer, "", None),
        actor(ActorKind::Scheduler, "", None),
        actor(ActorKind::Endpoints, "", None),
        actor(ActorKind::Kubelet, "SyncPod web", Some("probe.liveness-kills")),
        actor(ActorKind::Runtime, "kill app", None),
    ]
}

/// A message.
pub fn flight(
    id: u64,
    from: ActorKind,
    to: ActorKind,
    label: &str,
    sent: u64,
    arrives: u64,
) -> FlightView {
    FlightView { id, from, to, label: s(label), sent: ms(sent), arrives: ms(arrives) }
}

/// A probe that failed `run` times of three.
pub fn probe(kind: &str, ok: Option<bool>, run: u32, now: SimTime) -> ProbeView {
    ProbeView {
        kind: s(kind),
        action: s("exec [cat /tmp/healthy]"),
        last_ok: ok,
        run,
        success_threshold: 1,
        failure_threshold: 3,
        verdict: s(if ok == Some(true) || run < 3 { "Success" } else { "Failure" }),
        last_at: Some(now - ms(2000)),
        last_message: s(if ok == Some(false) {
            "cat: can't open '/tmp/healthy': No such file or directory"
        } else {
            ""
        }),
        next_at: Some(now + ms(3000)),
        period_ms: 5000,
        on_hold: false,
        idle_because: String::new(),
    }
}

fn process(
    pid: u32,
    parent: u32,
    command: &str,
    state: &str,
    until: Option<SimTime>,
) -> ProcessView {
    ProcessView {
        pid,
        parent,
        command: s(command),
        state: s(state),
        since: until.map(|until| until - ms(600_000)),
        until,
        ..ProcessView::default()
    }
}

/// A container that runs.
pub fn container(name: &str, now: SimTime) -> ContainerView {
    ContainerView {
        name: s(name),
        image: s("busybox:1.36"),
        kind: ContainerKind::App,
        state: StateView::Running { since: now - ms(32_000) },
        last_state: StateView::None,
        observed: ObservedState::Running,
        observed_since: now - ms(32_000),
        restarts: 0,
        ready: true,
        started: true,
        processes: vec![
            process(
                1,
                0,
                "/bin/sh -c touch /tmp/healthy; sleep 30; rm -rf /tmp/healthy; sleep 600",
                "waiting",
                None,
            ),
            process(8, 1, "sleep 600", "sleeping", Some(now + ms(598_000))),
        ],
        probes: vec![
            probe("liveness", Some(false), 2, now),
            probe("readiness", Some(true), 1, now),
        ],
        usage: None,
        hook: None,
        signals: vec![],
        grace: None,
        backoff: None,
        logs: vec![],
    }
}

fn condition(kind: &str, status: &str, reason: &str) -> ConditionView {
    let (message, since) = (String::new(), ms(1200));
    ConditionView { kind: s(kind), status: s(status), reason: s(reason), message, since }
}

/// A Pod with one container.
pub fn pod(name: &str, now: SimTime) -> PodView {
    PodView {
        name: s(name),
        home: String::new(),
        uid: s(name),
        phase: s("Running"),
        status: s("Running"),
        ready: s("1/1"),
        restarts: s("0"),
        age: s("34s"),
        ip: s("10.88.0.7"),
        qos: s("BestEffort"),
        node: s("node-1"),
        in_api: true,
        deleting: false,
        grace: None,
        reasons: Vec::new(),
        differs: false,
        conditions: vec![
            condition("PodReadyToStartContainers", "True", ""),
            condition("Initialized", "True", ""),
            condition("Ready", "True", ""),
            condition("ContainersReady", "True", ""),
            condition("PodScheduled", "True", ""),
        ],
        sandbox: true,
        sharing: None,
        shared: None,
        containers: vec![container("app", now)],
    }
}

/// The cluster with these Pods.
pub fn stage(now: SimTime, pods: Vec<PodView>) -> StageView {
    let flights = vec![
        flight(1, ActorKind::Kubelet, ActorKind::ApiServer, "PATCH status web", 33_000, 33_030),
        flight(2, ActorKind::ApiServer, ActorKind::Kubelet, "WATCH MODIFIED web", 33_950, 34_020),
        flight(3, ActorKind::ApiServer, ActorKind::Endpoints, "WATCH MODIFIED web", 33_950, 33_990),
        flight(4, ActorKind::Kubectl, ActorKind::ApiServer, "DELETE pods/web", 33_700, 33_710),
        flight(5, ActorKind::Kubelet, ActorKind::Runtime, "ExecSync app", 33_900, 33_930),
    ];
    let (services, traffic) = (vec![], vec![]);
    let owners = vec![];
    let node = NodeView {
        name: s("node-1"),
        status: s("Ready"),
        powered: true,
        kubelet: true,
        runtime: true,
        ..NodeView::default()
    };
    let nodes = vec![node];
    StageView {
        now,
        actors: actors(now),
        flights,
        pods: pods.into_iter().map(Rc::new).collect(),
        looked: String::new(),
        owners,
        services,
        traffic,
        node: s("node-1"),
        nodes,
        scheduler_stopped: false,
    }
}

/// A Pod that is being deleted: its trap waits, the grace period runs.
pub fn deleting_pod(now: SimTime) -> PodView {
    let mut web = pod("web", now);
    let grace = GraceView { started: now - ms(7000), ends: now + ms(23_000) };
    web.deleting = true;
    web.status = s("Terminating");
    web.grace = Some(grace.clone());
    let app = &mut web.containers[0];
    app.grace = Some(grace);
    app.processes[0].pending = vec![s("SIGTERM")];
    app.hook = Some(HookView {
        kind: s("preStop"),
        action: s("exec [sleep 5]"),
        started: now - ms(7000),
        ended: Some(now - ms(2000)),
        ok: Some(true),
    });
    app.signals =
        vec![SignalView { signal: s("SIGTERM"), at: now - ms(2000), effect: s("trap-waits") }];
    app.logs = vec![
        LogView { at: ms(1300), instance: 0, stderr: false, line: s("started") },
        LogView {
            at: ms(31_000),
            instance: 0,
            stderr: true,
            line: s("warning: healthy file is gone"),
        },
    ];
    web
}

/// A Pod whose container crashed and is held back.
pub fn crashing_pod(now: SimTime) -> PodView {
    let mut pod = pod("worker", now);
    pod.status = s("CrashLoopBackOff");
    pod.ready = s("0/2");
    pod.restarts = s("3 (12s ago)");
    pod.conditions[2].status = s("False");
    pod.conditions[2].reason = s("ContainersNotReady");
    let app = &mut pod.containers[0];
    let ended = |code| StateView::Terminated {
        reason: s("Error"),
        exit_code: code,
        started: now - ms(20_000),
        finished: now - ms(12_000),
    };
    app.state = StateView::Waiting {
        reason: s("CrashLoopBackOff"),
        message: s("back-off 40s restarting failed container=app pod=worker_default(1)"),
    };
    app.last_state = ended(137);
    app.observed = ObservedState::Exited(137);
    app.ready = false;
    app.restarts = 3;
    app.processes = vec![];
    app.backoff =
        Some(BackoffView { started: now - ms(12_000), ends: now + ms(28_000), length: s("40s") });
    app.signals =
        vec![SignalView { signal: s("SIGKILL"), at: now - ms(12_000), effect: s("killed") }];
    app.probes[0].on_hold = true;
    app.probes[0].run = 3;
    app.probes[0].verdict = s("Failure");
    app.probes[1].idle_because = s("not-running");
    let mut side = container("proxy", now);
    side.kind = ContainerKind::Sidecar;
    side.observed = ObservedState::Exited(1);
    side.probes = vec![];
    side.processes = vec![];
    pod.containers.insert(0, side);
    pod
}

fn phase(start: u64, end: Option<u64>, label: &str, tone: Tone) -> LanePhase {
    let (start, end) = (ms(start), end.map(ms));
    LanePhase { start, end, label: s(label), detail: String::new(), tone }
}

/// A mark.
pub fn mark(at: u64, kind: MarkKind, label: &str, record: usize) -> Mark {
    Mark { at: ms(at), kind, label: s(label), detail: String::new(), record: Some(record) }
}

/// A lane.
pub fn lane(
    id: &str,
    kind: LaneKind,
    title: &str,
    phases: Vec<LanePhase>,
    marks: Vec<Mark>,
) -> Rc<Lane> {
    let phases = phases.into_iter().map(Rc::new).collect();
    let marks = marks.into_iter().map(Rc::new).collect();
    let pod = if kind == LaneKind::Actions { String::new() } else { s("web") };
    Rc::new(Lane { id: s(id), kind, pod, title: s(title), phases, marks })
}

/// The classic liveness run: the probe fails three times, the container is killed and restarts.
pub fn timeline() -> TimelineView {
    let mut lanes = vec![lane(
        "actions",
        LaneKind::Actions,
        "kubectl",
        vec![],
        vec![mark(0, MarkKind::Action, "apply", 0)],
    )];
    lanes.extend(state_lanes());
    lanes.insert(
        4,
        lane("pod/web/probe/app/liveness", LaneKind::Probe, "app liveness", vec![], attempts()),
    );
    lanes.push(lane("pod/web/events", LaneKind::Event, "Events", vec![], events()));
    TimelineView { tip: ms(95_000), lanes }
}

fn attempts() -> Vec<Mark> {
    let passed = |from: u64, to: u64| {
        (from..to).step_by(5000).map(|at| mark(at, MarkKind::ProbeSuccess, "1/1", at as usize))
    };
    let mut marks: Vec<Mark> = passed(6000, 35_000).collect();
    for (nth, at) in [36_000, 41_000, 46_000].into_iter().enumerate() {
        marks.push(mark(at, MarkKind::ProbeFailure, &format!("{}/3", nth + 1), 100 + nth));
    }
    marks.extend(passed(82_000, 95_000));
    marks
}

fn events() -> Vec<Mark> {
    let event = |at, label: &str, record| mark(at, MarkKind::EventNormal, label, record);
    let mut unhealthy = event(36_000, "Unhealthy", 13);
    unhealthy.kind = MarkKind::EventWarning;
    vec![
        event(15, "Scheduled", 9),
        event(400, "Pulled", 10),
        event(700, "Created", 11),
        event(1200, "Started", 12),
        unhealthy,
        event(46_000, "Killing", 14),
        event(78_000, "Pulled", 15),
    ]
}

fn state_lanes() -> Vec<Rc<Lane>> {
    let pod_phases = vec![
        phase(0, Some(1250), "Pending", Tone::Waiting),
        phase(1250, None, "Running", Tone::Running),
    ];
    let ready = vec![
        phase(20, Some(1300), "False", Tone::Off),
        phase(1300, Some(76_500), "True", Tone::Good),
        phase(76_500, Some(77_500), "False", Tone::Off),
        phase(77_500, None, "True", Tone::Good),
    ];
    let endpoint = vec![phase(1400, None, "ready", Tone::Good)];
    let mut lanes = vec![
        lane("pod/web/phase", LaneKind::Phase, "status.phase", pod_phases, vec![]),
        lane("pod/web/condition/Ready", LaneKind::Condition, "Ready", ready, vec![]),
    ];
    lanes.extend(container_lanes());
    lanes.push(lane("pod/web/endpoint/web", LaneKind::Endpoint, "web", endpoint, vec![]));
    lanes
}

fn container_lanes() -> [Rc<Lane>; 3] {
    let states = vec![
        phase(20, Some(1200), "ContainerCreating", Tone::Waiting),
        phase(1200, Some(46_010), "Running", Tone::Good),
        phase(46_010, Some(76_100), "Running", Tone::Terminating),
        phase(76_100, Some(77_000), "Error", Tone::Bad),
        phase(77_000, None, "Running", Tone::Good),
    ];
    let ends = vec![
        mark(1200, MarkKind::Start, "", 3),
        mark(76_100, MarkKind::ExitBad, "exit 137", 4),
        mark(77_000, MarkKind::Start, "", 5),
    ];
    let hook = vec![phase(46_020, Some(51_020), "preStop", Tone::Busy)];
    let grace = vec![phase(46_020, Some(76_020), "grace 30s", Tone::Terminating)];
    let signals = vec![
        mark(51_020, MarkKind::Signal, "SIGTERM", 7),
        mark(76_020, MarkKind::Kill, "SIGKILL", 8),
    ];
    [
        lane("pod/web/container/app", LaneKind::Container, "app", states, ends),
        lane("pod/web/hook/app", LaneKind::Hook, "app preStop", hook, vec![]),
        lane("pod/web/signal/app", LaneKind::Signal, "app", grace, signals),
    ]
}
