//! A Pod in the network: its address, who listens, who sends to it, who shares what.

use crate::ui::markup::prelude::*;

use super::tables::head;
use crate::base::Lang;
use crate::session::view::{EndpointState, NetworkView};
use crate::ui::i18n::{Text, inspector as t};
use crate::ui::stage::view_spaces;

/// The network.
pub fn view_network(view: &NetworkView, lang: Lang) -> Html {
    let or = |text: &str| if text.is_empty() { "–".to_string() } else { text.to_string() };
    let row = |name: &'static str, value: String| {
        html! { <div><dt>{ name }</dt><dd><code>{ value }</code></dd></div> }
    };
    html! {
        <div data-testid="network">
            <dl class="insp-list">
                { row("status.podIP", or(&view.ip)) }
                { row("status.hostIP", or(&view.host_ip)) }
                { row("hostname", or(&view.hostname)) }
                { row("hostNetwork", view.host_network.to_string()) }
            </dl>
            { ports(view, lang) }
            { services(view, lang) }
            <h3>{ t::SPACES.get(lang) }</h3>
            if let Some(sharing) = &view.sharing {
                { view_spaces(sharing, lang) }
            } else {
                <p class="quiet">{ t::NO_SANDBOX.get(lang) }</p>
            }
        </div>
    }
}

/// What the manifest declares, beside who listens: one does not make the other.
fn ports(view: &NetworkView, lang: Lang) -> Html {
    if view.declared.is_empty() {
        return html! { <p class="insp-note">{ t::PORTS_NONE.get(lang) }</p> };
    }
    let row = |(container, port, open): &(String, String, bool)| {
        let (sign, words) = if *open { ("●", t::PORT_OPEN) } else { ("○", t::PORT_SHUT) };
        html! {
            <tr key={format!("{container} {port}")}>
                <th scope="row">{ container }</th>
                <td><code>{ port }</code></td>
                <td><span aria-hidden="true">{ sign }</span>{ " " }{ words.get(lang) }</td>
            </tr>
        }
    };
    html! {
        <>
            <h3>{ t::PORTS.get(lang) }</h3>
            <p class="insp-note">{ t::PORTS_NOTE.get(lang) }</p>
            <table class="insp-table">
                { head(&["container", "containerPort", ""]) }
                <tbody>{ for view.declared.iter().map(row) }</tbody>
            </table>
        </>
    }
}

fn services(view: &NetworkView, lang: Lang) -> Html {
    if view.services.is_empty() {
        return html! { <p class="insp-note">{ t::SERVICES_NONE.get(lang) }</p> };
    }
    let row = |(name, address, state): &(String, String, EndpointState)| {
        html! {
            <tr key={name.clone()}>
                <th scope="row">{ name }</th>
                <td><code>{ address }</code></td>
                <td>{ state_words(*state).get(lang) }</td>
            </tr>
        }
    };
    html! {
        <>
            <h3>{ t::SERVICES.get(lang) }</h3>
            <table class="insp-table">
                { head(&["Service", "clusterIP:port", "endpoint"]) }
                <tbody>{ for view.services.iter().map(row) }</tbody>
            </table>
        </>
    }
}

fn state_words(state: EndpointState) -> Text {
    match state {
        EndpointState::Ready => t::ENDPOINT_READY,
        EndpointState::NotReady => t::ENDPOINT_NOT_READY,
        EndpointState::Serving => t::ENDPOINT_SERVING,
        EndpointState::Terminating => t::ENDPOINT_TERMINATING,
        EndpointState::Absent => t::ENDPOINT_ABSENT,
    }
}
