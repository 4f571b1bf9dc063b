//! A Pod's conditions. Pure.
//!
//! Source: kubelet/status/generate.go

use super::restart::{may_restart_all, restarts_all};
use super::status::StatusInputs;
use crate::api::{Condition, Container, ContainerStatus, Phase, Pod, PodStatus, Timestamp};
use crate::engine::cri::InstanceState;

/// The conditions, in the kubelet's order; those of others come first.
/// Source: kubelet_pods.go generateAPIPodStatus; status/generate.go
pub(super) fn plan_conditions(
    inputs: &StatusInputs,
    status: &PodStatus,
    all: &[ContainerStatus],
) -> Vec<Condition> {
    let sandbox = inputs.seen.sandbox_ready && !inputs.seen.ip.is_empty();
    let containers_ready = containers_ready(inputs.pod, status.phase, Some(all));
    let mut new = vec![
        condition("PodReadyToStartContainers", sandbox, "", String::new()),
        initialized(inputs.pod, status.phase, Some(all)),
        ready(inputs.pod, inputs.old, &containers_ready),
        containers_ready,
        condition("PodScheduled", true, "", String::new()),
    ];
    new.extend(restarting_all(inputs, status.phase));
    let foreign = |c: &&Condition| !new.iter().any(|n| n.kind == c.kind);
    let mut list: Vec<Condition> =
        inputs.pod.status.conditions.iter().filter(foreign).cloned().collect();
    for c in &mut new {
        c.observed_generation = Some(inputs.pod.meta.generation);
        let old = inputs.old.condition(&c.kind).or(inputs.pod.status.condition(&c.kind));
        let same = old.filter(|o| o.status == c.status);
        let since = same.and_then(|o| o.last_transition_time);
        c.last_transition_time = since.or(Some(Timestamp::at(inputs.now)));
    }
    list.extend(new);
    list
}

fn condition(kind: &str, yes: bool, reason: &str, message: String) -> Condition {
    Condition {
        kind: kind.into(),
        status: if yes { "True".into() } else { "False".into() },
        reason: reason.into(),
        message,
        ..Default::default()
    }
}

/// Source: status/generate.go GenerateAllContainersRestartingCondition
fn restarting_all(inputs: &StatusInputs, phase: Phase) -> Option<Condition> {
    let (kind, spec) = ("AllContainersRestarting", &inputs.pod.spec);
    let ended = |c: &Container| {
        let newest = inputs.seen.newest(&c.name).filter(|i| i.state == InstanceState::Exited);
        newest.is_some_and(|i| restarts_all(c, i.exit_code))
    };
    let mut all = spec.init_containers.iter().chain(&spec.containers);
    let reason = match phase {
        Phase::Succeeded => "PodCompleted",
        Phase::Failed => "PodFailed",
        Phase::Pending | Phase::Running | Phase::Unknown if all.any(ended) => {
            let message = "container exited with restart policy rule".to_string();
            return Some(condition(kind, true, "RestartAllContainersStarted", message));
        }
        Phase::Pending | Phase::Running | Phase::Unknown => "",
    };
    may_restart_all(spec).then(|| condition(kind, false, reason, String::new()))
}

/// Source: status/generate.go GeneratePodInitializedCondition
///
/// `all`: the statuses; `None` if there are none at all yet.
pub fn initialized(pod: &Pod, phase: Phase, all: Option<&[ContainerStatus]>) -> Condition {
    let kind = "Initialized";
    let no = |reason: &str, message| condition(kind, false, reason, message);
    let spec = &pod.spec;
    let Some(all) = all.or(spec.init_containers.is_empty().then_some(&[])) else {
        return no("UnknownContainerStatuses", String::new());
    };
    if phase == Phase::Succeeded {
        return condition(kind, true, "PodCompleted", String::new());
    }
    let find = |c: &Container| all.iter().find(|s| s.name == c.name);
    let began = |s: &ContainerStatus| s.state.running.is_some() || s.state.terminated.is_some();
    let done = |c: &Container, s: &ContainerStatus| match c.restarts_always() {
        true => s.started == Some(true),
        false => s.ready,
    };
    let message =
        complaints(spec.init_containers.iter(), "incomplete", &|c| find(c).map(|s| done(c, s)));
    if message.is_empty() || spec.containers.iter().filter_map(find).any(began) {
        return condition(kind, true, "", String::new());
    }
    no("ContainersNotInitialized", message)
}

/// The containers without a status, and those whose status is not as it should be.
fn complaints<'c>(
    containers: impl Iterator<Item = &'c Container>,
    what: &str,
    fine: &dyn Fn(&Container) -> Option<bool>,
) -> String {
    let (mut unknown, mut wrong) = (Vec::new(), Vec::new());
    for c in containers {
        match fine(c) {
            None => unknown.push(c.name.as_str()),
            Some(false) => wrong.push(c.name.as_str()),
            Some(true) => {}
        }
    }
    let mut messages = Vec::new();
    for (names, what) in [(unknown, "unknown"), (wrong, what)] {
        if !names.is_empty() {
            messages.push(format!("containers with {what} status: [{}]", names.join(" ")));
        }
    }
    messages.join(", ")
}

/// Source: status/generate.go GenerateContainersReadyCondition
///
/// `all`: the statuses; `None` if there are none at all yet.
pub fn containers_ready(pod: &Pod, phase: Phase, all: Option<&[ContainerStatus]>) -> Condition {
    let kind = "ContainersReady";
    let no = |reason: &str, message| condition(kind, false, reason, message);
    let Some(all) = all else { return no("UnknownContainerStatuses", String::new()) };
    match phase {
        Phase::Succeeded => return no("PodCompleted", String::new()),
        Phase::Failed => return no("PodFailed", String::new()),
        Phase::Pending | Phase::Running | Phase::Unknown => {}
    }
    let message = complaints(pod.spec.sidecars().chain(&pod.spec.containers), "unready", &|c| {
        all.iter().find(|s| s.name == c.name).map(|s| s.ready)
    });
    match message.is_empty() {
        true => condition(kind, true, "", message),
        false => no("ContainersNotReady", message),
    }
}

/// Source: status/generate.go GeneratePodReadyCondition
pub fn ready(pod: &Pod, old: &PodStatus, containers: &Condition) -> Condition {
    if containers.status != "True" {
        return Condition { kind: "Ready".into(), ..containers.clone() };
    }
    let complaint = |gate: &crate::api::pod::ReadinessGate| {
        let kind = gate.condition_type.as_str();
        match pod.status.condition(kind).or(old.condition(kind)) {
            None => Some(format!(
                "corresponding condition of pod readiness gate \"{kind}\" does not exist."
            )),
            Some(c) if c.status != "True" => Some(format!(
                "the status of pod readiness gate \"{kind}\" is not \"True\", but {}",
                c.status
            )),
            Some(_) => None,
        }
    };
    let complaints: Vec<String> = pod.spec.readiness_gates.iter().filter_map(complaint).collect();
    match complaints.is_empty() {
        true => condition("Ready", true, "", String::new()),
        false => condition("Ready", false, "ReadinessGatesNotReady", complaints.join(", ")),
    }
}
