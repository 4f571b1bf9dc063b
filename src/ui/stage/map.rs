//! The map: the cluster's parts and the messages between them.

use std::cmp::Reverse;

use crate::ui::markup::prelude::*;

use crate::base::{Lang, sort_by_key};
use crate::session::view::{ActorKind, FlightView, SpotView, StageView};
use crate::ui::i18n::stage as t;
use crate::ui::timeline::fit_label;
use crate::ui::width::{hundredths, px};

use super::actor::view_actor;
use super::flight::{Progress, Wire, wires};
use super::layout::{Form, LabelPlace, MapLayout};

/// Labels shown on one wire; of the rest their number.
const LABELS: usize = 2;
/// Pixels from label to label.
const LABEL_STEP: f64 = 14.0;
/// Pixels of a letter of a label.
const LETTER: f64 = 6.7;
/// From this width on two messages stand in the line below the row.
const TICKER_TWO: f64 = 560.0;
/// The ways that always exist.
const WIRES: [(ActorKind, ActorKind); 5] = [
    (ActorKind::Kubectl, ActorKind::ApiServer),
    (ActorKind::ApiServer, ActorKind::Scheduler),
    (ActorKind::ApiServer, ActorKind::Endpoints),
    (ActorKind::ApiServer, ActorKind::Kubelet),
    (ActorKind::Kubelet, ActorKind::Runtime),
];

/// Draws the map.
pub fn view_map(view: &StageView, layout: &MapLayout, lit: Option<&SpotView>, lang: Lang) -> Html {
    let wires = wires(&view.flights, view.now);
    let said = said(&wires, lang);
    html! {
        <div class={classes!("map", (layout.form == Form::Row).then_some("map-row"))}>
            <svg
                width={px(layout.width)}
                height={px(layout.height())}
                role="img"
                aria-label={format!("{}. {said}", t::MAP.get(lang))}
            >
                { view_frames(view, layout, lang) }
                { view_wires(view, layout) }
                { for wires.iter().map(|wire| view_traces(wire, layout)) }
                { for view.actors.iter().map(|actor| {
                    let chosen = lit.is_some_and(|lit| lit.actor == actor.kind);
                    view_actor(actor, layout, chosen, view.now, lang)
                }) }
                { for wires.iter().map(|wire| view_labels(wire, layout)) }
            </svg>
            if layout.form == Form::Row {
                { view_ticker(&wires, layout, lang) }
            }
        </div>
    }
}

fn view_wires(view: &StageView, layout: &MapLayout) -> Html {
    let wires = WIRES.iter().filter(|(one, other)| has(view, *one) && has(view, *other));
    let outlines = wires.map(|(one, other)| layout.way(*one, *other).whole());
    html! { { for outlines.map(|d| html! { <path class="wire" {d} /> }) } }
}

fn has(view: &StageView, kind: ActorKind) -> bool {
    view.actors.iter().any(|actor| actor.kind == kind)
}

