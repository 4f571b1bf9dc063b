//! Conditions and whole statuses, from container statuses and what the runtime reports.

use super::{rows, text};
use lifepod::api::{Condition, ContainerStatus, Pod, PodSpec, PodStatus};
use lifepod::base::json::{Value, json};
use lifepod::base::json::{Write, read};
use lifepod::base::{Map, SimTime};
use lifepod::engine::cri::{InstanceState, InstanceStatus, PodSnapshot};
use lifepod::engine::kubelet::conditions::{containers_ready, initialized, ready};
use lifepod::engine::kubelet::status::{ProbeFacts, StatusInputs, plan_status};
use std::rc::Rc;

/// Rows about what the simulated runtime never does, with the reason.
const NOT_OURS: &[(&str, &str)] = &[
    ("sandbox: two ready at once", "the runtime here keeps one sandbox a Pod"),
    (
        "sandbox: ready in a pod network while the pod asks for the host network",
        "hostNetwork cannot change after the Pod was created",
    ),
    (
        "scheduled: new pod with a scheduling gate",
        "the API server writes it, not the kubelet: see the scheduler's tests",
    ),
];

fn pod(row: &Value) -> Pod {
    let mut value = row["pod"].clone();
    for (field, empty) in [("metadata", json!({})), ("status", json!({}))] {
        if value[field].is_null() {
            value[field] = empty;
        }
    }
    if row["podConditions"].is_array() {
        value["status"]["conditions"] = row["podConditions"].clone();
    }
    Pod {
        meta: read(&value["metadata"]).expect("metadata"),
        spec: Rc::new(PodSpec::read(value["spec"].clone()).expect("a spec")),
        status: read(&value["status"]).expect("a status"),
    }
}

fn snapshot(sandboxes: &Value, containers: &Value) -> PodSnapshot {
    let instance = |c: &Value| InstanceStatus {
        id: 1,
        container_id: format!("://{}", text(c, "id")),
        name: text(c, "name").into(),
        attempt: 0,
        state: match text(c, "state") {
            "exited" => InstanceState::Exited,
            _ => InstanceState::Running,
        },
        started: Some(SimTime::ZERO),
        finished: None,
        exit_code: c["exitCode"].as_i64().unwrap_or_default() as i32,
        reason: String::new(),
        message: String::new(),
        image: Default::default(),
        asked_image: String::new(),
        user: Default::default(),
        created: Default::default(),
    };
    let list = containers.as_array().into_iter().flatten();
    PodSnapshot {
        sandbox_ready: sandboxes[0]["state"] == "READY",
        ip: text(&sandboxes[0], "ip").into(),
        instances: list.map(instance).collect(),
        ..PodSnapshot::default()
    }
}

/// The status the kubelet would make. No probe has a result: all count as ready.
fn status(row: &Value, seen: &PodSnapshot, terminal: bool) -> PodStatus {
    let pod = pod(row);
    let old = match &row["previousStatus"] {
        Value::Null => pod.status.clone(),
        previous => {
            let mut old: PodStatus = read(previous).expect("a status");
            let phase = if pod.status.phase.is_terminal() { pod.status.phase } else { old.phase };
            old.phase = phase;
            old
        }
    };
    let probes = |_: &str| ProbeFacts {
        startup: None,
        has_startup: false,
        ready: None,
        has_readiness: false,
    };
    plan_status(&StatusInputs {
        pod: &pod,
        seen,
        reasons: &Map::new(),
        old: &old,
        reset: &Map::new(),
        probes: &probes,
        stopped_for_good: terminal,
        host_ip: "127.0.0.1",
        now: SimTime::ZERO,
    })
}

