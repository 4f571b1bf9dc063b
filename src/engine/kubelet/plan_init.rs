//! What a sync does about init containers and sidecars. Pure.

use super::plan::{Actions, KillReason, Verdict, kill_order};
use super::restart::restarts_after;
use crate::api::{Container, PodFields};
use crate::base::sort;
use crate::engine::cri::{InstanceState, InstanceStatus, PodSnapshot};

type Verdicts<'v> = &'v dyn Fn(&InstanceStatus) -> Verdict;

/// What an init container or sidecar means for those behind it.
enum Finding {
    /// It is not done: nothing behind it may start.
    Wait,
    /// It is done, or up: the one behind it may start.
    Passed,
    /// It has failed for good.
    Failed,
}

/// Whether all init containers are done; what to start and kill of them. From the last to the
/// first: the last that exists tells how far the Pod has come, since the runtime may have
/// forgotten those before.
/// Source: kuberuntime_container.go computeInitContainerActions
pub(super) fn plan_init(
    spec: &PodFields,
    seen: &PodSnapshot,
    verdict: Verdicts,
    actions: &mut Actions,
) -> bool {
    let alive =
        |c: &Container| seen.newest(&c.name).is_some_and(|i| i.state != InstanceState::Exited);
    let inits = &spec.init_containers;
    let mut initialized = inits.is_empty() || spec.containers.iter().any(alive);
    let mut before = initialized;
    for (at, c) in inits.iter().enumerate().rev() {
        let sidecar = c.restarts_always();
        let Some(i) = seen.newest(&c.name) else {
            if before && sidecar {
                actions.start_init.push(c.name.clone());
            }
            continue;
        };
        if before && !sidecar {
            continue;
        }
        let finding = match sidecar {
            true => plan_sidecar(spec, c, i, verdict, actions),
            false => plan_regular(spec, c, i, actions),
        };
        match finding {
            Finding::Failed => {
                actions.kill_pod = true;
                actions.start_init.clear();
                return false;
            }
            Finding::Passed if at + 1 == inits.len() => initialized = true,
            Finding::Passed if !before => actions.start_init.push(inits[at + 1].name.clone()),
            Finding::Passed | Finding::Wait => {}
        }
        before = true;
    }
    if !before {
        actions.start_init.extend(inits.first().map(|c| c.name.clone()));
    }
    let order = |name: &String| inits.iter().position(|c| c.name == *name);
    sort::sort_by_key(&mut actions.start_init, order);
    initialized
}

fn plan_sidecar(
    spec: &PodFields,
    c: &Container,
    i: &InstanceStatus,
    verdict: Verdicts,
    actions: &mut Actions,
) -> Finding {
    if i.state != InstanceState::Running {
        actions.start_init.push(c.name.clone());
        return Finding::Wait;
    }
    let v = verdict(i);
    let why = match () {
        () if v.startup_failed => Some(KillReason::Startup),
        () if !v.started => None,
        () if i.asked_image != c.image => Some(KillReason::Changed),
        () if v.liveness_failed => Some(KillReason::Liveness),
        () => None,
    };
    if let Some(why) = why {
        actions.kill.push(kill_order(spec, c, i, why));
        actions.start_init.push(c.name.clone());
    }
    if v.started { Finding::Passed } else { Finding::Wait }
}

fn plan_regular(
    spec: &PodFields,
    c: &Container,
    i: &InstanceStatus,
    actions: &mut Actions,
) -> Finding {
    match i.state {
        InstanceState::Running => Finding::Wait,
        InstanceState::Exited if i.exit_code == 0 => Finding::Passed,
        InstanceState::Exited if !restarts_after(spec, c, i.exit_code) => Finding::Failed,
        InstanceState::Created | InstanceState::Exited => {
            actions.start_init.push(c.name.clone());
            Finding::Wait
        }
    }
}
