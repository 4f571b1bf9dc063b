//! The stage: the cluster at one moment, drawn.

use std::rc::Rc;

use yew::prelude::*;

use crate::base::Lang;
use crate::session::Command;
use crate::session::view::StageView;

/// What the stage draws and whom it tells.
#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The cluster at the cursor.
    pub view: Rc<StageView>,
    /// The language of what is said.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    html! { <p data-testid="stage">{ props.view.node.clone() }</p> }
}
