//! Where a line of the list stands: told to screen readers, for not all lines are drawn.

use crate::ui::markup::prelude::*;
use crate::ui::width::px;

/// A line's place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seat {
    /// The line's key.
    pub line: usize,
    /// Which it is, from 1.
    pub nth: usize,
    /// Of how many.
    pub of: usize,
    /// Pixels that are left free above it, for lines that are not drawn.
    pub free: f64,
}

impl Seat {
    /// The room of the lines above that are not drawn.
    pub fn view(&self) -> Html {
        match self.free > 0.0 {
            true => view_room(self.free),
            false => Html::default(),
        }
    }
}

/// So many pixels of nothing. (The page's policy allows no inline style.)
pub fn view_room(height: f64) -> Html {
    html! { <svg class="why-room" width="1" height={px(height)} aria-hidden="true" /> }
}
