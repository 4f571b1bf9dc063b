//! What works on the network for the cluster itself: the kubelet's requests to Pods, kube-proxy's
//! rules and the cluster's name server.
//!
//! Sockets and packets are below, in [`crate::shell::net`]. Reading order: [`dial`] (what is asked
//! for, and what comes of it), [`http_get`] and [`grpc_check`] (clients as values that are fed with
//! bytes), [`service`] (which carries them out), [`proxy`] and [`names`] (what Services become).

pub mod dial;
pub mod grpc_check;
pub mod http_get;
pub mod names;
pub mod proxy;
pub mod service;

pub use dial::{Dial, Dialed, Outcome};
pub use http_get::{HttpAction, HttpGet, Progress};
pub use service::{AgentTimer, Agents};
