//! The phase, from the states of the containers.

use super::restart::restarts_after;
use crate::api::{ContainerStatus, Phase, PodFields};

#[derive(Default)]
struct Count {
    pending_init: usize,
    failed_init_final: usize,
    pending_sidecar: usize,
    unknown: usize,
    running: usize,
    waiting: usize,
    stopped: usize,
    succeeded: usize,
    finished: usize,
}

/// The phase of a Pod whose containers have these statuses. `initialized`: an app container was
/// created in this sandbox. `stopped_for_good`: nothing will be started any more (the Pod was
/// killed).
/// Source: kubelet_pods.go getPhase
pub fn plan_phase(
    spec: &PodFields,
    statuses: &[ContainerStatus],
    initialized: bool,
    stopped_for_good: bool,
) -> Phase {
    let mut count = Count::default();
    let find = |name: &str| statuses.iter().find(|s| s.name == name);
    for c in &spec.init_containers {
        match c.restarts_always() {
            true => count.sidecar(find(&c.name)),
            false => count.init(find(&c.name), &|code| restarts_after(spec, c, code)),
        }
    }
    for c in &spec.containers {
        count.regular(find(&c.name), &|code| restarts_after(spec, c, code));
    }
    count.phase(initialized, stopped_for_good)
}

/// `waiting.reason` of a container that was removed to be started again with all the others.
pub const RESTARTING_ALL: &str = "RestartingAllContainers";

impl Count {
    fn init(&mut self, status: Option<&ContainerStatus>, again: &dyn Fn(i32) -> bool) {
        match status.map(outcome) {
            None | Some(Outcome::Running | Outcome::Waiting) => self.pending_init += 1,
            Some(Outcome::Ended(0) | Outcome::WaitingAfter(0)) => {}
            Some(Outcome::WaitingAfter(_)) if status.is_some_and(is_restarting_all) => {}
            Some(Outcome::Ended(code) | Outcome::WaitingAfter(code)) => {
                self.failed_init_final += usize::from(!again(code));
            }
        }
    }

    fn sidecar(&mut self, status: Option<&ContainerStatus>) {
        match status.map(outcome) {
            None => self.unknown += 1,
            Some(Outcome::Running) => {
                self.running += 1;
                let started = status.is_some_and(|s| s.started == Some(true));
                self.pending_sidecar += usize::from(!started);
            }
            Some(Outcome::Waiting) => {
                self.pending_sidecar += 1;
                self.waiting += 1;
            }
            Some(Outcome::Ended(_) | Outcome::WaitingAfter(_)) => {}
        }
    }

    fn regular(&mut self, status: Option<&ContainerStatus>, again: &dyn Fn(i32) -> bool) {
        match status.map(outcome) {
            None => self.unknown += 1,
            Some(Outcome::Running) => self.running += 1,
            Some(Outcome::Waiting) => self.waiting += 1,
            Some(Outcome::Ended(code)) => {
                self.stopped += 1;
                self.succeeded += usize::from(code == 0);
                self.finished += usize::from(!again(code));
            }
            Some(Outcome::WaitingAfter(code)) => {
                self.stopped += 1;
                let removed = status.is_some_and(is_restarting_all);
                self.finished += usize::from(!again(code) && !removed);
            }
        }
    }

    fn phase(&self, initialized: bool, stopped_for_good: bool) -> Phase {
        let ended = || match self.succeeded == self.stopped {
            true => Phase::Succeeded,
            false => Phase::Failed,
        };
        match () {
            () if self.failed_init_final > 0 => Phase::Failed,
            () if self.pending_init > 0 || self.waiting > 0 => Phase::Pending,
            () if self.pending_sidecar > 0 && !initialized => Phase::Pending,
            () if self.running > 0 && self.unknown == 0 => Phase::Running,
            () if self.running == 0 && self.stopped > 0 && self.unknown == 0 => {
                match stopped_for_good || self.stopped == self.finished {
                    true => ended(),
                    false => Phase::Running,
                }
            }
            () => Phase::Pending,
        }
    }
}

fn is_restarting_all(status: &ContainerStatus) -> bool {
    status.state.waiting.as_ref().is_some_and(|w| w.reason == RESTARTING_ALL)
}

enum Outcome {
    Running,
    Ended(i32),
    Waiting,
    WaitingAfter(i32),
}

fn outcome(status: &ContainerStatus) -> Outcome {
    let last = || status.last_state.terminated.as_ref();
    match (&status.state.running, &status.state.terminated, last()) {
        (Some(_), ..) => Outcome::Running,
        (_, Some(t), _) => Outcome::Ended(t.exit_code),
        (_, _, Some(t)) => Outcome::WaitingAfter(t.exit_code),
        _ => Outcome::Waiting,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Container, ContainerState, RestartPolicy, Terminated, Timestamp};

    fn spec(policy: RestartPolicy, names: &[&str]) -> PodFields {
        let container = |n: &&str| Container { name: n.to_string(), ..Default::default() };
        let containers = names.iter().map(container).collect();
        PodFields { restart_policy: policy, containers, ..Default::default() }
    }

    fn status(name: &str, state: ContainerState) -> ContainerStatus {
        ContainerStatus { name: name.into(), state, ..Default::default() }
    }

    fn ended(code: i32) -> ContainerState {
        ContainerState::terminated(Terminated { exit_code: code, ..Default::default() })
    }

    #[test]
    fn phases_of_two_containers() {
        use Phase::*;
        use RestartPolicy::*;
        let running = ContainerState::running(Timestamp(0));
        let waiting = ContainerState::waiting("ContainerCreating", "");
        let rows = [
            (Always, running.clone(), running.clone(), Running),
            (Always, running.clone(), waiting, Pending),
            (Always, ended(1), ended(0), Running),
            (Always, running.clone(), ended(1), Running),
            (OnFailure, ended(0), ended(0), Succeeded),
            (OnFailure, ended(0), ended(1), Running),
            (Never, ended(0), ended(0), Succeeded),
            (Never, ended(0), ended(3), Failed),
            (Never, running, ended(3), Running),
        ];
        for (policy, a, b, want) in rows {
            let statuses = [status("a", a), status("b", b)];
            let got = plan_phase(&spec(policy, &["a", "b"]), &statuses, true, false);
            assert_eq!(got, want, "{policy:?} {statuses:?}");
        }
    }

    #[test]
    fn a_killed_pod_ends_by_its_exit_codes() {
        let spec = spec(RestartPolicy::Always, &["a"]);
        let phase = |code| plan_phase(&spec, &[status("a", ended(code))], true, true);
        assert_eq!((phase(0), phase(137)), (Phase::Succeeded, Phase::Failed));
    }

    #[test]
    fn nothing_known_is_pending() {
        let spec = spec(RestartPolicy::Always, &["a"]);
        assert_eq!(plan_phase(&spec, &[], false, false), Phase::Pending);
    }
}
