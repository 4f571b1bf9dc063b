//! What the learner set up around the run, and the runs beside it.

use crate::base::SimTime;
use crate::course::Deed;
pub use crate::session::aim::Aim;
pub use crate::session::journey::{Bookmark, Halt, Span, Why};
pub use crate::session::marks::{Groups, MarkGroup};
pub use crate::session::skipped::{Passed, Skipped};

/// Everything that does not change while time runs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct JourneyView {
    /// Where time stops whenever it comes.
    pub stops: Vec<Aim>,
    /// Moments to come back to, by time.
    pub bookmarks: Vec<Bookmark>,
    /// The stretch that is played in a loop.
    pub span: Span,
    /// The marks that are passed over and not drawn.
    pub hidden: Groups,
    /// The runs, as a tree.
    pub branches: Vec<BranchView>,
}

/// A run: the acts of the one above it, and one more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BranchView {
    /// Its number.
    pub id: u32,
    /// How far below the first run it stands.
    pub depth: usize,
    /// The act that began it, a text without its letters; `None`: it is as its author wrote it.
    pub deed: Option<Deed>,
    /// When that was.
    pub at: SimTime,
    /// How far it was simulated when it was left (or the views were made).
    pub length: SimTime,
    /// Whether it is the one that is shown.
    pub shown: bool,
}

/// What a run can be let go on to, as it is offered.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AimsView {
    /// What comes often: conditions, signals, restarts, phases.
    pub aims: Vec<Aim>,
    /// Reasons of Events that this run has, and those that are well known.
    pub events: Vec<String>,
    /// Rules, by id.
    pub rules: Vec<&'static str>,
}
