//! Exercises, as front ends see them.

use super::make::line_diff::diff;
use super::view::DiffLine;

pub use crate::course::exercise::{Edit, EditKind, Exercise, Line, Mistake, read};

/// What a front end asks of the exercise that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// Begin an exercise. A file that is none changes nothing.
    Open {
        /// Its `exercise.yaml`.
        file: String,
        /// What the learner wrote earlier, if anything.
        text: Option<String>,
        /// How many hints the learner has had.
        hints: usize,
    },
    /// Go on at an exercise with the run that is there: a link brought it. Nothing happens if the
    /// run did not begin as the exercise does.
    Join {
        /// Its `exercise.yaml`.
        file: String,
        /// How many hints the learner has had.
        hints: usize,
    },
    /// One more hint.
    Hint,
    /// Run the text from an empty cluster and hold the goals against it.
    Check,
    /// To the moment that decided a goal, in the run that was checked.
    Look(usize),
    /// The start again: its text, and no hints.
    Reset,
    /// Back to a text of the learner.
    TakeBack(String),
    /// No exercise; text and run stay.
    Leave,
}

/// The lines of the solution, with those of the learner's that are not in it.
pub fn compare(text: &str, solution: &str) -> Vec<DiffLine> {
    diff(text, solution)
}
