//! The last status of a Pod: no container of which nothing is known counts as a success. Pure.
//!
//! Source: status_manager.go TerminatePod

use crate::api::{ContainerState, ContainerStatus, Pod, PodStatus, Terminated};

/// Whether some app container has ever been more than waiting, or could have been started.
/// Source: status_manager.go hasPodInitialized
pub fn was_initialized(pod: &Pod) -> bool {
    let began =
        |s: &ContainerStatus| s.last_state.terminated.is_some() || s.state.waiting.is_none();
    let ended_well =
        |state: &ContainerState| state.terminated.as_ref().is_some_and(|t| t.exit_code == 0);
    let last = pod.status.init_container_statuses.last();
    pod.spec.init_containers.is_empty()
        || pod.status.container_statuses.iter().any(began)
        || last.is_some_and(|s| ended_well(&s.last_state) || ended_well(&s.state))
}

/// Ends the containers that have no end: those that a Pod which was `initialized` is to have, and
/// the init containers up to the last that was ever started.
pub fn end_unknown(status: &mut PodStatus, initialized: bool) {
    if initialized {
        status.container_statuses.iter_mut().for_each(end);
    }
    let started =
        |s: &ContainerStatus| s.state.waiting.is_none() || s.last_state.terminated.is_some();
    let init = &mut status.init_container_statuses;
    let count = init.iter().rposition(started).map_or(1, |at| at + 1);
    init.iter_mut().take(count).for_each(end);
}

fn end(status: &mut ContainerStatus) {
    if status.state.terminated.is_none() {
        status.state = ContainerState::terminated(Terminated {
            exit_code: 137,
            reason: "ContainerStatusUnknown".into(),
            message: "The container could not be located when the pod was terminated".into(),
            ..Default::default()
        });
    }
}
