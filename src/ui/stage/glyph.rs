//! The form of each tone, so that a state is told without its colour, and the actors' icons.

use crate::ui::markup::prelude::*;

use crate::session::view::{ActorKind, Tone};
use crate::ui::timeline::tone_class;

/// Outlines in a box of 16, drawn with strokes.
fn outline(tone: Tone) -> &'static str {
    match tone {
        Tone::Idle => "M8 2.5 A5.5 5.5 0 1 1 7.99 2.5 M8 8 h.01",
        Tone::Waiting => "M8 2 A6 6 0 1 1 7.99 2 M8 4.8 V8 L10.4 9.6",
        Tone::Backoff => "M4 2.5 H12 M4 13.5 H12 M5 2.5 C5 7 11 9 11 13.5 M11 2.5 C11 7 5 9 5 13.5",
        Tone::Running => "M5 3 L12.5 8 L5 13 Z",
        Tone::Good => "M8 2 A6 6 0 1 1 7.99 2 M5.2 8.2 L7.3 10.3 L11 6",
        Tone::Terminating => "M3.5 4 L8 8 L12.5 4 M3.5 8.5 L8 12.5 L12.5 8.5",
        Tone::Done => "M3 3 H13 V13 H3 Z M5.6 8.2 L7.4 10 L10.6 6.2",
        Tone::Bad => {
            "M5.4 2 H10.6 L14 5.4 V10.6 L10.6 14 H5.4 L2 10.6 V5.4 Z M6 6 L10 10 M10 6 L6 10"
        }
        Tone::Off => "M8 2 A6 6 0 1 1 7.99 2 M5 8 H11",
        Tone::Busy => "M8 2 A6 6 0 1 0 14 8 M5 8 h.01 M8 8 h.01 M11 8 h.01",
    }
}

/// The form of a tone in its colour.
pub fn view_glyph(tone: Tone) -> Html {
    html! {
        <svg class={classes!("glyph", tone_class(tone))} viewBox="0 0 16 16" aria-hidden="true">
            <path d={outline(tone)} />
        </svg>
    }
}

/// An actor's icon, in a box of 16.
pub fn actor_icon(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Kubectl => "M2 4.5 L6 8 L2 11.5 M8 12 H14",
        ActorKind::ApiServer => {
            "M8 1.8 L13.6 5 V11 L8 14.2 L2.4 11 V5 Z M8 5.2 L10.6 6.7 V9.4 L8 10.8 L5.4 9.4 V6.7 Z"
        }
        ActorKind::Scheduler => {
            "M2 3 H6 V7 H2 Z M10 9 H14 V13 H10 Z M6 5 H12 V9 M10.4 7.4 L12 9 L13.6 7.4"
        }
        ActorKind::Endpoints => {
            "M3.2 8 m-1.7 0 a1.7 1.7 0 1 0 3.4 0 a1.7 1.7 0 1 0 -3.4 0 M5 8 H8 M8 8 L11 3.8 H14 M8 8 H14 M8 8 L11 12.2 H14"
        }
        ActorKind::Kubelet => {
            "M8 1.8 V14.2 M8 4.5 m-1.7 -1 M2 9.5 C2 13 5 14.2 8 14.2 C11 14.2 14 13 14 9.5 M5 5 H11"
        }
        ActorKind::Runtime => "M2 5 L8 2 L14 5 V11 L8 14 L2 11 Z M2 5 L8 8 L14 5 M8 8 V14",
    }
}
