//! What the root does for the comparison of two runs.

use std::rc::Rc;

use yew::prelude::*;

use super::message::Msg;
use super::root::App;
use crate::session::view::{BranchView, CompareView};
use crate::ui::browser::fetch_text;
use crate::ui::compare::{Ask, Choice};
use crate::ui::i18n::compare as t;
use crate::ui::live::Kind;

/// The comparison that is shown.
#[derive(Default)]
pub struct Comparing {
    /// Whether its dialog is open.
    pub open: bool,
    /// The runs.
    pub chosen: [Choice; 2],
    /// The runs that can be chosen besides.
    pub branches: Vec<BranchView>,
    /// What came of it.
    pub found: Option<Rc<Result<CompareView, String>>>,
    /// The scenarios' texts that came.
    texts: Vec<(String, String)>,
}

impl App {
    /// Does what the dialog asks.
    pub(super) fn compare(&mut self, ctx: &Context<Self>, ask: Ask) {
        match ask {
            Ask::Open(open) => {
                self.comparing.open = open;
                if open {
                    self.comparing.chosen = self.first_choice();
                }
            }
            Ask::Choose(nth, choice) => self.comparing.chosen[nth.min(1)] = choice,
            Ask::Text(name, Ok(text)) => self.comparing.texts.push((name, text)),
            Ask::Text(_, Err(error)) => {
                self.comparing.found = Some(Rc::new(Err(error)));
                return;
            }
        }
        self.comparing.found = None;
        if self.comparing.open {
            self.compute(ctx);
        }
    }

    /// The text that was changed against what was applied; else the run before the last act.
    fn first_choice(&mut self) -> [Choice; 2] {
        self.comparing.branches = self.session.journey().branches.clone();
        let left =
            self.comparing.branches.iter().filter(|branch| !branch.shown).map(|branch| branch.id);
        match left.max() {
            _ if self.views.editor.dirty => [Choice::Now, Choice::Editor],
            Some(id) => [Choice::Branch(id), Choice::Now],
            None => [Choice::Now, Choice::Editor],
        }
    }

    fn compute(&mut self, ctx: &Context<Self>) {
        let sides = self.comparing.chosen.clone().map(|choice| {
            let side = choice.side(&self.views.editor.text, &self.comparing.texts);
            if let (None, Choice::Scenario(name)) = (&side, choice) {
                wish_for(ctx, name);
            }
            side
        });
        if let [Some(left), Some(right)] = &sides {
            let found = self.session.compare(left, right);
            if found.is_err() {
                let refused = t::REFUSED.get(self.lang).to_string();
                self.speaker.add(Some((Kind::Act, refused)));
            }
            self.comparing.found = Some(Rc::new(found));
        }
    }
}

fn wish_for(ctx: &Context<App>, name: String) {
    ctx.link().send_future(async move {
        let text = fetch_text(&["./static/scenarios/", &name, ".yaml"].concat()).await;
        Msg::Compare(Ask::Text(name, text))
    });
}
