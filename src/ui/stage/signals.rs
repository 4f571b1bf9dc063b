//! What comes to a container's PID 1: hooks, signals, the grace period, and the back-off after.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::view::{BackoffView, ContainerView, GraceView, HookView, SignalView};
use crate::ui::i18n::stage as t;
use crate::ui::timeline::exact_clock;

use super::ring::view_ring;
use super::tone::{length, part_left, secs_left};

/// The rings that run: grace, then back-off.
pub fn view_rings(container: &ContainerView, now: SimTime, lang: Lang) -> Html {
    html! {
        <>
            if let Some(grace) = &container.grace {
                { view_grace(grace, now, lang) }
            }
            if let Some(backoff) = &container.backoff {
                { view_backoff(backoff, now, lang) }
            }
        </>
    }
}

/// The time until SIGKILL.
pub fn view_grace(grace: &GraceView, now: SimTime, lang: Lang) -> Html {
    let secs = secs_left(grace.ends, now);
    let words = match secs {
        0 => t::GRACE_OVER.get(lang).to_owned(),
        secs => t::GRACE_LEFT.fill(lang, &[("s", &secs.to_string())]),
    };
    html! {
        <div class="countdown tone-terminating" data-testid="grace" title={grace_words(grace, now, lang)}>
            { view_ring(part_left(grace.started, grace.ends, now), &secs.to_string()) }
            <span>{ words }</span>
        </div>
    }
}

/// How much of the grace period is left, in words.
pub fn grace_words(grace: &GraceView, now: SimTime, lang: Lang) -> String {
    let (left, total) = (secs_left(grace.ends, now), grace.ends.since(grace.started).as_secs());
    t::GRACE_POD.fill(lang, &[("s", &left.to_string()), ("total", &total.to_string())])
}

fn view_backoff(backoff: &BackoffView, now: SimTime, lang: Lang) -> Html {
    let secs = secs_left(backoff.ends, now);
    let words = match secs {
        0 => t::BACKOFF_SYNC.get(lang).to_owned(),
        secs => t::BACKOFF_LEFT.fill(lang, &[("s", &secs.to_string())]),
    };
    html! {
        <div class="countdown tone-backoff" data-testid="backoff">
            { view_ring(part_left(backoff.started, backoff.ends, now), &secs.to_string()) }
            <span>
                <strong>{ t::BACKOFF.fill(lang, &[("length", &backoff.length)]) }</strong>
                { words }
            </span>
        </div>
    }
}

/// The hook that runs, or the last one.
pub fn view_hook(hook: &HookView, now: SimTime, lang: Lang) -> Html {
    let (tone, text) = match (hook.ended, hook.ok) {
        (None, _) => ("tone-busy", t::HOOK_RUNS),
        (Some(_), Some(true)) => ("tone-done", t::HOOK_OK),
        (Some(_), Some(false)) => ("tone-bad", t::HOOK_FAILED),
        (Some(_), None) => ("tone-off", t::HOOK_ENDED),
    };
    let took = length(hook.ended.unwrap_or(now).since(hook.started));
    html! {
        <div class={classes!("hook", tone)} title={hook.action.clone()}>
            <span class="hook-kind">{ &hook.kind }</span>
            <code>{ &hook.action }</code>
            <span>{ text.fill(lang, &[("t", &took)]) }</span>
        </div>
    }
}

/// The signals that came, the newest last.
pub fn view_signals(signals: &[SignalView], lang: Lang) -> Html {
    if signals.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="signals" aria-label={t::SIGNALS.get(lang)}>
            { for signals.iter().map(|signal| view_signal(signal, lang)) }
        </ul>
    }
}

fn view_signal(signal: &SignalView, lang: Lang) -> Html {
    let kill = signal.signal == "SIGKILL";
    let effect =
        t::signal_effect(&signal.effect).map_or(signal.effect.as_str(), |text| text.get(lang));
    html! {
        <li class={classes!("signal", if kill { "tone-bad" } else { "tone-terminating" })} data-testid="signal">
            <svg class={classes!("bolt", kill.then_some("filled"))} viewBox="0 0 16 16" aria-hidden="true">
                <path d="M9.8 1 L3.6 9.2 H7.6 L6.2 15 L12.4 6.8 H8.4 Z" />
            </svg>
            <strong>{ &signal.signal }</strong>
            <span>{ effect }</span>
            <time>{ exact_clock(signal.at) }</time>
        </li>
    }
}
