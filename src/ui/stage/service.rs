//! Services, their endpoints, and the clients that ask for them.

use crate::ui::markup::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::Command;
use crate::session::view::{EndpointView, ServiceView, StageView, TrafficView};
use crate::ui::i18n::stage as t;
use crate::ui::timeline::tone_class;

use super::glyph::view_glyph;
use super::inspect::view_inspect;
use super::tone;
use super::traffic::{view_client, view_tally, view_track};

/// Rows of one Service that are drawn.
const ROWS: usize = 12;

/// The Services and clients; nothing where there are none.
pub fn view_services(view: &StageView, lang: Lang, on_command: &Callback<Command>) -> Html {
    let is_named = |client: &&TrafficView| {
        !view.services.iter().any(|service| client.to == format!("service/{}", service.name))
    };
    let others: Vec<&TrafficView> = view.traffic.iter().filter(is_named).collect();
    if view.services.is_empty() && others.is_empty() {
        return Html::default();
    }
    html! {
        <div class="services" role="group" aria-label={t::SERVICES.get(lang)}>
            { for view.services.iter().map(|service| {
                view_service(service, view, lang, on_command)
            }) }
            { for others.into_iter().map(|client| view_card(client, view.now, lang)) }
        </div>
    }
}

fn view_service(
    service: &ServiceView,
    view: &StageView,
    lang: Lang,
    on_command: &Callback<Command>,
) -> Html {
    let to = format!("service/{}", service.name);
    let clients: Vec<&TrafficView> = view.traffic.iter().filter(|c| c.to == to).collect();
    let rows = service.endpoints.iter().take(ROWS);
    let is_stray = |pod: &str| !service.endpoints.iter().any(|e| e.pod == pod);
    let more = service.endpoints.len().saturating_sub(ROWS).to_string();
    html! {
        <section key={service.name.clone()} class="service" data-testid={format!("service-{}", service.name)}>
            <h3><span>{ "Service" }</span>{ " " }{ &service.name }
                { view_inspect("Service", &service.name, lang, on_command) }</h3>
            { for clients.iter().map(|client| view_client(client, lang)) }
            if service.endpoints.is_empty() {
                <p class="quiet">{ t::ENDPOINTS_NONE.get(lang) }</p>
            }
            <ul>
                { for rows.map(|endpoint| view_endpoint(endpoint, &clients, view.now, lang)) }
                if service.endpoints.len() > ROWS {
                    <li class="quiet">{ t::ENDPOINTS_MORE.fill(lang, &[("n", &more)]) }</li>
                }
                { for clients.iter().map(|client| view_strays(client, &is_stray, view.now, lang)) }
            </ul>
        </section>
    }
}

/// Clients that ask for a Pod, or for a Service that is not there.
fn view_card(client: &TrafficView, now: SimTime, lang: Lang) -> Html {
    html! {
        <section key={client.to.clone()} class="service">
            <h3>{ &client.to }</h3>
            { view_client(client, lang) }
            <ul>{ view_strays(client, &|_| true, now, lang) }</ul>
        </section>
    }
}

/// What became of requests to Pods that are none of the endpoints now, and to no Pod at all.
fn view_strays(
    client: &TrafficView,
    is_stray: &dyn Fn(&str) -> bool,
    now: SimTime,
    lang: Lang,
) -> Html {
    let strays = client.pods.iter().rev().filter(|(pod, _)| is_stray(pod)).take(ROWS);
    html! {
        { for strays.map(|(pod, counts)| html! {
            <li key={format!("stray {pod}")} class="endpoint stray">
                { view_track(client, pod, now) }
                <span class="endpoint-pod">{ if pod.is_empty() { t::NO_POD.get(lang) } else { pod } }</span>
                { view_tally(counts, lang) }
            </li>
        }) }
    }
}

fn view_endpoint(
    endpoint: &EndpointView,
    clients: &[&TrafficView],
    now: SimTime,
    lang: Lang,
) -> Html {
    let tone = tone::endpoint(endpoint);
    let words = match (endpoint.ready, endpoint.terminating, endpoint.serving) {
        (true, false, _) => t::ENDPOINT_READY,
        (_, true, true) => t::ENDPOINT_SERVING,
        (_, true, false) => t::ENDPOINT_TERMINATING,
        (false, false, _) => t::ENDPOINT_NOT_READY,
    };
    let tallies = clients.iter().filter_map(|client| {
        client.pods.iter().find(|(pod, _)| *pod == endpoint.pod).map(|(_, counts)| counts)
    });
    html! {
        <li key={endpoint.pod.clone()} class={classes!("endpoint", tone_class(tone))}>
            { for clients.iter().map(|client| view_track(client, &endpoint.pod, now)) }
            { view_glyph(tone) }
            <span class="endpoint-pod">{ &endpoint.pod }</span>
            <code>{ &endpoint.address }</code>
            <span>{ words.get(lang) }</span>
            { for tallies.map(|counts| view_tally(counts, lang)) }
        </li>
    }
}
