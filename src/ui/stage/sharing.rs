//! Who shares what: the namespaces of a Pod's containers, its devices, its ports.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::{MemberView, Scope, SharingView, SpaceKind, SpaceView};
use crate::ui::i18n::{Text, stage as t};

/// The panel; closed until somebody opens it.
pub fn view_sharing(sharing: &SharingView, lang: Lang) -> Html {
    html! {
        <details class="sharing" data-testid="sharing">
            <summary>{ t::SHARING.get(lang) }</summary>
            { view_spaces(sharing, lang) }
        </details>
    }
}

/// The namespaces of each member, the devices and the ports.
pub fn view_spaces(sharing: &SharingView, lang: Lang) -> Html {
    let ports = match sharing.ports.is_empty() {
        true => t::SHARING_NO_PORTS,
        false => t::SHARING_PORTS,
    };
    html! {
        <div class="spaces" role="group" tabindex="0" aria-label={t::SHARING.get(lang)}>
            <table>
                <thead>
                    <tr>
                        <td />
                        { for SpaceKind::ALL.map(|kind| html! {
                            <th scope="col" title={kind_words(kind).get(lang)}>{ kind.word() }</th>
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for sharing.members.iter().map(|member| view_member(member, lang)) }
                </tbody>
            </table>
            <p>
                { for sharing.devices.iter().map(|(name, address)| html! {
                    <><code>{ name }{ " " }{ address }</code>{ " " }</>
                }) }
                { t::SHARING_DEVICES.get(lang) }
            </p>
            <p>
                { for sharing.ports.iter().map(|(port, whose)| html! {
                    <><code>{ ":" }{ port }{ " " }{ whose }</code>{ " " }</>
                }) }
                { ports.get(lang) }
            </p>
            if let Some([ingress, egress]) = &sharing.bandwidth {
                <p>
                    { t::SHARING_BANDWIDTH.fill(lang, &values(ingress, egress)) }
                </p>
            }
        </div>
    }
}

fn values<'a>(ingress: &'a str, egress: &'a str) -> [(&'static str, &'a str); 2] {
    let said = |rate: &'a str| if rate.is_empty() { "–" } else { rate };
    [("in", said(ingress)), ("out", said(egress))]
}

fn view_member(member: &MemberView, lang: Lang) -> Html {
    html! {
        <tr>
            <th scope="row">{ &member.name }</th>
            { for member.spaces.iter().map(|space| view_space(space, lang)) }
        </tr>
    }
}

/// Whose it is, by form and word, and the last digits of its number.
fn view_space(space: &SpaceView, lang: Lang) -> Html {
    let (class, sign, words) = match space.scope {
        Scope::Own => ("scope-own", "○", t::SCOPE_OWN),
        Scope::Pod => ("scope-pod", "◐", t::SCOPE_POD),
        Scope::Node => ("scope-node", "●", t::SCOPE_NODE),
    };
    let number = space.number.to_string();
    let title = format!("{} [{number}]", words.get(lang));
    html! {
        <td {class} {title}>
            <span aria-hidden="true">{ sign }</span>
            { " " }
            { words.get(lang) }
            { " " }
            <code>{ format!("…{}", &number[number.len().saturating_sub(5)..]) }</code>
        </td>
    }
}

fn kind_words(kind: SpaceKind) -> Text {
    match kind {
        SpaceKind::Net => t::SPACE_NET,
        SpaceKind::Ipc => t::SPACE_IPC,
        SpaceKind::Uts => t::SPACE_UTS,
        SpaceKind::Pid => t::SPACE_PID,
        SpaceKind::Mnt => t::SPACE_MNT,
    }
}
