//! What Kubernetes does, by name; no behaviour.

pub mod facts;
pub mod table;

pub use facts::{Fact, Facts};
pub use table::{Rule, RuleInfo};
