//! What a sync of a Pod does: what to start, what to kill. Pure.

use super::plan_init::plan_init;
use super::restart::{restarts_after, restarts_all};
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
    /// Kill the whole Pod, before anything else.
    pub kill_pod: bool,
    /// Make a sandbox first.
    pub create_sandbox: bool,
    /// Running containers to kill.
    pub kill: Vec<KillOrder>,
    /// Containers to stop and to forget, so that all start anew.
    pub reset: Vec<u64>,
    /// Ephemeral containers to start.
    pub start_ephemeral: Vec<String>,
    /// Init containers and sidecars to start, in this order.
    pub start_init: Vec<String>,
    /// App containers to start, in this order.
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
    /// A rule starts all containers of the Pod again.
    RestartAll,
}

impl KillReason {
    /// The rule it stands for.
    pub fn rule(self) -> Option<Rule> {
        match self {
            KillReason::Liveness => Some(Rule::ProbeLivenessKills),
            KillReason::Startup => Some(Rule::ProbeStartupKills),
            KillReason::Changed => Some(Rule::ContainerChanged),
            KillReason::PostStart => Some(Rule::HookPostStartFailed),
            KillReason::PodEnds | KillReason::RestartAll => None,
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
            KillReason::RestartAll => "restart-all",
        }
    }
}

/// Decides what to do, from what was seen at the last relist and what the probes say now.
/// Source: kuberuntime_manager.go computePodActions
pub fn plan_actions(
    spec: &PodFields,
    seen: &PodSnapshot,
    verdict: &dyn Fn(&InstanceStatus) -> Verdict,
) -> Actions {
    if !seen.sandbox_ready || seen.ip.is_empty() {
        return plan_new_sandbox(spec, seen);
    }
    let reset = plan_reset(spec, seen);
    if !reset.is_empty() {
        return Actions { reset, ..Actions::default() };
    }
    let mut actions = Actions::default();
    let new = |c: &&Container| seen.newest(&c.name).is_none();
    let ephemeral = spec.ephemeral_containers.iter().filter(new);
    actions.start_ephemeral = ephemeral.map(|c| c.name.clone()).collect();
    if !plan_init(spec, seen, verdict, &mut actions) || actions.kill_pod {
        return actions;
    }
    let mut kept = 0;
    for c in &spec.containers {
        kept += usize::from(plan_container(spec, c, seen, verdict, &mut actions));
    }
    if kept == 0 && actions.start.is_empty() {
        actions.kill_pod = true;
        actions.start_init.clear();
    }
    actions
}

fn plan_new_sandbox(spec: &PodFields, seen: &PodSnapshot) -> Actions {
    let done = |c: &&Container| {
        let ended = seen.newest(&c.name).filter(|i| i.state == InstanceState::Exited);
        spec.policy_of(c) == RestartPolicy::OnFailure && ended.is_some_and(|i| i.exit_code == 0)
    };
    let left = spec.containers.iter().filter(|c| !done(c));
    let start: Vec<String> = left.map(|c| c.name.clone()).collect();
    let kill_only = Actions { kill_pod: true, ..Actions::default() };
    let created = spec.containers.iter().any(|c| seen.newest(&c.name).is_some());
    if spec.restart_policy == RestartPolicy::Never && !seen.instances.is_empty() {
        return kill_only;
    }
    if start.is_empty() && created {
        return kill_only;
    }
    let new = Actions { create_sandbox: true, ..kill_only };
    match spec.init_containers.first() {
        Some(first) => Actions { start_init: vec![first.name.clone()], ..new },
        None => Actions { start, ..new },
    }
}

/// The instances to reset once a container has ended whose rule says so: the others first.
/// Source: kuberuntime_manager.go getContainersToReset
fn plan_reset(spec: &PodFields, seen: &PodSnapshot) -> Vec<u64> {
    let source = |c: &&Container| {
        let ended = seen.newest(&c.name).filter(|i| i.state == InstanceState::Exited);
        ended.is_some_and(|i| restarts_all(c, i.exit_code))
    };
    let lists = [&spec.containers, &spec.init_containers];
    if !lists.iter().any(|list| list.iter().any(|c| source(&c))) {
        return Vec::new();
    }
    let of = |c: &Container| seen.newest(&c.name).map(|i| i.id);
    let others = lists.iter().flat_map(|list| list.iter().filter(|c| !source(c)));
    let sources = lists.iter().flat_map(|list| list.iter().filter(source));
    others.chain(sources).filter_map(of).collect()
}

/// Plans for one app container; whether it is kept running.
fn plan_container(
    spec: &PodFields,
    c: &Container,
    seen: &PodSnapshot,
    verdict: &dyn Fn(&InstanceStatus) -> Verdict,
    actions: &mut Actions,
) -> bool {
    let running = seen.newest(&c.name).filter(|i| i.state == InstanceState::Running);
    let Some(i) = running else {
        let newest = seen.newest(&c.name).filter(|i| i.state == InstanceState::Exited);
        if newest.is_none_or(|i| restarts_after(spec, c, i.exit_code)) {
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
    // Exit codes do not count: the decision comes before the kill.
    if spec.policy_of(c) != RestartPolicy::Never || why == KillReason::Changed {
        actions.start.push(c.name.clone());
    }
    false
}

/// Why and how a running container is killed.
pub(super) fn kill_order(
    spec: &PodFields,
    c: &Container,
    i: &InstanceStatus,
    why: KillReason,
) -> KillOrder {
    let policy = spec.policy_of(c);
    let init = spec.is_init(&c.name);
    let what = match (init, why) {
        (_, KillReason::Changed) => "definition changed",
        (_, KillReason::Startup) => "failed startup probe",
        _ => "failed liveness probe",
    };
    let kind = if init { "Init container" } else { "Container" };
    let again = !init && (policy != RestartPolicy::Never || why == KillReason::Changed);
    let after = if again { ", will be restarted" } else { "" };
    let message = format!("{kind} {} {what}{after}", c.name);
    KillOrder { container: c.name.clone(), instance: i.id, message, why }
}
