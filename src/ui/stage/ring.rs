//! A ring that runs out.

use crate::ui::markup::prelude::*;

use crate::ui::width::tenths;

/// The circumference is a thousand of these, whatever the radius.
const PARTS: f64 = 1000.0;

/// A ring of which `part` (1 to 0) is left, with a word in its middle.
pub fn view_ring(part: f64, middle: &str) -> Html {
    let left = format!("{} 1000", tenths((part * PARTS).round()));
    html! {
        <svg class="ring" viewBox="0 0 48 48" aria-hidden="true">
            <circle class="ring-track" cx="24" cy="24" r="20" />
            <circle
                class="ring-left"
                cx="24"
                cy="24"
                r="20"
                pathLength="1000"
                stroke-dasharray={left}
                transform="rotate(-90 24 24)"
            />
            <text x="24" y="29">{ middle }</text>
        </svg>
    }
}
