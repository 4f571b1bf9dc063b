//! Two runs side by side: their lanes on one axis, and where they first differ.

use super::records::RecordView;
use super::timeline::{Lane, LaneKind};
use crate::base::SimTime;
use std::rc::Rc;

/// A run that is compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Side {
    /// The run that is shown.
    #[default]
    Now,
    /// A run that was left, by its number.
    Branch(u32),
    /// The text that was applied last, as a run from the start.
    Applied,
    /// A text in its place: the same cluster, and the same acts at the same times.
    Text(String),
    /// A scenario file, or a bare manifest, with its own cluster and acts.
    Scenario(String),
}

/// Two runs up to the same moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CompareView {
    /// How far both were simulated.
    pub horizon: SimTime,
    /// The lanes of both, in the order of the timeline.
    pub pairs: Vec<LanePair>,
    /// Where they first differ; `None`: they do not, up to the horizon.
    pub first: Option<DifferenceView>,
}

/// A lane of both runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LanePair {
    /// Stable key.
    pub id: String,
    /// What it tells of.
    pub kind: LaneKind,
    /// The Pod, by its name in the left run if it is there.
    pub pod: String,
    /// The field's own word.
    pub title: String,
    /// Left and right; a run may not have it.
    pub lanes: [Option<Rc<Lane>>; 2],
    /// When they first differ, if they do.
    pub differs: Option<SimTime>,
}

/// Where two runs first differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DifferenceView {
    /// When.
    pub at: SimTime,
    /// What happens left and right there, or next; `None`: nothing that the other run has not.
    pub sides: [Option<HappeningView>; 2],
}

/// Something that happens in one of two runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HappeningView {
    /// A decision.
    Rule(RecordView),
    /// A line of a container's log.
    Log {
        /// When.
        at: SimTime,
        /// `pod/container`.
        of: String,
        /// The line.
        line: String,
    },
    /// A command and its exit code.
    Kubectl {
        /// When.
        at: SimTime,
        /// Without the word kubectl.
        args: String,
        /// Exit code.
        code: i32,
    },
}

impl HappeningView {
    /// When it happens.
    pub fn at(&self) -> SimTime {
        match self {
            HappeningView::Rule(record) => record.at,
            HappeningView::Log { at, .. } | HappeningView::Kubectl { at, .. } => *at,
        }
    }
}
