//! Which rule made a request end as it did.

use super::count::Outcome;
use crate::rules::Rule;
use crate::shell::net::Befell;

/// How a request ended, as its client sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// An answer with this status; 0: what came is no HTTP.
    Answer(u16),
    /// Nothing has this name.
    NoTarget,
    /// The connection was refused.
    Refused,
    /// The network says that nobody has the address.
    Unreachable,
    /// The connection broke, or was ended, before the answer was complete.
    Cut,
    /// The client's time is over.
    Late,
}

/// What is known of the other side when a request ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum There {
    /// The Service has nobody to send it to.
    Nobody,
    /// Nobody has the address any more.
    Gone,
    /// A Pod, and what befell its programs.
    Pod(Befell),
}

/// The outcome and its rule.
pub fn why(end: End, there: There) -> (Outcome, Rule) {
    use Outcome::{Cut, Error, Refused, Served, TimedOut};
    match (end, there) {
        (End::Answer(200..400), _) => (Served, Rule::TrafficServed),
        (End::Answer(_), _) => (Error, Rule::TrafficErrorStatus),
        (End::NoTarget, _) => (Refused, Rule::TrafficNoTarget),
        (End::Refused, There::Nobody) => (Refused, Rule::TrafficNoEndpoints),
        (End::Refused, There::Pod(Befell::Nothing)) => (Refused, Rule::TrafficNotListening),
        (End::Refused, There::Pod(Befell::Ended)) => (Refused, Rule::TrafficRefusedDown),
        (End::Refused, _) => (Refused, Rule::TrafficRefusedStopping),
        (End::Cut, There::Pod(Befell::Killed)) => (Cut, Rule::TrafficCutBySigkill),
        (End::Cut, There::Pod(Befell::Stopping | Befell::Stopped)) => (Cut, Rule::TrafficCutByStop),
        (End::Cut, There::Pod(Befell::Ended)) => (Cut, Rule::TrafficCutByCrash),
        (End::Cut, _) => (Cut, Rule::TrafficCutByServer),
        (End::Late, There::Nobody) => (TimedOut, Rule::TrafficNoRules),
        (End::Unreachable, _) | (End::Late, There::Gone) => (TimedOut, Rule::TrafficGone),
        (End::Late, There::Pod(_)) => (TimedOut, Rule::TrafficTooSlow),
    }
}

/// The field that a person would change, where there is one.
pub fn field(rule: Rule) -> Option<&'static str> {
    match rule {
        Rule::TrafficNotListening | Rule::TrafficTooSlow => {
            Some("spec.containers[0].readinessProbe")
        }
        Rule::TrafficRefusedStopping | Rule::TrafficGone | Rule::TrafficCutByStop => {
            Some("spec.containers[0].lifecycle.preStop")
        }
        Rule::TrafficCutBySigkill => Some("spec.terminationGracePeriodSeconds"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(end: End, there: There, outcome: Outcome, rule: Rule) {
        assert_eq!(why(end, there), (outcome, rule), "{end:?} {there:?}");
    }

    #[test]
    fn a_request_ends_as_its_pod_fared() {
        use Befell::{Ended, Killed, Nothing, Stopped, Stopping};
        let pod = There::Pod;
        check(End::Answer(204), pod(Stopping), Outcome::Served, Rule::TrafficServed);
        check(End::Answer(503), pod(Nothing), Outcome::Error, Rule::TrafficErrorStatus);
        check(End::Answer(0), pod(Nothing), Outcome::Error, Rule::TrafficErrorStatus);
        check(End::Refused, There::Nobody, Outcome::Refused, Rule::TrafficNoEndpoints);
        check(End::Refused, pod(Nothing), Outcome::Refused, Rule::TrafficNotListening);
        for fate in [Stopping, Stopped, Killed] {
            check(End::Refused, pod(fate), Outcome::Refused, Rule::TrafficRefusedStopping);
        }
        check(End::Refused, pod(Ended), Outcome::Refused, Rule::TrafficRefusedDown);
        check(End::Cut, pod(Killed), Outcome::Cut, Rule::TrafficCutBySigkill);
        check(End::Cut, pod(Stopped), Outcome::Cut, Rule::TrafficCutByStop);
        check(End::Cut, pod(Ended), Outcome::Cut, Rule::TrafficCutByCrash);
        check(End::Cut, pod(Nothing), Outcome::Cut, Rule::TrafficCutByServer);
        check(End::Late, There::Nobody, Outcome::TimedOut, Rule::TrafficNoRules);
        check(End::Late, There::Gone, Outcome::TimedOut, Rule::TrafficGone);
        check(End::Unreachable, There::Gone, Outcome::TimedOut, Rule::TrafficGone);
        check(End::Late, pod(Nothing), Outcome::TimedOut, Rule::TrafficTooSlow);
    }
}
