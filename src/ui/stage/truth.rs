//! What the API says of a container, and what the node has: the same truth, told at two times.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::view::{ContainerView, ObservedState, StateView};
use crate::ui::i18n::stage as t;
use crate::ui::timeline::tone_class;

use super::glyph::view_glyph;
use super::tone::{self, length};

/// The state line of a container; two lines where API and node differ.
pub fn view_truth(container: &ContainerView, now: SimTime, lang: Lang) -> Html {
    let differs = tone::differs(container);
    html! {
        <div class="told">
            <p class={classes!("truth", tone_class(tone::container(container)))}>
                if differs {
                    <span class="truth-of">{ t::API_SAYS.get(lang) }</span>
                }
                <strong>{ state_words(&container.state, lang) }</strong>
                <span class="truth-more">{ state_more(&container.state, now, lang) }</span>
            </p>
            if differs {
                <p class={classes!("truth", "truth-node", tone_class(tone::observed(container.observed)))}>
                    <span class="truth-of">{ t::NODE_HAS.get(lang) }</span>
                    { view_glyph(tone::observed(container.observed)) }
                    <strong>{ observed_words(container.observed, lang) }</strong>
                    <span class="truth-more">{ t::NOT_SEEN.get(lang) }</span>
                </p>
            }
            { view_last(container, lang) }
        </div>
    }
}

/// How the instance before ended.
fn view_last(container: &ContainerView, lang: Lang) -> Html {
    if !matches!(container.last_state, StateView::Terminated { .. }) {
        return Html::default();
    }
    let what = state_words(&container.last_state, lang);
    let exit = exit_words(&container.last_state, lang).unwrap_or_default();
    html! {
        <p class="truth-last">
            { t::LAST.fill(lang, &[("what", &format!("{what}, {exit}"))]) }
        </p>
    }
}

fn state_words(state: &StateView, lang: Lang) -> String {
    match state {
        StateView::None => t::NO_STATUS.get(lang).to_owned(),
        StateView::Waiting { reason, .. } if reason.is_empty() => "Waiting".to_owned(),
        StateView::Running { .. } => "Running".to_owned(),
        StateView::Waiting { reason, .. } | StateView::Terminated { reason, .. } => reason.clone(),
    }
}

fn state_more(state: &StateView, now: SimTime, lang: Lang) -> String {
    match state {
        StateView::Running { since } => t::FOR.fill(lang, &[("t", &length(now.since(*since)))]),
        StateView::Waiting { message, .. } => message.clone(),
        StateView::Terminated { .. } => exit_words(state, lang).unwrap_or_default(),
        StateView::None => String::new(),
    }
}

fn exit_words(state: &StateView, lang: Lang) -> Option<String> {
    match state {
        StateView::Terminated { exit_code, .. } => {
            Some(t::EXITED.fill(lang, &[("code", &exit_code.to_string())]))
        }
        _ => None,
    }
}

fn observed_words(state: ObservedState, lang: Lang) -> String {
    match state {
        ObservedState::Absent => t::ABSENT.get(lang).to_owned(),
        ObservedState::Created => t::CREATED.get(lang).to_owned(),
        ObservedState::Running => t::RUNNING.get(lang).to_owned(),
        ObservedState::Exited(code) => t::EXITED.fill(lang, &[("code", &code.to_string())]),
    }
}
