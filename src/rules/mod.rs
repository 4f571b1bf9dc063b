//! What Kubernetes does, by name; no behaviour.

pub mod facts;
pub mod manifest;
pub mod table;

pub use facts::{Fact, Facts};
pub use manifest::MANIFEST_RULES;
pub use table::{Rule, RuleInfo};
