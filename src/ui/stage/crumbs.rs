//! The way from the cluster to what is looked at, and the keys that go nearer and farther.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::StageView;
use crate::ui::i18n::stage as t;
use crate::ui::icons::{Icon, icon};

use super::zoom::Focus;

/// What a key asks for; `None`: it is not the stage's.
pub fn key_focus(key: &str, focus: &Focus, view: &StageView) -> Option<Focus> {
    Some(match key {
        "+" | "=" => focus.nearer(view),
        "-" | "_" => focus.farther(view),
        "0" => Focus::Cluster,
        "ArrowUp" if *focus != Focus::Cluster => focus.beside(view, -1),
        "ArrowDown" if *focus != Focus::Cluster => focus.beside(view, 1),
        _ => return None,
    })
}

/// Names from the cluster on, and the two keys.
pub fn view_crumbs(
    view: &StageView,
    focus: &Focus,
    lang: Lang,
    on_focus: &Callback<Focus>,
) -> Html {
    let path = focus.path(view);
    let last = path.len() - 1;
    let crumb = |(nth, one): (usize, &Focus)| {
        let name = if one.name().is_empty() { t::ZOOM_CLUSTER.get(lang) } else { one.name() };
        let to = one.clone();
        let onclick = on_focus.reform(move |_: MouseEvent| to.clone());
        html! {
            <button type="button" class="crumb" aria-current={(nth == last).then_some("true")}
                data-testid={["crumb-", &nth.to_string()].concat()} {onclick}>
                { name.to_string() }
            </button>
        }
    };
    let crumbs = path.iter().enumerate().map(crumb).collect::<Vec<_>>();
    html! {
        <nav class="crumbs" aria-label={t::ZOOM.get(lang)}>
            { for crumbs }
            <span class="crumbs-end">
                { view_key(t::ZOOM_FARTHER.get(lang), Icon::Minus, "stage-farther",
                    focus.farther(view), on_focus) }
                { view_key(t::ZOOM_NEARER.get(lang), Icon::Plus, "stage-nearer",
                    focus.nearer(view), on_focus) }
            </span>
        </nav>
    }
}

fn view_key(
    name: &'static str,
    mark: Icon,
    id: &'static str,
    to: Focus,
    on_focus: &Callback<Focus>,
) -> Html {
    let onclick = on_focus.reform(move |_: MouseEvent| to.clone());
    html! {
        <button type="button" class="key" data-testid={id} aria-label={name} title={name} {onclick}>
            { icon(mark) }
        </button>
    }
}
