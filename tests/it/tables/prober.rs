//! Probe workers: what one look does, and what many in a row lead to.

use super::{rows, text};
use lifepod::api::{Container, ContainerState, ContainerStatus, Phase, Pod, PodSpec, Terminated};
use lifepod::api::{ObjectMeta, PodStatus, Probe, Timestamp};
use lifepod::base::json::{Value, json};
use lifepod::base::{Map, SimTime};
use lifepod::engine::cri::{InstanceState, InstanceStatus, PodSnapshot};
use lifepod::engine::kubelet::prober::{ProbeKind, Prober, TickPlan, plan_tick, plan_workers};
use lifepod::engine::kubelet::status::{ProbeFacts, StatusInputs, plan_status};
use std::rc::Rc;

const NOW: SimTime = SimTime::secs(1_000);

fn kind(row: &Value) -> ProbeKind {
    match text(row, "probeType") {
        "liveness" => ProbeKind::Liveness,
        "readiness" => ProbeKind::Readiness,
        _ => ProbeKind::Startup,
    }
}

/// The probe of a row, with the thresholds of the API server's defaults where it has none.
fn probe(row: &Value) -> Probe {
    let number = |field: &str, default: u64| row["spec"][field].as_u64().unwrap_or(default);
    Probe {
        initial_delay_seconds: number("initialDelaySeconds", 0),
        success_threshold: number("successThreshold", 1) as u32,
        failure_threshold: number("failureThreshold", 1) as u32,
        ..Probe::default()
    }
}

fn running(age: u64) -> ContainerState {
    ContainerState::running(Timestamp::at(SimTime::secs(NOW.as_secs() - age)))
}

/// A worker and the container it looks at.
struct Bench {
    kind: ProbeKind,
    prober: Prober,
    status: ContainerStatus,
}

impl Bench {
    fn new(row: &Value) -> Bench {
        let started = row["container_started"].as_bool();
        let status = ContainerStatus {
            container_id: "test://old".into(),
            started,
            state: running(900),
            ..ContainerStatus::default()
        };
        Bench { kind: kind(row), prober: Prober::new(probe(row)), status }
    }

    /// One look; whether the worker goes on, and whether the handler was called.
    fn look(&mut self, phase: Phase, there: bool, deleting: bool, ok: bool) -> (bool, bool) {
        let status = there.then_some(&self.status);
        let plan = plan_tick(self.kind, &self.prober, phase, status, false, deleting, NOW);
        if there {
            self.prober.look_at(self.kind, &self.status.container_id);
        }
        match plan {
            TickPlan::End => (false, false),
            TickPlan::Idle(_) => (true, false),
            TickPlan::NotRunning => {
                self.prober.result = Some(false);
                (true, false)
            }
            TickPlan::Attempt => {
                self.prober.take_in(self.kind, ok);
                (true, true)
            }
        }
    }
}

#[test]
fn one_look_of_a_worker() {
    let rows = rows(include_str!("../../tables/prober.json"));
    let mut seen = 0;
    for row in rows.iter().filter(|r| text(r, "kind") == "worker_step") {
        seen += 1;
        let (name, state) = (text(row, "name"), &row["state"]);
        let mut bench = Bench::new(row);
        bench.status.state = match text(state, "container") {
            "waiting" => ContainerState::waiting("", ""),
            "terminated" => ContainerState::terminated(Terminated::default()),
            _ => running(900),
        };
        let there = matches!(text(state, "container"), "running" | "waiting" | "terminated");
        let phase = if state["phase"] == "Failed" { Phase::Failed } else { Phase::Running };
        let deleting = state["deletionTimestamp"] == true;
        let (goes_on, called) = bench.look(phase, there, deleting, true);
        assert_eq!(Some(goes_on), row["expect"]["worker_continues"].as_bool(), "{name}");
        let ran = text(state, "container") == "running" && goes_on;
        assert_eq!(called, ran, "{name}: whether the handler is called");
        // A worker that ends publishes a last result, which nobody is there to act on.
        if goes_on && row["expect"]["result_published"] == true {
            let want = row["expect"]["result"] == "success";
            assert_eq!(bench.prober.result, Some(want), "{name}");
        }
    }
    assert_eq!(seen, 24);
}

