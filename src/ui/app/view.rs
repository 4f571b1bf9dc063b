//! The page as a function of the root's state.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use yew::html::Scope;

use super::exercise::Exercising;
use super::message::Msg;
use super::root::{App, Open};
use crate::base::{Lang, Said, SimTime, Span};
use crate::session::exercise::Act;
use crate::session::export::Export;
use crate::session::view::{
    EditorView, ExerciseView, FieldView, InspectorView, JourneyView, LiveView, RecordsView,
    StageView, TimelineView, TransportView,
};
use crate::session::{Command, Session};
use crate::ui::compare::{Ask, Compare};
use crate::ui::editor::EditorPane;
use crate::ui::exercise::{Exercises, Player};
use crate::ui::header::{EmbedBar, Header};
use crate::ui::help::Help;
use crate::ui::i18n::{frame, tour};
use crate::ui::icons::logo;
use crate::ui::inspector::Inspector;
use crate::ui::journey::{Until, Ways};
use crate::ui::kubectl::KubectlPanel;
use crate::ui::library::{Library, Place, Wanted};
use crate::ui::live::Live;
use crate::ui::options::Theme;
use crate::ui::panes::{Pane, Tabs, framed};
use crate::ui::picker::{Choice, Picker};
use crate::ui::stage::Stage;
use crate::ui::timeline::{Timeline, mark_of};
use crate::ui::tour::{STEPS, Tour};
use crate::ui::transport::TransportBar;
use crate::ui::why::WhyList;

/// The session's views at one moment.
pub struct Views {
    pub editor: Rc<EditorView>,
    pub field: Rc<FieldView>,
    pub live: Rc<LiveView>,
    pub stage: Rc<StageView>,
    pub timeline: Rc<TimelineView>,
    pub records: Rc<RecordsView>,
    pub transport: Rc<TransportView>,
    /// While it is open.
    pub inspector: Option<Rc<InspectorView>>,
    pub journey: Rc<JourneyView>,
    pub exercise: Option<Rc<ExerciseView>>,
}

impl Views {
    /// The views of the session now; those that did not change keep their pointers.
    pub fn of(session: &mut Session) -> Views {
        Views {
            editor: session.editor(),
            field: session.field(),
            live: session.live(),
            stage: session.stage(),
            timeline: session.timeline(),
            records: session.records(),
            transport: session.transport(),
            inspector: session.inspector(),
            journey: session.journey(),
            exercise: session.exercise(),
        }
    }
}

/// The ways back from the leaves, made once so that their props stay equal.
pub struct Wires {
    pub command: Callback<Command>,
    pub complete: Callback<String>,
    pub goto: Callback<Span>,
    pub pane: Callback<Pane>,
    pub ask: Callback<Ask>,
    pub compare: Callback<()>,
    pub copy: Callback<String>,
    pub export: Callback<Export>,
    pub lang: Callback<Lang>,
    pub theme: Callback<Theme>,
    pub scenario: Callback<Choice>,
    pub scenarios_again: Callback<()>,
    pub picker: Callback<()>,
    pub tour: Callback<Option<usize>>,
    pub take_tour: Callback<()>,
    pub no_picker: Callback<()>,
    pub help: Callback<()>,
    pub share: Callback<()>,
    pub library: Callback<()>,
    pub no_library: Callback<()>,
    pub show: Callback<Wanted>,
    pub place: Callback<Place>,
    pub line: Callback<usize>,
    pub card: Callback<usize>,
    pub no_help: Callback<()>,
    pub until: Callback<()>,
    pub no_until: Callback<()>,
    pub ways: Callback<()>,
    pub no_ways: Callback<()>,
    pub exercises: Callback<()>,
    pub no_exercises: Callback<()>,
    pub exercise: Callback<String>,
    pub act: Callback<Act>,
}

impl Wires {
    /// Wires to the root.
    pub fn of(link: &Scope<App>) -> Wires {
        Wires {
            command: link.callback(Msg::Command),
            complete: link.callback(Msg::Complete),
            goto: link.callback(Msg::Goto),
            pane: link.callback(Msg::Pane),
            ask: link.callback(Msg::Compare),
            compare: link.callback(|()| Msg::Compare(Ask::Open(true))),
            copy: link.callback(Msg::Copy),
            export: link.callback(Msg::Export),
            lang: link.callback(Msg::Lang),
            theme: link.callback(Msg::Theme),
            scenario: link.callback(Msg::Scenario),
            scenarios_again: link.callback(|()| Msg::ScenariosAgain),
            picker: link.callback(|()| Msg::Picker(true)),
            tour: link.callback(Msg::Tour),
            take_tour: link.callback(|()| Msg::TakeTour),
            no_picker: link.callback(|()| Msg::Picker(false)),
            help: link.callback(|()| Msg::Help(true)),
            share: link.callback(|()| Msg::Share),
            library: link.callback(|()| Msg::Library(true)),
            no_library: link.callback(|()| Msg::Library(false)),
            show: link.callback(Msg::Show),
            place: link.callback(Msg::Place),
            line: link.callback(Msg::Line),
            card: link.callback(Msg::Card),
            no_help: link.callback(|()| Msg::Help(false)),
            until: link.callback(|()| Msg::Until(true)),
            no_until: link.callback(|()| Msg::Until(false)),
            ways: link.callback(|()| Msg::Ways(true)),
            no_ways: link.callback(|()| Msg::Ways(false)),
            exercises: link.callback(|()| Msg::Exercise(Exercising::List(true))),
            no_exercises: link.callback(|()| Msg::Exercise(Exercising::List(false))),
            exercise: link.callback(|name| Msg::Exercise(Exercising::Choose(name))),
            act: link.callback(|act| Msg::Exercise(Exercising::Act(act))),
        }
    }
}

