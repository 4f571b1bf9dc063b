//! Which kinds of lanes are shown, and the zoom.

use crate::base::{Lang, Set};

use crate::ui::markup::prelude::*;
use std::rc::Rc;
use web_sys::{Element, WheelEvent};

use crate::session::Command;
use crate::session::view::{Groups, LaneKind, MarkGroup, MarkKind};
use crate::ui::i18n::Text;
use crate::ui::i18n::timeline as t;

use super::keys::{KeyAction, ZOOM_STEP};
use super::marks::{class, outline};
use super::pointer::use_wheel;

/// What the toolbar shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ToolbarProps {
    /// The kinds the run has lanes of.
    pub kinds: Vec<LaneKind>,
    /// Those that are hidden.
    pub hidden: Set<LaneKind>,
    /// The groups of marks that are not drawn.
    pub marks: Groups,
    /// How many lanes were put away.
    pub away: usize,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
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
    let kinds = use_node_ref();
    use_along(&kinds);
    html! {
        <div class="tl-bar">
            <div class="tl-chips">
                <div class="tl-kinds" ref={kinds} role="group" aria-label={t::SHOW_KINDS.get(props.lang)}>
                    { for props.kinds.iter().map(|kind| view_chip(props, *kind)) }
                </div>
                <div class="tl-marks" role="group" aria-label={t::SHOW_MARKS.get(props.lang)}>
                    { for drawn_groups().map(|group| view_marks(props, group)) }
                </div>
            </div>
            <div class="tl-zoom">
                if props.away > 0 {
                    { view_away(props) }
                }
                { view_zoom(props.lang, "", &props.on_view) }
            </div>
        </div>
    }
}

/// Turns of the wheel move the chips along: they have no bar to be moved by.
#[hook]
fn use_along(node: &NodeRef) {
    let chips = node.clone();
    let along = move |event: &WheelEvent| {
        let Some(chips) = chips.cast::<Element>().filter(|_| event.delta_x() == 0.0) else {
            return false;
        };
        let before = chips.scroll_left();
        chips.set_scroll_left(before + event.delta_y() as i32);
        chips.scroll_left() != before
    };
    use_wheel(node.clone(), Rc::new(along));
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

/// The groups of marks that lanes draw: of a decision that is none of the others there is no mark.
fn drawn_groups() -> impl Iterator<Item = MarkGroup> {
    MarkGroup::ALL.into_iter().filter(|group| *group != MarkGroup::Decisions)
}

fn view_marks(props: &ToolbarProps, group: MarkGroup) -> Html {
    let shown = !props.marks.has(group);
    let onclick = props.on_command.reform(move |_: MouseEvent| Command::ToggleMarks(group));
    let name = t::marks(group).get(props.lang);
    let id = format!("marks-{}", group as u8);
    html! {
        <button type="button" class="tl-chip tl-mark-chip" aria-pressed={shown.to_string()}
            data-testid={id} aria-label={name} title={name} {onclick}>
            <svg class={classes!("tl-mark", class(sample(group)))} viewBox="-8 -8 16 16" aria-hidden="true">
                <path d={outline(sample(group))} />
            </svg>
        </button>
    }
}

/// The mark that stands for a group.
fn sample(group: MarkGroup) -> MarkKind {
    match group {
        MarkGroup::Acts => MarkKind::Action,
        MarkGroup::Passes => MarkKind::ProbeSuccess,
        MarkGroup::Failures => MarkKind::ProbeFailure,
        MarkGroup::Signals => MarkKind::Signal,
        MarkGroup::Processes => MarkKind::Start,
        MarkGroup::Events => MarkKind::EventNormal,
        MarkGroup::Warnings => MarkKind::EventWarning,
        MarkGroup::Lost => MarkKind::Lost,
        MarkGroup::Pulls | MarkGroup::Decisions => MarkKind::Change,
    }
}

fn view_away(props: &ToolbarProps) -> Html {
    let name = t::BRING_BACK.fill(props.lang, &[("n", &props.away.to_string())]);
    let onclick = props.on_view.reform(|_: MouseEvent| KeyAction::BringBack);
    html! {
        <button type="button" class="tl-chip" data-testid="bring-back" {onclick}>{ name }</button>
    }
}

/// What moves and zooms the view: name, id, deed and sign.
const ZOOM: [(Text, &str, KeyAction, &str); 5] = [
    (t::EARLIER, "pan-earlier", KeyAction::Pan(-0.5), "M10 3 L5 8 L10 13"),
    (t::LATER, "pan-later", KeyAction::Pan(0.5), "M6 3 L11 8 L6 13"),
    (t::ZOOM_OUT, "zoom-out", KeyAction::Zoom(ZOOM_STEP), "M3 8 H13"),
    (t::ZOOM_IN, "zoom-in", KeyAction::Zoom(1.0 / ZOOM_STEP), "M3 8 H13 M8 3 V13"),
    (
        t::ZOOM_FIT,
        "zoom-fit",
        KeyAction::Fit,
        "M2 3 V13 M14 3 V13 M5 8 H11 M7 6 L5 8 L7 10 M9 6 L11 8 L9 10",
    ),
];

/// The buttons that move and zoom a view; their ids begin with `prefix`.
pub fn view_zoom(lang: Lang, prefix: &str, on_view: &Callback<KeyAction>) -> Html {
    let button = |(name, id, action, sign): &(Text, &'static str, KeyAction, &'static str)| {
        let (name, action) = (name.get(lang), *action);
        let onclick = on_view.reform(move |_: MouseEvent| action);
        html! {
            <button type="button" class="tl-button" title={name} aria-label={name}
                data-testid={[prefix, *id].concat()} {onclick}>
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d={*sign} /></svg>
            </button>
        }
    };
    html! { <>{ for ZOOM.iter().map(button) }</> }
}
