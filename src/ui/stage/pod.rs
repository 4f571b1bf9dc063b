//! A Pod: the capsule with its header and its containers.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::Command;
use crate::session::view::{PodView, SpotView};
use crate::ui::i18n::stage as t;
use crate::ui::timeline::tone_class;

use super::conditions::view_conditions;
use super::container::view_container;
use super::glyph::view_glyph;
use super::inspect::{view_inspect, view_inspect_container};
use super::phase::PhaseMachine;
use super::process_tree::view_shared;
use super::scene::lit_if;
use super::sharing::view_sharing;
use super::signals::view_grace;
use super::tone;

/// Draws a Pod.
pub fn view_pod(
    pod: &PodView,
    lit: Option<&SpotView>,
    now: SimTime,
    lang: Lang,
    on_command: &Callback<Command>,
) -> Html {
    let lit = lit.filter(|lit| lit.pod == pod.name);
    let whole = lit.is_some_and(|lit| lit.container.is_empty());
    let tone = tone::pod(pod);
    let orphan = (!pod.in_api).then_some("orphan");
    html! {
        <section
            key={pod.uid.clone()}
            class={classes!("pod", tone_class(tone), orphan, lit_if(whole))}
            aria-label={format!("Pod {}", pod.name)}
            data-testid={format!("pod-{}", pod.name)}
        >
            <header class="pod-head">
                <div class="pod-title">
                    { view_glyph(tone) }
                    <h2>{ &pod.name }</h2>
                    if !pod.home.is_empty() {
                        <span class="pod-home">{ t::POD_HOME.fill(lang, &[("name", &pod.home)]) }</span>
                    }
                    { view_sandbox(pod, lang) }
                    { view_inspect("Pod", &pod.name, lang, on_command) }
                </div>
                if pod.in_api {
                    { view_columns(pod) }
                }
                if let Some(grace) = pod.grace.as_ref().filter(|_| is_not_told_below(pod)) {
                    { view_grace(grace, now, lang) }
                }
            </header>
            if pod.in_api {
                <div class="pod-state">
                    { part! { <PhaseMachine phase={pod.phase.clone()} {lang} /> } }
                    { view_conditions(&pod.conditions, &pod.qos, lang) }
                </div>
            } else {
                <p class="orphan-note">{ t::ORPHAN.get(lang) }</p>
            }
            if let Some(shared) = &pod.shared {
                { view_shared(shared, now, lang) }
            }
            <div class="containers">
                { for pod.containers.iter().map(|container| {
                    let name = &container.name;
                    let inspect = view_inspect_container(&pod.name, name, lang, on_command);
                    let lit = lit.is_some_and(|lit| lit.container == *name);
                    view_container(container, inspect, lit, now, lang)
                }) }
            </div>
            // Below, so that nothing moves when the sandbox is there.
            if let Some(sharing) = &pod.sharing {
                { view_sharing(sharing, lang) }
            }
        </section>
    }
}

/// A container that is being stopped shows the same grace period; once is enough.
fn is_not_told_below(pod: &PodView) -> bool {
    pod.containers.iter().all(|container| container.grace.is_none())
}

fn view_sandbox(pod: &PodView, lang: Lang) -> Html {
    let (class, words) =
        if pod.sandbox { ("sandbox up", t::SANDBOX_UP) } else { ("sandbox", t::SANDBOX_DOWN) };
    html! {
        <span {class} title={words.get(lang)}>
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5.5 4 V12 M10.5 4 V12" /></svg>
            <span class="visually-hidden">{ words.get(lang) }</span>
            <span aria-hidden="true">{ t::SANDBOX.get(lang) }</span>
        </span>
    }
}

/// The columns of `kubectl get pods`, with the phase before the column that people take for it.
fn view_columns(pod: &PodView) -> Html {
    let column = |name: &'static str, value: &str, id: Option<&'static str>| {
        html! {
            <div class="column">
                <dt>{ name }</dt>
                <dd data-testid={id}>{ if value.is_empty() { "-" } else { value } }</dd>
            </div>
        }
    };
    html! {
        <dl class="columns">
            { column("status.phase", &pod.phase, Some("pod-phase")) }
            { column("STATUS", &pod.status, Some("pod-status")) }
            { column("READY", &pod.ready, None) }
            { column("RESTARTS", &pod.restarts, None) }
            { column("AGE", &pod.age, None) }
            { column("IP", &pod.ip, None) }
        </dl>
    }
}
