//! What makes Pods, or bounds them: Deployments with their ReplicaSets, Jobs, budgets, quotas.

use yew::prelude::*;

use crate::base::Lang;
use crate::session::view::OwnerView;
use crate::ui::i18n::stage as t;

/// The objects; nothing where there are none.
pub fn view_owners(owners: &[OwnerView], lang: Lang) -> Html {
    if owners.is_empty() {
        return Html::default();
    }
    html! {
        <div class="services" role="group" aria-label={t::OWNERS.get(lang)}>
            { for owners.iter().map(view_owner) }
        </div>
    }
}

fn view_owner(owner: &OwnerView) -> Html {
    html! {
        <section key={format!("{}/{}", owner.kind, owner.name)} class="service"
            data-testid={format!("owner-{}", owner.name)}>
            <h3><span>{ &owner.kind }</span>{ " " }{ &owner.name }</h3>
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
