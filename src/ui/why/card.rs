//! The card of a decision: what happened and why, what would have changed it, where it says so,
//! how it came to this and what came of it.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use super::cards::Cards;
use super::texts::RuleTexts;
use crate::base::Lang;
use crate::session::Command;
use crate::session::view::{FocusView, RecordView};
use crate::ui::clock_text::clock;
use crate::ui::i18n::{Text, frame, library as t};
use crate::ui::library::{Place, Rule, truth};

/// Rules of the documents that a card names.
const CARRIED: usize = 4;
/// Links of the chain that are not folded away.
const NEAR: usize = 4;

/// What all cards share.
#[derive(Clone, PartialEq)]
pub struct Desk {
    /// What the rules say.
    pub texts: Rc<RuleTexts>,
    /// What the cards say besides; `None` while they are on the way.
    pub cards: Option<Rc<Cards>>,
    /// Whether they could not be loaded.
    pub failed: bool,
    /// The selected decision with its surroundings.
    pub focus: Option<Rc<FocusView>>,
    /// The language.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
    /// A place of the rule browser is wanted.
    pub on_place: Callback<Place>,
    /// A line of the text is wanted.
    pub on_line: Callback<usize>,
}

/// The card.
pub fn view_card(record: &RecordView, desk: &Desk) -> Html {
    let (texts, lang, rule) = (&desk.texts, desk.lang, record.rule.as_str());
    let at = record.at;
    html! {
        <div class="why-detail" data-testid="why-detail">
            if let Some(text) = texts.text(rule, &record.facts) {
                <p>{ text }</p>
            }
            { view_facts(record, desk) }
            if let Some(but) = desk.cards.as_ref().and_then(|cards| cards.but(rule)) {
                { part_of(t::CARD_BUT, "why-but", lang, html! { <p>{ but }</p> }) }
            }
            if let Some(older) = texts.older(rule, &record.facts) {
                <p class="older"><strong>{ frame::WHY_OLDER.get(lang) }</strong>{ older }</p>
            }
            if let Some(cards) = &desk.cards {
                { view_documents(rule, cards, desk) }
                { view_sources(record, cards, lang) }
            }
            if desk.failed {
                <p class="quiet">{ t::CARD_FAILED.get(lang) }</p>
            }
            if let Some(focus) = desk.focus.as_ref().filter(|focus| focus.record.id == record.id) {
                { view_chain(focus, desk) }
                { view_effects(focus, desk) }
            }
            <div class="why-acts">
                <button type="button" class="link" data-testid="why-goto"
                    onclick={desk.on_command.reform(move |_| Command::Seek(at))}>
                    { frame::WHY_GOTO.get(lang) }
                </button>
            </div>
        </div>
    }
}

fn part_of(title: Text, id: &'static str, lang: Lang, inner: Html) -> Html {
    html! {
        <section class="why-part" data-testid={id}>
            <h3>{ title.get(lang) }</h3>
            { inner }
        </section>
    }
}

/// The numbers that decided, and the fields that were read.
fn view_facts(record: &RecordView, desk: &Desk) -> Html {
    let lang = desk.lang;
    let name = |fact: &str| match &desk.cards {
        Some(cards) => cards.fact(fact).to_string(),
        None => fact.to_string(),
    };
    html! {
        <dl>
            <dt>{ frame::WHY_RULE.get(lang) }</dt><dd><code>{ &record.rule }</code></dd>
            { for record.facts.iter().map(|fact| html! {
                <><dt>{ name(&fact.name) }</dt><dd><code>{ &fact.value }</code></dd></>
            }) }
            if !record.fields.is_empty() {
                <dt>{ frame::WHY_FIELDS.get(lang) }</dt>
                <dd>
                    { for record.fields.iter().map(|field| html! { <code>{ field }</code> }) }
                    { for record.lines.iter().map(|line| view_line(*line, record.unwritten, desk)) }
                </dd>
            }
        </dl>
    }
}

fn view_line(line: usize, unwritten: bool, desk: &Desk) -> Html {
    let words = if unwritten { t::CARD_UNDER } else { t::CARD_LINE };
    let words = words.fill(desk.lang, &[("n", &line.to_string())]);
    html! {
        <button type="button" class="link" data-testid="why-yaml"
            onclick={desk.on_line.reform(move |_: MouseEvent| line)}>{ words }</button>
    }
}

/// What the documents say of this: each with how true it is, and the way to it.
fn view_documents(rule: &str, cards: &Cards, desk: &Desk) -> Html {
    let carried = cards.carried(rule);
    let inner = if carried.is_empty() {
        html! { <p class="quiet">{ t::CARD_NO_DOCS.get(desk.lang) }</p> }
    } else {
        let shown = carried.into_iter().take(CARRIED);
        html! { <ul>{ for shown.map(|rule| view_document(rule, desk)) }</ul> }
    };
    part_of(t::CARD_DOCS, "why-documents", desk.lang, inner)
}

