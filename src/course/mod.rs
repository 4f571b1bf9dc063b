//! Scenarios: a manifest, what people do and when, and how long to look. Exercises: a scenario
//! whose manifest a learner mends, and the goals that tell when it is.

mod deed;
pub mod exercise;
pub mod goal;
pub mod images;
pub mod kubectl;
pub mod nodes;
pub mod scenario;
pub mod traffic;

pub use deed::Deed;
pub use exercise::Exercise;
pub use goal::Goal;
pub use scenario::{Scenario, TimedAction};
