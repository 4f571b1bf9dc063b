//! Which kinds of lanes are shown, and the zoom.

use crate::base::{Lang, Set};

use crate::ui::markup::prelude::*;

use crate::session::view::LaneKind;
use crate::ui::i18n::Text;
use crate::ui::i18n::timeline as t;

use super::keys::{KeyAction, ZOOM_STEP};

/// What the toolbar shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ToolbarProps {
    /// The kinds the run has lanes of.
    pub kinds: Vec<LaneKind>,
    /// Those that are hidden.
    pub hidden: Set<LaneKind>,
    /// The language.
    pub lang: Lang,
    /// A kind is to be shown or hidden.
    pub on_toggle: Callback<LaneKind>,
    /// The view is to be zoomed or moved.
    pub on_view: Callback<KeyAction>,
}

/// The toolbar.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    html! {
        <div class="tl-bar">
            <div class="tl-kinds" role="group" aria-label={t::SHOW_KINDS.get(props.lang)}>
                { for props.kinds.iter().map(|kind| view_chip(props, *kind)) }
            </div>
            <div class="tl-zoom">
                { view_button(props, t::EARLIER, "pan-earlier", KeyAction::Pan(-0.5), "M10 3 L5 8 L10 13") }
                { view_button(props, t::LATER, "pan-later", KeyAction::Pan(0.5), "M6 3 L11 8 L6 13") }
                { view_button(props, t::ZOOM_OUT, "zoom-out", KeyAction::Zoom(ZOOM_STEP), "M3 8 H13") }
                { view_button(props, t::ZOOM_IN, "zoom-in", KeyAction::Zoom(1.0 / ZOOM_STEP), "M3 8 H13 M8 3 V13") }
                { view_button(props, t::ZOOM_FIT, "zoom-fit", KeyAction::Fit, "M2 3 V13 M14 3 V13 M5 8 H11 M7 6 L5 8 L7 10 M9 6 L11 8 L9 10") }
            </div>
        </div>
    }
}

fn view_chip(props: &ToolbarProps, kind: LaneKind) -> Html {
    let shown = !props.hidden.contains(&kind);
    let onclick = props.on_toggle.reform(move |_: MouseEvent| kind);
    html! {
        <button type="button" class="tl-chip" aria-pressed={shown.to_string()} {onclick}>
            <svg class="tl-eye" viewBox="0 0 10 10" aria-hidden="true">
                <path d={if shown { "M1.5 5.2 L4 7.7 L8.5 2.5" } else { "M2 5 H8" }} />
            </svg>
            { t::kinds(kind).get(props.lang) }
        </button>
    }
}

fn view_button(
    props: &ToolbarProps,
    name: Text,
    id: &'static str,
    action: KeyAction,
    icon: &'static str,
) -> Html {
    let onclick = props.on_view.reform(move |_: MouseEvent| action);
    let name = name.get(props.lang);
    html! {
        <button type="button" class="tl-button" title={name} aria-label={name} data-testid={id} {onclick}>
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d={icon} /></svg>
        </button>
    }
}
