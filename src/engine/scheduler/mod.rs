//! kube-scheduler: finds a node for each Pod that has none.

pub mod filters;
pub mod service;

pub use service::{BindPlan, Scheduler, SchedulerTimer};
