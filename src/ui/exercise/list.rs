//! The exercises on offer.

use crate::ui::markup::prelude::*;

use super::entries::{Entry, entries};
use super::kept::{Progress, progress};
use crate::base::Lang;
use crate::ui::dialog::Dialog;
use crate::ui::i18n::exercise;
use crate::ui::load::{Load, use_json};

/// What the dialog shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ExercisesProps {
    /// Whether it is open.
    pub open: bool,
    /// Its language.
    pub lang: Lang,
    /// The exercise that is open, by name.
    pub current: Option<String>,
    /// An exercise is chosen, by name.
    pub on_choose: Callback<String>,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[component]
pub fn Exercises(props: &ExercisesProps) -> Html {
    let lang = props.lang;
    let index = use_json("./static/exercises/index.json", props.open);
    let list = match &index {
        Load::Here(index) => entries(index),
        _ => Vec::new(),
    };
    let passed = list.iter().filter(|entry| progress(&entry.name) == Progress::Passed).count();
    let numbers = [passed, list.len()].map(|n| n.to_string());
    let word = match &index {
        Load::Failed => exercise::LIST_FAILED.get(lang).to_string(),
        Load::Waiting => exercise::LIST_LOADING.get(lang).to_string(),
        Load::Here(_) => {
            exercise::LIST_PASSED.fill(lang, &[("n", &numbers[0]), ("all", &numbers[1])])
        }
    };
    html! { { part! { <Dialog open={props.open} {lang} name="exercises"
    title={exercise::EXERCISES.get(lang)} on_close={props.on_close.clone()}>{ html! {
        <p>{ exercise::EXERCISES_MORE.get(lang) }</p>
        <p class="quiet" role="status" data-testid="exercises-status">{ word }</p>
        <ol class="exercise-list">{ for list.iter().map(|entry| item(entry, props)) }</ol>
    } }</Dialog> } } }
}

fn item(entry: &Entry, props: &ExercisesProps) -> Html {
    let lang = props.lang;
    let current = props.current.as_ref() == Some(&entry.name);
    let (mark, state) = match progress(&entry.name) {
        Progress::Passed => ("✓", exercise::STATE_PASSED),
        Progress::Begun => ("…", exercise::STATE_BEGUN),
        Progress::New => ("", exercise::STATE_NEW),
    };
    let onclick = {
        let name = entry.name.clone();
        props.on_choose.reform(move |_: MouseEvent| name.clone())
    };
    html! {
        <li key={entry.name.clone()}>
            <button type="button" class="exercise-choice"
                data-testid={["exercise-", &entry.name].concat()}
                aria-current={current.then_some("true")} {onclick}>
                <span class="exercise-mark" aria-hidden="true">{ mark }</span>
                <span>
                    <span class="exercise-title">{ entry.title.get(lang) }</span>
                    <span class="quiet">{ entry.chapter.get(lang) }</span>
                </span>
                <span class="visually-hidden">{ state.get(lang) }</span>
            </button>
        </li>
    }
}
