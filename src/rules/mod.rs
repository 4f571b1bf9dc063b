//! What Kubernetes does, by name; no behaviour.

pub mod facts;
pub mod info;
pub mod manifest;
pub mod table;

pub use facts::{Fact, Facts};
pub use info::RuleInfo;
pub use manifest::MANIFEST_RULES;
pub use table::Rule;
