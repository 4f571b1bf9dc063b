//! How fast virtual time runs.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::Command;
use crate::session::playback::MARK_BY_MARK;
use crate::ui::i18n::{frame, timeline};
use crate::ui::keys::{SPEEDS, speed_text};

/// What the row shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct SpeedsProps {
    /// The speed now, in quarters.
    pub speed: u32,
    /// The language of its name.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// A row of buttons.
#[component]
pub fn Speeds(props: &SpeedsProps) -> Html {
    html! {
        <div class="segments speeds" role="group" aria-label={frame::SPEED.get(props.lang)}>
            { for SPEEDS.iter().map(|speed| one(*speed, props)) }
            { one(MARK_BY_MARK, props) }
        </div>
    }
}

fn one(speed: u32, props: &SpeedsProps) -> Html {
    let chosen = speed == props.speed;
    let id = match speed {
        MARK_BY_MARK => "speed-marks".to_string(),
        1 => "speed-quarter".to_string(),
        _ => format!("speed-{}", speed / 4),
    };
    let name = (speed == MARK_BY_MARK).then(|| timeline::SPEED_MARKS.get(props.lang));
    html! {
        <button type="button" key={speed} data-testid={id} aria-label={name} title={name}
            aria-pressed={chosen.to_string()}
            onclick={props.on_command.reform(move |_| Command::SetSpeed(speed))}>
            { speed_text(speed) }
        </button>
    }
}
