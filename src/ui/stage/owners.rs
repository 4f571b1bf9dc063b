//! What makes Pods, or bounds them: Deployments with their ReplicaSets, Jobs, budgets, quotas.

use yew::prelude::*;

use crate::base::Lang;
use crate::session::Command;
use crate::session::view::OwnerView;
use crate::ui::i18n::stage as t;

use super::inspect::view_inspect;

/// The objects; nothing where there are none.
pub fn view_owners(owners: &[OwnerView], lang: Lang, on_command: &Callback<Command>) -> Html {
    if owners.is_empty() {
        return Html::default();
    }
    html! {
        <div class="services" role="group" aria-label={t::OWNERS.get(lang)}>
            { for owners.iter().map(|owner| view_owner(owner, lang, on_command)) }
        </div>
    }
}

fn view_owner(owner: &OwnerView, lang: Lang, on_command: &Callback<Command>) -> Html {
    html! {
        <section key={format!("{}/{}", owner.kind, owner.name)} class="service"
            data-testid={format!("owner-{}", owner.name)}>
            <h3><span>{ &owner.kind }</span>{ " " }{ &owner.name }
                { view_inspect(&owner.kind, &owner.name, lang, on_command) }</h3>
            <ul>
                <li class="endpoint">{ view_columns(owner) }</li>
                { for owner.sets.iter().map(|set| html! {
                    <li key={set.name.clone()} class="endpoint">
                        <span class="endpoint-pod">{ &set.name }</span>
                        { view_columns(set) }
                    </li>
                }) }
            </ul>
        </section>
    }
}

fn view_columns(owner: &OwnerView) -> Html {
    html! {
        { for owner.columns.iter().map(|(name, value)| html! {
            <span key={name.clone()}>{ name }{ " " }<code>{ value }</code></span>
        }) }
    }
}
