//! One rule of the documents.

use crate::ui::markup::prelude::*;

use super::rules::{Rule, Wanted};
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
pub fn item(
    rule: &Rule,
    seen: bool,
    title: &dyn Fn(&str) -> String,
    lang: Lang,
    on_show: &Callback<Wanted>,
) -> Html {
    html! {
        <li class="rule" data-testid="rule" data-rule={rule.id.clone()}>
            <p class="rule-head">
                <span class={classes!("truth", rule.truth.clone())}>
                    { truth(&rule.truth).get(lang) }
                </span>
                <code>{ rule.id.clone() }</code>
                if seen {
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
                { for rule.shown.iter().map(|wanted| show(wanted, title, lang, on_show)) }
                if rule.shown.is_empty() {
                    <span class="quiet">{ library::NO_RUN.get(lang) }</span>
                }
            </p>
        </li>
    }
}

fn sources(rule: &Rule, lang: Lang) -> String {
    let one = |source: &super::rules::Source| {
        library::SOURCE.fill(lang, &[("n", &source.document), ("lines", &source.lines)])
    };
    rule.sources.iter().map(one).collect::<Vec<_>>().join(" · ")
}

fn show(
    wanted: &Wanted,
    title: &dyn Fn(&str) -> String,
    lang: Lang,
    on_show: &Callback<Wanted>,
) -> Html {
    let name = library::SHOW_IN.fill(lang, &[("title", &title(&wanted.scenario))]);
    let onclick = {
        let wanted = wanted.clone();
        on_show.reform(move |_: MouseEvent| wanted.clone())
    };
    html! { <button type="button" class="button" data-testid="show-me" {onclick}>{ name }</button> }
}
