//! Marks: the moments at which something happened that a learner would stop at.

use crate::base::SimTime;
use crate::engine::{RowKind, Trace};
use crate::rules::Rule;

/// Whether a row of the trace is a mark.
pub fn is_mark(kind: &RowKind) -> bool {
    match kind {
        RowKind::Rule(record) => !matches!(record.rule, Rule::ProbePoke | Rule::StatusOneBehind),
        RowKind::Kubectl { .. } => true,
        RowKind::Watch(..) | RowKind::Log { .. } | RowKind::Sent { .. } | RowKind::Request(_) => {
            false
        }
    }
}

/// The first mark after `at`.
pub fn next(trace: &Trace, at: SimTime) -> Option<SimTime> {
    let from = trace.rows.partition_point(|row| row.at <= at);
    trace.rows[from..].iter().find(|row| is_mark(&row.kind)).map(|row| row.at)
}

/// The last mark before `at`.
pub fn previous(trace: &Trace, at: SimTime) -> Option<SimTime> {
    let to = trace.rows.partition_point(|row| row.at < at);
    trace.rows[..to].iter().rev().find(|row| is_mark(&row.kind)).map(|row| row.at)
}
