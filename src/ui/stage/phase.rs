//! The phase machine: where `status.phase` is, and where it can go.

use crate::ui::markup::prelude::*;

use crate::base::Lang;
use crate::session::view::Tone;
use crate::ui::i18n::stage as t;
use crate::ui::timeline::tone_class;
use crate::ui::width::px;

/// A phase in the drawing: its name, tone, left edge, middle and width.
type Place = (&'static str, Tone, f64, f64, f64);

const PLACES: [Place; 4] = [
    ("Pending", Tone::Waiting, 1.0, 25.0, 62.0),
    ("Running", Tone::Running, 83.0, 25.0, 62.0),
    ("Succeeded", Tone::Done, 165.0, 12.0, 74.0),
    ("Failed", Tone::Bad, 165.0, 38.0, 74.0),
];
const EDGES: [&str; 4] = [
    "M63 25 H82",
    "M145 25 C156 25 153 12 164 12",
    "M145 25 C156 25 153 38 164 38",
    "M40 36 C40 52 90 48 164 42",
];

/// What the phase machine shows.
#[derive(Properties, PartialEq)]
pub struct PhaseMachineProps {
    /// `status.phase`.
    pub phase: AttrValue,
    /// The language of its name.
    pub lang: Lang,
}

/// The four phases, the current one lit.
#[component]
pub fn PhaseMachine(props: &PhaseMachineProps) -> Html {
    let label = t::PHASES.fill(props.lang, &[("phase", &props.phase)]);
    html! {
        <svg class="phases" viewBox="0 0 240 51" role="img" aria-label={label}>
            { for EDGES.iter().map(|edge| html! { <path class="phase-edge" d={*edge} /> }) }
            { for PLACES.iter().map(|place| view_place(place, props.phase.as_str())) }
        </svg>
    }
}

fn view_place((name, tone, x, middle, width): &Place, phase: &str) -> Html {
    let now = (*name == phase).then_some("now");
    html! {
        <g class={classes!("phase", tone_class(*tone), now)}>
            <rect x={px(*x)} y={px(middle - 11.0)} width={px(*width)} height="22" rx="11" />
            <text x={px(x + width / 2.0)} y={px(middle + 4.0)}>{ *name }</text>
        </g>
    }
}
