//! The dialog: search, filters, and the rules in groups.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::filter::{Filter, Group, Order};
use super::rule::{item, truth};
use super::rules::{Rules, Wanted};
use crate::base::Lang;
use crate::ui::browser;
use crate::ui::dialog::Dialog;
use crate::ui::header::scenarios::Entry;
use crate::ui::i18n::library;
use crate::ui::load::{Load, use_json};

/// What the dialog shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct LibraryProps {
    /// Whether it is open.
    pub open: bool,
    /// Its language.
    pub lang: Lang,
    /// The scenarios on offer, for their titles.
    pub scenarios: Rc<Vec<Entry>>,
    /// A rule is to be shown.
    pub on_show: Callback<Wanted>,
    /// It was closed.
    pub on_close: Callback<()>,
}

const TRUTHS: [&str; 5] = ["correct", "simplified", "outdated", "wrong", "contradicted"];

/// The rule browser.
#[component]
pub fn Library(props: &LibraryProps) -> Html {
    let lang = props.lang;
    let facts = use_json("./static/catalogue/rules.json", props.open);
    let texts = use_json(&format!("./static/catalogue/{}.json", lang.code()), props.open);
    let rules = use_memo((facts.clone(), texts.clone()), |(facts, texts)| match (facts, texts) {
        (Load::Here(facts), Load::Here(texts)) => Some(Rules::read(facts, texts)),
        _ => None,
    });
    let filter = use_state(Filter::default);
    let seen = use_state(seen_rules);
    let on_show = {
        let (seen, on_show) = (seen.clone(), props.on_show.clone());
        Callback::from(move |wanted: Wanted| {
            let mut ids = (*seen).clone();
            if !ids.contains(&wanted.rule) {
                ids.push(wanted.rule.clone());
                browser::keep("seen", &ids.join(" "));
                seen.set(ids);
            }
            on_show.emit(wanted);
        })
    };
    let quiet = |text: &'static str| html! { <p class="quiet" role="status">{ text }</p> };
    html! { { part! { <Dialog open={props.open} {lang} name="library" title={library::LIBRARY.get(lang)}
            on_close={props.on_close.clone()}>{ html! {
            <p>{ library::LIBRARY_MORE.get(lang) }</p>
            { match rules.as_ref() {
                Some(rules) => found(rules, &filter, &seen, props, &on_show),
                None if [&facts, &texts].contains(&&Load::Failed) => {
                    quiet(library::LIBRARY_FAILED.get(lang))
                }
                None => quiet(library::LIBRARY_LOADING.get(lang)),
            } }
         } }</Dialog> } }
    }
}

/// The rules that were shown, as the browser remembers them.
fn seen_rules() -> Vec<String> {
    let kept = browser::recall("seen").unwrap_or_default();
    kept.split_whitespace().map(str::to_string).collect()
}

fn found(
    rules: &Rules,
    filter: &UseStateHandle<Filter>,
    seen: &UseStateHandle<Vec<String>>,
    props: &LibraryProps,
    on_show: &Callback<Wanted>,
) -> Html {
    let lang = props.lang;
    let groups = filter.groups(rules, seen);
    let count = groups.iter().map(|group| group.rules.len()).sum::<usize>();
    let numbers = [count, rules.rules.len(), seen.len()].map(|n| n.to_string());
    let said = library::FOUND
        .fill(lang, &[("n", &numbers[0]), ("all", &numbers[1]), ("seen", &numbers[2])]);
    let forget = {
        let seen = seen.clone();
        Callback::from(move |_: MouseEvent| {
            browser::keep("seen", "");
            seen.set(Vec::new());
        })
    };
    html! {
        <>
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
            { for groups.iter().map(|group| section(group, rules, filter, seen, props, on_show)) }
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

fn section(
    group: &Group,
    rules: &Rules,
    filter: &Filter,
    seen: &[String],
    props: &LibraryProps,
    on_show: &Callback<Wanted>,
) -> Html {
    let lang = props.lang;
    let title = match filter.order {
        Order::Topic => group.title.clone(),
        Order::Document => library::DOCUMENT.fill(lang, &[("n", &group.id)]),
    };
    let title_of = |name: &str| {
        let entry = props.scenarios.iter().find(|entry| entry.name == name);
        entry.map_or(name, |entry| entry.title.get(lang)).to_string()
    };
    let of_group = || group.rules.iter().map(|at| &rules.rules[*at]);
    let one = |rule| item(rule, seen.contains(&rule.id), &title_of, lang, on_show);
    let done = of_group().filter(|rule| seen.contains(&rule.id)).count();
    html! {
        <details class="library-group" key={group.id.clone()} open={filter.narrows()}>
            <summary>
                { title }<span class="quiet">{ format!(" {done}/{}", group.rules.len()) }</span>
            </summary>
            <ul>{ for of_group().map(one) }</ul>
        </details>
    }
}
