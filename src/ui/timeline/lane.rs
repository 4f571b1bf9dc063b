//! A lane's bars and marks.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::{Lane, Tone};
use crate::ui::width::px;

use super::drawing::{Bar, LaneDrawing};
use super::marks::view_spot;
use super::rows::LANE_HEIGHT;
use super::words::lane_summary;

const BAR_TOP: f64 = 4.0;
const BAR_HEIGHT: f64 = LANE_HEIGHT - 2.0 * BAR_TOP;

/// A lane as drawn.
#[derive(Properties, Clone)]
pub struct LaneRowProps {
    /// The lane: its name, and what it holds, said to screen readers.
    pub lane: Rc<Lane>,
    /// The language of what is said.
    pub lang: Lang,
    /// The upper edge.
    pub y: f64,
    /// What is drawn.
    pub drawing: Rc<LaneDrawing>,
}

impl PartialEq for LaneRowProps {
    /// Most often lane and drawing are the very same: then nothing in them is looked at.
    fn eq(&self, other: &Self) -> bool {
        let same = Rc::ptr_eq(&self.drawing, &other.drawing) || self.drawing == other.drawing;
        same && self.y == other.y && self.lang == other.lang && self.lane == other.lane
    }
}

/// A lane.
#[component]
pub fn LaneRow(props: &LaneRowProps) -> Html {
    html! {
        <g
            data-testid={format!("lane-{}", props.lane.id)}
            role="img"
            aria-label={lane_summary(&props.lane, props.lang)}
            transform={format!("translate(0 {})", px(props.y))}
        >
            { for props.drawing.bars.iter().map(view_bar) }
            { for props.drawing.spots.iter().map(view_spot) }
        </g>
    }
}

fn view_bar(bar: &Bar) -> Html {
    let (x, width) = (px(bar.x), px((bar.width - 1.0).max(1.0)));
    let (top, height) = (px(BAR_TOP), px(BAR_HEIGHT));
    html! {
        <g class={classes!("tl-phase", tone_class(bar.tone), bar.open.then_some("open"))}>
            <rect class="tl-fill" x={x.clone()} y={top.clone()} width={width.clone()}
                height={height.clone()} rx="3" />
            if let Some(pattern) = pattern(bar.tone) {
                <rect class="tl-pattern" x={x.clone()} y={top.clone()} width={width}
                    height={height.clone()} rx="3" fill={pattern} />
            }
            <rect class="tl-start" x={x} y={top} width={px(bar.width.min(2.5))} height={height}
                rx="1" />
            if let Some((left, label)) = &bar.label {
                <text class="tl-label" x={px(*left)} y={px(LANE_HEIGHT / 2.0 + 4.0)}>{ label }</text>
            }
        </g>
    }
}

/// The class that names a tone's colours.
pub fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Idle => "tone-idle",
        Tone::Waiting => "tone-waiting",
        Tone::Backoff => "tone-backoff",
        Tone::Running => "tone-running",
        Tone::Good => "tone-good",
        Tone::Terminating => "tone-terminating",
        Tone::Done => "tone-done",
        Tone::Bad => "tone-bad",
        Tone::Off => "tone-off",
        Tone::Busy => "tone-busy",
    }
}

/// What is not simply well has a pattern besides its colour.
fn pattern(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Waiting => Some("url(#tl-dots)"),
        Tone::Backoff => Some("url(#tl-gaps)"),
        Tone::Terminating => Some("url(#tl-down)"),
        Tone::Bad => Some("url(#tl-cross)"),
        Tone::Busy => Some("url(#tl-up)"),
        Tone::Idle | Tone::Running | Tone::Good | Tone::Done | Tone::Off => None,
    }
}

/// The patterns, once for all lanes. They are faint: the label is read over them.
pub fn view_patterns() -> Html {
    let pattern = |id: &'static str, size: &'static str, d: &'static str| {
        html! {
            <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse">
                <path class="tl-stroke" d={d} />
            </pattern>
        }
    };
    html! {
        <defs>
            { pattern("tl-dots", "6", "M2 2 h.01 M5 5 h.01") }
            { pattern("tl-gaps", "8", "M2 0 V8") }
            { pattern("tl-down", "7", "M0 0 L7 7 M-1 6 L1 8 M6 -1 L8 1") }
            { pattern("tl-up", "7", "M0 7 L7 0 M-1 1 L1 -1 M6 8 L8 6") }
            { pattern("tl-cross", "8", "M0 0 L8 8 M8 0 L0 8") }
        </defs>
    }
}
