//! Scenarios: a manifest, what people do and when, and how long to look.

mod deed;
pub mod goal;
pub mod images;
pub mod kubectl;
pub mod nodes;
pub mod scenario;
pub mod traffic;

pub use deed::Deed;
pub use goal::Goal;
pub use scenario::{Scenario, TimedAction};
