//! The strip under the text: what is wrong with it, where, and what to do.

use std::rc::Rc;

use yew::prelude::*;

use crate::base::{Lang, Span};
use crate::session::Command;
use crate::session::view::{EditorView, ProblemView};
use crate::ui::i18n::frame;
use crate::ui::icons::{Icon, icon};

/// More problems than this are counted, not listed.
const LISTED: usize = 50;

/// What the strip shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ProblemsProps {
    /// The editor.
    pub view: Rc<EditorView>,
    /// The language of the messages.
    pub lang: Lang,
    /// A place the learner wants to see.
    pub on_goto: Callback<Span>,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The strip.
#[component]
pub fn Problems(props: &ProblemsProps) -> Html {
    let (view, lang) = (&props.view, props.lang);
    html! {
        <div class="problems" id="problems" data-testid="problems">
            { view.refused.as_deref().map(|answer| refused(answer, props)).unwrap_or_default() }
            { if view.text.trim().is_empty() {
                html! { <p class="quiet">{ frame::EDITOR_EMPTY.get(lang) }</p> }
            } else if view.problems.is_empty() {
                all_well(view, lang)
            } else {
                list(props)
            } }
        </div>
    }
}

/// What the cluster said; a sound text that only a live Pod cannot take may run anew.
fn refused(answer: &str, props: &ProblemsProps) -> Html {
    let lang = props.lang;
    let sound = !props.view.problems.iter().any(|p| p.error);
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

fn list(props: &ProblemsProps) -> Html {
    let problems = &props.view.problems;
    let more = problems.len().saturating_sub(LISTED).to_string();
    html! {
        <>
            <ol class="problem-list" aria-label={frame::PROBLEMS.get(props.lang)}>
                { for problems.iter().take(LISTED).map(|p| problem(p, props)) }
            </ol>
            if problems.len() > LISTED {
                <p class="quiet">{ frame::PROBLEMS_MORE.fill(props.lang, &[("n", &more)]) }</p>
            }
        </>
    }
}

fn problem(problem: &ProblemView, props: &ProblemsProps) -> Html {
    let nth = usize::from(props.lang == Lang::Zh);
    let place = format!("{}:{}", problem.line, problem.column);
    let (line, column) = (problem.line.to_string(), problem.column.to_string());
    let title = frame::PROBLEM_GOTO.fill(props.lang, &[("line", &line), ("column", &column)]);
    let kind = if problem.error { frame::PROBLEM_ERROR } else { frame::PROBLEM_WARNING };
    let mark = if problem.error { Icon::Error } else { Icon::Warning };
    let span = problem.span;
    html! {
        <li>
            <button type="button" data-testid="problem" {title}
                class={classes!("problem", if problem.error { "error" } else { "warning" })}
                onclick={props.on_goto.reform(move |_| span)}>
                { icon(mark) }
                <span class="visually-hidden">{ kind.get(props.lang) }</span>
                <span class="place">{ place }</span>
                <span class="said">
                    { &problem.message[nth] }
                    if !problem.help[nth].is_empty() {
                        <span class="help-text">{ &problem.help[nth] }</span>
                    }
                </span>
            </button>
        </li>
    }
}
