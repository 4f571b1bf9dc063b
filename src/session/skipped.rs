//! What happened between two moments, in numbers.

use crate::api::EventType;
use crate::base::{Set, SimTime};
use crate::engine::trace::{Object, Subject};
use crate::engine::traffic::Outcome;
use crate::engine::{Record, Row, RowKind, WatchType, World};
use crate::rules::{Fact, Rule};

/// What is counted. The order is that in which it is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Passed {
    /// Milliseconds in which a container was held back (`CrashLoopBackOff`, `ImagePullBackOff`).
    Backoff,
    /// Containers that were started again.
    Restarts,
    /// Processes that ended.
    Exits,
    /// Signals to first processes.
    Signals,
    /// Probes that failed.
    ProbesFailed,
    /// Probes that succeeded.
    ProbesPassed,
    /// Images that were pulled.
    Pulls,
    /// Pods that came.
    PodsMade,
    /// Pods that went.
    PodsGone,
    /// Commands of people.
    Acts,
    /// Requests that were lost.
    Lost,
    /// Requests that were served.
    Served,
    /// Warning Events.
    Warnings,
}

/// The kinds, in their order.
const KINDS: [Passed; 13] = [
    Passed::Backoff,
    Passed::Restarts,
    Passed::Exits,
    Passed::Signals,
    Passed::ProbesFailed,
    Passed::ProbesPassed,
    Passed::Pulls,
    Passed::PodsMade,
    Passed::PodsGone,
    Passed::Acts,
    Passed::Lost,
    Passed::Served,
    Passed::Warnings,
];

/// What happened between two moments, both left out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Skipped {
    /// From.
    pub from: SimTime,
    /// To.
    pub to: SimTime,
    /// How often each kind happened; only what did.
    pub counts: Vec<(Passed, u64)>,
}

/// The containers that back-off holds: `pod/web/app`.
pub type Held = Set<String>;

/// The containers of a world that back-off holds.
pub fn held(world: &World) -> Held {
    let workers = world.machines.iter().flat_map(|machine| machine.kubelet.workers.values());
    let held = workers.filter(|worker| !worker.ending()).flat_map(|worker| {
        let reasons = worker.reasons.iter().filter(|(_, (reason, _))| reason.ends_with("BackOff"));
        reasons.map(|(name, _)| Subject::container(&worker.pod.meta.name, name).to_string())
    });
    held.collect()
}

/// Sums up the rows between two moments of a trace; `held` is what was held at the first.
pub fn skipped(rows: &[Row], held: Held, from: SimTime, to: SimTime) -> Skipped {
    let first = rows.partition_point(|row| row.at <= from);
    let behind = rows.partition_point(|row| row.at < to).max(first);
    let mut tally = Tally { counts: [0; KINDS.len()], held, since: from };
    for row in &rows[first..behind] {
        tally.take(row);
    }
    tally.hold_until(to);
    let counts = KINDS.into_iter().zip(tally.counts).filter(|(_, count)| *count > 0).collect();
    Skipped { from, to, counts }
}

struct Tally {
    counts: [u64; KINDS.len()],
    held: Held,
    /// From when on the time of back-off was not counted yet.
    since: SimTime,
}

impl Tally {
    fn add(&mut self, kind: Passed, count: u64) {
        self.counts[kind as usize] += count;
    }

    /// Counts the time since the last change, if anything was held in it.
    fn hold_until(&mut self, at: SimTime) {
        if !self.held.is_empty() {
            self.add(Passed::Backoff, at.since(self.since).as_ms());
        }
        self.since = at;
    }

    fn take(&mut self, row: &Row) {
        match &row.kind {
            RowKind::Watch(WatchType::Added, Object::Pod(_)) => self.add(Passed::PodsMade, 1),
            RowKind::Watch(WatchType::Deleted, Object::Pod(_)) => self.add(Passed::PodsGone, 1),
            RowKind::Watch(kind, Object::Event(event)) => {
                if *kind != WatchType::Deleted && event.kind == EventType::Warning {
                    self.add(Passed::Warnings, 1);
                }
            }
            RowKind::Rule(record) => {
                self.hold(row.at, record);
                if let Some(kind) = of_record(record) {
                    self.add(kind, 1);
                }
            }
            RowKind::Kubectl { .. } => self.add(Passed::Acts, 1),
            RowKind::Request(end) => {
                let served = end.outcome == Outcome::Served;
                let kind = if served { Passed::Served } else { Passed::Lost };
                self.add(kind, u64::from(end.count));
            }
            RowKind::Watch(..) | RowKind::Log { .. } | RowKind::Sent { .. } => {}
        }
    }

    /// What begins and ends back-off. A Pod that goes holds nothing any more.
    fn hold(&mut self, at: SimTime, record: &Record) {
        let subject = || record.subject.to_string();
        match record.rule {
            Rule::BackoffWait | Rule::ImageBackoff => {
                self.hold_until(at);
                self.held.insert(subject());
            }
            Rule::ContainerStarted | Rule::ImagePull if !self.held.is_empty() => {
                self.hold_until(at);
                self.held.remove(&subject());
            }
            Rule::DeleteSeen if !self.held.is_empty() => {
                self.hold_until(at);
                let whole = subject() + "/";
                self.held.retain(|held| !held.starts_with(&whole));
            }
            _ => {}
        }
    }
}

fn of_record(record: &Record) -> Option<Passed> {
    Some(match record.rule {
        Rule::ContainerStarted if is_again(record) => Passed::Restarts,
        Rule::ContainerExited => Passed::Exits,
        Rule::StopSignal => Passed::Signals,
        Rule::ProbeFailure => Passed::ProbesFailed,
        Rule::ProbeSuccess => Passed::ProbesPassed,
        Rule::ImagePulled => Passed::Pulls,
        _ => return None,
    })
}

fn is_again(record: &Record) -> bool {
    let mut facts = record.facts.iter();
    facts.any(|(name, fact)| *name == "restarts" && !matches!(fact, Fact::Number(0)))
}
