//! Scenarios: a manifest, what people do and when, and how long to look.

pub mod goal;
pub mod images;
pub mod kubectl;
pub mod nodes;
pub mod scenario;
pub mod traffic;

pub use goal::Goal;
pub use scenario::{Deed, Scenario, TimedAction};