#[test]
fn many_looks_of_a_worker() {
    let rows = rows(include_str!("../../tables/prober.json"));
    let mut seen = 0;
    for row in rows.iter().filter(|r| text(r, "kind") == "worker_sequence") {
        let mut bench = Bench::new(row);
        for (nth, look) in row["sequence"].as_array().expect("a list").iter().enumerate() {
            seen += 1;
            let at = format!("{}, look {}", text(row, "name"), nth + 1);
            if look["container_id"] == "new" {
                bench.status.container_id = "test://new".into();
            }
            if let Some(age) = look["container_age_s"].as_u64() {
                bench.status.state = running(age);
            }
            bench.status.started = look["started"].as_bool().or(bench.status.started);
            let (goes_on, called) =
                bench.look(Phase::Running, true, false, look["outcome"] == "success");
            assert_eq!(Some(goes_on), look["worker_continues"].as_bool(), "{at}");
            let published = match bench.prober.result {
                None => "unknown",
                Some(true) => "success",
                Some(false) => "failure",
            };
            assert_eq!(published, text(look, "published"), "{at}");
            let compare = |field: &str, got: Value| {
                let want = &look[field];
                assert!(want.is_null() || *want == got, "{at}: {field} {got}");
            };
            compare("probe_runs", called.into());
            compare("on_hold_after", bench.prober.on_hold.into());
            compare("run_after", bench.prober.run.into());
        }
    }
    assert!(seen >= 35, "only {seen} looks");
}

#[test]
fn what_results_make_of_a_status() {
    let rows = rows(include_str!("../../tables/prober.json"));
    let mut seen = 0;
    for row in rows.iter().filter(|r| text(r, "kind") == "update_pod_status") {
        seen += 1;
        let result = |kind: &str| row["results"][kind].as_str().map(|r| r == "success");
        let has = |kind: &str| row["probes"].as_array().is_some_and(|p| p.contains(&json!(kind)));
        let facts = ProbeFacts {
            startup: result("startup"),
            has_startup: has("startup"),
            ready: result("readiness"),
            has_readiness: has("readiness"),
        };
        let container = json!({"name": "c", "restartPolicy": match text(row, "container") {
            "sidecar" => json!("Always"),
            _ => Value::Null,
        }});
        let spec = match text(row, "container") {
            "regular" => json!({"containers": [container]}),
            _ => json!({"initContainers": [container], "containers": [{"name": "app"}]}),
        };
        let status = status(spec, row["state"] == "running", facts);
        let got = status.container("c").expect("it has a status");
        let name = text(row, "name");
        assert_eq!(Some(got.ready), row["expect"]["ready"].as_bool(), "{name}");
        let started = row["expect"]["started"].as_bool();
        assert!(started.is_none() || got.started == started, "{name}: {:?}", got.started);
    }
    assert_eq!(seen, 13);
}

fn status(spec: Value, runs: bool, facts: ProbeFacts) -> PodStatus {
    let spec = Rc::new(PodSpec::read(spec).expect("a spec"));
    let pod = Pod { meta: ObjectMeta::default(), spec, status: PodStatus::default() };
    let instance = InstanceStatus {
        id: 1,
        container_id: "test://c".into(),
        name: "c".into(),
        attempt: 0,
        state: if runs { InstanceState::Running } else { InstanceState::Exited },
        started: Some(SimTime::ZERO),
        finished: None,
        exit_code: 0,
        reason: String::new(),
        message: String::new(),
        image: Default::default(),
        asked_image: String::new(),
        user: Default::default(),
        created: Default::default(),
    };
    let seen = PodSnapshot { sandbox_ready: true, instances: vec![instance], ..Default::default() };
    plan_status(&StatusInputs {
        pod: &pod,
        seen: &seen,
        reasons: &Map::new(),
        old: &PodStatus::default(),
        reset: &Map::new(),
        probes: &|_| facts,
        stopped_for_good: false,
        host_ip: "",
        now: NOW,
    })
}

#[test]
fn who_gets_workers() {
    let rows = rows(include_str!("../../tables/prober.json"));
    let mut seen = 0;
    for row in rows.iter().filter(|r| text(r, "kind") == "workers") {
        seen += 1;
        let spec = PodSpec::read(row["pod"]["spec"].clone()).expect("a spec");
        let workers = plan_workers(&spec);
        let mut got: Vec<Value> = workers
            .iter()
            .map(|(c, kind): &(&Container, ProbeKind)| json!([c.name, kind.word()]))
            .collect();
        got.sort_by_key(ToString::to_string);
        assert_eq!(Value::Array(got), row["expect_workers"], "{}", text(row, "name"));
    }
    assert_eq!(seen, 3);
}
