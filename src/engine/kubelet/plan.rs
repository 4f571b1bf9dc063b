//! What a sync of a Pod does: what to start, what to kill. Pure.

use super::phase::restarts;
use crate::api::{Container, PodFields, RestartPolicy};
use crate::engine::cri::{InstanceState, InstanceStatus, PodSnapshot};
use crate::rules::Rule;

/// What probes say of a running container.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Verdict {
    /// The liveness probe has failed.
    pub liveness_failed: bool,
    /// The startup probe has failed.
    pub startup_failed: bool,
    /// The startup probe has succeeded, or there is none.
    pub started: bool,
}

/// What a sync does.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Actions {
    /// Kill the whole Pod.
    pub kill_pod: bool,
    /// Make a sandbox first.
    pub create_sandbox: bool,
    /// Running containers to kill.
    pub kill: Vec<KillOrder>,
    /// Containers to start, in this order.
    pub start: Vec<String>,
}

/// A running container to kill.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KillOrder {
    /// Its name.
    pub container: String,
    /// Its instance.
    pub instance: u64,
    /// The text of the Event.
    pub message: String,
    /// Why.
    pub why: KillReason,
}

/// Why a container is killed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KillReason {
    /// The Pod ends.
    PodEnds,
    /// The liveness probe has failed.
    Liveness,
    /// The startup probe has failed.
    Startup,
    /// Its definition changed.
    Changed,
    /// Its postStart hook has failed.
    PostStart,
}

impl KillReason {
    /// The rule it stands for.
    pub fn rule(self) -> Option<Rule> {
        match self {
            KillReason::Liveness => Some(Rule::ProbeLivenessKills),
            KillReason::Startup => Some(Rule::ProbeStartupKills),
            KillReason::Changed => Some(Rule::ContainerChanged),
            KillReason::PostStart => Some(Rule::HookPostStartFailed),
            KillReason::PodEnds => None,
        }
    }

    /// The word for it in records.
    pub fn word(self) -> &'static str {
        match self {
            KillReason::PodEnds => "pod-ends",
            KillReason::Liveness => "liveness",
            KillReason::Startup => "startup",
            KillReason::Changed => "definition-changed",
            KillReason::PostStart => "post-start",
        }
    }
}

/// Decides what to do, from what was seen at the last relist and what the probes say now.
/// Source: kuberuntime_manager.go computePodActions
pub fn plan_actions(
    spec: &PodFields,
    seen: &PodSnapshot,
    verdict: impl Fn(&InstanceStatus) -> Verdict,
) -> Actions {
    let mut actions = Actions::default();
    if !seen.sandbox_ready {
        return plan_new_sandbox(spec, seen);
    }
    if !plan_init(spec, seen, &verdict, &mut actions) || actions.kill_pod {
        return actions;
    }
    let mut kept = 0;
    for c in &spec.containers {
        kept += usize::from(plan_container(spec, c, seen, &verdict, &mut actions));
    }
    let only_sidecars = |name: &String| spec.is_init(name);
    if kept == 0 && actions.start.iter().all(only_sidecars) && !spec.containers.is_empty() {
        actions.kill_pod = true;
        actions.start.clear();
    }
    actions
}

fn plan_new_sandbox(spec: &PodFields, seen: &PodSnapshot) -> Actions {
    let once = spec.restart_policy == RestartPolicy::OnFailure;
    let done = |c: &&Container| {
        let ended = seen.newest(&c.name).filter(|i| i.state == InstanceState::Exited);
        !(once && ended.is_some_and(|i| i.exit_code == 0))
    };
    let start: Vec<String> = spec.containers.iter().filter(done).map(|c| c.name.clone()).collect();
    let never = spec.restart_policy == RestartPolicy::Never && !seen.instances.is_empty();
    if never || (start.is_empty() && !seen.instances.is_empty()) {
        return Actions { kill_pod: true, ..Actions::default() };
    }
    let first_init = spec.init_containers.first().map(|c| vec![c.name.clone()]);
    Actions { create_sandbox: true, start: first_init.unwrap_or(start), ..Actions::default() }
}

