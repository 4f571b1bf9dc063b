//! What an exercise is.

use crate::base::{Lang, SimTime};
use crate::course::Scenario;
use crate::course::goal::place::Step;

/// An exercise, as its `exercise.yaml` says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Exercise {
    /// The scenario; its manifest is what the learner starts with.
    pub scenario: Scenario,
    /// The scenario's own file.
    pub source: String,
    /// How long a submission runs.
    pub until: SimTime,
    /// What the learner may change.
    pub editable: Vec<Editable>,
    /// What is to be reached.
    pub goals: Vec<Goal>,
    /// Hints, in the order in which they are given.
    pub hints: Vec<Line>,
}

/// A part of the manifest that the learner may change: what is there, and all that is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Editable {
    /// The object: kind in lower case, and name.
    pub object: (String, String),
    /// The way to the part; empty: the whole object, which may also be added or left out.
    pub steps: Vec<Step>,
    /// The way, as it is written.
    pub path: String,
}

/// A goal with its name and its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Goal {
    /// Its name in reports.
    pub id: String,
    /// What is to be reached, in words.
    pub text: Line,
    /// What must hold.
    pub that: crate::course::Goal,
}

/// A line for people in each language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Line {
    /// The line in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}
