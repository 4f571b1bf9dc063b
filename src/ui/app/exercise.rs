//! What the root does with exercises.

use std::rc::Rc;

use yew::html::Scope;
use yew::prelude::*;

use super::message::Msg;
use super::root::{App, Open};
use crate::session::Command;
use crate::session::exercise::Act;
use crate::session::grade::Outcome;
use crate::session::view::ExerciseView;
use crate::ui::browser::fetch_text;
use crate::ui::exercise::kept;
use crate::ui::i18n::exercise;
use crate::ui::live::Kind;
use crate::ui::panes::Pane;

/// What the root is told of exercises.
#[derive(Debug)]
pub enum Exercising {
    /// Open or close the list.
    List(bool),
    /// An exercise was chosen, by name.
    Choose(String),
    /// Its file came, or not.
    File(String, Result<String, String>),
    /// The file came of the exercise at which the run of a link was made, or not.
    Joined(String, Result<String, String>),
    /// Something with the one that is open.
    Act(Act),
}

/// Asks for an exercise's file.
pub fn file(link: &Scope<App>, name: String) {
    link.send_future(async move {
        let text = file_of(&name).await;
        Msg::Exercise(Exercising::File(name, text))
    });
}

/// The same, to go on at it with the run of a link.
pub fn joined(link: &Scope<App>, name: String) {
    link.send_future(async move {
        let text = file_of(&name).await;
        Msg::Exercise(Exercising::Joined(name, text))
    });
}

async fn file_of(name: &str) -> Result<String, String> {
    fetch_text(&["./static/exercises/", name, "/exercise.yaml"].concat()).await
}

impl App {
    /// The exercise that is open: its name, and what depends on the learner.
    pub(super) fn exercise(&self) -> Option<(String, Rc<ExerciseView>)> {
        let Open::Exercise(name) = &self.open else { return None };
        Some((name.clone(), self.views.exercise.clone()?))
    }

    /// Does what is told of exercises.
    pub(super) fn exercising(&mut self, ctx: &Context<Self>, told: Exercising) {
        match told {
            Exercising::List(open) => self.exercises = open,
            Exercising::Choose(name) => {
                self.exercises = false;
                file(ctx.link(), name);
            }
            Exercising::File(name, Ok(file)) => self.sit_down(name, file),
            Exercising::File(_, Err(_)) => {
                self.notice = Some(exercise::MISSING.into());
                self.play_if_wished();
            }
            Exercising::Joined(name, Ok(file)) => self.join(name, file),
            // The run is there all the same.
            Exercising::Joined(_, Err(_)) => {}
            Exercising::Act(act) => self.exercise_act(&act),
        }
    }

    fn sit_down(&mut self, name: String, file: String) {
        let (text, hints) = (kept::text(&name), kept::hints(&name));
        self.session.apply(Command::Exercise(Act::Open { file, text, hints }));
        if self.session.exercise().is_none() {
            self.notice = Some(exercise::MISSING.into());
            return;
        }
        self.texts += 1;
        self.opened(Open::Exercise(name));
        self.pane = Pane::Exercise;
        self.play_if_wished();
    }

    /// The run of a link goes on as the exercise it was made at. The learner's own text of that
    /// exercise is kept aside.
    fn join(&mut self, name: String, file: String) {
        let hints = kept::hints(&name);
        self.session.apply(Command::Exercise(Act::Join { file, hints }));
        if self.session.exercise().is_none() {
            return;
        }
        let text = self.session.editor().text.clone();
        self.opened(Open::Exercise(name.clone()));
        if kept::set_aside(&name, &text) {
            self.notice = Some(exercise::JOINED.into());
        }
        self.pane = Pane::Exercise;
    }

    fn exercise_act(&mut self, act: &Act) {
        let Open::Exercise(name) = self.open.clone() else { return };
        if *act == Act::Reset {
            kept::begin_again(&name);
        }
        self.session.apply(Command::Exercise(act.clone()));
        match act {
            Act::Hint => kept::keep_hints(&name, self.hints_given()),
            Act::Reset => self.texts += 1,
            Act::TakeBack(text) => {
                kept::keep_text(&name, text);
                self.texts += 1;
            }
            Act::Check => self.checked(&name),
            Act::Look(_) if self.pane == Pane::Exercise => self.pane = Pane::Timeline,
            Act::Leave => {
                let text = self.session.editor().text.clone();
                self.own.begin(&text);
                self.opened(Open::Own);
                self.pane = Pane::Stage;
            }
            Act::Look(_) | Act::Open { .. } | Act::Join { .. } => {}
        }
    }

    fn hints_given(&mut self) -> usize {
        self.session.exercise().map_or(0, |view| view.hints.len())
    }

    fn checked(&mut self, name: &str) {
        let Some(view) = self.session.exercise() else { return };
        if view.checked.as_ref().is_some_and(|checked| checked.outcome == Outcome::Passed) {
            kept::keep_passed(name);
        }
        let said = crate::ui::exercise::verdict(&view, self.lang);
        self.speaker.add(Some((Kind::Act, said)));
    }
}
