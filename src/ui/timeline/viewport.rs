//! What part of the run is in view, as the learner chose it.

use crate::base::SimTime;

use super::geometry::{TimeWindow, fitting_span};

/// How much of the window the cursor keeps free at both ends when the window turns a page.
const PAGE_MARGIN: f64 = 0.1;

/// What the learner wants to see.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Viewport {
    /// The whole run.
    #[default]
    Fit,
    /// This stretch, turned like a page when the cursor leaves it.
    Follow {
        /// Its start in milliseconds.
        start: f64,
        /// Its length in milliseconds.
        span: f64,
    },
    /// This stretch, wherever the cursor goes.
    Hold {
        /// Its start in milliseconds.
        start: f64,
        /// Its length in milliseconds.
        span: f64,
    },
}

impl Viewport {
    /// The window on a strip of `width` pixels.
    pub fn window(self, tip: SimTime, cursor: SimTime, width: f64) -> TimeWindow {
        match self {
            Viewport::Fit => TimeWindow::new(0.0, fitting_span(tip.max(cursor)), width),
            Viewport::Hold { start, span } => TimeWindow::new(start, span, width),
            Viewport::Follow { start, span } => {
                turn_page(TimeWindow::new(start, span, width), cursor)
            }
        }
    }

    /// The learner zoomed to `window`; it goes on following unless it was held.
    pub fn zoomed(self, window: TimeWindow) -> Self {
        match self {
            Viewport::Hold { .. } => Viewport::panned(window),
            _ => Viewport::Follow { start: window.start, span: window.span },
        }
    }

    /// The learner moved to `window`; it stays there.
    pub fn panned(window: TimeWindow) -> Self {
        Viewport::Hold { start: window.start, span: window.span }
    }

    /// The learner went to a moment: what is in view follows again.
    pub fn followed(self) -> Self {
        match self {
            Viewport::Hold { start, span } => Viewport::Follow { start, span },
            other => other,
        }
    }
}

/// Moves by whole pages until the cursor is in view, so that what is drawn seldom changes.
fn turn_page(window: TimeWindow, cursor: SimTime) -> TimeWindow {
    if window.shows(cursor) {
        return window;
    }
    let page = window.span * (1.0 - 2.0 * PAGE_MARGIN);
    let ahead = cursor.as_ms() as f64 - window.start - window.span * PAGE_MARGIN;
    TimeWindow::new(window.start + (ahead / page).floor() * page, window.span, window.width)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: f64 = 800.0;

    #[test]
    fn the_whole_run_is_in_view_from_the_start() {
        for secs in [0, 3, 50, 4000] {
            let window = Viewport::Fit.window(SimTime::secs(secs), SimTime::ZERO, WIDTH);
            assert!(window.shows(SimTime::ZERO) && window.shows(SimTime::secs(secs)), "{secs}");
        }
    }

    #[test]
    fn a_followed_cursor_is_always_in_view_and_the_window_seldom_moves() {
        let follow = Viewport::Follow { start: 5_000.0, span: 10_000.0 };
        let windows: Vec<TimeWindow> = (0..1000)
            .map(|tenth| SimTime::ms(tenth * 100))
            .map(|now| {
                let window = follow.window(now, now, WIDTH);
                assert!(window.shows(now), "{now}");
                window
            })
            .collect();
        let moves = windows.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(moves < 16, "{moves} moves");
    }

    #[test]
    fn a_held_window_stays_until_the_learner_goes_somewhere() {
        let held = Viewport::panned(TimeWindow::new(5_000.0, 10_000.0, WIDTH));
        let later = SimTime::secs(90);
        assert_eq!(held.window(later, later, WIDTH).start, 5_000.0);
        assert!(held.followed().window(later, later, WIDTH).shows(later));
        assert_eq!(Viewport::Fit.followed(), Viewport::Fit);
    }
}
