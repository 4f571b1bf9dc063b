//! How states look: which tone a Pod, a container, a condition or a probe has.

use crate::base::SimTime;
use crate::session::view::{
    ConditionView, ContainerView, EndpointView, ObservedState, PodView, ProbeView, StateView, Tone,
};
use crate::ui::width::within;

/// A container's tone, by what the API says of it and whether it is being stopped.
pub fn container(container: &ContainerView) -> Tone {
    if container.grace.is_some() {
        return Tone::Terminating;
    }
    match &container.state {
        StateView::None => Tone::Idle,
        StateView::Waiting { reason, .. } => waiting(reason),
        StateView::Running { .. } if container.ready => Tone::Good,
        StateView::Running { .. } => Tone::Running,
        StateView::Terminated { exit_code, .. } => ended(*exit_code),
    }
}

fn waiting(reason: &str) -> Tone {
    match reason {
        reason if is_first_start(reason) => Tone::Waiting,
        reason if reason.ends_with("BackOff") => Tone::Backoff,
        reason if reason.contains("Err") || reason.starts_with("Invalid") => Tone::Bad,
        _ => Tone::Waiting,
    }
}

/// The tone of a process that ended.
pub fn ended(exit_code: i32) -> Tone {
    if exit_code == 0 { Tone::Done } else { Tone::Bad }
}

/// The tone of what the node has.
pub fn observed(state: ObservedState) -> Tone {
    match state {
        ObservedState::Absent => Tone::Idle,
        ObservedState::Created => Tone::Waiting,
        ObservedState::Running => Tone::Running,
        ObservedState::Exited(code) => ended(code),
    }
}

/// Whether API and node tell different stories of a container.
pub fn differs(container: &ContainerView) -> bool {
    match (&container.state, container.observed) {
        (StateView::Running { .. }, ObservedState::Running) => false,
        (StateView::Terminated { exit_code, .. }, ObservedState::Exited(code)) => {
            *exit_code != code
        }
        // During back-off the API waits, and the node still has the instance that ended.
        (StateView::Waiting { reason, .. }, ObservedState::Exited(_)) => is_first_start(reason),
        (StateView::Waiting { .. }, state) => state == ObservedState::Running,
        (StateView::Terminated { .. }, ObservedState::Absent) => false,
        (StateView::None, state) => state != ObservedState::Absent,
        _ => true,
    }
}

fn is_first_start(reason: &str) -> bool {
    matches!(reason, "ContainerCreating" | "PodInitializing")
}

/// A Pod's tone.
pub fn pod(pod: &PodView) -> Tone {
    if !pod.in_api || pod.deleting {
        return Tone::Terminating;
    }
    let ready = pod.conditions.iter().any(|c| c.kind == "Ready" && c.status == "True");
    match pod.phase.as_str() {
        "Running" if pod.status.ends_with("BackOff") => Tone::Backoff,
        "Running" if ready => Tone::Good,
        "Running" => Tone::Running,
        "Succeeded" => Tone::Done,
        "Failed" => Tone::Bad,
        "Pending" => waiting(&pod.status),
        _ => Tone::Off,
    }
}

/// A condition's tone.
pub fn condition(condition: &ConditionView) -> Tone {
    match condition.status.as_str() {
        "True" => Tone::Good,
        "False" => Tone::Off,
        _ => Tone::Waiting,
    }
}

/// A probe's tone, by the result the kubelet acts on.
pub fn probe(probe: &ProbeView) -> Tone {
    match probe.verdict.as_str() {
        _ if !probe.idle_because.is_empty() => Tone::Idle,
        "Success" => Tone::Good,
        "Failure" => Tone::Bad,
        _ => Tone::Waiting,
    }
}

/// An endpoint's tone.
pub fn endpoint(endpoint: &EndpointView) -> Tone {
    match (endpoint.ready, endpoint.terminating) {
        (_, true) => Tone::Terminating,
        (true, false) => Tone::Good,
        (false, false) => Tone::Off,
    }
}