/// The messages in words.
fn said(wires: &[Wire<'_>], lang: Lang) -> String {
    let flights = wires.iter().filter_map(|wire| wire.flights.first());
    let said: Vec<String> = flights.map(|(flight, _)| message(flight, lang)).collect();
    if said.is_empty() { t::MAP_QUIET.get(lang).to_owned() } else { said.join(". ") }
}

fn message(flight: &FlightView, lang: Lang) -> String {
    let (from, to) = (t::actor(flight.from).get(lang), t::actor(flight.to).get(lang));
    t::MESSAGE.fill(lang, &[("from", from), ("to", to), ("label", &flight.label)])
}

fn view_frames(view: &StageView, layout: &MapLayout, lang: Lang) -> Html {
    let Some(frame) = layout.control_plane() else { return Html::default() };
    let kubelet = layout.place(ActorKind::Kubelet);
    html! {
        <>
            <rect class="frame" x={px(frame.x)} y={px(frame.y)} width={px(frame.width)}
                height={px(frame.height)} rx="12" />
            <text class="frame-name" x={px(frame.x + 166.0)} y={px(frame.y + frame.height - 11.0)}>
                { t::CONTROL_PLANE.get(lang) }
            </text>
            <text class="frame-name" x="16" y={px(kubelet.centre().y - 4.0)}>{ t::NODE.get(lang) }</text>
            <text class="node-name" x="16" y={px(kubelet.centre().y + 13.0)}>{ &view.node }</text>
        </>
    }
}

fn view_traces(wire: &Wire<'_>, layout: &MapLayout) -> Html {
    // The oldest first, so that the newest lies on top.
    let flights = wire.flights.iter().rev();
    html! { { for flights.map(|(flight, progress)| view_trace(flight, *progress, layout)) } }
}

fn view_trace(flight: &FlightView, progress: Progress, layout: &MapLayout) -> Html {
    let way = layout.way(flight.from, flight.to);
    let head = way.at(progress.head);
    let class = if progress.arrived { "trace arrived" } else { "trace" };
    html! {
        <g key={flight.id} class={class} opacity={hundredths(progress.glow)}>
            <path class="trace-line moving" d={way.piece(progress.tail, progress.head)} />
            <path class="trace-line still" d={way.whole()} />
            <circle class="trace-head" cx={px(head.x)} cy={px(head.y)} r="4" />
        </g>
    }
}

fn view_labels(wire: &Wire<'_>, layout: &MapLayout) -> Html {
    let Some(place) = layout.label_place(wire.ends.0, wire.ends.1) else { return Html::default() };
    let more = wire.flights.len().saturating_sub(LABELS);
    let labels = wire.flights.iter().take(LABELS).enumerate();
    html! {
        { for labels.map(|(nth, (flight, progress))| {
            let more = if nth + 1 == LABELS { more } else { 0 };
            view_label(flight, *progress, place, nth, more)
        }) }
    }
}

fn view_label(
    flight: &FlightView,
    progress: Progress,
    place: LabelPlace,
    nth: usize,
    more: usize,
) -> Html {
    let step = LABEL_STEP * nth as f64;
    let y = if place.down { place.at.y + step } else { place.at.y - step };
    let suffix = if more > 0 { format!("  +{more}") } else { String::new() };
    let room = place.room - LETTER * suffix.len() as f64 - 12.0;
    let text = fit_label(&flight.label, room, LETTER).unwrap_or_default();
    let class = if nth == 0 { "trace-label" } else { "trace-label older" };
    let class = classes!(class, place.down.then_some("start"));
    html! {
        <text key={flight.id} {class} x={px(place.at.x)} y={px(y)}
            opacity={hundredths((progress.glow * 1.5).min(1.0))}>
            { format!("{} {text}{suffix}", arrow(flight, place.down)) }
            <title>{ &flight.label }</title>
        </text>
    }
}

/// The direction of a message on the wide map.
fn arrow(flight: &FlightView, down: bool) -> &'static str {
    let right = matches!(
        (flight.from, flight.to),
        (ActorKind::Kubectl, _)
            | (ActorKind::ApiServer, ActorKind::Scheduler | ActorKind::Endpoints)
            | (ActorKind::Kubelet, ActorKind::Runtime)
    );
    match (down, flight.from == ActorKind::ApiServer, right) {
        (true, true, _) => "↓",
        (true, false, _) => "↑",
        (false, _, true) => "→",
        (false, _, false) => "←",
    }
}

/// The newest messages in one line, where there is no room for labels on the wires.
fn view_ticker(wires: &[Wire<'_>], layout: &MapLayout, lang: Lang) -> Html {
    let mut newest: Vec<_> = wires.iter().filter_map(|wire| wire.flights.first()).collect();
    sort_by_key(&mut newest, |(flight, _)| Reverse((flight.sent, flight.id)));
    let fitting = if layout.width < TICKER_TWO { 1 } else { 2 };
    html! {
        <p class="ticker" aria-hidden="true">
            { for newest.into_iter().take(fitting).map(|(flight, progress)| html! {
                <span key={flight.id} class={classes!("ticker-item", (progress.glow < 0.4).then_some("faded"))}>
                    <span class="ticker-ends">
                        { t::short_actor(flight.from).get(lang) }
                        { " → " }
                        { t::short_actor(flight.to).get(lang) }
                    </span>
                    { &flight.label }
                </span>
            }) }
        </p>
    }
}
