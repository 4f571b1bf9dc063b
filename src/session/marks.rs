//! Marks: the moments at which something happened that a learner would stop at, and their groups,
//! which can be passed over.

use crate::base::SimTime;
use crate::engine::{RowKind, Trace};
use crate::rules::Rule;

/// What kind of thing happened.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MarkGroup {
    /// People acted.
    Acts,
    /// A probe succeeded.
    Passes,
    /// A probe failed or took too long.
    Failures,
    /// A signal was sent.
    Signals,
    /// A process started or ended.
    Processes,
    /// An image was pulled, or not.
    Pulls,
    /// A Normal Event.
    Events,
    /// A Warning Event.
    Warnings,
    /// A request was lost.
    Lost,
    /// Any other decision.
    Decisions,
}

impl MarkGroup {
    /// All groups, in order.
    pub const ALL: [MarkGroup; 10] = [
        MarkGroup::Acts,
        MarkGroup::Passes,
        MarkGroup::Failures,
        MarkGroup::Signals,
        MarkGroup::Processes,
        MarkGroup::Pulls,
        MarkGroup::Events,
        MarkGroup::Warnings,
        MarkGroup::Lost,
        MarkGroup::Decisions,
    ];
}

/// Some of the groups.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Groups(u16);

impl Groups {
    /// Whether a group is one of them.
    pub fn has(self, group: MarkGroup) -> bool {
        self.0 & (1 << group as u16) != 0
    }

    /// Puts a group in, or takes it out.
    pub fn toggle(&mut self, group: MarkGroup) {
        self.0 ^= 1 << group as u16;
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The group of a row of the trace; `None`: it is no mark.
pub fn group(kind: &RowKind) -> Option<MarkGroup> {
    let record = match kind {
        RowKind::Rule(record) => record,
        RowKind::Kubectl { .. } => return Some(MarkGroup::Acts),
        RowKind::Watch(..) | RowKind::Log { .. } | RowKind::Sent { .. } | RowKind::Request(_) => {
            return None;
        }
    };
    Some(match record.rule {
        Rule::ProbePoke | Rule::StatusOneBehind => return None,
        Rule::ProbeSuccess => MarkGroup::Passes,
        Rule::ProbeFailure => MarkGroup::Failures,
        Rule::StopSignal => MarkGroup::Signals,
        Rule::ContainerStarted | Rule::ContainerExited => MarkGroup::Processes,
        Rule::ImagePull | Rule::ImagePulled | Rule::ImageFailed | Rule::ImageBackoff => {
            MarkGroup::Pulls
        }
        _ => MarkGroup::Decisions,
    })
}

/// Whether a row is a mark of a group that is not hidden.
pub fn is_mark(kind: &RowKind, hidden: Groups) -> bool {
    group(kind).is_some_and(|group| !hidden.has(group))
}

/// The last mark before `at`.
pub fn previous(trace: &Trace, at: SimTime) -> Option<SimTime> {
    previous_of(trace, at, Groups::default())
}

/// The last mark before `at`, of those that are not hidden.
pub fn previous_of(trace: &Trace, at: SimTime, hidden: Groups) -> Option<SimTime> {
    let to = trace.rows.partition_point(|row| row.at < at);
    trace.rows[..to].iter().rev().find(|row| is_mark(&row.kind, hidden)).map(|row| row.at)
}
