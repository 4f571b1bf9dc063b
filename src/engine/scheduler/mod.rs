//! kube-scheduler: finds a node for each Pod that has none.

pub mod filters;
pub mod service;
mod volumes;

pub use service::{BindPlan, Scheduler, SchedulerTimer};
