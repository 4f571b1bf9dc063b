//! The moment that is shown, over axis and lanes; it moves without the lanes being redrawn.

use crate::ui::markup::prelude::*;

use crate::ui::width::{px, within};

use super::axis::{AXIS_HEIGHT, TALL};

/// Where the cursor is.
#[derive(Properties, PartialEq)]
pub struct CursorProps {
    /// Its pixel.
    pub x: f64,
    /// Width of the strip.
    pub width: f64,
    /// The moment, as it is written on its flag.
    pub label: AttrValue,
    /// The moment, as it is said.
    pub said: AttrValue,
}

/// Half the width of the flag with the moment.
const FLAG_HALF: f64 = 30.0;

/// The flag on the axis.
#[component]
pub fn CursorFlag(props: &CursorProps) -> Html {
    if props.x < 0.0 || props.x > props.width {
        return Html::default();
    }
    let middle = within(props.x, FLAG_HALF, (props.width - FLAG_HALF).max(FLAG_HALF));
    html! {
        <svg class="tl-flag" width={px(props.width)} height={px(AXIS_HEIGHT)} aria-hidden="true">
            <rect x={px(middle - FLAG_HALF)} y="4" width={px(2.0 * FLAG_HALF)} height="18" rx="4" />
            <path d={format!("M{} 21 l-5 0 l5 9 l5 -9 z", px(props.x))} />
            <text x={px(middle)} y="17">{ &props.label }</text>
        </svg>
    }
}

/// The line through the lanes.
#[component]
pub fn CursorLine(props: &CursorProps) -> Html {
    html! {
        <svg
            class="tl-cursor"
            width={px(props.width)}
            height={px(TALL)}
            role="img"
            aria-label={props.said.clone()}
            data-testid="timeline-cursor"
        >
            if props.x >= 0.0 && props.x <= props.width {
                <path d={format!("M{} 0 V{}", px(props.x), px(TALL))} />
            }
        </svg>
    }
}