/// The condition of a row, made alone or with a whole status.
fn condition(row: &Value) -> Condition {
    let phase = read(&row["podPhase"]).unwrap_or_default();
    let list = row["containerStatuses"].as_array();
    let list: Option<Vec<ContainerStatus>> =
        list.map(|l| l.iter().map(|s| read(s).expect("a status")).collect());
    let pod = pod(row);
    match text(row, "condition") {
        "ContainersReady" => containers_ready(&pod, phase, list.as_deref()),
        "Ready" => ready(&pod, &pod.status, &containers_ready(&pod, phase, list.as_deref())),
        "Initialized" => initialized(&pod, phase, list.as_deref()),
        kind => {
            let mut row = row.clone();
            row["previousStatus"] = json!({"phase": row["podPhase"].as_str().unwrap_or("Pending")});
            let made = status(&row, &snapshot(&row["sandboxes"], &row["runtimeContainers"]), false);
            made.condition(kind).unwrap_or_else(|| panic!("no {kind}")).clone()
        }
    }
}

#[test]
fn every_condition_is_as_its_row_says() {
    let rows = rows(include_str!("../../tables/conditions.json"));
    let (mut seen, mut problems) = (0, String::new());
    for row in rows.iter().filter(|r| !text(r, "condition").starts_with('(')) {
        let name = text(row, "name");
        if NOT_OURS.iter().any(|(other, _)| *other == name) {
            continue;
        }
        seen += 1;
        let got = condition(row).write();
        for (field, want) in row["expect"].as_object().expect("an object") {
            let found = got.get(field).cloned().unwrap_or_else(|| json!(""));
            if found != *want {
                problems.push_str(&format!("{name}: {field}: got {found}, want {want}\n"));
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
    assert!(seen >= 45, "only {seen} rows");
}

/// Container statuses without what the rows fix by a stub: readiness.
fn without_ready(list: &Value) -> Vec<Value> {
    let keep = ["name", "state", "lastState", "restartCount"];
    let strip = |s: &Value| {
        let mut kept = json!({"restartCount": 0, "lastState": {}});
        for field in keep.iter().filter(|f| s.get(**f).is_some()) {
            kept[*field] = s[*field].clone();
        }
        if let Some(lost) = kept.pointer_mut("/lastState/terminated").and_then(Value::as_object_mut)
        {
            lost.retain(|key, _| key == "reason" || key == "exitCode");
        }
        if !kept["state"]["running"].is_null() {
            kept["state"] = json!("running");
        }
        if let Some(code) = kept["state"].pointer("/terminated/exitCode").cloned() {
            kept["state"] = code;
        }
        kept
    };
    list.as_array().into_iter().flatten().map(strip).collect()
}

#[test]
fn every_status_is_as_its_row_says() {
    let rows = rows(include_str!("../../tables/conditions.json"));
    let (mut seen, mut problems) = (0, String::new());
    for row in rows.iter().filter(|r| text(r, "condition").starts_with('(')) {
        seen += 1;
        let runtime = &row["runtime"];
        let snapshot = snapshot(&runtime["sandboxes"], &runtime["containers"]);
        let made = status(row, &snapshot, row["podIsTerminal"] == true);
        let got = made.write();
        let (name, want) = (text(row, "name"), &row["expect"]);
        let mut compare = |what: &str, got: Value, want: Value| {
            if got != want {
                problems.push_str(&format!("{name}: {what}: got {got}, want {want}\n"));
            }
        };
        for field in ["phase", "reason", "message"] {
            if field != "phase" || want.get("phase").is_some() {
                let found = |of: &Value| of.get(field).cloned().unwrap_or_else(|| json!(""));
                compare(field, found(&got), found(want));
            }
        }
        let list = |of: &Value| Value::Array(without_ready(&of["containerStatuses"]));
        compare("containers", list(&got), list(want));
        if let Some(conditions) = want["conditions"].as_array() {
            let kinds = |of: &[Value]| of.iter().map(|c| c["type"].clone()).collect::<Value>();
            let all = got["conditions"].as_array().cloned().unwrap_or_default();
            compare("conditions", kinds(&all), kinds(conditions));
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
    assert!(seen >= 10, "only {seen} rows");
}
