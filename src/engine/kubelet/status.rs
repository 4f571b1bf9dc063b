//! A Pod's status, from what the last relist saw. Pure.

use super::conditions::plan_conditions;
use super::deadline;
use super::phase::{RESTARTING_ALL, plan_phase};
use super::restart::restarts_after;
use super::status_resources;
use crate::api::{
    Address, Container, ContainerState, ContainerStatus, Phase, Pod, PodStatus, Terminated,
    Timestamp,
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
    let init = pod.spec.init_containers.iter();
    let mut all: Vec<ContainerStatus> =
        init.chain(&pod.spec.containers).map(|c| container_status(inputs, c)).collect();
    let ephemeral = pod.spec.ephemeral_containers.iter().map(|c| container_status(inputs, c));
    let ephemeral = ephemeral.collect();
    let phase = plan_pod_phase(inputs, &all);
    // Source: status_manager.go normalizeStatus
    let room = MESSAGE_BYTES / all.len().max(1);
    all.iter_mut().for_each(|status| cut_messages(status, room));
    let ip = match inputs.seen.sandbox_ready {
        true => inputs.seen.ip.clone(),
        false => inputs.old.pod_ip.clone(),
    };
    let addresses = |ip: &str| match ip {
        "" => Vec::new(),
        ip => vec![Address { ip: ip.to_string() }],
    };
    // Reason and message belong to a phase.
    let kept = |text: &String| if phase == inputs.old.phase { text.clone() } else { String::new() };
    let (allocated_resources, resources) = status_resources::of_pod(pod);
    let mut status = PodStatus {
        nominated_node_name: String::new(),
        allocated_resources,
        host_ip: inputs.host_ip.to_string(),
        host_ips: addresses(inputs.host_ip),
        observed_generation: Some(pod.meta.generation),
        phase,
        pod_ips: addresses(&ip),
        pod_ip: ip,
        qos_class: pod.status.qos_class.clone(),
        reason: kept(&inputs.old.reason),
        message: kept(&inputs.old.message),
        resources,
        start_time: inputs.old.start_time,
        container_statuses: Vec::new(),
        init_container_statuses: Vec::new(),
        ephemeral_container_statuses: ephemeral,
        conditions: Vec::new(),
    };
    if is_past_deadline(inputs) {
        status.reason = deadline::REASON.into();
        status.message = deadline::MESSAGE.into();
    }
    status.conditions = plan_conditions(inputs, &status, &all);
    let mut regular = all.split_off(pod.spec.init_containers.len());
    sort_by(&mut regular, |a, b| a.name.cmp(&b.name));
    (status.init_container_statuses, status.container_statuses) = (all, regular);
    status
}

/// A terminal phase gives way only to another one, and not to that where the API server has one;
/// a deadline that is exceeded fails the Pod whatever its containers do.
fn plan_pod_phase(inputs: &StatusInputs, all: &[ContainerStatus]) -> Phase {
    if inputs.pod.status.phase.is_terminal() {
        return inputs.pod.status.phase;
    }
    if is_past_deadline(inputs) {
        return Phase::Failed;
    }
    let spec = &inputs.pod.spec;
    let initialized = spec.containers.iter().any(|c| inputs.seen.is_active(&c.name));
    let new = plan_phase(spec, all, initialized, inputs.stopped_for_good);
    let old = inputs.old.phase;
    if old.is_terminal() && !new.is_terminal() { old } else { new }
}

fn is_past_deadline(inputs: &StatusInputs) -> bool {
    deadline::plan_deadline(inputs.pod, inputs.old).is_some_and(|at| at <= inputs.now)
}

/// Bytes that the termination messages of a Pod may take together.
/// Source: kubelet container/runtime.go MaxPodTerminationMessageLogLength
const MESSAGE_BYTES: usize = 12 * 1024;

fn cut_messages(status: &mut ContainerStatus, room: usize) {
    for state in [&mut status.state, &mut status.last_state] {
        let Some(ended) = &mut state.terminated else { continue };
        let mut end = room.min(ended.message.len());
        while !ended.message.is_char_boundary(end) {
            end -= 1;
        }
        ended.message.truncate(end);
    }
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
        status.last_state = match (instances.next(), old) {
            (Some(before), _) => state_of(before),
            (None, Some(old)) => of_removed(newest, old),
            (None, None) => ContainerState::default(),
        };
        status_resources::of_container(&inputs.pod.spec, &newest.user, &mut status);
    } else if let Some(next) = inputs.reset.get(&c.name) {
        status.restart_count = *next;
        status.state = ContainerState::waiting(RESTARTING_ALL, REMOVED);
        status.last_state = lost(RESTARTING_ALL, REMOVED);
    } else if let Some(old) = old {
        of_forgotten(inputs, old, &mut status);
    }
    wait_for_restart(inputs, c, &mut status);
    set_started_and_ready(inputs, c, &mut status);
    status
}

/// How the instance before ended, if the runtime has none of it any more: as was said of it.
/// Source: kubelet_pods.go convertToAPIContainerStatuses
fn of_removed(newest: &InstanceStatus, old: &ContainerStatus) -> ContainerState {
    let another = old.container_id != newest.container_id && old.state.terminated.is_some();
    if another { old.state.clone() } else { old.last_state.clone() }
}

/// The runtime has nothing of a container that had a status. One that ran has ended somehow.
/// Source: kubelet_pods.go convertToAPIContainerStatuses
fn of_forgotten(inputs: &StatusInputs, old: &ContainerStatus, status: &mut ContainerStatus) {
    if old.state.terminated.is_some() {
        *status = old.clone();
        return;
    }
    status.last_state = old.last_state.clone();
    if old.state.running.is_some() && old.last_state.terminated.is_none() {
        status.last_state = lost("ContainerStatusUnknown", LOST);
        status.restart_count += u32::from(!inputs.pod.deleting());
    }
}

fn lost(reason: &str, message: &str) -> ContainerState {
    ContainerState::terminated(Terminated {
        exit_code: 137,
        reason: reason.into(),
        message: message.into(),
        ..Default::default()
    })
}

/// What is said of a container that ran and that the runtime does not know any more.
const LOST: &str = "The container could not be located when the pod was deleted.  The container \
    used to be Running";

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