fn view_document(rule: &Rule, desk: &Desk) -> Html {
    let lang = desk.lang;
    let go = |place: Place| desk.on_place.reform(move |_: MouseEvent| place.clone());
    let words = t::CARD_IN_RULES.fill(lang, &[("id", &rule.id)]);
    html! {
        <li data-rule={rule.id.clone()}>
            <p class="rule-head">
                <span class={classes!("truth-badge", rule.truth.clone())}>
                    { truth(&rule.truth).get(lang) }
                </span>
            </p>
            <p>{ &rule.statement }</p>
            if rule.truth != "correct" && !rule.today.is_empty() {
                <p class="older">{ &rule.today }</p>
            }
            <p class="quiet">{ sources(rule, lang) }</p>
            <div class="why-acts">
                <button type="button" class="link" data-testid="why-rule"
                    onclick={go(Place::Rule(rule.id.clone()))}>{ words }</button>
                if rule.is_argued() {
                    <button type="button" class="link" data-testid="why-settle"
                        onclick={go(Place::Argument(rule.id.clone()))}>
                        { t::SETTLE.get(lang) }
                    </button>
                }
            </div>
        </li>
    }
}

/// Where the documents state a rule.
fn sources(rule: &Rule, lang: Lang) -> String {
    let one = |source: &crate::ui::library::Source| {
        let values = [("n", source.document.as_str()), ("place", source.place.as_str())];
        t::CARD_DOCUMENT.fill(lang, &values)
    };
    rule.sources.iter().map(one).collect::<Vec<_>>().join(" · ")
}

fn view_sources(record: &RecordView, cards: &Cards, lang: Lang) -> Html {
    let page = cards.page(&record.rule).map(|title| t::CARD_PAGE.fill(lang, &[("title", title)]));
    let code =
        (record.source.len() > 1).then(|| t::CARD_CODE.fill(lang, &[("source", &record.source)]));
    let lines = page.into_iter().chain(code).map(|line| html! { <p class="quiet">{ line }</p> });
    part_of(t::CARD_WHERE, "why-where", lang, html! { { for lines } })
}

/// The links back to what somebody did.
fn view_chain(focus: &FocusView, desk: &Desk) -> Html {
    let lang = desk.lang;
    let link = |nth: usize| {
        let link = &focus.chain[nth];
        let note = (!link.noted).then(|| t::CARD_BEFORE.get(lang));
        view_link(&link.record, note, Command::Select(Some(link.record.id)), desk)
    };
    let all = focus.chain.len();
    let near = if all > NEAR + 1 { NEAR } else { all };
    let inner = html! {
        <>
            <ol class="why-links">{ for (0..near).map(link) }</ol>
            if near < all {
                <details>
                    <summary>{ frame::WHY_EARLIER.fill(lang, &[("n", &(all - near).to_string())]) }</summary>
                    <ol class="why-links">{ for (near..all).map(link) }</ol>
                </details>
            }
            if let Some((at, words)) = &focus.act {
                <p class="why-act" data-testid="why-act">
                    <time>{ clock(*at) }</time>{ " " }<code>{ words }</code>
                </p>
            }
        </>
    };
    part_of(t::CARD_CHAIN, "why-chain", lang, inner)
}

fn view_effects(focus: &FocusView, desk: &Desk) -> Html {
    if focus.effects.is_empty() {
        return Html::default();
    }
    let links = focus
        .effects
        .iter()
        .map(|record| view_link(record, None, Command::Select(Some(record.id)), desk));
    let inner = html! { <ol class="why-links">{ for links }</ol> };
    part_of(t::CARD_EFFECTS, "why-effects", desk.lang, inner)
}

/// The way to another card; time goes there too if that is later.
fn view_link(record: &RecordView, note: Option<&str>, select: Command, desk: &Desk) -> Html {
    let later = desk.focus.as_ref().filter(|focus| focus.record.at < record.at);
    let seek = later.map(|_| Command::Seek(record.at));
    let on_command = desk.on_command.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        seek.iter().chain([&select]).for_each(|command| on_command.emit(command.clone()));
    });
    html! {
        <li>
            <button type="button" class="link" data-testid="why-link" data-rule={record.rule.clone()}
                {onclick}>
                <time>{ clock(record.at) }</time>{ " " }
                { desk.texts.title(&record.rule, &record.facts) }
            </button>
            if let Some(note) = note {
                <span class="quiet">{ " " }{ note }</span>
            }
        </li>
    }
}
