//! What is told of a decision as its mark is passed while time runs: one at a time, each as long
//! as it takes to be read, whatever the speed. Nothing of it is in the run.

use super::marks::{Groups, MarkGroup, group};
use super::view::{FactView, PassingView};
use crate::base::SimTime;
use crate::engine::{Record, RowKind, Trace};
use crate::rules::Rule;
use std::rc::Rc;

/// Real milliseconds that each is there at least.
const READ_MS: u64 = 2500;
/// Real milliseconds after which it goes if nothing comes.
const LINGER_MS: u64 = 8000;

/// What is told now, and what comes next.
#[derive(Default)]
pub struct Passing {
    shown: Option<Rc<PassingView>>,
    /// Since it is there, in real milliseconds.
    age: u64,
    /// The weightiest since then.
    next: Option<(u8, Rc<PassingView>)>,
}

impl Passing {
    /// What is told now.
    pub fn view(&self) -> Option<Rc<PassingView>> {
        self.shown.clone()
    }

    /// Nothing is told: time was moved, or the run is another.
    pub fn clear(&mut self) {
        *self = Passing::default();
    }

    /// Time ran from `from` to `to` in `wall_ms` real milliseconds.
    pub fn pass(
        &mut self,
        trace: &Trace,
        (from, to): (SimTime, SimTime),
        hidden: Groups,
        wall_ms: u64,
    ) {
        self.age = self.age.saturating_add(wall_ms);
        let here = trace.rows.partition_point(|row| row.at <= from);
        let rows = trace.rows[here..].iter().take_while(|row| row.at <= to);
        let decided = rows.filter_map(|row| match &row.kind {
            RowKind::Rule(record) => {
                let weight = weight(&row.kind, hidden)?;
                Some((if turns(record.rule) { MOST } else { weight }, row.at, record))
            }
            _ => None,
        });
        // Of one frame the first is the cause of those that weigh the same.
        let mut found: Option<(u8, SimTime, &Record)> = None;
        for one in decided {
            if found.is_none_or(|best| best.0 < one.0) {
                found = Some(one);
            }
        }
        let found = found.filter(|(weight, ..)| self.next.as_ref().is_none_or(|n| n.0 <= *weight));
        if let Some((weight, at, record)) = found {
            // What is ordinary comes only where nothing is told.
            if weight > 0 || self.shown.is_none() {
                self.next = Some((weight, Rc::new(told(at, record))));
            }
        }
        self.turn();
    }

    fn turn(&mut self) {
        let read = self.shown.is_none() || self.age >= READ_MS;
        if let Some((_, next)) = self.next.take_if(|_| read) {
            self.shown = Some(next);
            self.age = 0;
        } else if self.age >= LINGER_MS {
            self.shown = None;
        }
    }
}

/// What a decision weighs after which all is different.
const MOST: u8 = 5;

/// Whether it is such a one.
fn turns(rule: Rule) -> bool {
    use Rule::*;
    matches!(
        rule,
        ProbeLivenessKills
            | ProbeStartupKills
            | ProbeUnready
            | StopKilled
            | ContainerOom
            | NodeOom
            | PodEvicted
            | PodDeadline
            | AdmissionRejected
            | SchedulerUnschedulable
            | HookPostStartFailed
            | HookPreStopFailed
            | ApiRefused
    )
}

/// How much a mark is worth telling; `None`: it is none, or one that the learner hid.
fn weight(kind: &RowKind, hidden: Groups) -> Option<u8> {
    let group = group(kind).filter(|group| !hidden.has(*group))?;
    Some(match group {
        MarkGroup::Passes => 0,
        MarkGroup::Pulls | MarkGroup::Events | MarkGroup::Acts => 1,
        MarkGroup::Failures => 2,
        MarkGroup::Decisions => 3,
        MarkGroup::Processes | MarkGroup::Signals | MarkGroup::Warnings | MarkGroup::Lost => 4,
    })
}

fn told(at: SimTime, record: &Record) -> PassingView {
    let fact = |(name, value): &(&str, crate::rules::Fact)| FactView {
        name: name.to_string(),
        value: value.to_string(),
    };
    PassingView {
        record: record.id as usize,
        at,
        rule: record.rule.info().id.to_string(),
        subject: record.subject.to_string(),
        facts: record.facts.iter().map(fact).collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::base::SimTime;
    use crate::session::{Command, Session};

    /// What is told while the first scenario plays at a speed, in frames so long: for each the real
    /// moment, its rule.
    fn played(quarters: u32, frame_ms: u64) -> Vec<(u64, String)> {
        let mut session = Session::new();
        session.apply(Command::SetSpeed(quarters));
        session.apply(Command::Play);
        let mut told: Vec<(u64, String)> = Vec::new();
        let mut last = None;
        for frame in 0..64_000 / frame_ms {
            session.advance(frame_ms);
            let view = session.transport().passing.clone();
            if let Some(view) = view.filter(|view| last != Some(view.record)) {
                assert!(view.at <= session.transport().cursor);
                last = Some(view.record);
                told.push((frame * frame_ms, view.rule.clone()));
            }
        }
        told
    }

    #[test]
    fn each_can_be_read_at_any_speed() {
        for quarters in [4, 40, 240, 2400] {
            let told = played(quarters, 16);
            assert!(told.len() > 4, "{quarters}: {told:?}");
            for pair in told.windows(2) {
                assert!(pair[1].0 - pair[0].0 >= super::READ_MS - 16, "{quarters}: {pair:?}");
            }
        }
        let failure = |(_, rule): &(u64, String)| rule == "probe.failure";
        assert!(played(4, 16).iter().any(failure));
        for (quarters, frame) in [(4, 16), (4, 100), (40, 16), (40, 90), (40, 250)] {
            let told = played(quarters, frame);
            let kill = told.iter().any(|(_, rule)| rule == "probe.liveness-kills");
            assert!(kill, "what decides is told: {told:?}");
        }
    }

    #[test]
    fn it_stays_as_time_is_stopped_and_goes_as_it_is_moved() {
        let mut session = Session::new();
        session.apply(Command::Play);
        for _ in 0..200 {
            session.advance(16);
        }
        let told = session.transport().passing.clone();
        assert!(told.is_some());
        session.apply(Command::Pause);
        for _ in 0..900 {
            session.advance(16);
        }
        assert_eq!(session.transport().passing, told);
        session.apply(Command::Select(told.map(|told| told.record)));
        assert!(session.records().selected.is_some());
        session.apply(Command::Seek(SimTime::secs(1)));
        assert_eq!(session.transport().passing, None);
    }
}
