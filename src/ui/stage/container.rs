//! A container in its Pod.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::view::{ContainerView, StateView, Tone};
use crate::ui::i18n::stage as t;
use crate::ui::timeline::tone_class;

use super::glyph::view_glyph;
use super::logs::view_logs;
use super::probe::view_probes;
use super::process_tree::view_processes;
use super::scene::lit_if;
use super::signals::{view_hook, view_rings, view_signals};
use super::tone;
use super::truth::view_truth;
use super::usage::view_usage;

/// Draws a container; `inspect` is the button that shows more of it, `lit` whether the selected
/// decision is about it.
pub fn view_container(
    container: &ContainerView,
    inspect: Html,
    lit: bool,
    now: SimTime,
    lang: Lang,
) -> Html {
    let tone = tone::container(container);
    html! {
        <article
            key={container.name.clone()}
            class={classes!("container", tone_class(tone), lit_if(lit))}
            aria-label={container.name.clone()}
            data-testid={format!("container-{}", container.name)}
        >
            { view_head(container, inspect, tone, lang) }
            <div class="container-state">
                { view_truth(container, now, lang) }
                { view_rings(container, now, lang) }
            </div>
            <div class="container-parts">
                <div class="container-side">
                    { view_signals(&container.signals, lang) }
                    if let Some(hook) = &container.hook {
                        { view_hook(hook, now, lang) }
                    }
                    { view_probes(container, now, lang) }
                </div>
                <div class="container-side">
                    if let Some(usage) = &container.usage {
                        { view_usage(usage, lang) }
                    }
                    { view_processes(&container.processes, now, lang) }
                    { view_logs(&container.logs, lang) }
                </div>
            </div>
        </article>
    }
}

fn view_head(container: &ContainerView, inspect: Html, tone: Tone, lang: Lang) -> Html {
    html! {
        <header class="container-head">
            { view_glyph(tone) }
            <h3>{ &container.name }</h3>
            if let Some(kind) = t::container_kind(container.kind) {
                <span class="tag">{ kind.get(lang) }</span>
            }
            <span class="image" title={container.image.clone()}>{ &container.image }</span>
            { view_exit(&container.state, lang) }
            <span class={if container.ready { "tag tone-good" } else { "tag tone-off" }}>
                { if container.ready { t::READY } else { t::NOT_READY }.get(lang) }
            </span>
            { view_restarts(container, lang) }
            { inspect }
        </header>
    }
}

fn view_exit(state: &StateView, lang: Lang) -> Html {
    let StateView::Terminated { exit_code, .. } = state else { return Html::default() };
    let words = t::EXITED.fill(lang, &[("code", &exit_code.to_string())]);
    html! { <span class={classes!("tag", tone_class(tone::ended(*exit_code)))}>{ words }</span> }
}

fn view_restarts(container: &ContainerView, lang: Lang) -> Html {
    let count = container.restarts.to_string();
    let words = match container.restarts {
        0 => t::RESTARTS_NONE.get(lang).to_owned(),
        _ => t::RESTARTS.fill(lang, &[("n", &count)]),
    };
    html! {
        <span class="restarts" title={words.clone()}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d="M13 8 A5 5 0 1 1 11.2 4.2 M11.6 1.4 V4.6 H8.4" />
            </svg>
            <span class="visually-hidden">{ words }</span>
            <span aria-hidden="true" data-testid={format!("restarts-{}", container.name)}>{ count }</span>
        </span>
    }
}
