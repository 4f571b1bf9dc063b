//! The goals, and what the last check found of each.

use crate::ui::markup::prelude::*;

use super::prose::line;
use crate::base::Lang;
use crate::session::exercise::Act;
use crate::session::grade::Outcome;
use crate::session::view::{CheckView, ExerciseView, FoundView, GoalView};
use crate::ui::clock_text::clock;
use crate::ui::i18n::{Text, exercise};

/// The goals as a list.
pub fn goals(view: &ExerciseView, lang: Lang, on_act: &Callback<Act>) -> Html {
    let stale = view.checked.as_ref().is_some_and(|checked| checked.stale);
    let one = |(nth, goal): (usize, &GoalView)| item(nth, goal, lang, on_act);
    html! {
        <ol class={classes!("goals", stale.then_some("stale"))}>
            { for view.goals.iter().enumerate().map(one) }
        </ol>
    }
}

fn item(nth: usize, goal: &GoalView, lang: Lang, on_act: &Callback<Act>) -> Html {
    let (class, mark, state) = match goal.found.as_ref().map(|found| found.passed) {
        None => ("open", "○", exercise::GOAL_OPEN),
        Some(true) => ("passed", "✓", exercise::GOAL_PASSED),
        Some(false) => ("missed", "✗", exercise::GOAL_MISSED),
    };
    html! {
        <li {class} key={goal.id.clone()} data-testid={format!("goal-{}", goal.id)}>
            <span class="goal-mark" aria-hidden="true">{ mark }</span>
            <div>
                <p>
                    <span class="visually-hidden">{ state.get(lang) }</span>
                    { line(goal.text.get(lang)) }
                </p>
                { goal.found.as_ref().map(|found| seen(nth, found, lang, on_act)) }
            </div>
        </li>
    }
}

fn seen(nth: usize, found: &FoundView, lang: Lang, on_act: &Callback<Act>) -> Html {
    let at = found.at.map(clock).unwrap_or_default();
    let head = match (found.passed, found.at) {
        (_, Some(_)) => exercise::SEEN_AT.fill(lang, &[("t", &at)]),
        (false, None) if found.saw.is_empty() => exercise::SEEN_NEVER.get(lang).to_string(),
        (false, None) => exercise::SEEN_LAST.get(lang).to_string(),
        (true, None) => exercise::SEEN_ALL_ALONG.get(lang).to_string(),
    };
    let jump = exercise::JUMP_TO.fill(lang, &[("t", &at)]);
    html! {
        <p class="goal-seen">
            { head }
            if !found.saw.is_empty() {
                { " " }<code>{ &found.saw }</code>
            }
            if found.at.is_some() {
                { " " }
                <button type="button" class="link" data-testid={format!("jump-{nth}")}
                    aria-label={jump} onclick={on_act.reform(move |_: MouseEvent| Act::Look(nth))}>
                    { exercise::JUMP.get(lang) }
                </button>
            }
        </p>
    }
}

/// How the last check ended, in a sentence.
pub fn verdict(view: &ExerciseView, lang: Lang) -> String {
    let Some(checked) = &view.checked else {
        return exercise::NOT_CHECKED.get(lang).to_string();
    };
    let numbers = [checked.reached, view.goals.len()].map(|n| n.to_string());
    let stopped = checked.stopped.map(clock).unwrap_or_default();
    let values = [("n", numbers[0].as_str()), ("all", &numbers[1]), ("t", &stopped)];
    word(checked).fill(lang, &values)
}

fn word(checked: &CheckView) -> Text {
    match checked.outcome {
        Outcome::Passed => exercise::SAID_PASSED,
        Outcome::Missed if checked.stopped.is_some() => exercise::SAID_STOPPED,
        Outcome::Missed => exercise::SAID_MISSED,
        Outcome::Locked => exercise::SAID_LOCKED,
        Outcome::Refused => exercise::SAID_REFUSED,
    }
}
