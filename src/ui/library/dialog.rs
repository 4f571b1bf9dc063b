//! The dialog: the rules, or one of the arguments.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::argument::ArgumentPage;
use super::arguments::{self, Argument};
use super::filter::Filter;
use super::kept;
use super::list::{Shelf, view_list};
use super::rules::{Rules, Wanted};
use crate::base::{Lang, Map};
use crate::ui::dialog::Dialog;
use crate::ui::header::scenarios::Entry;
use crate::ui::i18n::library as t;
use crate::ui::load::{Load, use_json};
use crate::ui::why::RuleTexts;

/// A place of the dialog.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Place {
    /// All rules.
    #[default]
    Rules,
    /// The rule of this id.
    Rule(String),
    /// The list of arguments.
    Arguments,
    /// The argument about the rule of this id.
    Argument(String),
}

/// What the dialog shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct LibraryProps {
    /// Whether it is open.
    pub open: bool,
    /// The place that was asked for last, and how many were asked for before it.
    pub at: (u32, Place),
    /// Its language.
    pub lang: Lang,
    /// The scenarios on offer, for their titles.
    pub scenarios: Rc<Vec<Entry>>,
    /// What the engine's rules say, for their titles.
    pub texts: Rc<RuleTexts>,
    /// A rule is to be shown.
    pub on_show: Callback<Wanted>,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// What the dialog's files hold.
#[derive(PartialEq)]
struct Content {
    rules: Rules,
    arguments: Vec<Argument>,
}

/// The rule browser.
#[component]
pub fn Library(props: &LibraryProps) -> Html {
    let lang = props.lang;
    let (content, failed) = use_content(lang, props.open);
    let (place, filter) = (use_state(Place::default), use_state(Filter::default));
    let (seen, predicted) = (use_state(kept::seen), use_state(kept::predicted));
    {
        let (place, filter) = (place.clone(), filter.clone());
        use_effect_with(props.at.clone(), move |(nth, at)| {
            if *nth > 0 {
                go(at, &place, &filter);
            }
        });
    }
    let on_show = remembered(&seen, &props.on_show);
    let on_place = {
        let (place, filter) = (place.clone(), filter.clone());
        Callback::from(move |at: Place| go(&at, &place, &filter))
    };
    let quiet = |text: &'static str| html! { <p class="quiet" role="status">{ text }</p> };
    let title_of = |name: &str| {
        let entry = props.scenarios.iter().find(|entry| entry.name == name);
        entry.map_or(name, |entry| entry.title.get(lang)).to_string()
    };
    let inside = |content: &Content| match &*place {
        Place::Rules | Place::Rule(_) => {
            let shelf = Shelf {
                rules: &content.rules,
                arguments: content.arguments.len(),
                filter: &filter,
                seen: &seen,
                texts: &props.texts,
                title: &title_of,
                lang,
                on_show: &on_show,
                on_place: &on_place,
            };
            view_list(&shelf)
        }
        Place::Arguments => view_arguments(content, &predicted, lang, &on_place),
        Place::Argument(id) => {
            let title_of = &title_of;
            let (predicted, on_show, on_place) = (&predicted, &on_show, &on_place);
            let debate = Debate { predicted, title_of, lang, on_show, on_place };
            view_argument(content, id, &debate)
        }
    };
    let body = match content.as_ref() {
        Some(content) => inside(content),
        None if failed => quiet(t::LIBRARY_FAILED.get(lang)),
        None => quiet(t::LIBRARY_LOADING.get(lang)),
    };
    html! { { part! { <Dialog open={props.open} {lang} name="library" title={t::LIBRARY.get(lang)}
    on_close={props.on_close.clone()}>{ body }</Dialog> } } }
}

/// Shows a rule, and remembers that it was shown.
fn remembered(seen: &UseStateHandle<Vec<String>>, on_show: &Callback<Wanted>) -> Callback<Wanted> {
    let (seen, on_show) = (seen.clone(), on_show.clone());
    Callback::from(move |wanted: Wanted| {
        let mut ids = (*seen).clone();
        if !ids.contains(&wanted.rule) {
            ids.push(wanted.rule.clone());
            kept::keep_seen(&ids);
            seen.set(ids);
        }
        on_show.emit(wanted);
    })
}

