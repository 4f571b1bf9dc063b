//! A probe: its dots that fill towards the threshold, its verdict, and the time to its next try.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::view::{ContainerView, ObservedState, ProbeView};
use crate::ui::i18n::stage as t;
use crate::ui::timeline::tone_class;
use crate::ui::width::{px, within};

use super::glyph::view_glyph;
use super::tone::{self, secs_left};

/// More dots than this are told as a number.
const DOTS_MOST: u32 = 10;
/// Pixels from dot to dot.
const DOT_STEP: f64 = 13.0;

/// The probes of a container.
pub fn view_probes(container: &ContainerView, now: SimTime, lang: Lang) -> Html {
    let runs = container.observed == ObservedState::Running;
    if container.probes.is_empty() {
        return Html::default();
    }
    html! {
        <div class="part">
            <h4>{ t::PROBES.get(lang) }</h4>
            { for container.probes.iter().map(|probe| view_probe(probe, runs, now, lang)) }
        </div>
    }
}

fn view_probe(probe: &ProbeView, runs: bool, now: SimTime, lang: Lang) -> Html {
    let tone = tone::probe(probe);
    html! {
        <div
            key={probe.kind.clone()}
            class={classes!("probe", tone_class(tone))}
            data-testid={format!("probe-{}", probe.kind)}
            title={probe.action.clone()}
        >
            { view_countdown(probe, now, lang) }
            <span class="probe-kind">{ &probe.kind }</span>
            <span class="probe-dots">{ view_dots(probe) }</span>
            <span class="probe-words">{ words(probe, runs, lang) }</span>
            <span class="probe-verdict" title={t::PROBE_VERDICT.fill(lang, &[("verdict", &probe.verdict)])}>
                { view_glyph(tone) }<span>{ &probe.verdict }</span>
            </span>
            if probe.last_ok == Some(false) && !probe.last_message.is_empty() {
                <p class="probe-message">{ &probe.last_message }</p>
            }
        </div>
    }
}

/// A small ring of the period that runs out towards the next try.
fn view_countdown(probe: &ProbeView, now: SimTime, lang: Lang) -> Html {
    let next = probe.next_at.filter(|_| !probe.on_hold);
    let part = next.map_or(0.0, |at| {
        within(at.since(now).as_ms() as f64 / probe.period_ms.max(1) as f64, 0.0, 1.0)
    });
    let left = next.map(|at| format!("{}s", secs_left(at, now)));
    let said = left.as_ref().map(|left| t::PROBE_NEXT_LONG.fill(lang, &[("t", left)]));
    html! {
        <>
            <svg class="tick-ring" viewBox="0 0 20 20" aria-hidden="true">
                <circle class="ring-track" cx="10" cy="10" r="8" />
                if part > 0.0 {
                    <circle class="ring-left" cx="10" cy="10" r="8" pathLength="1000"
                        stroke-dasharray={format!("{} 1000", px((part * 1000.0).round()))}
                        transform="rotate(-90 10 10)" />
                }
            </svg>
            <span class="probe-next" title={said.clone()}>
                <span aria-hidden="true">{ left }</span>
                <span class="visually-hidden">{ said }</span>
            </span>
        </>
    }
}

/// The result that counts now, how often it came, and its threshold.
fn counter(probe: &ProbeView) -> (bool, u32, u32) {
    match probe.last_ok {
        // The kubelet counts anew as soon as it acts; what made it act is still to be seen.
        _ if probe.on_hold => (false, probe.failure_threshold, probe.failure_threshold),
        Some(true) => (true, probe.run.min(probe.success_threshold), probe.success_threshold),
        Some(false) => (false, probe.run.min(probe.failure_threshold), probe.failure_threshold),
        None => (false, 0, probe.failure_threshold),
    }
}

/// A place for each attempt up to the threshold: crosses for failures, ticks for successes.
fn view_dots(probe: &ProbeView) -> Html {
    let (ok, filled, threshold) = counter(probe);
    if threshold > DOTS_MOST {
        return html! { { format!("{filled}/{threshold}") } };
    }
    let width = DOT_STEP * f64::from(threshold);
    html! {
        <svg class={classes!("dots", if ok { "passed" } else { "failed" })} width={px(width)}
            height="14" aria-hidden="true">
            { for (0..threshold).map(|nth| view_dot(nth, nth < filled, ok)) }
        </svg>
    }
}

fn view_dot(nth: u32, filled: bool, ok: bool) -> Html {
    let x = DOT_STEP * f64::from(nth) + 6.5;
    let sign =
        if ok { "M-2.4 .2 L-.7 2 L2.6 -2" } else { "M-2.1 -2.1 L2.1 2.1 M2.1 -2.1 L-2.1 2.1" };
    html! {
        <g class={if filled { "dot filled" } else { "dot" }} transform={format!("translate({} 7)", px(x))}>
            <circle r="5" />
            if filled {
                <path d={sign} />
            }
        </g>
    }
}

/// What the dots say, or why there is nothing to say. A worker learns at its next tick only that
/// the container `runs`; until then it would say that it does not.
fn words(probe: &ProbeView, runs: bool, lang: Lang) -> String {
    if probe.on_hold {
        return t::PROBE_HOLD.get(lang).to_owned();
    }
    let stale = runs && probe.idle_because == "not-running";
    if let Some(idle) = t::probe_idle(&probe.idle_because).filter(|_| !stale) {
        return idle.get(lang).to_owned();
    }
    let (ok, n, m) = counter(probe);
    let text = match probe.last_ok {
        None => t::PROBE_NONE,
        Some(_) if ok => t::PROBE_SUCCESSES,
        Some(_) => t::PROBE_FAILURES,
    };
    text.fill(lang, &[("n", &n.to_string()), ("m", &m.to_string())])
}
