//! The rules in groups, with search and filters.

use crate::ui::markup::prelude::*;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::dialog::Place;
use super::filter::{Filter, Group, Order};
use super::kept;
use super::rule::{item, truth};
use super::rules::{Rules, Wanted};
use crate::base::Lang;
use crate::ui::i18n::library;
use crate::ui::why::RuleTexts;

const TRUTHS: [&str; 5] = ["correct", "simplified", "outdated", "wrong", "contradicted"];

/// What the list draws from and whom it tells.
pub struct Shelf<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// How many arguments there are.
    pub arguments: usize,
    /// What is looked for.
    pub filter: &'a UseStateHandle<Filter>,
    /// The rules that were shown.
    pub seen: &'a UseStateHandle<Vec<String>>,
    /// What the engine's rules say.
    pub texts: &'a RuleTexts,
    /// The title of a scenario.
    pub title: &'a dyn Fn(&str) -> String,
    /// The language.
    pub lang: Lang,
    /// A rule is to be shown.
    pub on_show: &'a Callback<Wanted>,
    /// Another place is wanted.
    pub on_place: &'a Callback<Place>,
}

/// The list.
pub fn view_list(shelf: &Shelf<'_>) -> Html {
    let (lang, filter, seen) = (shelf.lang, shelf.filter, shelf.seen);
    let groups = filter.groups(shelf.rules, seen);
    let count = groups.iter().map(|group| group.rules.len()).sum::<usize>();
    let numbers = [count, shelf.rules.rules.len(), seen.len()].map(|n| n.to_string());
    let said = library::FOUND
        .fill(lang, &[("n", &numbers[0]), ("all", &numbers[1]), ("seen", &numbers[2])]);
    let forget = {
        let seen = seen.clone();
        Callback::from(move |_: MouseEvent| {
            kept::keep_seen(&[]);
            seen.set(Vec::new());
        })
    };
    let arguments = library::SETTLES.fill(lang, &[("n", &shelf.arguments.to_string())]);
    html! {
        <>
            <p>{ library::LIBRARY_MORE.get(lang) }</p>
            <p class="rule-acts">
                <button type="button" class="link" data-testid="settles"
                    onclick={shelf.on_place.reform(|_: MouseEvent| Place::Arguments)}>
                    { arguments }
                </button>
            </p>
            { filters(filter, lang) }
            <p class="quiet library-count" data-testid="library-count" role="status">
                { said }
                if !seen.is_empty() {
                    { " " }
                    <button type="button" class="link" onclick={forget}>
                        { library::FORGET.get(lang) }
                    </button>
                }
            </p>
            if groups.is_empty() {
                <p>{ library::NONE.get(lang) }</p>
            }
            { for groups.iter().map(|group| section(group, shelf)) }
        </>
    }
}

fn filters(filter: &UseStateHandle<Filter>, lang: Lang) -> Html {
    let change = |change: fn(&mut Filter, String)| {
        let filter = filter.clone();
        move |value: String| {
            let mut next = (*filter).clone();
            change(&mut next, value);
            filter.set(next);
        }
    };
    let (query, order) = (
        change(|filter, value| filter.query = value),
        change(|filter, value| {
            filter.order = if value == "document" { Order::Document } else { Order::Topic };
        }),
    );
    let wanted = change(|filter, value| filter.truth = value);
    let unseen = change(|filter, value| filter.unseen = value == "true");
    let only_unseen = Callback::from(move |e: Event| {
        unseen(e.target_unchecked_into::<HtmlInputElement>().checked().to_string());
    });
    let of_select = |event: Event| event.target_unchecked_into::<HtmlSelectElement>().value();
    let of_input = |event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value();
    html! {
        <div class="library-filters" role="search">
            <label>{ library::SEARCH.get(lang) }
                <input type="search" data-testid="library-search" value={filter.query.clone()}
                    oninput={Callback::from(move |e: InputEvent| query(of_input(e)))} />
            </label>
            <label>{ library::ORDER.get(lang) }
                <select data-testid="library-order"
                    onchange={Callback::from(move |e: Event| order(of_select(e)))}>
                    <option value="topic" selected={filter.order == Order::Topic}>
                        { library::ORDER_TOPIC.get(lang) }
                    </option>
                    <option value="document" selected={filter.order == Order::Document}>
                        { library::ORDER_DOCUMENT.get(lang) }
                    </option>
                </select>
            </label>
            <label>{ library::TRUTH.get(lang) }
                <select data-testid="library-truth"
                    onchange={Callback::from(move |e: Event| wanted(of_select(e)))}>
                    <option value="" selected={filter.truth.is_empty()}>
                        { library::TRUTH_ALL.get(lang) }
                    </option>
                    { for TRUTHS.iter().map(|word| html! {
                        <option value={*word} selected={filter.truth == *word}>
                            { truth(word).get(lang) }
                        </option>
                    }) }
                </select>
            </label>
            <label class="library-unseen">
                <input type="checkbox" checked={filter.unseen} onchange={only_unseen} />
                { library::UNSEEN.get(lang) }
            </label>
        </div>
    }
}

fn section(group: &Group, shelf: &Shelf<'_>) -> Html {
    let (lang, filter) = (shelf.lang, shelf.filter);
    let title = match filter.order {
        Order::Topic => group.title.clone(),
        Order::Document => library::DOCUMENT.fill(lang, &[("n", &group.id)]),
    };
    let of_group = || group.rules.iter().map(|at| &shelf.rules.rules[*at]);
    let done = of_group().filter(|rule| shelf.seen.contains(&rule.id)).count();
    html! {
        <details class="library-group" key={group.id.clone()} open={filter.narrows()}>
            <summary>
                { title }<span class="quiet">{ format!(" {done}/{}", group.rules.len()) }</span>
            </summary>
            <ul>{ for of_group().map(|rule| item(rule, shelf)) }</ul>
        </details>
    }
}
