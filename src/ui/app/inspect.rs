//! What the root does for the inspector: opening, closing, copies, files.

use yew::prelude::*;

use super::message::Msg;
use super::root::App;
use crate::session::Command;
use crate::session::export::Export;
use crate::session::view::Inspect;
use crate::ui::browser;
use crate::ui::i18n::inspector as t;
use crate::ui::inspector;
use crate::ui::live::Kind;
use crate::ui::panes::Pane;

impl App {
    /// The inspector was opened, changed or closed; `was` is what it showed.
    pub(super) fn inspected(&mut self, was: Option<Inspect>, now: &Option<Inspect>) {
        match (was, now) {
            (None, Some(_)) => {
                self.pane = Pane::Inspector;
                self.inspector.called += 1;
            }
            (Some(_), Some(_)) => self.pane = Pane::Inspector,
            (was, None) => {
                self.inspector.last = was.unwrap_or_default();
                if self.pane == Pane::Inspector {
                    self.pane = Pane::Stage;
                }
                browser::focus("[data-testid=stage]");
            }
        }
    }

    /// What the inspector shows, while it is open.
    pub(super) fn inspecting(&self) -> Option<Inspect> {
        self.views.inspector.as_ref().map(|view| view.chosen.clone())
    }

    /// Opens the inspector where it was last, or closes it.
    pub(super) fn toggle_inspector(&mut self) {
        let next = match self.inspecting() {
            Some(_) => None,
            None => Some(self.inspector.last.clone()),
        };
        self.command(Command::Inspect(next));
    }

    /// Another tab. The inspector is open only while its tab is.
    pub(super) fn turn_to_pane(&mut self, pane: Pane) {
        if pane == Pane::Inspector && self.inspecting().is_none() {
            self.session.apply(Command::Inspect(Some(self.inspector.last.clone())));
        } else if let Some(was) = self.inspecting().filter(|_| self.pane == Pane::Inspector) {
            self.inspector.last = was;
            self.session.apply(Command::Inspect(None));
        }
        self.pane = pane;
    }

    /// Copies a text.
    pub(super) fn copy(ctx: &Context<Self>, text: String) {
        ctx.link().send_future(async move { Msg::Copied(inspector::copy(&text).await) });
    }

    /// A text was copied, or could not be.
    pub(super) fn copied(&mut self, done: bool) {
        let text = if done { t::COPIED } else { t::NOT_COPIED };
        self.speaker.add(Some((Kind::Act, text.get(self.lang).to_string())));
    }

    /// Offers the run as a file.
    pub(super) fn export(&mut self, form: Export) {
        let done = inspector::download(form, &self.session.export(form)).is_ok();
        let text = match done {
            true => t::EXPORTED.fill(self.lang, &[("file", form.file_name())]),
            false => t::NOT_EXPORTED.get(self.lang).to_string(),
        };
        self.speaker.add(Some((Kind::Act, text)));
    }
}
