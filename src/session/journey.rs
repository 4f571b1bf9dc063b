//! What a learner set up around a run: where it is to stop, what is to be shown again, what to
//! come back to.

use super::aim::{Aim, Lookout};
use super::marks::Groups;
use super::skipped::{Held, Skipped};
use crate::base::SimTime;

/// How far an aim is looked for.
pub const HORIZON: SimTime = SimTime::secs(600);
/// Breakpoints that are kept at most.
pub const STOPS_MAX: usize = 16;

/// All of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Journey {
    /// Where the run is on its way to.
    pub target: Option<Target>,
    /// Where it stops each time.
    pub stops: Vec<Stop>,
    /// The stretch that is played again and again.
    pub span: Span,
    /// Moments to come back to, by time.
    pub bookmarks: Vec<Bookmark>,
    /// Why it stopped last, or would not go.
    pub halt: Option<Halt>,
    /// How often it stopped.
    pub halts: u32,
    /// When time began to run last, and what was held back then.
    pub began: (SimTime, Held),
    /// The marks that are not stopped at.
    pub hidden: Groups,
}

/// The way to an aim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// What is waited for.
    pub aim: Aim,
    /// When it comes.
    pub at: SimTime,
    /// About what it is.
    pub about: String,
}

/// A breakpoint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stop {
    /// What is waited for.
    pub aim: Aim,
    /// Who waits; a moment needs nobody.
    pub lookout: Option<Lookout>,
    /// The rows of the trace that were looked at.
    pub seen: usize,
}

/// A stretch of time; with both ends it is played again and again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// Its start.
    pub start: Option<SimTime>,
    /// Its end.
    pub end: Option<SimTime>,
}

impl Span {
    /// Both ends, if there are both.
    pub fn whole(self) -> Option<(SimTime, SimTime)> {
        self.start.zip(self.end).filter(|(start, end)| start < end)
    }

    /// Whether an end is set.
    pub fn is_set(self) -> bool {
        self.start.is_some() || self.end.is_some()
    }
}

/// A moment to come back to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bookmark {
    /// When.
    pub at: SimTime,
    /// What the learner called it; may be empty.
    pub name: String,
}

/// Why time stopped, or would not run, and what happened on the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Halt {
    /// How many there were before: two alike can be told apart.
    pub nth: u32,
    /// Why.
    pub why: Why,
    /// When.
    pub at: SimTime,
    /// About what: `pod/web/app`; may be empty.
    pub about: String,
    /// What happened on the way.
    pub skipped: Skipped,
}

/// The reason of a stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// What was waited for is here.
    Reached(Aim),
    /// It does not come within this time.
    Never(Aim, SimTime),
    /// The moment is not later than the one that is shown.
    Past(SimTime),
    /// The next mark is here.
    Mark,
    /// There is none within this time.
    NoMark(SimTime),
}
