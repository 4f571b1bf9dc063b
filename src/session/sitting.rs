//! A learner at an exercise: the hints that were given, and what was checked last.

use super::command::Changed;
use super::core::Session;
use super::exercise::Act;
use super::grade::{Graded, of_run, run};
use super::history::History;
use super::history::Input;
use super::manifest::acts_of;
use super::show::{record_near, rows_of};
use super::view::{CheckView, ExerciseView, FoundView, GoalView, OpenPart};
use crate::base::json::Value;
use crate::base::{FieldPath, LineIndex, PathStep, sort};
use crate::course::exercise::edits::edits;
use crate::course::exercise::{Editable, Exercise, read};
use crate::course::goal::place::Step;
use crate::manifest::{self, Document};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A learner at an exercise.
pub struct Sitting {
    exercise: Exercise,
    hints: usize,
    checked: Option<Checked>,
    view: Option<Rc<ExerciseView>>,
}

/// What was checked.
struct Checked {
    text: String,
    graded: Graded,
    /// The run, if there was one.
    run: Option<History>,
}

impl Sitting {
    /// What the author has people do.
    pub fn acts(&self) -> impl Iterator<Item = Input> {
        acts_of(&self.exercise.scenario)
    }

    /// The text has changed.
    pub fn stale(&mut self) {
        self.view = None;
    }
}

impl Session {
    /// The exercise that is open.
    pub fn exercise(&mut self) -> Option<Rc<ExerciseView>> {
        let text = self.manuscript.text();
        let sitting = self.sitting.as_mut()?;
        let Sitting { exercise, hints, checked, view } = sitting;
        let make = || Rc::new(look(exercise, *hints, checked.as_ref(), text));
        Some(view.get_or_insert_with(make).clone())
    }

    /// Does what is asked of the exercise.
    pub(super) fn exercise_act(&mut self, act: Act) -> Changed {
        let told = Changed { text: true, lens: true, ..Changed::default() };
        let changed = match act {
            Act::Open { file, text, hints } => self.sit_down(&file, text, hints),
            Act::Join { file, hints } => {
                self.join(&file, hints);
                Changed::default()
            }
            Act::Hint => {
                if let Some(sitting) = &mut self.sitting {
                    sitting.hints = (sitting.hints + 1).min(sitting.exercise.hints.len());
                }
                Changed::default()
            }
            Act::Check => self.check(),
            Act::Look(goal) => self.look_at_goal(goal),
            Act::Reset => self.start_again(),
            Act::TakeBack(text) => {
                self.manuscript.set(text);
                Changed::default()
            }
            Act::Leave => {
                self.sitting = None;
                Changed::default()
            }
        };
        changed.and(told)
    }

    fn sit_down(&mut self, file: &str, text: Option<String>, hints: usize) -> Changed {
        let Ok(exercise) = read(file) else { return Changed::default() };
        let source = exercise.source.clone();
        let changed = self.begin(&source, exercise.scenario.clone());
        let hints = hints.min(exercise.hints.len());
        self.sitting = Some(Sitting { exercise, hints, checked: None, view: None });
        if let Some(text) = text {
            self.manuscript.set(text);
        }
        changed
    }

    fn join(&mut self, file: &str, hints: usize) {
        let exercise = read(file).ok().filter(|exercise| exercise.source == self.source);
        self.sitting = exercise.map(|exercise| {
            let hints = hints.min(exercise.hints.len());
            Sitting { exercise, hints, checked: None, view: None }
        });
    }

    fn start_again(&mut self) -> Changed {
        let Some(sitting) = self.sitting.take() else { return Changed::default() };
        let exercise = sitting.exercise;
        let source = exercise.source.clone();
        let changed = self.begin(&source, exercise.scenario.clone());
        self.sitting = Some(Sitting { exercise, hints: 0, checked: None, view: None });
        changed
    }

