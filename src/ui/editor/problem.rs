//! One problem: a line that leads to its place and, opened, the card of its rule.

use crate::ui::markup::prelude::*;

use super::margin::{Opened, level_word};
use crate::base::{Lang, Span, TextEdit};
use crate::session::view::{FixView, Level, ProblemView};
use crate::ui::i18n::frame;
use crate::ui::icons::{Icon, icon};
use crate::ui::load::Load;

/// What a problem shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ProblemProps {
    /// The problem.
    pub problem: ProblemView,
    /// Whether its card is open.
    pub open: bool,
    /// The cards of the rules.
    pub cards: Load,
    /// The language of all.
    pub lang: Lang,
    /// The learner wants to see it in the text.
    pub on_open: Callback<Opened>,
    /// The learner wants its card opened or closed.
    pub on_unfold: Callback<Opened>,
    /// A place the learner wants to see.
    pub on_goto: Callback<Span>,
    /// A change the learner wants made.
    pub on_edit: Callback<TextEdit>,
}

/// The problem.
#[component]
pub fn Problem(props: &ProblemProps) -> Html {
    let (problem, lang) = (&props.problem, props.lang);
    let node = use_node_ref();
    use_in_view(&node, props.open);
    let (line, column) = (problem.line.to_string(), problem.column.to_string());
    let title = frame::PROBLEM_GOTO.fill(lang, &[("line", &line), ("column", &column)]);
    let (class, mark) = match problem.level {
        Level::Error => ("error", Icon::Error),
        Level::Warning => ("warning", Icon::Warning),
        Level::Note => ("kept", Icon::Eye),
    };
    let this = Opened::of(problem);
    let other = if props.open { Opened::default() } else { this.clone() };
    html! {
        <li class={classes!("problem", class)} ref={node}>
            <div class="problem-line">
                <button type="button" class="problem-goto" data-testid="problem" {title}
                    onclick={props.on_open.reform(move |_| this.clone())}>
                    { icon(mark) }
                    <span class="visually-hidden">{ level_word(problem.level).get(lang) }</span>
                    <span class="place">{ format!("{line}:{column}") }</span>
                    <span class="said">
                        { coded(&problem.message.get(lang)) }
                        if let Some(help) = &problem.help {
                            <span class="help-text">{ coded(&help.get(lang)) }</span>
                        }
                    </span>
                </button>
                if problem.level != Level::Note {
                    <button type="button" class="link problem-why" data-testid="problem-why"
                        aria-expanded={props.open.to_string()}
                        onclick={props.on_unfold.reform(move |_| other.clone())}>
                        { frame::PROBLEM_WHY.get(lang) }
                    </button>
                }
            </div>
            if !problem.fixes.is_empty() {
                { fixes(props) }
            }
            if props.open && problem.level != Level::Note {
                { card(props) }
            }
        </li>
    }
}

/// What can be done about it with one click.
fn fixes(props: &ProblemProps) -> Html {
    let lang = props.lang;
    let fix = |fix: &FixView| {
        let edit = fix.edit.clone();
        html! {
            <button type="button" class="fix" data-testid="fix"
                onclick={props.on_edit.reform(move |_: MouseEvent| edit.clone())}>
                { coded(&fix.title.get(lang)) }
            </button>
        }
    };
    html! { <p class="fixes">{ for props.problem.fixes.iter().map(fix) }</p> }
}

/// Why: the rule's card, the keys that there are, the other place.
fn card(props: &ProblemProps) -> Html {
    let (problem, lang) = (&props.problem, props.lang);
    let told = match &props.cards {
        Load::Waiting => html! { <p class="quiet-text">{ frame::CARD_LOADING.get(lang) }</p> },
        Load::Failed => html! { <p class="quiet-text">{ frame::CARD_FAILED.get(lang) }</p> },
        Load::Here(cards) => {
            let text = |part| cards[&problem.rule][part].as_str().unwrap_or_default().to_string();
            html! { <><h3>{ coded(&text("title")) }</h3><p>{ coded(&text("text")) }</p></> }
        }
    };
    html! {
        <div class="card" data-testid="problem-card">
            { told }
            if !problem.known.is_empty() {
                <p class="known">
                    <span class="label">{ frame::PROBLEM_KNOWN.get(lang) }</span>
                    { for problem.known.iter().map(|key| html! { <><code>{ *key }</code>{ " " }</> }) }
                </p>
            }
            <p class="card-foot">
                if let Some((span, line)) = problem.related {
                    <button type="button" class="link" data-testid="problem-related"
                        onclick={props.on_goto.reform(move |_| span)}>
                        { frame::PROBLEM_RELATED.fill(lang, &[("line", &line.to_string())]) }
                    </button>
                }
                <code class="rule">{ &problem.rule }</code>
            </p>
        </div>
    }
}

/// Text in which what stands between backticks is code.
pub fn coded(text: &str) -> Html {
    let pieces = text.split('`').enumerate();
    let piece = |(nth, piece): (usize, &str)| match nth % 2 {
        0 => html! { { piece } },
        _ => html! { <code>{ piece }</code> },
    };
    html! { <>{ for pieces.map(piece) }</> }
}

/// Brings a problem into view when its card opens.
#[hook]
fn use_in_view(node: &NodeRef, open: bool) {
    let node = node.clone();
    use_effect_with(open, move |open| {
        if let Some(row) = node.cast::<web_sys::Element>().filter(|_| *open) {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}
