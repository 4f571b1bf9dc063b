//! The forms of marks: each kind can be told without its colour.

use crate::ui::markup::prelude::*;

use crate::session::view::MarkKind;
use crate::ui::width::px;

use super::drawing::Spot;
use super::rows::LANE_HEIGHT;

/// The outline of a kind, around zero, six pixels to each side.
pub fn outline(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Action => {
            "M0 7 L-4.2 0.6 A5 5 0 1 1 4.2 0.6 Z M0 -4.2 A1.7 1.7 0 1 1 -.01 -4.2 Z"
        }
        MarkKind::ProbeSuccess => "M-3.4 .4 L-.9 3 L3.6 -3",
        MarkKind::ProbeFailure => "M-3.6 -3.6 L3.6 3.6 M3.6 -3.6 L-3.6 3.6",
        MarkKind::ProbeTimeout => "M-3.6 -4.4 H3.6 L-3.6 4.4 H3.6 Z",
        MarkKind::Signal | MarkKind::Kill => "M1.8 -7 L-4.4 1.2 H-.4 L-1.8 7 L4.4 -1.2 H.4 Z",
        MarkKind::Start => "M-3 -4.6 L4.6 0 L-3 4.6 Z",
        MarkKind::ExitOk | MarkKind::ExitBad => "M-4 -4 H4 V4 H-4 Z",
        MarkKind::EventNormal => "M-3.2 0 A3.2 3.2 0 1 1 3.2 0 A3.2 3.2 0 1 1 -3.2 0 Z",
        MarkKind::EventWarning => "M0 -5.4 L5.6 4.4 H-5.6 Z",
        MarkKind::Change => "M0 -4 L4 0 L0 4 L-4 0 Z",
        MarkKind::Lost => "M-6 0 H-1 M1 -4 L5 4 M5 -4 L1 4",
    }
}

/// The class that gives a kind its colour and says whether it is filled.
pub fn class(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Action => "mk mk-action",
        MarkKind::ProbeSuccess => "mk mk-success",
        MarkKind::ProbeFailure | MarkKind::ProbeTimeout => "mk mk-failure",
        MarkKind::Signal => "mk mk-signal",
        MarkKind::Kill => "mk mk-kill",
        MarkKind::Start => "mk mk-start",
        MarkKind::ExitOk => "mk mk-exit-ok",
        MarkKind::ExitBad => "mk mk-exit-bad",
        MarkKind::EventNormal => "mk mk-event",
        MarkKind::EventWarning => "mk mk-warning",
        MarkKind::Change => "mk mk-change",
        MarkKind::Lost => "mk mk-failure",
    }
}

/// Draws a mark in the middle of its lane.
pub fn view_spot(spot: &Spot) -> Html {
    let middle = LANE_HEIGHT / 2.0;
    let place = format!("translate({} {})", px(spot.x), px(middle));
    html! {
        <g class={class(spot.kind)} transform={place}>
            if spot.read {
                <circle class="mk-read" data-testid="read-mark" r="8" />
            }
            if spot.selected {
                <circle class="mk-selected" r="9.5" />
            }
            <path d={outline(spot.kind)} />
            if spot.count > 1 {
                <path class="mk-many" d="M-4.5 9 H4.5" />
            }
            if let Some(label) = &spot.label {
                <text class="mk-label" x="9" y="4">{ label }</text>
            }
        </g>
    }
}

/// The ring around the stop that the keys are at.
pub fn view_focus(x: f64, y: f64) -> Html {
    html! {
        <circle class="tl-focus" cx={px(x)} cy={px(y + LANE_HEIGHT / 2.0)} r="11" />
    }
}
