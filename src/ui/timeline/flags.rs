//! What the learner set up, over the axis and behind the lanes: bookmarks and the loop.

use std::rc::Rc;

use crate::ui::markup::prelude::*;

use crate::session::view::{JourneyView, Span};
use crate::ui::width::px;

use super::axis::{AXIS_HEIGHT, TALL};
use super::geometry::TimeWindow;

/// What the axis shows of it.
#[derive(Properties, PartialEq)]
pub struct FlagsProps {
    /// The stretch of time.
    pub window: TimeWindow,
    /// Bookmarks and loop.
    pub journey: Rc<JourneyView>,
}

/// Flags on the axis; the list of bookmarks tells them to those who do not see.
#[component]
pub fn Flags(props: &FlagsProps) -> Html {
    let window = props.window;
    let shown = props.journey.bookmarks.iter().filter(|mark| window.shows(mark.at));
    html! {
        <svg class="tl-flags" width={px(window.width)} height={px(AXIS_HEIGHT)} aria-hidden="true">
            { for shown.map(|mark| html! {
                <path class="tl-bookmark" d={format!("M{} 0 h7 v14 l-3.5 -3 l-3.5 3 z", px(window.x(mark.at) - 3.5))}>
                    <title>{ &mark.name }</title>
                </path>
            }) }
        </svg>
    }
}

/// The loop behind the lanes.
#[derive(Properties, PartialEq)]
pub struct StretchProps {
    /// The stretch of time.
    pub window: TimeWindow,
    /// The loop.
    pub span: Span,
}

/// The stretch that is played again and again, with an edge at each end that is set.
#[component]
pub fn Stretch(props: &StretchProps) -> Html {
    let (window, span) = (props.window, props.span);
    if !span.is_set() {
        return Html::default();
    }
    let [start, end] = [span.start, span.end].map(|at| at.map(|at| window.x(at)));
    let area = start.zip(end).map(|(start, end)| (start.max(0.0), end.min(window.width)));
    html! {
        <svg class="tl-stretch" width={px(window.width)} height={px(TALL)} aria-hidden="true">
            if let Some((from, to)) = area.filter(|(from, to)| from < to) {
                <rect x={px(from)} y="0" width={px(to - from)} height={px(TALL)} />
            }
            { for [start, end].into_iter().flatten().map(|x| html! {
                <path d={format!("M{} 0 V{}", px(x), px(TALL))} />
            }) }
        </svg>
    }
}
