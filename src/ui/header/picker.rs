//! The button that opens the scenario picker, and the line that tells what to look for.

use crate::ui::markup::prelude::*;

use super::bar::HeaderProps;
use super::scenarios::Entry;
use crate::ui::i18n::{frame, picker};
use crate::ui::icons::{Icon, icon};
use crate::ui::picker::Choice;

/// The button; it says what is open.
pub fn picker(props: &HeaderProps) -> Html {
    let lang = props.lang;
    let title = match (open(props), &props.current) {
        (Some(entry), _) => entry.title.get(lang),
        (None, Choice::Own(_)) => frame::SCENARIO_OWN.get(lang),
        (None, Choice::Scenario(name)) if name.is_empty() => picker::TITLE.get(lang),
        (None, Choice::Scenario(name)) => name,
    };
    html! {
        <button type="button" class="picker-open" data-testid="scenario" aria-haspopup="dialog"
            aria-keyshortcuts="o" title={picker::OPEN_OTHER.get(lang)}
            onclick={props.on_picker.reform(|_: MouseEvent| ())}>
            <span class="visually-hidden">{ frame::SCENARIO.get(lang) }{ ": " }</span>
            <span class="picker-title">{ title }</span>
            { icon(Icon::Down) }
        </button>
    }
}

/// The way back to the learner's own text, while there is one.
pub fn way_back(props: &HeaderProps) -> Html {
    if !props.way_back {
        return Html::default();
    }
    html! {
        <button type="button" class="link way-back" data-testid="way-back"
            onclick={props.on_scenario.reform(|_: MouseEvent| Choice::Own(0))}>
            { icon(Icon::Undo) }{ picker::BACK_TO_OWN.get(props.lang) }
        </button>
    }
}

fn open(props: &HeaderProps) -> Option<&Entry> {
    let Choice::Scenario(name) = &props.current else { return None };
    props.scenarios.iter().find(|entry| entry.name == *name)
}

/// What to look for in the scenario that is open.
pub fn look_for(props: &HeaderProps) -> Html {
    let lang = props.lang;
    if props.texts_failed {
        return html! { <p class="look quiet" role="alert">{ frame::LANGUAGE_FAILED.get(lang) }</p> };
    }
    if let Some(notice) = &props.notice {
        return html! { <p class="look" data-testid="notice">{ notice.get(lang) }</p> };
    }
    if props.scenarios_failed {
        return html! { <p class="look quiet">{ frame::SCENARIO_FAILED.get(lang) }</p> };
    }
    match open(props) {
        Some(entry) => html! {
            <p class="look" data-testid="look-for">
                { icon(Icon::Eye) }
                <span>
                    <span class="visually-hidden">{ frame::LOOK_FOR.get(lang) }{ ": " }</span>
                    { entry.look.get(lang) }
                </span>
            </p>
        },
        None => html! { <p class="look quiet">{ frame::TAGLINE.get(lang) }</p> },
    }
}
