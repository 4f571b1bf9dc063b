//! The first minute: a tour over the real run of the first scenario, for a first visit and from
//! the help. Its words are data (`static/tour`); each step is a stretch of that run, so what it
//! says is seen happening. It can be left at any time and does not come back by itself.

mod card;
mod steps;

pub use card::{Tour, TourProps};
pub use steps::{SCENARIO, STEPS, Scene, Step};
