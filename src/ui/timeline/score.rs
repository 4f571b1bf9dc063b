//! The timeline: lanes of the run over virtual time, drawn.

use std::rc::Rc;

use yew::prelude::*;

use crate::base::{Lang, SimTime};
use crate::session::Command;
use crate::session::view::TimelineView;

/// What the timeline draws and whom it tells.
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The lanes of the run.
    pub view: Rc<TimelineView>,
    /// The moment that is shown.
    pub cursor: SimTime,
    /// The selected record.
    pub selected: Option<usize>,
    /// The language of what is said.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    html! { <p data-testid="timeline">{ props.view.lanes.len() }</p> }
}
