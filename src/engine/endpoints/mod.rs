//! The endpoint slice controller: which Pods stand behind a Service.

pub mod service;

pub use service::{Endpoints, plan_endpoints, plan_ports};
