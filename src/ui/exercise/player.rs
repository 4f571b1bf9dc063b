//! The player: brief, parts, goals, hints, check, solution.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::goals::{goals, verdict};
use super::hints::hints;
use super::kept;
use super::parts::{locked_parts, open_parts};
use super::prose::blocks;
use super::solution::Solution;
use crate::base::{Lang, Span};
use crate::session::exercise::Act;
use crate::session::grade::Outcome;
use crate::session::prose::{self, Prose};
use crate::session::view::{EditorView, ExerciseView};
use crate::ui::i18n::exercise;
use crate::ui::icons::{Icon, icon};
use crate::ui::load::{Load, use_text};

/// What the player shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct PlayerProps {
    /// The exercise, by name.
    pub name: String,
    /// What depends on the learner.
    pub view: Rc<ExerciseView>,
    /// The learner's text.
    pub editor: Rc<EditorView>,
    /// The language.
    pub lang: Lang,
    /// Something with the exercise.
    pub on_act: Callback<Act>,
    /// A place of the text.
    pub on_goto: Callback<Span>,
    /// The list of exercises.
    pub on_list: Callback<()>,
}

/// The player.
#[component]
pub fn Player(props: &PlayerProps) -> Html {
    let lang = props.lang;
    let address = ["./static/exercises/", &props.name, "/text.", lang.code(), ".md"].concat();
    let text = use_text(&address, true);
    let told = use_memo(text.clone(), |text| match text {
        Load::Here(text) => prose::read(text.as_str().unwrap_or_default()),
        _ => Prose::default(),
    });
    let view = &props.view;
    let passed = view.checked.as_ref().is_some_and(|c| c.outcome == Outcome::Passed && !c.stale);
    html! {
        <>
            { head(props) }
            { outcome(view, passed, lang) }
            <div class="pane-body exercise" data-testid="exercise">
                <h3 data-testid="exercise-title">{ &told.title }</h3>
                if text == Load::Failed {
                    <p role="status">{ exercise::LIST_FAILED.get(lang) }</p>
                }
                { blocks(&told.brief) }
                <h4>{ exercise::OPEN_PARTS.get(lang) }</h4>
                { open_parts(view, lang, &props.on_goto) }
                { locked_parts(view, lang, &props.on_goto) }
                <h4>{ exercise::GOALS.get(lang) }</h4>
                { goals(view, lang, &props.on_act) }
                if passed {
                    <div class="why-it-works" data-testid="why-it-works">{ blocks(&told.after) }</div>
                }
                <h4>{ exercise::HINTS.get(lang) }</h4>
                { hints(view, lang, &props.on_act) }
                <div class="exercise-end">
                    { part! { <Solution key={props.name.clone()} name={props.name.clone()}
                        text={props.editor.text.clone()} {passed} {lang} /> } }
                    { again(props) }
                </div>
            </div>
        </>
    }
}

fn head(props: &PlayerProps) -> Html {
    let lang = props.lang;
    html! {
        <div class="pane-head">
            <h2>{ exercise::EXERCISE.get(lang) }</h2>
            <span class="spacer"></span>
            <button type="button" class="button primary" data-testid="check"
                title={exercise::CHECK_MORE.get(lang)}
                onclick={props.on_act.reform(|_: MouseEvent| Act::Check)}>
                { icon(Icon::Check) }{ exercise::CHECK.get(lang) }
            </button>
            <button type="button" class="button" data-testid="exercise-list" aria-haspopup="dialog"
                onclick={props.on_list.reform(|_: MouseEvent| ())}>
                { exercise::ALL.get(lang) }
            </button>
            <button type="button" class="key" data-testid="exercise-leave"
                aria-label={exercise::LEAVE.get(lang)} title={exercise::LEAVE.get(lang)}
                onclick={props.on_act.reform(|_: MouseEvent| Act::Leave)}>
                { icon(Icon::Close) }
            </button>
        </div>
    }
}

/// How the last check ended; always there, so that nothing moves when it has.
fn outcome(view: &ExerciseView, passed: bool, lang: Lang) -> Html {
    let checked = view.checked.as_ref();
    let class = classes!("verdict", passed.then_some("passed"));
    let word = checked.map_or("none", |checked| checked.outcome.word());
    html! {
        <div {class} data-testid="verdict" data-outcome={word}>
            <p>{ verdict(view, lang) }</p>
            if checked.is_some_and(|checked| checked.stale) {
                <p class="quiet">{ exercise::STALE.get(lang) }</p>
            }
            if let Some(words) = checked.and_then(|checked| checked.refused.as_ref()) {
                <pre tabindex="0">{ words }</pre>
            }
        </div>
    }
}

/// The start again; and back, for nothing that was written is lost.
fn again(props: &PlayerProps) -> Html {
    let lang = props.lang;
    let before = kept::before(&props.name).filter(|before| *before != props.editor.text);
    let take_back =
        |before: String| props.on_act.reform(move |_: MouseEvent| Act::TakeBack(before.clone()));
    html! {
        <>
            <button type="button" class="button" data-testid="exercise-reset"
                title={exercise::RESET_MORE.get(lang)}
                onclick={props.on_act.reform(|_: MouseEvent| Act::Reset)}>
                { icon(Icon::Restart) }{ exercise::RESET.get(lang) }
            </button>
            if let Some(before) = before {
                <button type="button" class="button" data-testid="take-back"
                    onclick={take_back(before)}>
                    { icon(Icon::Undo) }{ exercise::TAKE_BACK.get(lang) }
                </button>
            }
        </>
    }
}
