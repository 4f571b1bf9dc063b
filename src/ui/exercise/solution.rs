//! The solution beside the learner's text: after a pass, or on request with a warning.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::exercise::compare;
use crate::session::view::{DiffLine, LineChange};
use crate::ui::i18n::exercise;
use crate::ui::load::{Load, use_text};

/// What is compared.
#[derive(Properties, PartialEq)]
pub struct SolutionProps {
    /// The exercise, by name.
    pub name: String,
    /// The learner's text.
    pub text: String,
    /// Whether the exercise was passed.
    pub passed: bool,
    /// The language.
    pub lang: Lang,
}

/// How far the learner has asked.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    No,
    Warned,
    Shown,
}

/// The solution.
#[component]
pub fn Solution(props: &SolutionProps) -> Html {
    let (lang, asked) = (props.lang, use_state_eq(|| Asked::No));
    let address = ["./static/exercises/", &props.name, "/solution.yaml"].concat();
    let solution = use_text(&address, *asked == Asked::Shown);
    let ask = |next: Asked| {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(next))
    };
    let first = if props.passed { Asked::Shown } else { Asked::Warned };
    let button = |id: &'static str, text: &'static str, next: Asked| {
        html! {
            <button type="button" class="button" data-testid={id} onclick={ask(next)}>
                { text }
            </button>
        }
    };
    match *asked {
        Asked::No => button("solution", exercise::SOLUTION.get(lang), first),
        Asked::Warned => html! {
            <div class="solution-warning" role="alert">
                <p>{ exercise::SOLUTION_WARNING.get(lang) }</p>
                { button("solution-yes", exercise::SOLUTION_YES.get(lang), Asked::Shown) }
                { button("solution-no", exercise::SOLUTION_NO.get(lang), Asked::No) }
            </div>
        },
        Asked::Shown => html! {
            <div class="solution" data-testid="solution-diff">
                <h4>{ exercise::SOLUTION_HEAD.get(lang) }</h4>
                { compared(&solution, &props.text, lang) }
                { button("solution-close", exercise::SOLUTION_CLOSE.get(lang), Asked::No) }
            </div>
        },
    }
}

fn compared(solution: &Load, text: &str, lang: Lang) -> Html {
    match solution {
        Load::Waiting => html! { <p class="quiet">{ exercise::LIST_LOADING.get(lang) }</p> },
        Load::Failed => html! { <p class="quiet">{ exercise::LIST_FAILED.get(lang) }</p> },
        Load::Here(solution) => {
            let lines = compare(text, solution.as_str().unwrap_or_default());
            if lines.iter().all(|line| line.change == LineChange::Same) {
                return html! { <p>{ exercise::SOLUTION_SAME.get(lang) }</p> };
            }
            html! {
                <>
                    <p class="quiet">{ exercise::SOLUTION_LEGEND.get(lang) }</p>
                    <pre class="solution-diff" tabindex="0">
                        { for lines.iter().map(|line| row(line, lang)) }
                    </pre>
                </>
            }
        }
    }
}

fn row(line: &DiffLine, lang: Lang) -> Html {
    let one = |class: &'static str, mark: &'static str, name: &'static str, text: &str| {
        html! {
            <div {class}>
                <span aria-hidden="true">{ mark }</span>
                <span class="visually-hidden">{ name }</span>{ text }
            </div>
        }
    };
    let (yours, theirs) = (exercise::ROW_YOURS.get(lang), exercise::ROW_SOLUTION.get(lang));
    match &line.change {
        LineChange::Same => one("same", "  ", "", &line.text),
        LineChange::Added => one("added", "+ ", theirs, &line.text),
        LineChange::Removed => one("removed", "- ", yours, &line.text),
        LineChange::Changed(before) => html! {
            <>{ one("removed", "- ", yours, before) }{ one("added", "+ ", theirs, &line.text) }</>
        },
    }
}
