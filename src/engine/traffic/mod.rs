//! Clients outside of the Pods: they send requests to a Service or a Pod and count what becomes
//! of them.
//!
//! A client's packets enter the cluster at a node, as those of a load balancer do, and go where
//! that node's kube-proxy has its rules lead to; the rest is the network's and the servers' doing.
//! Reading order: [`plan`] (what a person declares), [`count`] (what is counted), [`flight`] (one
//! request, fed with what arrives), [`why`] (which rule made it so), [`service`].
//!
//! DIFFERENCE: nothing like it is part of Kubernetes. The clients use a Service's cluster address
//! whatever its type is, and are a millisecond away from every Pod.

pub mod count;
pub mod flight;
pub mod plan;
pub mod service;
pub mod why;

pub use count::{Counts, Outcome, Recent};
pub use plan::{Plan, Target};
pub use service::{Generator, Traffic, TrafficTimer};
