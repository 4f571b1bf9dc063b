//! The scenario picker and the line that tells what to look for.

use crate::ui::markup::prelude::*;
use web_sys::HtmlSelectElement;

use super::bar::HeaderProps;
use super::scenarios::{Entry, by_topic};
use crate::ui::i18n::frame;
use crate::ui::icons::{Icon, icon};

/// The value of the choice "my own text".
pub const OWN: &str = "";

/// The picker.
pub fn picker(props: &HeaderProps) -> Html {
    let lang = props.lang;
    let onchange = props
        .on_scenario
        .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let current = props.current.as_deref().unwrap_or(OWN);
    html! {
        <label class="picker">
            <span class="visually-hidden">{ frame::SCENARIO.get(lang) }</span>
            <select data-testid="scenario" {onchange}>
                <option value={OWN} selected={current == OWN}>
                    { frame::SCENARIO_OWN.get(lang) }
                </option>
                { for by_topic(&props.scenarios).into_iter().map(|(topic, entries)| html! {
                    <optgroup label={topic.get(lang).to_string()} key={topic.en.clone()}>
                        { for entries.into_iter().map(|e| option(e, current, props)) }
                    </optgroup>
                }) }
            </select>
            { icon(Icon::Down) }
        </label>
    }
}

fn option(entry: &Entry, current: &str, props: &HeaderProps) -> Html {
    html! {
        <option value={entry.name.clone()} selected={entry.name == current}
            key={entry.name.clone()}>
            { entry.title.get(props.lang) }
        </option>
    }
}

/// What to look for in the scenario that is open.
pub fn look_for(props: &HeaderProps) -> Html {
    let lang = props.lang;
    if props.texts_failed {
        return html! { <p class="look quiet" role="alert">{ frame::LANGUAGE_FAILED.get(lang) }</p> };
    }
    if props.scenarios_failed {
        return html! { <p class="look quiet">{ frame::SCENARIO_FAILED.get(lang) }</p> };
    }
    if let Some(notice) = props.notice {
        return html! { <p class="look" data-testid="notice">{ notice.get(lang) }</p> };
    }
    let current = props.scenarios.iter().find(|e| Some(&e.name) == props.current.as_ref());
    match current {
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
