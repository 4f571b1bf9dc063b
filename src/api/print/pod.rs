//! The columns of a Pod.

use super::values::{at, condition, go, items, moment, or};
use crate::api::time::{Timestamp, human_duration};
use crate::base::json::Value;

/// What `kubectl get pods` computes of a Pod.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PodRow {
    /// READY.
    pub ready: String,
    /// STATUS.
    pub status: String,
    /// RESTARTS.
    pub restarts: String,
}

/// The row of `pod` at `now`.
/// Source: pkg/printers/internalversion/printers.go printPod
pub fn pod_row(pod: &Value, now: Timestamp) -> PodRow {
    let (spec, status) = (&pod["spec"], &pod["status"]);
    let mut tally = Tally { reason: first_reason(pod), ..Tally::default() };
    let initializing = tally.init(spec, status);
    if !initializing || condition(pod, "Initialized")["status"] == "True" {
        tally.containers(pod);
    }
    let gone = is_set_at(pod, "metadata.deletionTimestamp");
    let finished = ["Succeeded", "Failed"].iter().any(|phase| status["phase"] == *phase);
    if gone && status["reason"] == "NodeLost" {
        tally.reason = "Unknown".to_string();
    } else if gone && !finished {
        tally.reason = "Terminating".to_string();
    }
    let sidecars = items(&spec["initContainers"]).filter(|c| is_sidecar(c)).count();
    let total = items(&spec["containers"]).count() + sidecars;
    PodRow {
        ready: [&tally.ready.to_string(), "/", &total.to_string()].concat(),
        restarts: tally.restarts_column(now),
        status: tally.reason,
    }
}

/// READINESS GATES: how many of the extra conditions are true.
pub fn readiness_gates(pod: &Value) -> String {
    let gates = &pod["spec"]["readinessGates"];
    let is_true = |gate: &&Value| {
        condition(pod, gate["conditionType"].as_str().unwrap_or_default())["status"] == "True"
    };
    match items(gates).count() {
        0 => "<none>".to_string(),
        all => [&items(gates).filter(is_true).count().to_string(), "/", &all.to_string()].concat(),
    }
}

fn is_set_at(pod: &Value, path: &str) -> bool {
    moment(at(pod, path)).is_some()
}

fn is_sidecar(container: &Value) -> bool {
    container["restartPolicy"] == "Always"
}

fn first_reason(pod: &Value) -> String {
    match condition(pod, "PodScheduled")["reason"] == "SchedulingGated" {
        true => "SchedulingGated".to_string(),
        false => or(go(&pod["status"]["reason"]), &go(&pod["status"]["phase"])),
    }
}

#[derive(Default)]
struct Tally {
    ready: usize,
    restarts: i64,
    last_restart: Option<Timestamp>,
    reason: String,
}

impl Tally {
    /// Goes through the init containers; whether one of them holds the Pod up. What the finished
    /// ones restarted no longer counts once the app containers are gone through.
    fn init(&mut self, spec: &Value, status: &Value) -> bool {
        let total = items(&spec["initContainers"]).count();
        for (nth, s) in items(&status["initContainerStatuses"]).enumerate() {
            self.count_restarts(s);
            let of_it = items(&spec["initContainers"]).find(|c| c["name"] == s["name"]);
            let sidecar = of_it.is_some_and(is_sidecar);
            let state = &s["state"];
            if is_terminated(state) && exit_code(state) == 0 {
                continue;
            }
            if sidecar && s["started"] == true {
                self.ready += usize::from(s["ready"] == true);
                continue;
            }
            self.reason = ["Init:", &init_reason(state, nth, total)].concat();
            return true;
        }
        false
    }

    /// From the last to the first: the first by name has the last word.
    fn containers(&mut self, pod: &Value) {
        (self.restarts, self.last_restart) = (0, None);
        let is_sidecar_status = |s: &&Value| {
            let named = |c: &&Value| c["name"] == s["name"] && is_sidecar(c);
            items(&pod["spec"]["initContainers"]).any(|c| named(&c))
        };
        let status = &pod["status"];
        items(&status["initContainerStatuses"]).filter(is_sidecar_status).for_each(|s| {
            self.count_restarts(s);
        });
        let (mut has_running, mut failed_as) = (false, None);
        for s in items(&status["containerStatuses"]).rev() {
            self.count_restarts(s);
            let state = &s["state"];
            let waiting = go(&state["waiting"]["reason"]);
            if !waiting.is_empty() {
                self.reason = waiting;
            } else if is_terminated(state) {
                self.reason = ended_as(state);
                failed_as = (exit_code(state) != 0).then(|| self.reason.clone()).or(failed_as);
            } else if s["ready"] == true && !state["running"].is_null() {
                has_running = true;
                self.ready += 1;
            }
        }
        if self.reason == "Completed" {
            let ready = condition(pod, "Ready")["status"] == "True";
            self.reason = match (has_running, failed_as) {
                (true, _) if ready => "Running".to_string(),
                (_, Some(failed_as)) => failed_as,
                (true, None) => "NotReady".to_string(),
                (false, None) => return,
            };
        }
    }

    fn count_restarts(&mut self, s: &Value) {
        self.restarts += s["restartCount"].as_i64().unwrap_or(0);
        self.last_restart = self.last_restart.max(moment(at(s, "lastState.terminated.finishedAt")));
    }

    fn restarts_column(&self, now: Timestamp) -> String {
        let count = self.restarts.to_string();
        match self.last_restart {
            Some(at) if self.restarts > 0 => {
                [&count, " (", &human_duration(now.0 - at.0), " ago)"].concat()
            }
            _ => count,
        }
    }
}

fn is_terminated(state: &Value) -> bool {
    !state["terminated"].is_null()
}

fn exit_code(state: &Value) -> i64 {
    state["terminated"]["exitCode"].as_i64().unwrap_or(0)
}

fn init_reason(state: &Value, nth: usize, total: usize) -> String {
    if is_terminated(state) {
        return ended_as(state);
    }
    match go(&state["waiting"]["reason"]) {
        reason if reason.is_empty() || reason == "PodInitializing" => {
            [&nth.to_string(), "/", &total.to_string()].concat()
        }
        reason => reason,
    }
}

fn ended_as(state: &Value) -> String {
    let ended = &state["terminated"];
    match (go(&ended["reason"]), ended["signal"].as_i64().unwrap_or(0)) {
        (reason, _) if !reason.is_empty() => reason,
        (_, 0) => ["ExitCode:", &exit_code(state).to_string()].concat(),
        (_, signal) => ["Signal:", &signal.to_string()].concat(),
    }
}
