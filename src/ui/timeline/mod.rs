//! The timeline: lanes of the run over virtual time, drawn.

mod score;

pub use score::{Timeline, TimelineProps};
