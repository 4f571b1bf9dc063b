//! The taint eviction controller: deletes Pods from nodes whose taints they do not tolerate.

mod service;

pub use service::{TaintEviction, TaintTimer};
