//! A Pod's status, from what the last relist saw. Pure.

use super::deadline;
use super::phase::{RESTARTING_ALL, plan_phase};
use super::restart::{may_restart_all, restarts_after, restarts_all};
use crate::api::{
    Address, Condition, Container, ContainerState, ContainerStatus, Phase, Pod, PodStatus,
    Terminated, Timestamp,
};
use crate::base::{Map, SimTime, sort_by};
use crate::engine::cri::{InstanceState, InstanceStatus, PodSnapshot};

/// What the prober knows of a container.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ProbeFacts {
    /// The startup probe's result for the running instance; `None`: none yet.
    pub startup: Option<bool>,
    /// There is a startup probe.
    pub has_startup: bool,
    /// The readiness probe's result for the running instance.
    pub ready: Option<bool>,
    /// There is a readiness probe.
    pub has_readiness: bool,
}

/// What a status is made of.
pub struct StatusInputs<'a> {
    /// The Pod, as the API has it.
    pub pod: &'a Pod,
    /// What the last relist saw.
    pub seen: &'a PodSnapshot,
    /// Why containers could not be started, from the last sync.
    pub reasons: &'a Map<String, (String, String)>,
    /// The status before.
    pub old: &'a PodStatus,
    /// Containers removed to start anew with all the others: the number of their next instance.
    pub reset: &'a Map<String, u32>,
    /// What the probes say, by container.
    pub probes: &'a dyn Fn(&str) -> ProbeFacts,
    /// Everything was stopped and nothing will be started again.
    pub stopped_for_good: bool,
    /// The node's address.
    pub host_ip: &'a str,
    /// Now.
    pub now: SimTime,
}

/// Makes the status.
/// Source: kubelet_pods.go generateAPIPodStatus
pub fn plan_status(inputs: &StatusInputs) -> PodStatus {
    let pod = inputs.pod;
    let init: Vec<ContainerStatus> =
        pod.spec.init_containers.iter().map(|c| container_status(inputs, c)).collect();
    let mut regular: Vec<ContainerStatus> =
        pod.spec.containers.iter().map(|c| container_status(inputs, c)).collect();
    let all: Vec<ContainerStatus> = init.iter().chain(&regular).cloned().collect();
    let phase = plan_pod_phase(inputs, &all);
    // Source: status_manager.go normalizeStatus
    sort_by(&mut regular, |a, b| a.name.cmp(&b.name));
    let ip = match inputs.seen.sandbox_ready {
        true => inputs.seen.ip.clone(),
        false => inputs.old.pod_ip.clone(),
    };
    let addresses = |ip: &str| match ip {
        "" => Vec::new(),
        ip => vec![Address { ip: ip.to_string() }],
    };
    let mut status = PodStatus {
        host_ip: inputs.host_ip.to_string(),
        host_ips: addresses(inputs.host_ip),
        observed_generation: Some(pod.meta.generation),
        phase,
        pod_ips: addresses(&ip),
        pod_ip: ip,
        qos_class: pod.status.qos_class.clone(),
        reason: inputs.old.reason.clone(),
        message: inputs.old.message.clone(),
        start_time: inputs.old.start_time,
        container_statuses: regular,
        init_container_statuses: init,
        conditions: Vec::new(),
    };
    if is_past_deadline(inputs) {
        status.reason = deadline::REASON.into();
        status.message = deadline::MESSAGE.into();
    }
    status.conditions = plan_conditions(inputs, &status, &all);
    status
}

/// A terminal phase stays; a deadline that is exceeded fails the Pod whatever its containers do.
fn plan_pod_phase(inputs: &StatusInputs, all: &[ContainerStatus]) -> Phase {
    match inputs.old.phase {
        old if old.is_terminal() => old,
        _ if is_past_deadline(inputs) => Phase::Failed,
        _ => {
            let spec = &inputs.pod.spec;
            let mut created = spec.containers.iter().map(|c| inputs.seen.newest(&c.name));
            let initialized = created.any(|i| i.is_some());
            plan_phase(spec, all, initialized, inputs.stopped_for_good)
        }
    }
}

fn is_past_deadline(inputs: &StatusInputs) -> bool {
    deadline::plan_deadline(inputs.pod, inputs.old).is_some_and(|at| at <= inputs.now)
}

fn container_status(inputs: &StatusInputs, c: &Container) -> ContainerStatus {
    let old = inputs.old.container(&c.name);
    let mut status = waiting_status(inputs, c, old);
    let mut instances = inputs.seen.instances.iter().filter(|i| i.name == c.name);
    if let Some(newest) = instances.next() {
        status.state = state_of(newest);
        status.restart_count = newest.attempt;
        status.container_id = newest.container_id.clone();
        status.image = newest.image.0.clone();
        status.image_id = newest.image.1.clone();
        status.last_state = instances.next().map(state_of).unwrap_or_default();
    } else if let Some(next) = inputs.reset.get(&c.name) {
        status.restart_count = *next;
        status.state = ContainerState::waiting(RESTARTING_ALL, REMOVED);
        status.last_state = ContainerState::terminated(Terminated {
            exit_code: 137,
            reason: RESTARTING_ALL.into(),
            message: REMOVED.into(),
            ..Default::default()
        });
    }
    wait_for_restart(inputs, c, &mut status);
    set_started_and_ready(inputs, c, &mut status);
    status
}

/// What is said of a container that was removed to start anew with all the others.
const REMOVED: &str = "The container is removed because RestartAllContainers in place";

