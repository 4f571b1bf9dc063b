//! kube-controller-manager: what keeps the cluster as its objects want it.
//!
//! Reading order: [`informers`] (what all of them have seen), [`owners`] (who belongs to whom),
//! [`plan`] (what a look at one object comes to), then the controllers, each a pure look at one
//! object: [`replica_set`] with [`ranking`], [`rollout`] with [`deployment`], [`template_hash`] of
//! what [`go_print`] prints, and [`rollout_status`], [`job`], [`quota`], [`budget`],
//! [`collector`]; and [`service`], which queues the looks and carries out what they come to.
//!
//! The controllers are one process and share their informers, as upstream. A look at an object
//! waits until all that the one before asked for is answered and seen, which is what upstream's
//! expectations are for.

pub mod budget;
pub mod collector;
pub mod deployment;
pub mod go_print;
pub mod informers;
pub mod job;
pub mod owners;
pub mod plan;
pub mod quota;
pub mod ranking;
pub mod replica_set;
pub mod rollout;
pub mod rollout_status;
mod service;
pub mod template_hash;

pub use service::{ControllerTimer, Controllers};