/// What stands in for the page while its words are on the way: the same as `index.html` holds
/// before the program is there, so that nothing flickers; or that they cannot be had.
pub fn waiting(app: &App) -> Html {
    let again = app.wires.lang.reform({
        let lang = app.lang;
        move |_: MouseEvent| lang
    });
    html! {
        <main class="loading" data-testid="waiting">
            { logo() }
            <p>{ "Lifepod" }</p>
            if app.texts_failed.is_some() {
                <p role="alert">{ "The page could not be loaded completely. · 页面未能完整加载。" }</p>
                <button type="button" class="button" data-testid="again" onclick={again}>
                    { "Try again · 重试" }
                </button>
            }
        </main>
    }
}

/// The page.
pub fn page(app: &App) -> Html {
    let (lang, wires, views) = (app.lang, &app.wires, &app.views);
    let (embed, shown, at_exercise) = (app.options.embed, shown(app), at_exercise(app));
    let pane = if shown.contains(&app.pane) { app.pane } else { shown[0] };
    let step = app.guide.step.map(|step| ["tour-", STEPS[step].name].concat());
    let few = ["one", "two", "some", "some"].get(shown.len() - 1).copied();
    let beside = at_exercise.is_some() && few.is_none();
    let inspecting = views.inspector.is_some() && shown.contains(&Pane::Inspector);
    let class = classes!(
        "app",
        format!("show-{}", pane.code()),
        embed.then_some("embed"),
        app.options.readonly.then_some("readonly"),
        few,
        inspecting.then_some("inspecting"),
        step
    );
    // While they are closed, branches need not follow the run.
    let tip = if app.ways { views.transport.tip } else { SimTime::ZERO };
    let on_pane = wires.pane.clone();
    let tabs = part! { <Tabs {pane} panes={shown.clone()} {lang} {on_pane} /> };
    html! {
        <div {class} data-testid="app">
            <a class="skip" href="#pane-timeline">{ frame::SKIP.get(lang) }</a>
            { if embed { embed_bar(app) } else { header(app) } }
            <main>
                { part! { <Tour step={app.guide.step} {lang} on_step={wires.tour.clone()} /> } }
                { tabs }
                <div class={classes!("panes", beside.then_some("with-exercise"))}>
                    { for shown.iter().map(|pane| framed(*pane, lang, inside(app, *pane))) }
                </div>
            </main>
            { part! { <TransportBar view={views.transport.clone()} {lang}
                journey={views.journey.clone()} rules={app.rules.clone()}
                on_until={wires.until.clone()} on_ways={wires.ways.clone()}
                on_card={wires.card.clone()}
                on_command={wires.command.clone()} /> } }
            { part! { <Until aims={app.aims.clone()} journey={views.journey.clone()}
                rules={app.rules.clone()} {lang} on_command={wires.command.clone()}
                on_close={wires.no_until.clone()} /> } }
            { part! { <Ways open={app.ways} view={views.journey.clone()}
                tip={tip} {lang} on_command={wires.command.clone()}
                on_close={wires.no_ways.clone()} /> } }
            { part! { <Picker open={app.picker} {lang} scenarios={app.scenarios.clone()}
                failed={app.scenarios_failed} own={app.own.texts.clone()} current={current(app)}
                on_choose={wires.scenario.clone()} on_again={wires.scenarios_again.clone()}
                on_close={wires.no_picker.clone()} /> } }
            { part! { <Help open={app.help} {lang} on_tour={wires.take_tour.clone()}
                on_close={wires.no_help.clone()} /> } }
            { part! { <Library open={app.library} at={app.place.clone()} {lang}
                scenarios={app.scenarios.clone()} texts={app.rules.clone()}
                on_show={wires.show.clone()} on_close={wires.no_library.clone()} /> } }
            { comparison(app) }
            { part! { <Exercises open={app.exercises} {lang} current={at_exercise}
                on_choose={wires.exercise.clone()} on_close={wires.no_exercises.clone()} /> } }
            { part! { <Live said={app.speaker.said.clone()} /> } }
        </div>
    }
}

/// What is open, as the picker names it. What came with a link is none of its lines.
fn current(app: &App) -> Choice {
    match &app.open {
        Open::Scenario(name) => Choice::Scenario(name.clone()),
        Open::Own => Choice::Own(0),
        Open::First | Open::Link | Open::Exercise(_) => Choice::Scenario(String::new()),
    }
}

