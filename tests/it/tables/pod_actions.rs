//! What a sync does, from the Pod, what the runtime reports and what the probes say.

use super::{rows, text};
use lifepod::api::PodSpec;
use lifepod::base::json::{Value, json};
use lifepod::engine::cri::{InstanceState, InstanceStatus, PodSnapshot};
use lifepod::engine::kubelet::plan::{Actions, Verdict, plan_actions};

/// Rows about what the simulated runtime never does, with the reason.
const NOT_OURS: &[(&str, &str)] =
    &[("unknown", "the runtime here never loses a container's state")];

fn instance(row: &Value, number: usize, spec: &PodSpec) -> Option<InstanceStatus> {
    let name = text(row, "name").to_string();
    let state = match text(row, "state") {
        "created" => InstanceState::Created,
        "running" => InstanceState::Running,
        "exited" => InstanceState::Exited,
        _ => return None,
    };
    let image = spec.container(&name).map(|c| c.image.clone()).unwrap_or_default();
    let changed = row["spec_changed"] == true;
    Some(InstanceStatus {
        id: number as u64,
        container_id: text(row, "id").to_string(),
        name,
        attempt: 0,
        state,
        started: None,
        finished: None,
        exit_code: row["exitCode"].as_i64().unwrap_or_default() as i32,
        reason: String::new(),
        message: String::new(),
        image: Default::default(),
        asked_image: if changed { "another".into() } else { image },
        user: Default::default(),
        created: Default::default(),
    })
}

/// What the runtime reports; `None` if it has lost a container's state.
fn snapshot(row: &Value, spec: &PodSpec) -> Option<PodSnapshot> {
    let sandbox = &row["runtime"]["sandboxes"][0];
    let containers = row["runtime"]["containers"].as_array()?;
    let instances: Option<Vec<InstanceStatus>> =
        containers.iter().enumerate().map(|(i, c)| instance(c, i, spec)).collect();
    Some(PodSnapshot {
        sandbox_ready: sandbox["state"] == "READY",
        ip: text(sandbox, "ip").to_string(),
        instances: instances?,
        ..PodSnapshot::default()
    })
}

fn verdict(row: &Value, spec: &PodSpec, i: &InstanceStatus) -> Verdict {
    let result = |kind: &str| row["probeResults"][i.name.as_str()][kind].as_str();
    let has_startup = spec.container(&i.name).is_some_and(|c| c.startup_probe.is_some());
    Verdict {
        liveness_failed: result("liveness") == Some("failure"),
        startup_failed: result("startup") == Some("failure"),
        started: !has_startup || result("startup") == Some("success"),
    }
}

fn told(actions: &Actions, seen: &PodSnapshot) -> Value {
    let mut kill: Vec<String> = actions.kill.iter().map(|k| k.container.clone()).collect();
    kill.extend(
        actions
            .reset
            .iter()
            .filter_map(|id| seen.instances.iter().find(|i| i.id == *id).map(|i| i.name.clone())),
    );
    kill.sort();
    json!({
        "kill_pod": actions.kill_pod,
        "create_sandbox": actions.create_sandbox,
        "init_containers_to_start": actions.start_init,
        "containers_to_start": actions.start,
        "containers_to_kill": kill,
        "ephemeral_containers_to_start": actions.start_ephemeral,
    })
}

#[test]
fn a_sync_does_what_the_kubelet_would() {
    let rows = rows(include_str!("../../tables/pod_actions.json"));
    let (mut seen_rows, mut left_out, mut problems) = (0, 0, String::new());
    for row in rows.iter().filter(|r| text(r, "kind") == "pod_actions") {
        let spec = PodSpec::read(row["pod"]["spec"].clone()).expect("a spec");
        let Some(seen) = snapshot(row, &spec) else {
            assert!(NOT_OURS.iter().any(|(word, _)| row.to_string().contains(word)));
            left_out += 1;
            continue;
        };
        seen_rows += 1;
        let actions = plan_actions(&spec, &seen, &|i| verdict(row, &spec, i));
        let got = told(&actions, &seen);
        let mut want = row["expect"].clone();
        let map = want.as_object_mut().expect("an object");
        map.remove("sandbox_id");
        map.remove("attempt");
        if let Some(list) = map["containers_to_kill"].as_array_mut() {
            list.sort_by_key(ToString::to_string);
        }
        if got != want {
            problems.push_str(&format!("{}:\n  got  {got}\n  want {want}\n", text(row, "name")));
        }
    }
    assert!(problems.is_empty(), "{problems}");
    assert!(seen_rows >= 55 && left_out <= 9, "{seen_rows} rows, {left_out} left out");
}
