//! The timeline: lanes of the run over virtual time, drawn.
//!
//! [`geometry`], [`viewport`], [`drawing`], [`rows`], [`stops`] and [`keys`] are arithmetic without
//! web types; [`score`] keeps what the learner chose to see and sends commands; the rest draws.

mod axis;
mod cursor;
mod desk;
mod drawing;
mod drawn;
mod flags;
mod geometry;
mod keys;
mod lane;
mod marks;
mod pointer;
mod rows;
mod score;
mod seen;
mod stand_in;
mod stops;
mod titles;
mod toolbar;
mod viewport;
mod words;

pub use axis::Axis;
pub use drawing::draw_lane;
pub use geometry::{TimeWindow, clock, exact_clock, fit_label};
pub use keys::{KeyAction, ZOOM_STEP, key_action};
pub use lane::{LaneRow, tone_class};
pub use pointer::{Drag, Touch, Turn, capture, place, turn, use_wheel};
pub use rows::LANE_HEIGHT;
pub use score::{Timeline, TimelineProps};
pub use stand_in::mark_of;
pub use toolbar::view_zoom;
pub use viewport::Viewport;
