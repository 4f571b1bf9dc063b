//! Which rows are in view: of very many only those are drawn.

use web_sys::Element;
use yew::prelude::*;

use crate::ui::width::{Size, use_size};

use super::rows::{LANE_HEIGHT, Row};

/// So many rows are all drawn, whether in view or not.
const FEW: usize = 80;
/// Pixels above and below the view that are drawn too.
const MARGIN: f64 = 400.0;
/// How far the lanes are scrolled before others are drawn.
const STEP: i32 = 200;

/// The stretch of rows that is drawn, in pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seen {
    top: f64,
    bottom: f64,
}

impl Seen {
    /// Whether a row is drawn, of so many.
    pub fn shows(&self, row: &Row, count: usize) -> bool {
        count <= FEW || row.y + LANE_HEIGHT >= self.top && row.y <= self.bottom
    }
}

/// What of the lanes in `scroll` is in view, and who is to hear that it was scrolled.
#[hook]
pub fn use_seen(scroll: &NodeRef, before: Size) -> (Seen, Callback<Event>) {
    let height = use_size(scroll.clone(), before).height;
    let steps = use_state_eq(|| 0);
    let top = f64::from(*steps * STEP);
    let onscroll = {
        let scroll = scroll.clone();
        Callback::from(move |_: Event| {
            let there = scroll.cast::<Element>().map_or(0, |element| element.scroll_top());
            steps.set(there / STEP);
        })
    };
    let bottom = top + f64::from(STEP) + height + MARGIN;
    (Seen { top: top - MARGIN, bottom }, onscroll)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::timeline::rows::RowKind;

    #[test]
    fn of_many_rows_those_far_away_are_not_drawn() {
        let seen = Seen { top: 600.0, bottom: 1500.0 };
        let row = |y| Row { y, what: RowKind::Lane(0) };
        assert!([580.0, 1000.0, 1500.0].iter().all(|y| seen.shows(&row(*y), 1000)));
        assert!([0.0, 570.0, 1501.0].iter().all(|y| !seen.shows(&row(*y), 1000)));
        assert!(seen.shows(&row(0.0), FEW));
    }
}
