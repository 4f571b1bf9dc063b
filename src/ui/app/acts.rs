//! What the root does with each message.

use std::rc::Rc;

use yew::prelude::*;

use super::root::{App, Open};
use super::view::Views;
use super::{announce, content, exercise, settings};
use crate::base::{Lang, Span};
use crate::session::{Command, DeleteMode, Shared};
use crate::ui::browser;
use crate::ui::exercise::kept;
use crate::ui::header::scenarios::Entry;
use crate::ui::i18n::{self, frame};
use crate::ui::journey::said;
use crate::ui::keys::{Wish, next_speed};
use crate::ui::library::{Place, Wanted};
use crate::ui::live::Kind;
use crate::ui::options::{Theme, with_open};
use crate::ui::panes::Pane;
use crate::ui::picker::Choice;
use crate::ui::why::RuleTexts;

impl App {
    /// Gives a command to the session.
    pub(super) fn command(&mut self, command: Command) {
        if self.options.readonly && acts(&command) {
            return;
        }
        self.tour_lets_go();
        if let Command::SetText(text) = &command {
            match &self.open {
                Open::Own => self.own.edit(text),
                Open::Exercise(name) => kept::keep_text(name, text),
                _ => self.own.begin(text),
            }
            if !matches!(self.open, Open::Exercise(_)) {
                self.opened(Open::Own);
            }
        }
        let inspected = self.inspecting();
        self.session.apply(command.clone());
        self.views = Views::of(&mut self.session);
        if let Command::Inspect(chosen) = &command {
            self.inspected(inspected, chosen);
        }
        self.speaker.add(match command {
            Command::Apply => Some(announce::applied(&self.views.editor, self.lang)),
            Command::Select(_) => announce::lit(&self.views.editor, self.lang),
            Command::Kubectl(_) => announce::answered(&self.views.transport, self.lang),
            _ => announce::after(&command, &self.views.transport, self.lang).or_else(|| {
                let said = said(&command, &self.views.journey, &self.rules, self.lang);
                said.map(|text| (Kind::Act, text))
            }),
        });
    }

    /// Fulfils the wish of a key.
    pub(super) fn wish(&mut self, wish: Wish) {
        match wish {
            Wish::Command(command) => self.command(command),
            Wish::Speed(faster) => {
                let speed = next_speed(self.views.transport.speed, faster);
                self.command(Command::SetSpeed(speed));
            }
            Wish::Delete => self.delete_first(),
            Wish::Editor => self.go_to_text(None),
            Wish::Console => {
                self.pane = Pane::Kubectl;
                self.called += 1;
            }
            Wish::Inspect => self.toggle_inspector(),
            Wish::Until => self.aims = Some(Rc::new(self.session.aims())),
            Wish::Ways => self.ways = true,
            // It needs the page's link and is answered before.
            Wish::Compare => {}
            Wish::Help => self.help = true,
            Wish::Scenarios => self.picker = true,
        }
    }

    fn delete_first(&mut self) {
        match self.views.transport.pods.first().cloned() {
            Some(pod) => self.command(Command::Delete { pod, mode: DeleteMode::Default }),
            None => {
                let none = frame::DELETE_NONE.get(self.lang).to_string();
                self.speaker.add(Some((Kind::Act, none)));
            }
        }
    }

    /// Brings the focus into the text, at a place if there is one.
    pub(super) fn go_to_text(&mut self, span: Option<Span>) {
        self.pane = Pane::Editor;
        self.goto.nth += 1;
        self.goto.span = span;
    }

    /// Another language. The page changes when the words are here.
    pub(super) fn set_lang(&mut self, ctx: &Context<Self>, lang: Lang) {
        self.texts_failed = None;
        if !i18n::is_here(lang) {
            content::texts(ctx.link(), lang);
            return;
        }
        self.lang = lang;
        settings::keep_lang(lang);
        settings::show_lang(lang);
        content::rules(ctx.link(), lang);
    }

    /// The words of a language came, or not: of the first one, and the page begins; of another,
    /// and it changes to it.
    pub(super) fn set_texts(&mut self, ctx: &Context<Self>, lang: Lang, taken: bool) {
        if !taken {
            self.texts_failed = Some(lang);
        } else if lang == self.lang {
            self.texts_failed = None;
            self.begin(ctx);
        } else {
            self.set_lang(ctx, lang);
        }
    }

