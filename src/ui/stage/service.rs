//! Services and their endpoints.

use yew::prelude::*;

use crate::base::Lang;
use crate::session::view::{EndpointView, ServiceView};
use crate::ui::i18n::stage as t;
use crate::ui::timeline::tone_class;

use super::glyph::view_glyph;
use super::tone;

/// The Services; nothing where there are none.
pub fn view_services(services: &[ServiceView], lang: Lang) -> Html {
    if services.is_empty() {
        return Html::default();
    }
    html! {
        <div class="services" role="group" aria-label={t::SERVICES.get(lang)}>
            { for services.iter().map(|service| view_service(service, lang)) }
        </div>
    }
}

fn view_service(service: &ServiceView, lang: Lang) -> Html {
    html! {
        <section key={service.name.clone()} class="service" data-testid={format!("service-{}", service.name)}>
            <h3><span>{ "Service" }</span>{ " " }{ &service.name }</h3>
            if service.endpoints.is_empty() {
                <p class="quiet">{ t::ENDPOINTS_NONE.get(lang) }</p>
            }
            <ul>
                { for service.endpoints.iter().map(|endpoint| view_endpoint(endpoint, lang)) }
            </ul>
        </section>
    }
}

fn view_endpoint(endpoint: &EndpointView, lang: Lang) -> Html {
    let tone = tone::endpoint(endpoint);
    let words = match (endpoint.ready, endpoint.terminating, endpoint.serving) {
        (true, false, _) => t::ENDPOINT_READY,
        (_, true, true) => t::ENDPOINT_SERVING,
        (_, true, false) => t::ENDPOINT_TERMINATING,
        (false, false, _) => t::ENDPOINT_NOT_READY,
    };
    html! {
        <li key={endpoint.pod.clone()} class={classes!("endpoint", tone_class(tone))}>
            { view_glyph(tone) }
            <span class="endpoint-pod">{ &endpoint.pod }</span>
            <code>{ &endpoint.address }</code>
            <span>{ words.get(lang) }</span>
        </li>
    }
}
