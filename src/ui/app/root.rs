//! The root component.

use std::rc::Rc;

use yew::prelude::*;

use super::compare::Comparing;
use super::listen::{self, Listener};
use super::message::Msg;
use super::own::Own;
use super::speaker::Speaker;
use super::tour::Guide;
use super::view::{self, Views, Wires};
use super::{content, exercise, settings};
use crate::base::{Lang, Said};
use crate::session::view::{AimsView, Inspect};
use crate::session::{Command, Session};
use crate::ui::browser;
use crate::ui::compare::Ask;
use crate::ui::editor::Goto;
use crate::ui::frame_clock::FrameClock;
use crate::ui::header::scenarios::Entry;
use crate::ui::i18n;
use crate::ui::keys::Wish;
use crate::ui::kubectl::Completion;
use crate::ui::library::Place;
use crate::ui::options::{Options, Theme};
use crate::ui::panes::Pane;
use crate::ui::rest;
use crate::ui::why::RuleTexts;

/// Where the text in the editor comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Open {
    /// The session's own first scenario.
    First,
    /// A scenario of the list, by name.
    Scenario(String),
    /// An exercise, by name.
    Exercise(String),
    /// A link.
    Link,
    /// The learner.
    Own,
}

/// How the inspector is used.
#[derive(Default)]
pub(super) struct Inspecting {
    /// What it showed when it was closed.
    pub last: Inspect,
    /// How often it was opened: it takes the focus then.
    pub called: u32,
}

/// The page.
pub struct App {
    pub(super) session: Session,
    /// What the session showed last; the leaves draw these.
    pub(super) views: Views,
    pub(super) options: Options,
    pub(super) lang: Lang,
    pub(super) theme: Theme,
    pub(super) pane: Pane,
    pub(super) goto: Goto,
    pub(super) inspector: Inspecting,
    pub(super) comparing: Comparing,
    /// How often a key asked for the command line.
    pub(super) called: u32,
    pub(super) completion: Rc<Completion>,
    /// How many texts came from elsewhere than the learner's typing.
    pub(super) texts: u32,
    pub(super) help: bool,
    /// What can be waited for, while it is offered.
    pub(super) aims: Option<Rc<AimsView>>,
    /// Whether branches and bookmarks are open.
    pub(super) ways: bool,
    pub(super) library: bool,
    /// Whether the exercises are on offer in a dialog.
    pub(super) exercises: bool,
    /// The place of the rules that was asked for last, and how many were.
    pub(super) place: (u32, Place),
    /// How often the focus was asked to the selected card.
    pub(super) carded: u32,
    /// Whether the scenarios are on offer in a dialog.
    pub(super) picker: bool,
    pub(super) own: Own,
    pub(super) guide: Guide,
    /// Whether anything was opened since the page began.
    pub(super) begun: bool,
    /// Whether an own text was left for what is open now.
    pub(super) way_back: bool,
    /// What became of a link, until something else is opened.
    pub(super) notice: Option<Said>,
    pub(super) open: Open,
    pub(super) scenarios: Rc<Vec<Entry>>,
    pub(super) scenarios_failed: bool,
    pub(super) rules: Rc<RuleTexts>,
    pub(super) rules_failed: bool,
    /// The language whose words could not be loaded.
    pub(super) texts_failed: Option<Lang>,
    pub(super) speaker: Speaker,
    pub(super) wires: Wires,
    pub(super) clock: Option<FrameClock>,
    _listeners: Vec<Listener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let mut app = App::new(ctx);
        settings::show_lang(app.lang);
        settings::show_theme(app.theme);
        content::scenarios(ctx.link());
        content::rules(ctx.link(), app.lang);
        match i18n::is_here(app.lang) {
            true => app.begin(ctx),
            false => content::texts(ctx.link(), app.lang),
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Command(command) => self.command(command),
            Msg::Frame(ms) => return self.frame(ctx, ms),
            Msg::Wish(_) if !i18n::is_here(self.lang) => {}
            Msg::Wish(Wish::Compare) => self.compare(ctx, Ask::Open(true)),
            Msg::Wish(wish) => self.wish(wish),
            Msg::Lang(lang) => self.set_lang(ctx, lang),
            Msg::Theme(theme) => self.set_theme(theme),
            Msg::SystemColours => settings::show_theme(self.theme),
            Msg::Pane(pane) => self.turn_to_pane(pane),
            Msg::Compare(ask) => self.compare(ctx, ask),
            Msg::Copy(text) => App::copy(ctx, text),
            Msg::Copied(done) => self.copied(done),
            Msg::Export(form) => self.export(form),
            Msg::Complete(line) => {
                let options = self.session.complete(&line);
                let nth = self.completion.nth + 1;
                self.completion = Rc::new(Completion { nth, line, options });
            }
            Msg::Goto(span) => self.go_to_text(Some(span)),
            Msg::Help(open) => self.help = open,
            Msg::Library(open) => self.library = open,
            Msg::Tour(step) => self.tour_to(step),
            Msg::TakeTour => self.take_tour(ctx),
            Msg::Place(place) => self.look_up(place),
            Msg::Line(line) => self.go_to_line(line),
            Msg::Card(record) => self.open_card(record),
            Msg::Picker(open) => self.picker = open,
            Msg::ScenariosAgain => content::scenarios(ctx.link()),
            Msg::Show(wanted) => content::shown(ctx.link(), wanted),
            Msg::ShowText(wanted, text) => self.show(&wanted, text),
            Msg::Share => content::share(ctx.link(), self.session.shared()),
            Msg::Shared(link) => self.shared(link.is_ok()),
            Msg::Handed(run) => self.handed(ctx, run),
            Msg::Scenario(choice) => self.choose(ctx, choice),
            Msg::ScenarioText(name, text) => self.load(name, text),
            Msg::Scenarios(list) => self.set_scenarios(list),
            Msg::Rules(lang, texts) => self.set_rules(lang, texts),
            Msg::Texts(lang, taken) => self.set_texts(ctx, lang, taken.is_ok()),
            Msg::Until(open) => self.aims = open.then(|| Rc::new(self.session.aims())),
            Msg::Ways(open) => self.ways = open,
            Msg::Exercise(told) => self.exercising(ctx, told),
            Msg::Say => self.speaker.say(),
        }
        self.settle(ctx);
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        if i18n::is_here(self.lang) { view::page(self) } else { view::waiting(self) }
    }
}

