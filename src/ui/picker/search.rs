//! What is in the dialog: the field, the topics, the list.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use web_sys::{HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::dialog::PickerProps;
use super::found::{Choice, Group, found, offered};
use super::list::{line_id, list};
use crate::base::Lang;
use crate::ui::browser;
use crate::ui::i18n::picker;

/// How far PageUp and PageDown go.
const PAGE: usize = 8;

/// What is looked for.
#[derive(Clone, PartialEq, Default)]
struct Wish {
    query: String,
    topic: String,
    /// The place in the list that the arrows went to.
    at: Option<usize>,
}

impl Wish {
    /// What can be chosen of what was found, and the place the arrows are at; first at what is
    /// open in the page.
    fn choices(&self, groups: &[Group], open: &Choice) -> (Vec<Choice>, usize) {
        let offers = groups.iter().flat_map(|group| &group.offers);
        let choices: Vec<Choice> = offers.map(|offer| offer.choice.clone()).collect();
        let first = || choices.iter().position(|choice| choice == open).unwrap_or(0);
        let active = self.at.unwrap_or_else(first).min(choices.len().saturating_sub(1));
        (choices, active)
    }
}

/// The field, the topics and what is found.
#[component]
pub fn Search(props: &PickerProps) -> Html {
    let lang = props.lang;
    let wish = use_state_eq(Wish::default);
    let all =
        use_memo((props.scenarios.clone(), props.own.clone(), lang), |(scenarios, own, lang)| {
            offered(scenarios, own, *lang)
        });
    let groups = found(&all, &wish.topic, &wish.query);
    let (choices, active) = wish.choices(&groups, &props.current);
    use_effect_with((active, choices.len()), |(active, _)| show_line(*active));
    let n = [choices.len(), all.iter().map(|g| g.offers.len()).sum()].map(|n| n.to_string());
    let said = picker::FOUND.fill(lang, &[("n", &n[0]), ("all", &n[1])]);
    html! {
        <>
            <div class="pick-head">
                { field(props, &wish, &all, (!choices.is_empty()).then(|| line_id(active))) }
                <p class="quiet" role="status" data-testid="pick-count">{ said }</p>
            </div>
            <div class="pick-body">
                { topics(&all, &wish, lang) }
                <div class="pick-found">
                    { missing(props, &groups) }
                    { list(&groups, active, &props.current, lang, &props.on_choose) }
                </div>
            </div>
        </>
    }
}

fn field(
    props: &PickerProps,
    wish: &UseStateHandle<Wish>,
    all: &Rc<Vec<Group>>,
    active: Option<String>,
) -> Html {
    let lang = props.lang;
    let oninput = {
        let wish = wish.clone();
        Callback::from(move |event: InputEvent| {
            let query = event.target_unchecked_into::<HtmlInputElement>().value();
            let at = (!query.is_empty()).then_some(0);
            wish.set(Wish { query, topic: String::new(), at });
        })
    };
    let onkeydown = {
        let (wish, all, props) = (wish.clone(), all.clone(), props.clone());
        Callback::from(move |event: KeyboardEvent| press(&event, &wish, &all, &props))
    };
    html! {
        <input type="text" class="pick-field" data-testid="pick-field" role="combobox"
            autofocus="true" autocomplete="off" spellcheck="false" enterkeyhint="go"
            aria-expanded="true" aria-controls="pick-list" aria-autocomplete="list"
            aria-activedescendant={active} aria-label={picker::SEARCH.get(lang)}
            placeholder={picker::SEARCH.get(lang)} value={wish.query.clone()}
            oninput={oninput} onkeydown={onkeydown} />
    }
}

/// A key may come before what the one before it did is drawn: it acts on what is wished now.
fn press(event: &KeyboardEvent, wish: &UseStateHandle<Wish>, all: &[Group], props: &PickerProps) {
    let now = (**wish).clone();
    let (choices, active) = now.choices(&found(all, &now.topic, &now.query), &props.current);
    let moved = moved(&event.key(), active, choices.len());
    if event.is_composing() || (moved.is_none() && event.key() != "Enter") {
        return;
    }
    event.prevent_default();
    match (moved, choices.get(active)) {
        (Some(at), _) => wish.set(Wish { at: Some(at), ..now }),
        (None, Some(choice)) => props.on_choose.emit(choice.clone()),
        (None, None) => {}
    }
}

/// Where a key moves to in a list of `count`; `None`: the key does not move.
fn moved(key: &str, active: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowDown" if active == last => 0,
        "ArrowDown" => active + 1,
        "ArrowUp" => active.checked_sub(1).unwrap_or(last),
        "PageDown" => (active + PAGE).min(last),
        "PageUp" => active.saturating_sub(PAGE),
        _ => return None,
    })
}

/// The topics, as one group of choices: one stop of the Tab key, the arrows choose.
fn topics(all: &[Group], wish: &UseStateHandle<Wish>, lang: Lang) -> Html {
    let one = |title: &str, words: &str, count: usize| {
        let set = {
            let (wish, topic) = (wish.clone(), title.to_string());
            Callback::from(move |_: Event| {
                let next = Wish { topic: topic.clone(), at: None, ..(*wish).clone() };
                wish.set(next);
            })
        };
        html! {
            <label class="pick-topic">
                <input type="radio" name="pick-topic" checked={wish.topic == title} onchange={set} />
                <span>{ words }</span>
                <span class="quiet">{ count }</span>
            </label>
        }
    };
    let count = all.iter().map(|group| group.offers.len()).sum();
    html! {
        <div class="pick-topics" role="radiogroup" aria-label={picker::TOPICS.get(lang)}
            data-testid="pick-topics">
            { one("", picker::TOPICS_ALL.get(lang), count) }
            { for all.iter().map(|group| one(&group.title, &group.title, group.offers.len())) }
        </div>
    }
}

/// What is said when there is nothing to choose from.
fn missing(props: &PickerProps, groups: &[Group]) -> Html {
    let lang = props.lang;
    if props.failed && props.scenarios.is_empty() {
        return html! {
            <div class="pick-none" role="alert">
                <p>{ picker::FAILED.get(lang) }</p>
                <button type="button" class="button" data-testid="pick-again"
                    onclick={props.on_again.reform(|_: MouseEvent| ())}>
                    { picker::AGAIN.get(lang) }
                </button>
            </div>
        };
    }
    let words = match (props.scenarios.is_empty(), groups.is_empty()) {
        (true, _) => picker::LOADING,
        (_, true) => picker::NONE,
        _ => return Html::default(),
    };
    html! { <p class="pick-none quiet">{ words.get(lang) }</p> }
}

/// Brings the line into view that the arrows are at.
fn show_line(place: usize) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    if let Some(line) = browser::element(&line_id(place)) {
        line.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn the_arrows_go_round_and_pages_stop_at_the_ends() {
        let rows = [
            (("ArrowDown", 2, 3), Some(0)),
            (("ArrowUp", 0, 3), Some(2)),
            (("ArrowDown", 0, 3), Some(1)),
            (("PageDown", 1, 20), Some(9)),
            (("PageDown", 15, 20), Some(19)),
            (("PageUp", 3, 20), Some(0)),
            (("ArrowDown", 0, 0), None),
            (("a", 0, 3), None),
        ];
        for ((key, at, count), to) in rows {
            assert_eq!(moved(key, at, count), to, "{key} at {at} of {count}");
        }
    }
}
