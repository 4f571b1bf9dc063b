//! Grading: a submission to an exercise, run from an empty cluster, and which goals it reaches.
//!
//! Pure and bounded: whatever the submission is, an answer comes back.

use super::history::{History, Input};
use super::manifest::{acts_of, apply_action};
use super::show::rows_of;
use crate::base::SimTime;
use crate::course::Exercise;
use crate::course::exercise::edits::edits;
use crate::course::exercise::{Edit, Judged, judge};

/// A submission that makes more happen than this is stopped; no exercise comes near.
const EVENTS_MOST: u64 = 2_000_000;
/// The same for what is told of it.
const ROWS_MOST: usize = 200_000;
/// How often that is looked at, in virtual time.
const LOOK_EVERY: SimTime = SimTime::ms(100);

/// What became of a submission.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Graded {
    /// What it changes that is not to be changed. It is not run then.
    pub edits: Vec<Edit>,
    /// What kubectl says to it, if it is refused. It is not run then.
    pub refused: Option<String>,
    /// When it was stopped, because more happened than is looked at.
    pub stopped: Option<SimTime>,
    /// Each goal, in the order of the exercise.
    pub goals: Vec<Judged>,
}

/// In one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Every goal is reached.
    Passed,
    /// Some goal is not.
    Missed,
    /// Something was changed that is not to be changed.
    Locked,
    /// kubectl or the API server does not take it.
    Refused,
}

impl Outcome {
    /// Its word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Passed => "passed",
            Outcome::Missed => "missed",
            Outcome::Locked => "locked",
            Outcome::Refused => "refused",
        }
    }
}

impl Graded {
    /// In one word.
    pub fn outcome(&self) -> Outcome {
        match (&self.edits[..], &self.refused) {
            ([], None) if self.stopped.is_none() && self.goals.iter().all(|g| g.passed) => {
                Outcome::Passed
            }
            ([], None) => Outcome::Missed,
            ([], Some(_)) => Outcome::Refused,
            _ => Outcome::Locked,
        }
    }

    /// How many goals are reached.
    pub fn reached(&self) -> usize {
        self.goals.iter().filter(|goal| goal.passed).count()
    }

    /// A submission that is not run reaches nothing.
    fn not_run(exercise: &Exercise, edits: Vec<Edit>, refused: Option<String>) -> Self {
        let missed = |id: &String| Judged { id: id.clone(), ..Judged::default() };
        let goals = exercise.goals.iter().map(|goal| missed(&goal.id)).collect();
        Graded { edits, refused, stopped: None, goals }
    }
}

/// Grades `text`.
pub fn grade(exercise: &Exercise, text: &str) -> Graded {
    match run(exercise, text) {
        Ok(history) => of_run(exercise, &history),
        Err(graded) => *graded,
    }
}

/// The run of a submission; or why there is none.
pub(super) fn run(exercise: &Exercise, text: &str) -> Result<History, Box<Graded>> {
    let edits = edits(&exercise.scenario.manifest, &exercise.editable, text);
    if !edits.is_empty() {
        return Err(Box::new(Graded::not_run(exercise, edits, None)));
    }
    let apply = apply_action(text)
        .map_err(|words| Box::new(Graded::not_run(exercise, Vec::new(), Some(words))))?;
    let mut inputs = vec![Input::begun_with(text, apply)];
    inputs.extend(acts_of(&exercise.scenario));
    let mut history = History::new(exercise.scenario.config(), inputs);
    extend(&mut history, exercise.until);
    Ok(history)
}

/// Simulates on to `until`, or until more happened than is looked at.
fn extend(history: &mut History, until: SimTime) {
    let mut at = history.tip();
    while at < until {
        at = (at + LOOK_EVERY).min(until);
        history.extend(at);
        let many = history.tip_world().events() > EVENTS_MOST;
        if many || history.trace().rows.len() > ROWS_MOST || history.tip() < at {
            return;
        }
    }
}

/// Holds the goals against a run.
pub(super) fn of_run(exercise: &Exercise, history: &History) -> Graded {
    let tip = history.tip();
    let (rows, _) = rows_of(history.trace(), tip);
    let stopped = (tip < exercise.until).then_some(tip);
    let goals = judge(exercise, &rows);
    Graded { stopped, goals, ..Graded::default() }
}
