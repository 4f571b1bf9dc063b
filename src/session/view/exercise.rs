//! The exercise that is open.

use crate::base::{SimTime, Span};
use crate::course::exercise::{Edit, Line};
use crate::session::grade::Outcome;

/// What of an exercise depends on what the learner did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExerciseView {
    /// What may be changed, in the order of the exercise.
    pub open: Vec<OpenPart>,
    /// The lines of the text (from 1) that hold them; all others are locked.
    pub open_lines: Vec<usize>,
    /// What was changed that is locked, now.
    pub locked: Vec<Edit>,
    /// The goals, and what the last check found.
    pub goals: Vec<GoalView>,
    /// The hints that were given.
    pub hints: Vec<Line>,
    /// How many there are still.
    pub hints_left: usize,
    /// The last check.
    pub checked: Option<CheckView>,
}

/// A part of the text that may be changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenPart {
    /// `pod/web`.
    pub object: String,
    /// `spec.restartPolicy`; empty: the whole object.
    pub path: String,
    /// Where it stands, or where it would: the nearest field above it that is there.
    pub span: Span,
    /// The line of that, from 1; 0 if even the object is not there.
    pub line: usize,
    /// Whether it is there.
    pub there: bool,
}

/// A goal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoalView {
    /// Its name.
    pub id: String,
    /// What is to be reached.
    pub text: Line,
    /// What the last check found, if it came to a run.
    pub found: Option<FoundView>,
}

/// What a check found of a goal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundView {
    /// Reached?
    pub passed: bool,
    /// The moment that decided.
    pub at: Option<SimTime>,
    /// What was seen, in the words of the trace; empty if nothing was.
    pub saw: String,
}

/// A check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckView {
    /// How it ended.
    pub outcome: Outcome,
    /// How many goals were reached.
    pub reached: usize,
    /// What kubectl said, if it refused the text.
    pub refused: Option<String>,
    /// When the run was stopped, because too much happened.
    pub stopped: Option<SimTime>,
    /// Whether the text has changed since.
    pub stale: bool,
}
