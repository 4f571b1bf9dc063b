//! "Run until …": what can be waited for, searched, and let the run go on to.

use std::rc::Rc;

use crate::ui::markup::prelude::*;
use web_sys::HtmlInputElement;

use super::aims::{Offer, find};
use super::words::aim_words;
use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{Aim, AimsView, JourneyView};
use crate::ui::dialog::Dialog;
use crate::ui::i18n::timeline as t;
use crate::ui::icons::{Icon, icon};
use crate::ui::why::RuleTexts;

/// What the dialog shows and whom it tells.
#[derive(Properties, PartialEq, Clone)]
pub struct UntilProps {
    /// What can be waited for; `None`: it is closed.
    pub aims: Option<Rc<AimsView>>,
    /// What the learner set up around the run.
    pub journey: Rc<JourneyView>,
    /// The titles of rules.
    pub rules: Rc<RuleTexts>,
    /// Its language.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// It was closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[component]
pub fn Until(props: &UntilProps) -> Html {
    let lang = props.lang;
    let search = use_state_eq(String::new);
    let at_once = use_state_eq(|| false);
    let choose = {
        let (on_command, on_close) = (props.on_command.clone(), props.on_close.clone());
        let at_once = at_once.clone();
        Callback::from(move |aim: Aim| {
            on_close.emit(());
            on_command.emit(Command::RunUntil { aim, at_once: *at_once });
        })
    };
    let groups = match &props.aims {
        Some(aims) => find(aims, &search, &props.rules, lang),
        None => Vec::new(),
    };
    let none = groups.is_empty();
    html! { { part! { <Dialog open={props.aims.is_some()} {lang} name="until"
        title={t::UNTIL.get(lang)} on_close={props.on_close.clone()}>{ html! {
        <>
            { view_search(&search, props, &choose) }
            { view_pace(&at_once, lang) }
            { view_stops(props) }
            if none {
                <p role="status">{ t::UNTIL_NONE.get(lang) }</p>
            }
            { for groups.iter().map(|(title, offers)| html! {
                <section>
                    <h3>{ title.get(lang) }</h3>
                    <ul class="until-list">
                        { for offers.iter().map(|offer| view_offer(offer, props, &choose)) }
                    </ul>
                </section>
            }) }
        </>
    } }</Dialog> } } }
}

/// The field: letters narrow the list, Enter takes its first.
fn view_search(
    search: &UseStateHandle<String>,
    props: &UntilProps,
    choose: &Callback<Aim>,
) -> Html {
    let lang = props.lang;
    let oninput = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| {
            search.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let onkeydown = {
        let (choose, search, props) = (choose.clone(), search.clone(), props.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(aim) = first(&search, &props).filter(|_| event.key() == "Enter") {
                event.prevent_default();
                search.set(String::new());
                choose.emit(aim);
            }
        })
    };
    html! {
        <label class="until-search">
            <span>{ t::UNTIL_SEARCH.get(lang) }</span>
            <input type="search" data-testid="until-search" autofocus="true" autocomplete="off"
                spellcheck="false"
                value={(**search).clone()} {oninput} {onkeydown} />
        </label>
    }
}

/// The first of what is looked for, if something is: Enter may come before the list is drawn.
fn first(search: &str, props: &UntilProps) -> Option<Aim> {
    let aims = props.aims.as_ref().filter(|_| !search.trim().is_empty())?;
    let groups = find(aims, search, &props.rules, props.lang);
    groups.first().and_then(|(_, offers)| offers.first()).map(|one| one.aim.clone())
}

/// Whether what lies between is played.
fn view_pace(at_once: &UseStateHandle<bool>, lang: Lang) -> Html {
    let onchange = {
        let at_once = at_once.clone();
        Callback::from(move |_: Event| at_once.set(!*at_once))
    };
    html! {
        <label class="until-pace">
            <input type="checkbox" data-testid="until-at-once" checked={**at_once} {onchange} />
            { t::UNTIL_AT_ONCE.get(lang) }
        </label>
    }
}

/// The breakpoints that are set.
fn view_stops(props: &UntilProps) -> Html {
    let lang = props.lang;
    if props.journey.stops.is_empty() {
        return Html::default();
    }
    html! {
        <section data-testid="stops">
            <h3>{ t::STOPS.get(lang) }</h3>
            <ul class="until-list">
                { for props.journey.stops.iter().map(|aim| {
                    let words = aim_words(aim, &props.rules, lang);
                    html! { <li><span class="until-name">{ words.clone() }</span>
                        { view_stop(aim, &words, props) }</li> }
                }) }
            </ul>
        </section>
    }
}

fn view_offer(offer: &Offer, props: &UntilProps, choose: &Callback<Aim>) -> Html {
    let aim = offer.aim.clone();
    let onclick = choose.reform(move |_: MouseEvent| aim.clone());
    html! {
        <li>
            <button type="button" class="until-go" data-testid="until-go" {onclick}>
                { &offer.words }
            </button>
            { view_stop(&offer.aim, &offer.words, props) }
        </li>
    }
}

/// The switch that makes an aim a breakpoint.
fn view_stop(aim: &Aim, words: &str, props: &UntilProps) -> Html {
    let set = props.journey.stops.contains(aim);
    let name = t::STOP_EACH.fill(props.lang, &[("aim", words)]);
    let aim = aim.clone();
    let onclick = props.on_command.reform(move |_: MouseEvent| Command::ToggleStop(aim.clone()));
    html! {
        <button type="button" class="key until-stop" data-testid="until-stop"
            aria-pressed={set.to_string()} aria-label={name.clone()} title={name} {onclick}>
            { icon(Icon::Stop) }
        </button>
    }
}
