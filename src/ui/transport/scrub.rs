//! The scale of time: drag or use the arrow keys; what was simulated is filled.

use crate::ui::markup::prelude::*;
use web_sys::HtmlInputElement;

use crate::base::{Lang, SimTime};
use crate::session::Command;
use crate::ui::clock_text::{clock, horizon, spoken};
use crate::ui::i18n::frame;

/// Width of the drawing, in its own units.
const WIDTH: u64 = 10_000;

/// What the scale shows and whom it tells.
#[derive(Properties, PartialEq)]
pub struct ScrubProps {
    /// The moment that is shown.
    pub cursor: SimTime,
    /// How far the run was simulated.
    pub tip: SimTime,
    /// The language of its name.
    pub lang: Lang,
    /// Commands of the learner.
    pub on_command: Callback<Command>,
}

/// The scale.
#[component]
pub fn Scrub(props: &ScrubProps) -> Html {
    let end = horizon(props.tip);
    let (now, tip) = (spoken(props.cursor, props.lang), clock(props.tip));
    let value = frame::SCRUB_VALUE
        .fill(props.lang, &[("t", &now), ("tip", &spoken(props.tip, props.lang))]);
    let oninput = props.on_command.reform(|event: InputEvent| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        Command::Seek(SimTime::ms(value.parse().unwrap_or(0)))
    });
    let lived = props.tip.as_ms() * WIDTH / end.as_ms().max(1);
    let at = props.cursor.as_ms() * WIDTH / end.as_ms().max(1);
    let past = props.cursor < props.tip;
    let middle = if past { frame::PAST } else { frame::SIMULATED_TO };
    let step = (end.as_ms() / 600).max(100);
    html! {
        <div class="scrub">
            <svg class="scrub-scale" viewBox="0 0 10000 10" preserveAspectRatio="none"
                aria-hidden="true">
                <rect class="scrub-track" width="10000" height="10" />
                <rect class="scrub-lived" width={lived.to_string()} height="10" />
                <rect class="scrub-past" width={at.to_string()} height="10" />
            </svg>
            <input type="range" data-testid="scrub" min="0" max={end.as_ms().to_string()}
                step={step.to_string()} value={props.cursor.as_ms().to_string()}
                aria-label={frame::SCRUB.get(props.lang)} aria-valuetext={value} {oninput} />
            <div class="scrub-ends" aria-hidden="true">
                <span>{ "0" }</span>
                <span class="tip">{ middle.fill(props.lang, &[("tip", &tip)]) }</span>
                <span>{ clock(end).trim_end_matches(".0") }</span>
            </div>
        </div>
    }
}
