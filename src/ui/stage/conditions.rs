//! A Pod's conditions as chips.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, sort_by_key};
use crate::session::view::ConditionView;
use crate::ui::i18n::stage as t;
use crate::ui::timeline::{exact_clock, tone_class};

use super::glyph::view_glyph;
use super::tone;

/// Where the chip of a condition stands: those that come first or never change stand first, so that
/// what comes or grows moves nothing that stands there.
fn place(kind: &str) -> usize {
    const ORDER: [&str; 3] = ["PodScheduled", "PodReadyToStartContainers", "Initialized"];
    match kind {
        "ContainersReady" => ORDER.len() + 1,
        "Ready" => ORDER.len() + 2,
        other => ORDER.iter().position(|first| *first == other).unwrap_or(ORDER.len()),
    }
}

/// The QoS class, and the chips after it.
pub fn view_conditions(conditions: &[ConditionView], qos: &str, lang: Lang) -> Html {
    if conditions.is_empty() {
        return Html::default();
    }
    let mut sorted: Vec<&ConditionView> = conditions.iter().collect();
    sort_by_key(&mut sorted, |condition| place(&condition.kind));
    html! {
        <ul class="conditions" aria-label={t::CONDITIONS.get(lang)}>
            if !qos.is_empty() {
                <li class="qos">{ format!("QoS {qos}") }</li>
            }
            { for sorted.into_iter().map(|condition| view_condition(condition, lang)) }
        </ul>
    }
}

fn view_condition(condition: &ConditionView, lang: Lang) -> Html {
    let tone = tone::condition(condition);
    html! {
        <li
            key={condition.kind.clone()}
            class={classes!("condition", tone_class(tone))}
            title={more(condition, lang)}
            data-testid={format!("condition-{}", condition.kind)}
        >
            { view_glyph(tone) }
            <span class="condition-kind">{ &condition.kind }</span>
            <span class={status_class(&condition.status)}>{ format!(" {}", condition.status) }</span>
            if !condition.reason.is_empty() {
                <span class="visually-hidden">{ format!(" {}", condition.reason) }</span>
            }
        </li>
    }
}

/// What is True has a tick and needs no word for the eye; what is not is spelled out.
fn status_class(status: &str) -> &'static str {
    if status == "True" { "visually-hidden" } else { "condition-status" }
}

/// Reason, message and since when.
fn more(condition: &ConditionView, lang: Lang) -> String {
    let since = t::SINCE.fill(lang, &[("t", &exact_clock(condition.since))]);
    let parts = [condition.reason.as_str(), condition.message.as_str(), since.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}