    /// Checks the text. The run of it is what is seen from then on, at the moment that decided
    /// the first goal that is missed, or at its end.
    fn check(&mut self) -> Changed {
        let Some(sitting) = &mut self.sitting else { return Changed::default() };
        let text = self.manuscript.text().to_string();
        let (graded, run) = match run(&sitting.exercise, &text) {
            Ok(history) => (of_run(&sitting.exercise, &history), Some(history)),
            Err(graded) => (*graded, None),
        };
        let refused = graded.refused.clone();
        let first = graded.goals.iter().position(|goal| !goal.passed && goal.at.is_some());
        sitting.checked = Some(Checked { text, graded, run: run.clone() });
        let Some(run) = run else {
            self.manuscript.refuse(refused);
            return Changed::default();
        };
        self.manuscript.apply();
        let end = run.tip();
        let changed = self.take(run, end);
        match first {
            Some(goal) => changed.and(self.look_at_goal(goal)),
            None => changed,
        }
    }

    fn look_at_goal(&mut self, goal: usize) -> Changed {
        let checked = self.sitting.as_ref().and_then(|sitting| sitting.checked.as_ref());
        let Some((checked, run)) = checked.and_then(|c| Some((c, c.run.as_ref()?))) else {
            return Changed::default();
        };
        let Some(judged) = checked.graded.goals.get(goal) else { return Changed::default() };
        let at = judged.at.unwrap_or(run.tip());
        let (_, places) = rows_of(run.trace(), run.tip());
        let place = judged.row.and_then(|row| places.get(row).copied());
        let record = place.and_then(|place| record_near(run.trace(), place));
        let other = self.history.inputs() != run.inputs();
        let run = other.then(|| run.clone());
        let changed = run.map_or(Changed::default(), |run| self.take(run, at));
        let changed = changed.and(self.go_to(at));
        self.playback.playing = false;
        self.selected = record;
        changed
    }
}

fn look(exercise: &Exercise, hints: usize, checked: Option<&Checked>, text: &str) -> ExerciseView {
    let run = checked.filter(|checked| checked.run.is_some());
    let found = |nth: usize| {
        let judged = run?.graded.goals.get(nth)?;
        Some(FoundView { passed: judged.passed, at: judged.at, saw: judged.saw.clone() })
    };
    let goals = exercise.goals.iter().enumerate().map(|(nth, goal)| GoalView {
        id: goal.id.clone(),
        text: goal.text.clone(),
        found: found(nth),
    });
    let (open, open_lines) = open_parts(&exercise.editable, text);
    ExerciseView {
        open,
        open_lines,
        locked: edits(&exercise.scenario.manifest, &exercise.editable, text),
        goals: goals.collect(),
        hints: exercise.hints.iter().take(hints).cloned().collect(),
        hints_left: exercise.hints.len() - hints,
        checked: checked.map(|checked| CheckView {
            outcome: checked.graded.outcome(),
            reached: checked.graded.reached(),
            refused: checked.graded.refused.clone(),
            stopped: checked.graded.stopped,
            stale: checked.text != text,
        }),
    }
}

/// The parts that may be changed, and the lines of those that are there.
fn open_parts(editable: &[Editable], text: &str) -> (Vec<OpenPart>, Vec<usize>) {
    let (documents, lines) = (manifest::read(text).documents, LineIndex::new(text));
    let mut open_lines = Vec::new();
    let part = |editable: &Editable| {
        let document = documents.iter().find(|document| editable.is_of(document));
        let place = document.map(|document| (document, place_of(document, &editable.steps)));
        let span = place.as_ref().map(|(document, (path, _))| document.source_map.head(path));
        if let Some((document, (path, true))) = &place {
            open_lines.extend(lines_of(document, path, &lines));
        }
        OpenPart {
            object: [&editable.object.0, "/", &editable.object.1].concat(),
            path: editable.path.clone(),
            line: span.map_or(0, |span| lines.line(span.start)),
            span: span.unwrap_or_default(),
            there: place.is_some_and(|(_, (_, there))| there),
        }
    };
    let open = editable.iter().map(part).collect();
    sort(&mut open_lines);
    open_lines.dedup();
    (open, open_lines)
}

