//! The bar that is always in view.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::clock_field::ClockField;
use super::scrub::Scrub;
use super::speeds::Speeds;
use crate::base::Lang;
use crate::session::view::{JourneyView, TransportView};
use crate::session::{Bookmarking, Command, Edge};
use crate::ui::i18n::{Text, frame, timeline as t};
use crate::ui::icons::{Icon, icon};
use crate::ui::journey::Tale;
use crate::ui::why::RuleTexts;

/// What the bar shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct TransportBarProps {
    /// The transport.
    pub view: Rc<TransportView>,
    /// What the learner set up around the run.
    pub journey: Rc<JourneyView>,
    /// The titles of rules.
    pub rules: Rc<RuleTexts>,
    /// "Run until …" is asked for.
    pub on_until: Callback<()>,
    /// Branches and bookmarks are asked for.
    pub on_ways: Callback<()>,
    /// The card of a decision is wanted, by its number.
    #[prop_or_default]
    pub on_card: Callback<usize>,
    /// The language of the bar.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The bar.
#[component]
pub fn TransportBar(props: &TransportBarProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    let on_command = &props.on_command;
    html! {
        <section class={classes!("transport", view.playing.then_some("playing"))}
            aria-label={frame::TRANSPORT.get(lang)} data-testid="transport">
            <div class="deck">{ player(props) }</div>
            { part! { <ClockField cursor={view.cursor} {lang} on_command={on_command.clone()} /> } }
            { part! { <Scrub cursor={view.cursor} tip={view.tip} {lang}
                on_command={on_command.clone()} /> } }
            { part! { <Speeds speed={view.speed} {lang} on_command={on_command.clone()} /> } }
            <div class="deck branch">{ branches(props) }</div>
            <div class="deck ways-deck">{ ways(props) }</div>
            { part! { <Tale view={view.clone()} span={props.journey.span}
                rules={props.rules.clone()} {lang} on_command={on_command.clone()}
                on_card={props.on_card.clone()} /> } }
            if let Some(stopped) = &view.stopped {
                <p class="stopped" role="alert" data-testid="stopped">
                    { icon(Icon::Warning) }
                    <strong>{ frame::STOPPED.get(lang) }</strong>
                    <span>{ stopped.get(lang) }</span>
                </p>
            }
        </section>
    }
}

fn player(props: &TransportBarProps) -> Html {
    let playing = props.view.playing;
    let (play, mark, kind) = if playing {
        (frame::PAUSE, Icon::Pause, "pause")
    } else {
        (frame::PLAY, Icon::Play, "play")
    };
    let has_previous = props.view.has_previous;
    html! {
        <>
            { key(props, frame::STEP_BACK, Icon::Back, Command::StepBy(-1000), "step-back", true) }
            { key(props, frame::PREVIOUS_MARK, Icon::PreviousMark, Command::PreviousMark,
                "prev-mark", has_previous) }
            <button type="button" class={classes!("key", "play", kind)} data-testid="play"
                aria-label={play.get(props.lang)} title={play.get(props.lang)}
                aria-keyshortcuts="Space"
                onclick={props.on_command.reform(|_| Command::TogglePlay)}>
                { icon(mark) }
            </button>
            { key(props, frame::NEXT_MARK, Icon::NextMark, Command::NextMark, "next-mark", true) }
            { key(props, frame::STEP_ON, Icon::On, Command::StepBy(1000), "step-on", true) }
        </>
    }
}

/// Run until, bookmark, loop, branches.
fn ways(props: &TransportBarProps) -> Html {
    let lang = props.lang;
    let mark = Command::Bookmark(Bookmarking::Set);
    let ways = t::WAYS.get(lang);
    let count = props.journey.branches.len();
    let name = if count > 1 { format!("{ways} ({count})") } else { ways.to_string() };
    html! {
        <>
            <button type="button" class="button until-open" data-testid="until"
                aria-haspopup="dialog" aria-keyshortcuts="g" title={t::UNTIL_KEY.get(lang)}
                onclick={props.on_until.reform(|_: MouseEvent| ())}>
                { icon(Icon::Until) }
                { t::UNTIL.get(lang) }
            </button>
            { key(props, t::LOOP_START, Icon::LoopStart, Command::SetEdge(Edge::Start),
                "loop-start", true) }
            { key(props, t::LOOP_END, Icon::LoopEnd, Command::SetEdge(Edge::End), "loop-end", true) }
            { key(props, t::BOOKMARK_HERE, Icon::Bookmark, mark, "bookmark", true) }
            <button type="button" class="key ways-open" data-testid="ways" aria-haspopup="dialog"
                aria-keyshortcuts="b" aria-label={name} title={ways}
                onclick={props.on_ways.reform(|_: MouseEvent| ())}>
                { icon(Icon::Branch) }
                if count > 1 {
                    <span class="badge" data-count={count.to_string()}></span>
                }
            </button>
        </>
    }
}

fn branches(props: &TransportBarProps) -> Html {
    let view = &props.view;
    html! {
        <>
            { key(props, frame::UNDO, Icon::Undo, Command::Undo, "undo", view.can_undo) }
            { key(props, frame::REDO, Icon::Redo, Command::Redo, "redo", view.can_redo) }
            { key(props, frame::RESTART, Icon::Restart, Command::Restart, "restart", true) }
        </>
    }
}

/// A key of the deck. One that can do nothing stays reachable and says so.
fn key(
    props: &TransportBarProps,
    text: Text,
    mark: Icon,
    command: Command,
    id: &'static str,
    can: bool,
) -> Html {
    let on_command = props.on_command.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if can {
            on_command.emit(command.clone());
        }
    });
    html! {
        <button type="button" class={classes!("key", id)} data-testid={id}
            aria-label={text.get(props.lang)}
            title={text.get(props.lang)} aria-disabled={(!can).to_string()} {onclick}>
            { icon(mark) }
        </button>
    }
}
