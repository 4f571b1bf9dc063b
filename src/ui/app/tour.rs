//! The tour: when it begins, what each step does to the run, when it ends.

use yew::prelude::*;

use super::content;
use super::root::App;
use crate::base::SimTime;
use crate::session::Command;
use crate::ui::browser;
use crate::ui::tour::{SCENARIO, STEPS, Scene};

/// Where the tour is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Guide {
    /// The step; `None`: there is no tour.
    pub step: Option<usize>,
    /// Whether it begins once its scenario is here.
    pub wanted: bool,
    /// Where time holds.
    stop: Option<SimTime>,
}

impl App {
    /// Whether nobody has been here: nothing was asked for, and the tour was neither taken nor
    /// left.
    pub(super) fn is_first_visit(&self) -> bool {
        let asked = self.options.embed || self.options.scenario.is_some() || !self.options.autoplay;
        !asked && self.options.at.is_none() && browser::recall("tour").is_none()
    }

    /// Asks for the tour: its scenario is opened anew, whatever is open.
    pub(super) fn take_tour(&mut self, ctx: &Context<Self>) {
        self.help = false;
        self.guide.wanted = true;
        content::scenario(ctx.link(), SCENARIO.to_string());
    }

    /// Begins the tour if this is the scenario it waits for; leaves it if it is another.
    pub(super) fn tour_follows(&mut self, name: &str) {
        let begins = std::mem::take(&mut self.guide.wanted) && name == SCENARIO;
        match (begins, self.guide.step.is_some()) {
            (true, _) => self.tour_to(Some(0)),
            (false, true) => self.tour_to(None),
            (false, false) => {}
        }
    }

    /// Another step, or the end.
    pub(super) fn tour_to(&mut self, step: Option<usize>) {
        self.guide = Guide { step, ..Guide::default() };
        let Some(step) = step.and_then(|nth| STEPS.get(nth)) else {
            browser::keep("tour", "1");
            self.guide.step = None;
            browser::focus_if_lost("#pane-stage");
            return;
        };
        self.pane = step.pane;
        match step.scene {
            Scene::AsItIs => {}
            Scene::Hold(at) => self.do_all([Command::Pause, Command::Seek(at)]),
            Scene::Look(rule) => {
                let records = self.session.records();
                let newest = records.rows.iter().rev().find(|row| row.rule == rule);
                self.do_all([Command::Pause, Command::Select(newest.map(|row| row.id))]);
            }
            Scene::Play { to, .. } if browser::media("(prefers-reduced-motion: reduce)") => {
                self.do_all([Command::Pause, Command::Seek(to)]);
            }
            Scene::Play { from, to, speed } => {
                self.guide.stop = Some(to);
                let play = [Command::Seek(from), Command::SetSpeed(speed), Command::Play];
                self.do_all([Command::Select(None)].into_iter().chain(play));
            }
        }
    }

    fn do_all(&mut self, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            self.session.apply(command);
        }
    }

    /// Holds time where the step ends, or at the first frame after it: going back to it would be
    /// the past.
    pub(super) fn tour_holds(&mut self) {
        let Some(stop) = self.guide.stop else { return };
        if self.session.transport().cursor >= stop {
            self.guide.stop = None;
            self.do_all([Command::Pause, Command::SetSpeed(4)]);
        }
    }

    /// Time is the learner's again: no step holds it.
    pub(super) fn tour_lets_go(&mut self) {
        self.guide.stop = None;
    }
}