/// What the page of an argument needs besides the argument.
struct Debate<'a> {
    predicted: &'a UseStateHandle<Map<String, usize>>,
    title_of: &'a dyn Fn(&str) -> String,
    lang: Lang,
    on_show: &'a Callback<Wanted>,
    on_place: &'a Callback<Place>,
}

fn view_argument(content: &Content, id: &str, debate: &Debate<'_>) -> Html {
    let (lang, predicted) = (debate.lang, debate.predicted);
    let Some(at) = content.arguments.iter().position(|one| one.id == id) else {
        return html! { <p class="quiet" role="status">{ t::NONE.get(lang) }</p> };
    };
    let argument = content.arguments[at].clone();
    let title = argument.run.as_ref().map(|run| (debate.title_of)(&run.scenario));
    let on_predict = {
        let (predicted, id) = (predicted.clone(), id.to_string());
        Callback::from(move |choice: Option<usize>| {
            let mut all = (*predicted).clone();
            match choice {
                Some(choice) => drop(all.insert(id.clone(), choice)),
                None => drop(all.remove(&id)),
            }
            kept::keep_predicted(&all);
            predicted.set(all);
        })
    };
    html! {
        <>
            { way_back(lang, debate.on_place) }
            { part! { <ArgumentPage key={id.to_string()} {argument}
                title={title.unwrap_or_default()} {lang}
                predicted={predicted.get(id).copied()} {on_predict}
                next={content.arguments.get(at + 1).map(|one| one.id.clone())}
                on_show={debate.on_show.clone()} on_place={debate.on_place.clone()} /> } }
        </>
    }
}

/// To a place: a rule is looked for by its id.
fn go(at: &Place, place: &UseStateHandle<Place>, filter: &UseStateHandle<Filter>) {
    if let Place::Rule(id) = at {
        filter.set(Filter { query: id.clone(), ..Filter::default() });
    }
    place.set(at.clone());
}

/// The content in a language, and whether it could not be loaded.
#[hook]
fn use_content(lang: Lang, open: bool) -> (Rc<Option<Content>>, bool) {
    let code = lang.code();
    let files = [
        use_json("./static/catalogue/rules.json", open),
        use_json(&["./static/catalogue/", code, ".json"].concat(), open),
        use_json("./static/catalogue/engine.json", open),
        use_json("./static/catalogue/arguments.json", open),
        use_json(&["./static/catalogue/arguments.", code, ".json"].concat(), open),
    ];
    let failed = files.contains(&Load::Failed);
    let content = use_memo(files, |files| {
        let file = |nth: usize| match &files[nth] {
            Load::Here(value) => Some(value),
            _ => None,
        };
        let rules = Rules::read(file(0)?, file(1)?, file(2)?);
        let arguments = arguments::read(file(3)?, file(4)?, &rules);
        Some(Content { rules, arguments })
    });
    (content, failed)
}

fn way_back(lang: Lang, on_place: &Callback<Place>) -> Html {
    let go = |place: Place| on_place.reform(move |_: MouseEvent| place.clone());
    html! {
        <p class="rule-acts">
            <button type="button" class="link" data-testid="settle-back" onclick={go(Place::Rules)}>
                { t::SETTLE_BACK.get(lang) }
            </button>
        </p>
    }
}

/// The list of arguments: what is asked, and what was predicted.
fn view_arguments(
    content: &Content,
    predicted: &Map<String, usize>,
    lang: Lang,
    on_place: &Callback<Place>,
) -> Html {
    let one = |argument: &Argument| {
        let place = Place::Argument(argument.id.clone());
        let onclick = on_place.reform(move |_: MouseEvent| place.clone());
        html! {
            <li>
                <button type="button" class="link" data-testid="settle-open"
                    data-rule={argument.id.clone()} {onclick}>{ argument.ask.clone() }</button>
                if predicted.get(&argument.id).is_some() {
                    <span class="quiet">{ " ✓" }</span>
                }
            </li>
        }
    };
    let numbers = [predicted.len(), content.arguments.len()].map(|n| n.to_string());
    let count = t::SETTLE_COUNT.fill(lang, &[("n", &numbers[0]), ("all", &numbers[1])]);
    html! {
        <>
            { way_back(lang, on_place) }
            <p>{ t::SETTLES_MORE.get(lang) }</p>
            <p class="quiet" role="status">{ count }</p>
            <ol class="arguments">{ for content.arguments.iter().map(one) }</ol>
        </>
    }
}
