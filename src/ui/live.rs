//! What is told to screen readers: politely, and of each kind only the last message.

use crate::base::Map;
use std::rc::Rc;

use crate::ui::markup::prelude::*;

/// The kinds of messages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// What the learner did.
    Act,
    /// Where time is.
    Time,
    /// What the Pods' status became.
    Status,
    /// What is wrong with the text.
    Problems,
    /// What was changed of an exercise that is locked.
    Locked,
}

/// Messages of each kind; the newest replaces the one before.
pub type Said = Map<Kind, String>;

/// What the region holds.
#[derive(Properties, PartialEq)]
pub struct LiveProps {
    /// The messages.
    pub said: Rc<Said>,
}

/// The region.
#[component]
pub fn Live(props: &LiveProps) -> Html {
    html! {
        <div class="visually-hidden" role="status" aria-live="polite" data-testid="live">
            { for props.said.values().map(|text| html! { <p>{ text }</p> }) }
        </div>
    }
}