fn waiting_status(
    inputs: &StatusInputs,
    c: &Container,
    old: Option<&ContainerStatus>,
) -> ContainerStatus {
    let has_init = !inputs.pod.spec.init_containers.is_empty();
    let reason = if has_init { "PodInitializing" } else { "ContainerCreating" };
    let mount = |m: &crate::api::container::VolumeMount| {
        ContainerStatus::mount(&m.mount_path, &m.name, m.read_only)
    };
    ContainerStatus {
        name: c.name.clone(),
        image: c.image.clone(),
        state: ContainerState::waiting(reason, ""),
        restart_count: old.map_or(0, |s| s.restart_count),
        volume_mounts: c.volume_mounts.iter().map(mount).collect(),
        ..Default::default()
    }
}

fn state_of(i: &InstanceStatus) -> ContainerState {
    match i.state {
        InstanceState::Created => ContainerState::waiting("", ""),
        InstanceState::Running => {
            ContainerState::running(Timestamp::at(i.started.unwrap_or_default()))
        }
        InstanceState::Exited => ContainerState::terminated(Terminated {
            container_id: i.container_id.clone(),
            exit_code: i.exit_code,
            finished_at: i.finished.map(Timestamp::at),
            message: i.message.clone(),
            reason: i.reason.clone(),
            started_at: Some(i.started.map_or(Timestamp(0), Timestamp::at)),
        }),
    }
}

/// A container that should be started again and could not be is shown as waiting, for the reason
/// that the last sync met.
/// Source: kubelet_pods.go convertToAPIContainerStatuses
fn wait_for_restart(inputs: &StatusInputs, c: &Container, status: &mut ContainerStatus) {
    if status.state.running.is_some() || inputs.pod.deleting() {
        return;
    }
    if let Some(t) = &status.state.terminated {
        let init = inputs.pod.spec.is_init(&c.name);
        let done = init && !c.restarts_always() && t.exit_code == 0;
        if done || !restarts_after(&inputs.pod.spec, c, t.exit_code) {
            return;
        }
    }
    let Some((reason, message)) = inputs.reasons.get(&c.name) else { return };
    let state = ContainerState::waiting(reason, message);
    let before = std::mem::replace(&mut status.state, state);
    if before.terminated.is_some() {
        status.last_state = before;
    }
}

/// Source: prober_manager.go UpdatePodStatus, isContainerStarted
fn set_started_and_ready(inputs: &StatusInputs, c: &Container, status: &mut ContainerStatus) {
    let facts = (inputs.probes)(&c.name);
    let running = status.state.running.is_some();
    let started = running && facts.startup.unwrap_or(!facts.has_startup);
    status.started = Some(started);
    let sidecar = c.restarts_always();
    status.ready = match inputs.pod.spec.is_init(&c.name) && !sidecar {
        true => status.state.terminated.as_ref().is_some_and(|t| t.exit_code == 0),
        false => started && facts.ready.unwrap_or(!facts.has_readiness),
    };
}

/// The conditions, in the kubelet's order; those of others come first.
/// Source: kubelet_pods.go generateAPIPodStatus; status/generate.go
fn plan_conditions(
    inputs: &StatusInputs,
    status: &PodStatus,
    all: &[ContainerStatus],
) -> Vec<Condition> {
    let sandbox = inputs.seen.sandbox_ready && !inputs.seen.ip.is_empty();
    let containers_ready = containers_ready(inputs.pod, status.phase, all);
    let mut new = vec![
        condition("PodReadyToStartContainers", sandbox, "", String::new()),
        initialized(inputs.pod, status.phase, all),
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
        Phase::Pending | Phase::Running if all.any(ended) => {
            let message = "container exited with restart policy rule".to_string();
            return Some(condition(kind, true, "RestartAllContainersStarted", message));
        }
        Phase::Pending | Phase::Running => "",
    };
    may_restart_all(spec).then(|| condition(kind, false, reason, String::new()))
}

/// Source: status/generate.go GeneratePodInitializedCondition
fn initialized(pod: &Pod, phase: Phase, all: &[ContainerStatus]) -> Condition {
    let kind = "Initialized";
    if phase == Phase::Succeeded {
        return condition(kind, true, "PodCompleted", String::new());
    }
    let began = |s: &ContainerStatus| s.state.running.is_some() || s.state.terminated.is_some();
    let any_began =
        pod.spec.containers.iter().any(|c| all.iter().any(|s| s.name == c.name && began(s)));
    let incomplete: Vec<&str> = pod
        .spec
        .init_containers
        .iter()
        .filter_map(|c| all.iter().find(|s| s.name == c.name).map(|s| (c, s)))
        .filter(|(c, s)| match c.restarts_always() {
            true => s.started != Some(true),
            false => !s.ready,
        })
        .map(|(c, _)| c.name.as_str())
        .collect();
    if any_began || incomplete.is_empty() {
        return condition(kind, true, "", String::new());
    }
    let message = format!("containers with incomplete status: [{}]", incomplete.join(" "));
    condition(kind, false, "ContainersNotInitialized", message)
}

/// Source: status/generate.go GenerateContainersReadyCondition
pub fn containers_ready(pod: &Pod, phase: Phase, all: &[ContainerStatus]) -> Condition {
    let kind = "ContainersReady";
    match phase {
        Phase::Succeeded => return condition(kind, false, "PodCompleted", String::new()),
        Phase::Failed => return condition(kind, false, "PodFailed", String::new()),
        Phase::Pending | Phase::Running => {}
    }
    let unready: Vec<&str> = pod
        .spec
        .sidecars()
        .chain(&pod.spec.containers)
        .filter(|c| !all.iter().any(|s| s.name == c.name && s.ready))
        .map(|c| c.name.as_str())
        .collect();
    if unready.is_empty() {
        return condition(kind, true, "", String::new());
    }
    let message = format!("containers with unready status: [{}]", unready.join(" "));
    condition(kind, false, "ContainersNotReady", message)
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
