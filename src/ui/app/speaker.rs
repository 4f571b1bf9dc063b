//! Gathers what is to be said and says it at a pace that can be listened to.

use std::rc::Rc;

use gloo_timers::callback::Timeout;

use super::announce;
use super::view::Views;
use crate::base::Lang;
use crate::session::view::PodView;
use crate::ui::exercise::said_locked;
use crate::ui::journey::halt_words;
use crate::ui::live::{Kind, Said};
use crate::ui::why::RuleTexts;

/// How long messages gather before they are said, in milliseconds.
const GATHER_MS: u32 = 600;

/// Messages that were said and that will be.
#[derive(Default)]
pub struct Speaker {
    /// What the live region holds.
    pub said: Rc<Said>,
    next: Said,
    status: String,
    /// The Pods that this was said of.
    pods: Vec<Rc<PodView>>,
    problems: String,
    locked: String,
    /// The last stop that was told, by its number.
    halt: Option<u32>,
    timer: Option<Timeout>,
}

impl Speaker {
    /// Will say this; a newer message of the same kind replaces it.
    pub fn add(&mut self, message: Option<(Kind, String)>) {
        self.next.extend(message);
    }

    /// Will say what changed in the views.
    pub fn watch(&mut self, views: &Views, rules: &RuleTexts, lang: Lang) {
        let halt = views.transport.halt.as_ref();
        if let Some(halt) = halt.filter(|halt| self.halt.replace(halt.nth) != Some(halt.nth)) {
            self.next.insert(Kind::Time, halt_words(halt, rules, lang));
        }
        if self.pods != views.stage.pods {
            self.pods.clone_from(&views.stage.pods);
            let status = announce::status(&views.stage, lang);
            if status != self.status {
                self.next.insert(Kind::Status, status.clone());
                self.status = status;
            }
        }
        let problems = announce::problems(&views.editor, lang);
        if problems != self.problems {
            self.next.insert(Kind::Problems, problems.clone());
            self.problems = problems;
        }
        let locked = views.exercise.as_deref().map(|view| said_locked(view, lang));
        let locked = locked.unwrap_or_default();
        if locked != self.locked {
            self.next.insert(Kind::Locked, locked.clone());
            self.locked = locked;
        }
    }

    /// Whether there is something to say and no time was set for it.
    pub fn has_more(&self) -> bool {
        !self.next.is_empty() && self.timer.is_none()
    }

    /// Calls back when it is time to [`say`](Speaker::say).
    pub fn soon(&mut self, ready: impl FnOnce() + 'static) {
        self.timer = Some(Timeout::new(GATHER_MS, ready));
    }

    /// Says it.
    pub fn say(&mut self) {
        self.timer = None;
        let mut said = (*self.said).clone();
        said.extend(std::mem::take(&mut self.next));
        self.said = Rc::new(said);
    }
}
