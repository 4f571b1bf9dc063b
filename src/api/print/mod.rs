//! What kubectl prints about objects: the tables of `get`, from data tables of kinds and columns.
//!
//! Objects are read as JSON, so that those of a real cluster print as well as ours: unknown fields
//! are passed over, and what is missing or null is as Go's zero value.

pub mod cells;
pub mod kinds;
pub mod metrics;
pub mod pod;
pub mod table;
pub mod tabs;
pub mod template;
pub mod values;

pub use kinds::Kind;
pub use pod::{PodRow, pod_row};
pub use table::{Wish, table};
