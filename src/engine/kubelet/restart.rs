//! Whether a container that ended is started again.
//!
//! Source: kubelet/container/helpers.go ContainerShouldRestart, ShouldAllContainersRestart

use crate::api::{Container, PodFields, RestartPolicy};

/// The action that starts every container of the Pod again.
const ALL: &str = "RestartAllContainers";

/// Whether a policy starts a container again that ended with `code`.
pub fn restarts(policy: RestartPolicy, code: i32) -> bool {
    match policy {
        RestartPolicy::Always => true,
        RestartPolicy::OnFailure => code != 0,
        RestartPolicy::Never => false,
    }
}

/// Whether a container that ended with `code` is started again: by its rules, else by its own
/// policy, else by the Pod's. Rules count only beside an own policy.
pub fn restarts_after(spec: &PodFields, c: &Container, code: i32) -> bool {
    rule(c, code).is_some() || restarts(spec.policy_of(c), code)
}

/// Whether an end with `code` starts every container of the Pod again.
pub fn restarts_all(c: &Container, code: i32) -> bool {
    rule(c, code) == Some(ALL)
}

/// Whether some container of the Pod can start all of them again.
pub fn may_restart_all(spec: &PodFields) -> bool {
    let mut all = spec.init_containers.iter().chain(&spec.containers);
    all.any(|c| {
        c.restart_policy.is_some() && c.restart_policy_rules.iter().any(|r| r.action == ALL)
    })
}

/// The action of the first rule that matches.
fn rule(c: &Container, code: i32) -> Option<&str> {
    c.restart_policy?;
    let found = c.restart_policy_rules.iter().find(|r| r.exit_codes.matches(code));
    found.map(|r| r.action.as_str())
}