/// The lines of a field, from its key to the end of its value.
fn lines_of(document: &Document, path: &FieldPath, lines: &LineIndex) -> RangeInclusive<usize> {
    let value = document.source_map.get(path).unwrap_or_default().value;
    let start = document.source_map.head(path).start.min(value.start);
    lines.line(start)..=lines.line(value.end.max(start))
}

/// The way to a part as far as the document has it, and whether it has all of it.
fn place_of(document: &Document, steps: &[Step]) -> (FieldPath, bool) {
    let (mut path, mut value) = (FieldPath::root(), &document.value);
    for step in steps {
        let list = value.as_array().map_or(&[][..], Vec::as_slice);
        let named = |item: &Value, name: &str| item["name"].as_str() == Some(name);
        let next = match step {
            Step::Field(name) => Some(PathStep::Field(name.clone())),
            Step::Index(index) => Some(PathStep::Index(*index)),
            Step::Each => Some(PathStep::Index(0)),
            Step::Named(name) => {
                list.iter().position(|item| named(item, name)).map(PathStep::Index)
            }
        };
        let inner = match &next {
            Some(PathStep::Index(index)) => list.get(*index),
            Some(PathStep::Field(name) | PathStep::Key(name)) => value.get(name.as_str()),
            None => None,
        };
        let (Some(next), Some(inner)) = (next, inner) else { return (path, false) };
        path.0.push(next);
        value = inner;
    }
    (path, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Command;
    use crate::session::grade::Outcome;

    const FILE: &str = include_str!("../../static/exercises/slow-start/exercise.yaml");
    const SOLUTION: &str = include_str!("../../static/exercises/slow-start/solution.yaml");

    fn session() -> Session {
        let mut session = Session::new();
        act(&mut session, Act::Open { file: FILE.to_string(), text: None, hints: 0 });
        session
    }

    fn act(session: &mut Session, act: Act) {
        session.apply(Command::Exercise(act));
    }

    fn view(session: &mut Session) -> Rc<ExerciseView> {
        session.exercise().expect("an exercise is open")
    }

    #[test]
    fn the_start_is_checked_and_the_moment_is_shown() {
        let mut session = session();
        assert!(view(&mut session).checked.is_none());
        act(&mut session, Act::Check);
        let seen = view(&mut session);
        let checked = seen.checked.as_ref().expect("it was checked");
        assert_eq!((checked.outcome, checked.reached), (Outcome::Missed, 1));
        let found = seen.goals[1].found.as_ref().expect("it was run");
        assert!(!found.passed && found.saw.contains("failed liveness probe"));
        assert_eq!(Some(session.transport().cursor), found.at);
        assert!(session.records().selected.is_some());
        act(&mut session, Act::Look(0));
        let caught = seen.goals[0].found.as_ref().and_then(|found| found.at);
        assert_eq!(Some(session.transport().cursor), caught);
        session.apply(Command::Rerun);
        assert!(session.history().inputs().len() > 1, "the author's acts happen again");
        act(&mut session, Act::Look(0));
        assert_eq!(Some(session.transport().cursor), caught, "the run that was checked is back");
    }

    #[test]
    fn the_solution_passes_and_what_is_locked_is_named_and_kept() {
        let mut session = session();
        session.apply(Command::SetText(SOLUTION.to_string()));
        act(&mut session, Act::Check);
        assert_eq!(view(&mut session).checked.as_ref().map(|c| c.outcome), Some(Outcome::Passed));
        let other = SOLUTION.replace("name: ledger", "name: ledger\n  labels: {a: b}");
        session.apply(Command::SetText(other.clone()));
        let seen = view(&mut session);
        assert!(seen.checked.as_ref().is_some_and(|checked| checked.stale));
        assert_eq!((seen.locked[0].path.as_str(), seen.locked[0].line), ("metadata.labels", 5));
        act(&mut session, Act::Check);
        let seen = view(&mut session);
        assert_eq!(seen.checked.as_ref().map(|c| c.outcome), Some(Outcome::Locked));
        assert!(seen.goals.iter().all(|goal| goal.found.is_none()));
        assert_eq!(session.editor().text, other);
        session.apply(Command::SetText("kind: [".to_string()));
        act(&mut session, Act::Check);
        assert_eq!(view(&mut session).checked.as_ref().map(|c| c.outcome), Some(Outcome::Refused));
        assert!(session.editor().refused.is_some());
    }

    #[test]
    fn open_parts_are_found_and_hints_come_one_at_a_time() {
        let mut session = session();
        let seen = view(&mut session);
        let parts: Vec<(&str, usize, bool)> =
            seen.open.iter().map(|part| (part.path.as_str(), part.line, part.there)).collect();
        assert_eq!(
            parts,
            [
                ("spec.containers[app].livenessProbe", 11, true),
                ("spec.containers[app].startupProbe", 7, false)
            ]
        );
        let text = session.editor().text.clone();
        let lines: Vec<&str> = text.lines().collect();
        let open: Vec<&str> = seen.open_lines.iter().map(|line| lines[line - 1].trim()).collect();
        assert_eq!(open.first(), Some(&"livenessProbe:"), "{open:?}");
        assert!(open.len() > 2 && !open.iter().any(|line| line.starts_with("image")), "{open:?}");
        assert_eq!((seen.hints.len(), seen.hints_left), (0, 4));
        for _ in 0..9 {
            act(&mut session, Act::Hint);
        }
        assert_eq!(view(&mut session).hints_left, 0);
        act(&mut session, Act::Reset);
        assert_eq!(view(&mut session).hints.len(), 0);
    }

    #[test]
    fn a_run_that_was_handed_on_goes_on_at_its_exercise() {
        let file = include_str!("../../static/exercises/one-report/exercise.yaml");
        let wrong = include_str!("../../static/exercises/one-report/wrong-never.yaml");
        for file in [file, FILE] {
            let mut session = Session::new();
            let open = Act::Open { file: file.to_string(), text: None, hints: 0 };
            act(&mut session, open);
            let text = match file == FILE {
                true => session.editor().text.replace("periodSeconds: 5", "periodSeconds: 9"),
                false => wrong.to_string(),
            };
            session.apply(Command::SetText(text.clone()));
            act(&mut session, Act::Check);
            let payload = session.shared().write();
            let mut other = Session::new();
            let shared = crate::session::Shared::read(&payload).expect("it was written");
            other.apply(Command::Open(shared));
            assert_eq!(other.exercise(), None);
            act(&mut other, Act::Join { file: file.to_string(), hints: 1 });
            assert_eq!(view(&mut other).hints.len(), 1);
            let seen = |session: &mut Session| {
                (session.editor().text.clone(), session.transport().cursor, session.stage())
            };
            assert_eq!(seen(&mut other), seen(&mut session));
            assert_eq!((text, false), (other.editor().text.clone(), other.editor().dirty));
            let inputs =
                |s: &Session| s.history().inputs().iter().map(|i| i.at).collect::<Vec<_>>();
            assert_eq!(inputs(&other), inputs(&session));
            act(&mut other, Act::Check);
            let outcome = |s: &mut Session| view(s).checked.as_ref().map(|c| c.outcome);
            assert_eq!(outcome(&mut other), outcome(&mut session));
            act(&mut other, Act::Join { file: file.replace("name:", "naem:"), hints: 0 });
            assert_eq!(other.exercise(), None, "another exercise is not joined");
        }
    }

    #[test]
    fn a_scenario_ends_the_exercise_and_no_exercise_is_none() {
        let mut session = session();
        session.apply(Command::Load("kind: Pod".to_string()));
        assert_eq!(session.exercise(), None);
        act(&mut session, Act::Open { file: "no: exercise".to_string(), text: None, hints: 0 });
        act(&mut session, Act::Check);
        act(&mut session, Act::Look(3));
        assert_eq!(session.exercise(), None);
        let mut session = self::session();
        let text = Some("mine".to_string());
        act(&mut session, Act::Open { file: FILE.to_string(), text, hints: 2 });
        assert_eq!(session.editor().text, "mine");
        act(&mut session, Act::Leave);
        assert_eq!((session.exercise(), session.editor().text.as_str()), (None, "mine"));
    }
}