/// Which part of the time from `start` to `end` is left at `now`, from 1 to 0.
pub fn part_left(start: SimTime, end: SimTime, now: SimTime) -> f64 {
    let whole = end.since(start).as_ms().max(1) as f64;
    within(end.since(now).as_ms() as f64 / whole, 0.0, 1.0)
}

/// Whole seconds left, the begun one included.
pub fn secs_left(end: SimTime, now: SimTime) -> u64 {
    end.since(now).as_ms().div_ceil(1000)
}

/// A length of time as kubectl writes ages: `5s`, `2m5s`, `3h10m`, `4d2h`.
pub fn length(of: SimTime) -> String {
    let secs = of.as_secs();
    match secs {
        0..120 => format!("{secs}s"),
        120..600 => pair(secs / 60, "m", secs % 60, "s"),
        600..10_800 => format!("{}m", secs / 60),
        10_800..28_800 => pair(secs / 3600, "h", secs / 60 % 60, "m"),
        28_800..172_800 => format!("{}h", secs / 3600),
        _ => pair(secs / 86_400, "d", secs / 3600 % 24, "h"),
    }
}

fn pair(large: u64, large_unit: &str, small: u64, small_unit: &str) -> String {
    match small {
        0 => format!("{large}{large_unit}"),
        _ => format!("{large}{large_unit}{small}{small_unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_state(state: StateView, observed: ObservedState) -> ContainerView {
        ContainerView {
            name: "app".to_owned(),
            image: String::new(),
            kind: crate::session::view::ContainerKind::App,
            state,
            last_state: StateView::None,
            observed,
            observed_since: SimTime::ZERO,
            restarts: 0,
            ready: false,
            started: false,
            processes: vec![],
            usage: None,
            probes: vec![],
            hook: None,
            signals: vec![],
            grace: None,
            backoff: None,
            logs: vec![],
        }
    }

    fn waiting_for(reason: &str) -> StateView {
        StateView::Waiting { reason: reason.to_owned(), message: String::new() }
    }

    fn running() -> StateView {
        StateView::Running { since: SimTime::ZERO }
    }

    #[test]
    fn waiting_has_three_tones() {
        let tone = |reason| container(&in_state(waiting_for(reason), ObservedState::Absent));
        assert_eq!(tone("ContainerCreating"), Tone::Waiting);
        assert_eq!(tone("CrashLoopBackOff"), Tone::Backoff);
        assert_eq!(tone("ImagePullBackOff"), Tone::Backoff);
        assert_eq!(tone("ErrImagePull"), Tone::Bad);
        assert_eq!(tone("CreateContainerConfigError"), Tone::Bad);
    }

    #[test]
    fn api_and_node_differ_only_where_one_is_behind() {
        use ObservedState::{Absent, Exited, Running};
        for (state, observed, expected) in [
            (running(), Running, false),
            (running(), Exited(1), true),
            (waiting_for("ContainerCreating"), Running, true),
            (waiting_for("CrashLoopBackOff"), Exited(1), false),
            (waiting_for("ContainerCreating"), Exited(0), true),
            (StateView::None, Absent, false),
            (StateView::None, Running, true),
        ] {
            let container = in_state(state, observed);
            assert_eq!(differs(&container), expected, "{:?} {observed:?}", container.state);
        }
    }

    #[test]
    fn countdowns_include_the_second_that_has_begun() {
        let (start, end) = (SimTime::secs(10), SimTime::secs(40));
        assert_eq!(secs_left(end, SimTime::ms(10_001)), 30);
        assert_eq!(secs_left(end, SimTime::ms(39_999)), 1);
        assert_eq!(secs_left(end, end), 0);
        assert_eq!(part_left(start, end, SimTime::secs(25)), 0.5);
        assert_eq!(part_left(start, end, SimTime::secs(99)), 0.0);
    }

    #[test]
    fn lengths_are_written_as_kubectl_does() {
        let spelt = [0, 119, 120, 125, 600, 3600, 11_400, 90_000, 352_800]
            .map(|s| length(SimTime::secs(s)));
        assert_eq!(spelt, ["0s", "119s", "2m", "2m5s", "10m", "60m", "3h10m", "25h", "4d2h"]);
    }
}
