//! The columns of `kubectl get pods`.

use super::pod::Pod;
use super::status::{ContainerStatus, PodStatus};
use super::time::{Timestamp, human_duration};

/// One row of `kubectl get pods`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PodRow {
    /// NAME.
    pub name: String,
    /// READY.
    pub ready: String,
    /// STATUS.
    pub status: String,
    /// RESTARTS.
    pub restarts: String,
    /// AGE.
    pub age: String,
}

/// The row of `pod` at `now`.
/// Source: pkg/printers/internalversion/printers.go printPod
pub fn pod_row(pod: &Pod, now: Timestamp) -> PodRow {
    let mut tally = Tally::default();
    let initializing = tally.init(pod);
    if initializing.is_none() || pod.status.is_true("Initialized") {
        tally.containers(&pod.status);
    }
    let status = status_column(pod, initializing, &tally);
    let total = pod.spec.containers.len() + pod.spec.sidecars().count();
    let age = pod
        .meta
        .creation_timestamp
        .map_or("<unknown>".to_string(), |t| human_duration(now.0 - t.0));
    PodRow {
        name: pod.meta.name.clone(),
        ready: format!("{}/{total}", tally.ready),
        status,
        restarts: tally.restarts_column(now),
        age,
    }
}

/// The table that `kubectl get pods` prints; empty for no Pods.
pub fn pods_table(rows: &[PodRow]) -> String {
    let head = PodRow {
        name: "NAME".into(),
        ready: "READY".into(),
        status: "STATUS".into(),
        restarts: "RESTARTS".into(),
        age: "AGE".into(),
    };
    let cells = |r: &PodRow| [&r.name, &r.ready, &r.status, &r.restarts, &r.age].map(String::clone);
    let all: Vec<[String; 5]> = std::iter::once(&head).chain(rows).map(cells).collect();
    let width = |i: usize| all.iter().map(|r| r[i].chars().count()).max().unwrap_or(0).max(3) + 3;
    let line = |r: &[String; 5]| -> String {
        let mut text: String = (0..4).map(|i| format!("{:w$}", r[i], w = width(i))).collect();
        text.push_str(&r[4]);
        text + "\n"
    };
    if rows.is_empty() { String::new() } else { all.iter().map(line).collect() }
}

#[derive(Default)]
struct Tally {
    ready: usize,
    restarts: u32,
    last_restart: Option<Timestamp>,
    reason: Option<String>,
    error_reason: Option<String>,
    has_running: bool,
}

impl Tally {
    /// Goes through the init containers; the STATUS text if one holds the Pod up.
    fn init(&mut self, pod: &Pod) -> Option<String> {
        let total = pod.spec.init_containers.len();
        for (i, s) in pod.status.init_container_statuses.iter().enumerate() {
            let sidecar = pod.spec.sidecars().any(|c| c.name == s.name);
            self.count_restarts(s);
            if s.state.terminated.as_ref().is_some_and(|t| t.exit_code == 0) {
                continue;
            }
            if sidecar && s.started == Some(true) {
                self.ready += usize::from(s.ready);
                continue;
            }
            return Some(init_reason(s, i, total));
        }
        // Once initialized, finished init containers no longer count.
        let finished = |s: &&ContainerStatus| !pod.spec.sidecars().any(|c| c.name == s.name);
        let gone = pod.status.init_container_statuses.iter().filter(finished);
        self.restarts -= gone.map(|s| s.restart_count).sum::<u32>();
        None
    }

    /// From the last to the first: the first by name has the last word.
    fn containers(&mut self, status: &PodStatus) {
        for s in status.container_statuses.iter().rev() {
            self.count_restarts(s);
            let waiting = s.state.waiting.as_ref().filter(|w| !w.reason.is_empty());
            if let Some(w) = waiting {
                self.reason = Some(w.reason.clone());
            } else if let Some(t) = &s.state.terminated {
                let reason = terminated_reason(&t.reason, t.exit_code);
                if t.exit_code != 0 {
                    self.error_reason = Some(reason.clone());
                }
                self.reason = Some(reason);
            } else if s.ready && s.state.running.is_some() {
                self.has_running = true;
                self.ready += 1;
            }
        }
    }

    fn count_restarts(&mut self, s: &ContainerStatus) {
        self.restarts += s.restart_count;
        let finished = s.last_state.terminated.as_ref().and_then(|t| t.finished_at);
        self.last_restart = self.last_restart.max(finished);
    }

    fn restarts_column(&self, now: Timestamp) -> String {
        match self.last_restart {
            Some(at) if self.restarts > 0 => {
                format!("{} ({} ago)", self.restarts, human_duration(now.0 - at.0))
            }
            _ => self.restarts.to_string(),
        }
    }
}

fn init_reason(s: &ContainerStatus, i: usize, total: usize) -> String {
    if let Some(t) = &s.state.terminated {
        return format!("Init:{}", terminated_reason(&t.reason, t.exit_code));
    }
    match &s.state.waiting {
        Some(w) if !w.reason.is_empty() && w.reason != "PodInitializing" => {
            format!("Init:{}", w.reason)
        }
        _ => format!("Init:{i}/{total}"),
    }
}

fn terminated_reason(reason: &str, exit_code: i32) -> String {
    if reason.is_empty() { format!("ExitCode:{exit_code}") } else { reason.to_string() }
}

fn status_column(pod: &Pod, initializing: Option<String>, tally: &Tally) -> String {
    let of_status = match pod.status.reason.as_str() {
        "" => pod.status.phase.as_str().to_string(),
        reason => reason.to_string(),
    };
    let gated = pod.status.condition("PodScheduled").is_some_and(|c| c.reason == "SchedulingGated");
    let base = if gated { "SchedulingGated".to_string() } else { of_status };
    let mut reason = tally.reason.clone().or(initializing).unwrap_or(base);
    if reason == "Completed" {
        reason = match (&tally.error_reason, tally.has_running) {
            (_, true) if pod.status.is_true("Ready") => "Running".to_string(),
            (Some(error), _) => error.clone(),
            (None, true) => "NotReady".to_string(),
            (None, false) => reason,
        };
    }
    if pod.deleting() && !pod.finished() { "Terminating".to_string() } else { reason }
}
