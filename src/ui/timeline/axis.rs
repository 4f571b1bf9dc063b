//! The axis of virtual time, and the lines that carry its ticks through the lanes.

use crate::ui::markup::prelude::*;

use crate::ui::width::px;

use super::geometry::{TimeWindow, ticks};

/// Height of the axis in pixels.
pub const AXIS_HEIGHT: f64 = 30.0;

/// Lines are drawn this far down; what is below the last lane is cut off.
pub const TALL: f64 = 4000.0;

/// The stretch of time that an axis or its lines show.
#[derive(Properties, PartialEq)]
pub struct AxisProps {
    /// The window.
    pub window: TimeWindow,
    /// The pixel up to which the run was simulated.
    pub tip: f64,
}

/// Ticks with their times.
#[component]
pub fn Axis(props: &AxisProps) -> Html {
    let width = px(props.window.width);
    html! {
        <svg class="tl-axis" width={width} height={px(AXIS_HEIGHT)} aria-hidden="true">
            { view_future(props) }
            { for ticks(&props.window).into_iter().map(|tick| html! {
                <g>
                    <path class="tl-tick" d={format!("M{} {} v6", px(tick.x), px(AXIS_HEIGHT - 6.0))} />
                    <text class="tl-time" x={px(tick.x)} y={px(AXIS_HEIGHT - 11.0)}>{ tick.label }</text>
                </g>
            }) }
        </svg>
    }
}

/// Lines of the ticks behind the lanes, and what is not simulated yet.
#[component]
pub fn Staff(props: &AxisProps) -> Html {
    html! {
        <svg class="tl-staff" width={px(props.window.width)} height={px(TALL)} aria-hidden="true">
            { view_future(props) }
            { for ticks(&props.window).into_iter().map(|tick| html! {
                <path class="tl-line" d={format!("M{} 0 V{}", px(tick.x), px(TALL))} />
            }) }
        </svg>
    }
}

fn view_future(props: &AxisProps) -> Html {
    let width = props.window.width - props.tip;
    if width <= 0.0 {
        return Html::default();
    }
    html! {
        <rect class="tl-future" x={px(props.tip.max(0.0))} y="0" width={px(width)} height={px(TALL)} />
    }
}
