//! What is offered to wait for, and what the learner set up.

use crate::base::Set;
use crate::engine::trace::Object;
use crate::engine::{RowKind, Trace, World};
use crate::rules::Rule;
use crate::session::core::Session;
use crate::session::view::{Aim, AimsView, JourneyView};

/// Pods that are offered by name at most; the others are among `*`.
const PODS_MOST: usize = 8;
/// What every run can come to, with the well-known words of Kubernetes.
const REASONS: [&str; 12] = [
    "Scheduled",
    "FailedScheduling",
    "Pulling",
    "Pulled",
    "Created",
    "Started",
    "Unhealthy",
    "Killing",
    "BackOff",
    "Failed",
    "Evicted",
    "Preempted",
];

/// What the learner set up.
pub fn view(session: &Session) -> JourneyView {
    let journey = &session.journey;
    JourneyView {
        stops: journey.stops.iter().map(|stop| stop.aim.clone()).collect(),
        bookmarks: journey.bookmarks.clone(),
        span: journey.span,
        hidden: journey.hidden,
        branches: session.branches.view(&session.history),
    }
}

/// What can be waited for, as the cluster is now.
pub fn aims(world: &World, trace: &Trace) -> AimsView {
    let mut aims = vec![Aim::Signal("SIGTERM".to_string()), Aim::Signal("SIGKILL".to_string())];
    let pods: Vec<_> = world.api.pods().collect();
    if pods.len() > 1 {
        of_pod("*", &["*"], &mut aims);
    }
    for pod in pods.iter().take(PODS_MOST) {
        let all = pod.spec.init_containers.iter().chain(&pod.spec.containers);
        let names: Vec<&str> = all.map(|c| c.name.as_str()).collect();
        of_pod(&pod.meta.name, &names, &mut aims);
    }
    if !world.config.traffic.is_empty() {
        aims.push(Aim::Lost);
    }
    let rules = Rule::ALL.iter().map(|rule| rule.info().id).collect();
    AimsView { aims, events: reasons(trace), rules }
}

fn of_pod(pod: &str, containers: &[&str], aims: &mut Vec<Aim>) {
    let named = || pod.to_string();
    aims.push(Aim::Condition { pod: named(), kind: "Ready".to_string() });
    for container in containers {
        aims.push(Aim::Restart { pod: named(), container: container.to_string() });
    }
    for phase in ["Running", "Succeeded", "Failed"] {
        aims.push(Aim::Phase { pod: named(), phase: phase.to_string() });
    }
    aims.push(Aim::Gone(named()));
}

/// Reasons of Events: those of the run first.
fn reasons(trace: &Trace) -> Vec<String> {
    let mut seen: Set<&str> = Set::new();
    for row in &trace.rows {
        if let RowKind::Watch(_, Object::Event(event)) = &row.kind {
            seen.insert(&event.reason);
        }
    }
    let others = REASONS.iter().filter(|reason| !seen.contains(**reason)).copied();
    seen.iter().copied().chain(others).map(str::to_string).collect()
}
