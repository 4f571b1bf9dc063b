//! An argument: both sides, a prediction, the run that settles it, and what it was checked against.

use crate::ui::markup::prelude::*;

use super::arguments::{Argument, Checked};
use super::dialog::Place;
use super::rules::Wanted;
use crate::base::Lang;
use crate::ui::i18n::library as t;

/// What the page of an argument shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ArgumentProps {
    /// The argument.
    pub argument: Argument,
    /// The title of the scenario that settles it.
    pub title: String,
    /// What was predicted; `None`: nothing yet.
    pub predicted: Option<usize>,
    /// The language.
    pub lang: Lang,
    /// A prediction, or that it is to be forgotten.
    pub on_predict: Callback<Option<usize>>,
    /// The run is wanted.
    pub on_show: Callback<Wanted>,
    /// Another place is wanted.
    pub on_place: Callback<Place>,
    /// The argument after this one.
    pub next: Option<String>,
}

/// The page.
#[component]
pub fn ArgumentPage(props: &ArgumentProps) -> Html {
    let told = use_state_eq(|| false);
    let (argument, lang) = (&props.argument, props.lang);
    let open = *told || props.predicted.is_some();
    let go = |place: Place| props.on_place.reform(move |_: MouseEvent| place.clone());
    let tell = {
        let told = told.clone();
        Callback::from(move |_: MouseEvent| told.set(true))
    };
    let forget = {
        let (told, on_predict) = (told.clone(), props.on_predict.clone());
        Callback::from(move |_: MouseEvent| {
            told.set(false);
            on_predict.emit(None);
        })
    };
    html! {
        <article class="argument" data-testid="argument" data-rule={argument.id.clone()}>
            <p class="rule-head">
                <a href={["?settle=", &argument.id].concat()}><code>{ argument.id.clone() }</code></a>
            </p>
            <div class="argument-sides">
                <blockquote><strong>{ t::SETTLE_ONE.get(lang) }</strong>
                    <p>{ argument.one.clone() }</p></blockquote>
                <blockquote><strong>{ t::SETTLE_OTHER.get(lang) }</strong>
                    <p>{ argument.other.clone() }</p></blockquote>
            </div>
            { choices(props, open) }
            <p class="rule-acts">
                { run(props) }
                if open {
                    <button type="button" class="link" data-testid="settle-forget" onclick={forget}>
                        { t::SETTLE_FORGET.get(lang) }
                    </button>
                } else {
                    <button type="button" class="link" data-testid="settle-tell" onclick={tell}>
                        { t::SETTLE_SHOW.get(lang) }
                    </button>
                }
            </p>
            <div role="status" data-testid="settled">
                if open {
                    <p><strong>{ t::SETTLE_ANSWER.get(lang) }</strong>{ " " }
                        { argument.settled.clone() }</p>
                    <p class="quiet">{ checked(argument, lang) }</p>
                }
            </div>
            <p class="rule-acts">
                <button type="button" class="link" data-testid="settle-rule"
                    onclick={go(Place::Rule(argument.id.clone()))}>
                    { t::CARD_IN_RULES.fill(lang, &[("id", &argument.id)]) }
                </button>
                if let Some(next) = props.next.clone() {
                    <button type="button" class="link" data-testid="settle-next"
                        onclick={go(Place::Argument(next))}>
                        { t::SETTLE_NEXT.get(lang) }
                    </button>
                }
            </p>
        </article>
    }
}

fn choices(props: &ArgumentProps, open: bool) -> Html {
    let (argument, lang) = (&props.argument, props.lang);
    let one = |(nth, words): (usize, &String)| {
        let mine = props.predicted == Some(nth);
        let predict = props.on_predict.reform(move |_: Event| Some(nth));
        html! {
            <label class={classes!("choice", (open && nth == argument.right).then_some("true"))}>
                <input type="radio" name="choice" data-testid={format!("choice-{nth}")}
                    checked={mine} onchange={predict} />
                <span>
                    { words.clone() }
                    if open && nth == argument.right {
                        <span class="quiet">{ " · " }{ t::SETTLE_TRUE.get(lang) }</span>
                    }
                    if mine {
                        <span class="quiet">{ " · " }{ t::SETTLE_YOURS.get(lang) }</span>
                    }
                </span>
            </label>
        }
    };
    html! {
        <fieldset class="choices">
            <legend>{ argument.ask.clone() }</legend>
            { for argument.choices.iter().enumerate().map(one) }
        </fieldset>
    }
}

fn run(props: &ArgumentProps) -> Html {
    let Some(run) = props.argument.run.clone() else { return Html::default() };
    let onclick = props.on_show.reform(move |_: MouseEvent| run.clone());
    html! {
        <button type="button" class="button" data-testid="settle-run" {onclick}>
            { t::SETTLE_RUN.fill(props.lang, &[("title", &props.title)]) }
        </button>
    }
}

fn checked(argument: &Argument, lang: Lang) -> String {
    match &argument.checked {
        Checked::Recording(name) => t::SETTLE_RECORDED.fill(lang, &[("name", name)]),
        Checked::Source(source) => t::SETTLE_READ.fill(lang, &[("source", source)]),
    }
}