impl App {
    fn new(ctx: &Context<Self>) -> App {
        let options = Options::from_query(&browser::query());
        let mut session = Session::new();
        let (keys, colours) = (ctx.link().clone(), ctx.link().clone());
        let listeners = [
            listen::keys(move |wish| keys.send_message(Msg::Wish(wish))),
            listen::system_colours(move || colours.send_message(Msg::SystemColours)),
        ];
        App {
            views: Views::of(&mut session),
            session,
            lang: settings::first_lang(&options),
            theme: settings::first_theme(&options),
            pane: options.panes.first().copied().unwrap_or_default(),
            goto: Goto::default(),
            inspector: Inspecting::default(),
            comparing: Comparing::default(),
            called: 0,
            completion: Rc::default(),
            texts: 0,
            help: false,
            aims: None,
            ways: false,
            library: false,
            exercises: false,
            place: (0, Place::default()),
            carded: 0,
            picker: false,
            own: if options.embed { Own::default() } else { Own::recall() },
            guide: Guide::default(),
            begun: false,
            way_back: false,
            notice: view::told_bad(&options.bad),
            options,
            open: Open::First,
            scenarios: Rc::default(),
            scenarios_failed: false,
            rules: Rc::default(),
            rules_failed: false,
            texts_failed: None,
            speaker: Speaker::default(),
            wires: Wires::of(ctx.link()),
            clock: None,
            _listeners: listeners.into_iter().flatten().collect(),
        }
    }

    /// Opens what the address asks for, else the learner's own text, else the first scenario.
    pub(super) fn begin(&mut self, ctx: &Context<Self>) {
        self.look_up_asked();
        if browser::has_fragment() {
            content::handed(ctx.link());
            return;
        }
        self.begin_unasked(ctx);
    }

    /// The same, when the address holds no run.
    pub(super) fn begin_unasked(&mut self, ctx: &Context<Self>) {
        if let Some(name) = self.options.exercise.clone() {
            exercise::file(ctx.link(), name);
            return;
        }
        if let Some(name) = self.options.scenario.clone() {
            content::scenario(ctx.link(), name);
            return;
        }
        match self.own.texts.first().filter(|_| settings::own_was_open()) {
            Some(text) => self.open_own(text.clone()),
            None if self.is_first_visit() => self.tour_to(Some(0)),
            None => {}
        }
        self.play_if_wished();
        self.settle(ctx);
    }

    /// To the moment that the address asks for, the first time.
    pub(super) fn turn_to_moment(&mut self) {
        if let Some(at) = self.options.at.take() {
            self.session.apply(Command::Seek(at));
        }
    }

    pub(super) fn play_if_wished(&mut self) {
        self.turn_to_moment();
        if self.options.autoplay {
            self.session.apply(Command::Play);
        }
    }

    /// After each change: new views, the clock runs only while time does, what changed is said.
    fn settle(&mut self, ctx: &Context<Self>) {
        if !i18n::is_here(self.lang) {
            return;
        }
        self.views = Views::of(&mut self.session);
        match (self.views.transport.playing, self.clock.is_some()) {
            (true, false) => {
                let link = ctx.link().clone();
                self.clock = Some(FrameClock::start(move |ms| link.send_message(Msg::Frame(ms))));
            }
            (false, true) => self.clock = None,
            _ => {}
        }
        self.speaker.watch(&self.views, &self.rules, self.lang);
        if self.speaker.has_more() {
            let link = ctx.link().clone();
            self.speaker.soon(move || link.send_message(Msg::Say));
        }
    }

    /// One frame; whether there is anything new to draw.
    fn frame(&mut self, ctx: &Context<Self>, ms: u64) -> bool {
        if !rest::here() {
            return false;
        }
        let changed = self.session.advance(ms).any();
        if changed {
            self.tour_holds();
            self.settle(ctx);
        }
        changed
    }
}