    pub(super) fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
        settings::keep_theme(theme);
        settings::show_theme(theme);
    }

    /// Opens another scenario, or an own text again.
    pub(super) fn choose(&mut self, ctx: &Context<Self>, choice: Choice) {
        self.picker = false;
        match choice {
            Choice::Own(0) if self.open == Open::Own => {}
            Choice::Own(nth) => {
                if let Some(text) = self.own.take(nth) {
                    self.open_own(text);
                }
            }
            Choice::Scenario(name) => content::scenario(ctx.link(), name),
        }
    }

    /// An empty cluster, and this text applied to it.
    pub(super) fn open_own(&mut self, text: String) {
        self.texts += 1;
        self.opened(Open::Own);
        for command in [Command::Restart, Command::SetText(text), Command::Apply] {
            self.session.apply(command);
        }
    }

    /// Something else is open now: the address and the next visit follow, and the way back to
    /// the own text stays in sight.
    pub(super) fn opened(&mut self, open: Open) {
        if self.begun {
            self.notice = None;
        }
        self.begun = true;
        if open == self.open {
            return;
        }
        self.way_back = open != Open::Own && (self.way_back || self.open == Open::Own);
        if self.options.embed {
            self.open = open;
            return;
        }
        settings::keep_is_own(open == Open::Own);
        if self.open != Open::First {
            let named = match &open {
                Open::Scenario(name) => Some(("scenario", name.as_str())),
                Open::Exercise(name) => Some(("exercise", name.as_str())),
                _ => None,
            };
            browser::set_query(&with_open(&browser::query(), named));
        }
        self.open = open;
    }

    pub(super) fn load(&mut self, name: String, text: Result<String, String>) {
        match text {
            Ok(text) => {
                self.session.apply(Command::Load(text));
                self.texts += 1;
                let title = self.scenarios.iter().find(|entry| entry.name == name);
                let title = title.map_or(name.as_str(), |entry| entry.title.get(self.lang));
                let said = frame::SAID_LOADED.fill(self.lang, &[("title", title)]);
                self.speaker.add(Some((Kind::Act, said)));
                self.tour_follows(&name);
                self.opened(Open::Scenario(name));
            }
            Err(_) => self.notice = Some(frame::SCENARIO_MISSING.into()),
        }
        self.play_if_wished();
    }

    /// Opens the rules at a place.
    pub(super) fn look_up(&mut self, place: Place) {
        self.place = (self.place.0 + 1, place);
        self.library = true;
    }

    /// What the address asks for, when the page begins.
    pub(super) fn look_up_asked(&mut self) {
        let rule = self.options.rule.clone().map(Place::Rule);
        if let Some(place) = self.options.settle.clone().map(Place::Argument).or(rule) {
            self.look_up(place);
        }
    }

    /// Brings the focus to a line of the text (from 1).
    pub(super) fn go_to_line(&mut self, line: usize) {
        let text = &self.views.editor.text;
        let before = text.split_inclusive('\n').take(line.saturating_sub(1));
        let start = before.map(str::len).sum();
        self.go_to_text(Some(Span::new(start, start)));
    }

    /// The card of a decision that is told as its mark is passed: time stops for it.
    pub(super) fn open_card(&mut self, record: usize) {
        self.command(Command::Pause);
        self.command(Command::Select(Some(record)));
        self.pane = Pane::Why;
        self.carded += 1;
    }

    /// A rule of the documents, at the moment in which its scenario shows it.
    pub(super) fn show(&mut self, wanted: &Wanted, text: Result<String, String>) {
        self.library = false;
        let Ok(scenario) = text else {
            self.notice = Some(frame::SCENARIO_MISSING.into());
            return;
        };
        self.session.apply(Command::Show { scenario, that: wanted.that.clone() });
        self.texts += 1;
        self.tour_follows("");
        self.opened(Open::Scenario(wanted.scenario.clone()));
        self.pane = Pane::Why;
        self.carded += 1;
        self.views = Views::of(&mut self.session);
        self.speaker.add(announce::lit(&self.views.editor, self.lang));
    }

    /// The run was put into the address, or could not be.
    pub(super) fn shared(&mut self, done: bool) {
        let text = if done { frame::SHARED } else { frame::SHARE_FAILED };
        self.notice = Some(text.into());
        self.speaker.add(Some((Kind::Act, text.get(self.lang).to_string())));
    }

    /// Opens the run of a link, paused at its moment. One that cannot be read changes nothing.
    pub(super) fn handed(&mut self, ctx: &Context<Self>, run: Option<Result<Shared, ()>>) {
        match run {
            Some(Ok(shared)) => {
                self.session.apply(Command::Open(shared));
                self.texts += 1;
                self.open = Open::Link;
                self.notice = Some(frame::LINK_OPENED.into());
                self.turn_to_moment();
                if let Some(name) = self.options.exercise.clone() {
                    exercise::joined(ctx.link(), name);
                }
            }
            unread => {
                self.begin_unasked(ctx);
                self.notice = unread.map(|_| frame::LINK_BROKEN.into());
            }
        }
    }

    pub(super) fn set_scenarios(&mut self, list: Result<Vec<Entry>, String>) {
        self.scenarios_failed = list.is_err();
        self.scenarios = Rc::new(list.unwrap_or_default());
        if let (Open::First, Some(first)) = (&self.open, self.scenarios.first()) {
            self.open = Open::Scenario(first.name.clone());
        }
    }

    pub(super) fn set_rules(&mut self, lang: Lang, texts: Result<Rc<RuleTexts>, String>) {
        // Texts of a language that was left meanwhile are of no use.
        if lang == self.lang {
            self.rules_failed = texts.is_err();
            self.rules = texts.unwrap_or_default();
        }
    }
}

/// Whether a command changes the text or the run; others only look.
fn acts(command: &Command) -> bool {
    use Command::{Apply, Delete, Kubectl, Redo, Rerun, Restart, Say, SetText, Undo};
    matches!(
        command,
        SetText(_) | Apply | Kubectl(_) | Delete { .. } | Say(_) | Undo | Redo | Restart | Rerun
    )
}