/// The panes there are: an embed may ask for some, and an exercise has its own.
fn shown(app: &App) -> Vec<Pane> {
    let mut shown = match app.options.embed && !app.options.panes.is_empty() {
        true => app.options.panes.clone(),
        false => Pane::ALL.to_vec(),
    };
    shown.retain(|pane| *pane != Pane::Exercise);
    if app.exercise().is_some() {
        shown.insert(0, Pane::Exercise);
    }
    shown
}

/// The exercise that is open, by name.
fn at_exercise(app: &App) -> Option<String> {
    app.exercise().map(|(name, _)| name)
}

/// What is said of an address that is not understood.
pub fn told_bad(bad: &[String]) -> Option<Said> {
    let told = bad.join(", ");
    (!bad.is_empty()).then(|| Said::with(tour::OPTION_BAD, &[&told]))
}

fn embed_bar(app: &App) -> Html {
    part! {
        <EmbedBar lang={app.lang} scenarios={app.scenarios.clone()} current={current(app)}
            readonly={app.options.readonly} notice={app.notice.clone()} />
    }
}

fn header(app: &App) -> Html {
    part! {
        <Header lang={app.lang} theme={app.theme} scenarios={app.scenarios.clone()}
            scenarios_failed={app.scenarios_failed} texts_failed={app.texts_failed.is_some()}
            current={current(app)} way_back={app.way_back}
            on_picker={app.wires.picker.clone()} on_scenario={app.wires.scenario.clone()}
            on_lang={app.wires.lang.clone()}
            on_theme={app.wires.theme.clone()} on_help={app.wires.help.clone()}
            notice={app.notice.clone()} on_share={app.wires.share.clone()}
            on_library={app.wires.library.clone()}
            on_compare={app.wires.compare.clone()}
            on_exercises={app.wires.exercises.clone()} />
    }
}

/// What is in a pane.
fn inside(app: &App, pane: Pane) -> Html {
    let (lang, views, wires) = (app.lang, &app.views, &app.wires);
    let on_command = wires.command.clone();
    match pane {
        Pane::Editor => part! {
            <EditorPane view={views.editor.clone()} live={views.live.clone()}
                exercise={app.exercise().map(|(_, view)| view)}
                on_place={wires.place.clone()}
                field={views.field.clone()} rules={app.rules.clone()}
                transport={views.transport.clone()} {lang} goto={app.goto}
                texts={app.texts} readonly={app.options.readonly} {on_command}
                on_goto={wires.goto.clone()} on_compare={wires.compare.clone()} />
        },
        Pane::Stage => {
            let lit = views.records.focus.as_ref().map(|focus| focus.spot.clone());
            part! { <Stage view={views.stage.clone()} lit={lit} {lang} {on_command} /> }
        }
        Pane::Timeline => {
            let focus = views.records.focus.as_ref();
            let selected = focus.and_then(|focus| mark_of(&views.timeline, focus));
            part! {
                <Timeline view={views.timeline.clone()} cursor={views.transport.cursor}
                    journey={views.journey.clone()} selected={selected}
                    field={views.field.clone()} {lang} {on_command} />
            }
        }
        Pane::Why => part! {
            <WhyList view={views.records.clone()} texts={app.rules.clone()}
                texts_failed={app.rules_failed} {lang} called={app.carded} {on_command}
                on_place={wires.place.clone()} on_line={wires.line.clone()} />
        },
        Pane::Kubectl => part! {
            <KubectlPanel transport={views.transport.clone()} stage={views.stage.clone()} {lang}
                called={app.called} completion={app.completion.clone()}
                on_complete={wires.complete.clone()} {on_command} />
        },
        Pane::Inspector => inspector(app),
        Pane::Exercise => player(app),
    }
}

/// The inspector, while it is open.
fn inspector(app: &App) -> Html {
    let Some(view) = app.views.inspector.clone() else { return Html::default() };
    part! {
        <Inspector {view} lang={app.lang} called={app.inspector.called}
            on_command={app.wires.command.clone()} on_copy={app.wires.copy.clone()}
            on_export={app.wires.export.clone()} />
    }
}

/// The comparison of two runs; what it chooses from is computed while it is open.
fn comparison(app: &App) -> Html {
    let comparing = &app.comparing;
    part! {
        <Compare open={comparing.open} lang={app.lang} chosen={comparing.chosen.clone()}
            found={comparing.found.clone()} branches={comparing.branches.clone()}
            edited={app.views.editor.dirty} scenarios={app.scenarios.clone()}
            texts={app.rules.clone()} on_ask={app.wires.ask.clone()}
            on_command={app.wires.command.clone()} />
    }
}

fn player(app: &App) -> Html {
    let Some((name, view)) = app.exercise() else { return Html::default() };
    let (editor, wires) = (app.views.editor.clone(), &app.wires);
    part! {
        <Player {name} {view} {editor} lang={app.lang} on_act={wires.act.clone()}
            on_goto={wires.goto.clone()} on_list={wires.exercises.clone()} />
    }
}