/// Whether all init containers are done; what to start next of them.
/// Source: kuberuntime_container.go computeInitContainerActions
fn plan_init(
    spec: &PodFields,
    seen: &PodSnapshot,
    verdict: &impl Fn(&InstanceStatus) -> Verdict,
    actions: &mut Actions,
) -> bool {
    let alive =
        |c: &Container| seen.newest(&c.name).is_some_and(|i| i.state != InstanceState::Exited);
    let initialized = spec.containers.iter().any(alive);
    for c in &spec.init_containers {
        let sidecar = c.restarts_always();
        let newest = seen.newest(&c.name);
        let go_on = match (newest, sidecar) {
            (None, false) if initialized => true,
            (None, _) => {
                actions.start.push(c.name.clone());
                initialized
            }
            (Some(i), true) => plan_sidecar(spec, c, i, verdict, actions) || initialized,
            (Some(_), false) if initialized => true,
            (Some(i), false) => plan_regular_init(spec, c, i, actions),
        };
        if !go_on {
            return false;
        }
    }
    true
}

/// Whether the containers after this sidecar may start.
fn plan_sidecar(
    spec: &PodFields,
    c: &Container,
    i: &InstanceStatus,
    verdict: &impl Fn(&InstanceStatus) -> Verdict,
    actions: &mut Actions,
) -> bool {
    if i.state != InstanceState::Running {
        actions.start.push(c.name.clone());
        return false;
    }
    let v = verdict(i);
    if v.startup_failed || v.liveness_failed {
        let why = if v.startup_failed { KillReason::Startup } else { KillReason::Liveness };
        actions.kill.push(kill_order(spec, c, i, why));
        actions.start.push(c.name.clone());
    }
    v.started
}

fn plan_regular_init(
    spec: &PodFields,
    c: &Container,
    i: &InstanceStatus,
    actions: &mut Actions,
) -> bool {
    let policy = spec.policy_of(c);
    match i.state {
        InstanceState::Created => {
            actions.start.push(c.name.clone());
            false
        }
        InstanceState::Running => false,
        InstanceState::Exited if i.exit_code == 0 => true,
        // An init container's policy Always means: until it succeeds.
        InstanceState::Exited if policy != RestartPolicy::Never => {
            actions.start.push(c.name.clone());
            false
        }
        InstanceState::Exited => {
            actions.kill_pod = true;
            actions.start.clear();
            false
        }
    }
}

/// Plans for one app container; whether it is kept running.
fn plan_container(
    spec: &PodFields,
    c: &Container,
    seen: &PodSnapshot,
    verdict: &impl Fn(&InstanceStatus) -> Verdict,
    actions: &mut Actions,
) -> bool {
    let policy = spec.policy_of(c);
    let running = seen.newest(&c.name).filter(|i| i.state == InstanceState::Running);
    let Some(i) = running else {
        let newest = seen.newest(&c.name).filter(|i| i.state == InstanceState::Exited);
        if newest.is_none_or(|i| restarts(policy, i.exit_code)) {
            actions.start.push(c.name.clone());
        }
        return false;
    };
    let v = verdict(i);
    let why = match () {
        () if i.asked_image != c.image => KillReason::Changed,
        () if v.liveness_failed => KillReason::Liveness,
        () if v.startup_failed => KillReason::Startup,
        () => return true,
    };
    actions.kill.push(kill_order(spec, c, i, why));
    if policy != RestartPolicy::Never || why == KillReason::Changed {
        actions.start.push(c.name.clone());
    }
    false
}

fn kill_order(spec: &PodFields, c: &Container, i: &InstanceStatus, why: KillReason) -> KillOrder {
    let policy = spec.policy_of(c);
    let init = spec.is_init(&c.name);
    let what = match (init, why) {
        (false, KillReason::Changed) => "definition changed",
        (false, KillReason::Startup) | (true, KillReason::Startup) => "failed startup probe",
        _ => "failed liveness probe",
    };
    let kind = if init { "Init container" } else { "Container" };
    let again = !init && (policy != RestartPolicy::Never || why == KillReason::Changed);
    let after = if again { ", will be restarted" } else { "" };
    let message = format!("{kind} {} {what}{after}", c.name);
    KillOrder { container: c.name.clone(), instance: i.id, message, why }
}
