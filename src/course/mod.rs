//! Scenarios: a manifest, what people do and when, and how long to look.

pub mod images;
pub mod kubectl;
pub mod scenario;

pub use scenario::{Scenario, TimedAction};
