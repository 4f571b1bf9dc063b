//! kube-scheduler: finds a node for each Pod that has none.
//!
//! Reading order: [`place`] (a node with its Pods), [`filters`] (does it fit, and what is said if
//! not) with [`spread`], [`inter_pod`] and volumes, [`score`] (which is the best), [`preempt`]
//! (who goes if none fits), [`queue`] (what lets a Pod be tried again), [`service`].

pub mod filters;
pub mod inter_pod;
pub mod place;
pub mod preempt;
pub mod queue;
pub mod score;
pub mod service;
pub mod spread;
pub mod tell;
mod volumes;

pub use service::{BindPlan, Scheduler, SchedulerTimer};
