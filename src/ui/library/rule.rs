//! One rule of the documents.

use crate::ui::markup::prelude::*;

use super::dialog::Place;
use super::list::Shelf;
use super::rules::{Rule, Source, Wanted};
use crate::base::Lang;
use crate::ui::i18n::{Text, library};

/// How true a statement is, in words.
pub fn truth(word: &str) -> Text {
    match word {
        "simplified" => library::TRUTH_SIMPLIFIED,
        "outdated" => library::TRUTH_OUTDATED,
        "wrong" => library::TRUTH_WRONG,
        "contradicted" => library::TRUTH_CONTRADICTED,
        _ => library::TRUTH_CORRECT,
    }
}

/// The rule as an item of a list.
pub fn item(rule: &Rule, shelf: &Shelf<'_>) -> Html {
    let lang = shelf.lang;
    html! {
        <li class="rule" data-testid="rule" data-rule={rule.id.clone()}>
            <p class="rule-head">
                <span class={classes!("truth-badge", rule.truth.clone())}>
                    { truth(&rule.truth).get(lang) }
                </span>
                <a href={["?rule=", &rule.id].concat()}><code>{ rule.id.clone() }</code></a>
                if shelf.seen.contains(&rule.id) {
                    <span class="quiet">{ "✓ " }{ library::SHOWN.get(lang) }</span>
                }
            </p>
            <p>{ rule.statement.clone() }</p>
            if !rule.today.is_empty() {
                <p class="today">
                    <strong>{ library::TODAY.get(lang) }</strong>{ " " }{ rule.today.clone() }
                </p>
            }
            <p class="quiet">{ sources(rule, lang) }</p>
            <p class="rule-acts">
                { for rule.shown.iter().map(|wanted| show(wanted, shelf)) }
                if rule.shown.is_empty() {
                    <span class="quiet">{ library::NO_RUN.get(lang) }</span>
                }
                if rule.is_argued() {
                    { settle(rule, shelf) }
                }
            </p>
            if !rule.engine.is_empty() {
                <p class="rule-acts">
                    <span class="quiet">{ library::CARDS_OF.get(lang) }</span>
                    { for rule.engine.iter().map(|engine| card(rule, engine, shelf)) }
                </p>
            }
        </li>
    }
}

fn sources(rule: &Rule, lang: Lang) -> String {
    let one = |source: &Source| {
        library::SOURCE.fill(lang, &[("n", &source.document), ("lines", &source.lines)])
    };
    rule.sources.iter().map(one).collect::<Vec<_>>().join(" · ")
}

fn show(wanted: &Wanted, shelf: &Shelf<'_>) -> Html {
    let name = library::SHOW_IN.fill(shelf.lang, &[("title", &(shelf.title)(&wanted.scenario))]);
    let onclick = {
        let wanted = wanted.clone();
        shelf.on_show.reform(move |_: MouseEvent| wanted.clone())
    };
    html! { <button type="button" class="button" data-testid="show-me" {onclick}>{ name }</button> }
}

fn settle(rule: &Rule, shelf: &Shelf<'_>) -> Html {
    let place = Place::Argument(rule.id.clone());
    let onclick = shelf.on_place.reform(move |_: MouseEvent| place.clone());
    html! {
        <button type="button" class="button" data-testid="settle" {onclick}>
            { library::SETTLE.get(shelf.lang) }
        </button>
    }
}

/// The way to the card of one of the engine's rules, in the run that shows it.
fn card(rule: &Rule, engine: &str, shelf: &Shelf<'_>) -> Html {
    let Some(wanted) = rule.card(engine) else { return Html::default() };
    let onclick = shelf.on_show.reform(move |_: MouseEvent| wanted.clone());
    html! {
        <button type="button" class="link" data-testid="show-card" data-rule={engine.to_string()}
            {onclick}>
            { shelf.texts.title(engine, &[]) }
        </button>
    }
}
