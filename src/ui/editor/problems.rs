//! The strip under the text: what is wrong with it, where, and what to do.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::margin::Opened;
use super::problem::Problem;
use crate::base::{Lang, Span, TextEdit};
use crate::session::Command;
use crate::session::view::{EditorView, Level, ProblemView};
use crate::ui::i18n::frame;
use crate::ui::icons::{Icon, icon};
use crate::ui::load::{Load, use_json};

/// More problems than this are counted, not listed.
const LISTED: usize = 50;

/// What the strip shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ProblemsProps {
    /// The editor.
    pub view: Rc<EditorView>,
    /// The language of the messages.
    pub lang: Lang,
    /// The problem whose card is open.
    pub opened: Opened,
    /// A problem the learner wants to see, in the text too.
    pub on_open: Callback<Opened>,
    /// A problem whose card the learner opens or closes.
    pub on_unfold: Callback<Opened>,
    /// A place the learner wants to see.
    pub on_goto: Callback<Span>,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// A change the learner wants made.
    pub on_edit: Callback<TextEdit>,
}

/// The strip.
#[component]
pub fn Problems(props: &ProblemsProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    let notes_open = use_state_eq(|| false);
    let address = format!("./static/rules/manifest.{}.json", lang.code());
    let cards = use_json(&address, props.opened.0.is_some());
    html! {
        <div class="problems" id="problems" data-testid="problems">
            { view.refused.as_deref().map(|answer| refused(answer, props)).unwrap_or_default() }
            { if view.text.trim().is_empty() {
                html! { <p class="quiet">{ frame::EDITOR_EMPTY.get(lang) }</p> }
            } else if view.problems.is_empty() {
                all_well(view, lang)
            } else {
                list(props, &cards, &notes_open)
            } }
        </div>
    }
}

/// What the cluster said; a sound text that only a live Pod cannot take may run anew.
fn refused(answer: &str, props: &ProblemsProps) -> Html {
    let lang = props.lang;
    let sound = !props.view.problems.iter().any(ProblemView::is_error);
    html! {
        <div class="refused" data-testid="refused">
            <p class="refused-title">{ icon(Icon::Error) }{ frame::REFUSED.get(lang) }</p>
            <pre>{ answer.trim_end() }</pre>
            if sound {
                <button type="button" class="link" data-testid="refused-rerun"
                    title={frame::RERUN_MORE.get(lang)}
                    onclick={props.on_command.reform(|_| Command::Rerun)}>
                    { frame::RERUN.get(lang) }
                </button>
            }
        </div>
    }
}

fn all_well(view: &EditorView, lang: Lang) -> Html {
    html! {
        <p class="quiet well">
            { icon(Icon::Check) }
            { frame::PROBLEMS_NONE.get(lang) }
            <span class="objects">{ view.objects.join(" · ") }</span>
        </p>
    }
}

fn list(props: &ProblemsProps, cards: &Load, notes_open: &UseStateHandle<bool>) -> Html {
    let lang = props.lang;
    let (notes, wrong): (Vec<_>, Vec<_>) =
        props.view.problems.iter().partition(|p| p.level == Level::Note);
    let more = wrong.len().saturating_sub(LISTED).to_string();
    let open = **notes_open || notes.iter().any(|p| props.opened.is(p));
    let toggle = {
        let notes_open = notes_open.clone();
        Callback::from(move |_: MouseEvent| notes_open.set(!open))
    };
    let row = |p: &&ProblemView| problem(p, cards, props);
    html! {
        <>
            if wrong.is_empty() {
                { all_well(&props.view, lang) }
            }
            <ol class="problem-list" aria-label={frame::PROBLEMS.get(lang)}>
                { for wrong.iter().take(LISTED).map(row) }
                if !notes.is_empty() {
                    <li>
                        <button type="button" class="notes" data-testid="notes" onclick={toggle}
                            aria-expanded={open.to_string()}>
                            { icon(Icon::Eye) }
                            { frame::PROBLEM_NOTES.fill(lang, &[("n", &notes.len().to_string())]) }
                        </button>
                    </li>
                }
                if open {
                    { for notes.iter().take(LISTED).map(row) }
                }
            </ol>
            if wrong.len() > LISTED {
                <p class="quiet">{ frame::PROBLEMS_MORE.fill(lang, &[("n", &more)]) }</p>
            }
        </>
    }
}

fn problem(problem: &ProblemView, cards: &Load, props: &ProblemsProps) -> Html {
    part! {
        <Problem problem={problem.clone()} open={props.opened.is(problem)} cards={cards.clone()}
            lang={props.lang} on_open={props.on_open.clone()} on_unfold={props.on_unfold.clone()}
            on_goto={props.on_goto.clone()} on_edit={props.on_edit.clone()} />
    }
}
