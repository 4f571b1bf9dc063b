//! The verbs that read: from their words to questions.

pub mod ask;
pub mod describe;
pub mod events;
pub mod explain;
pub mod get;
pub mod logs;
pub mod targets;
pub mod wait;

pub use ask::{VERBS, read, read_query};
pub use targets::every_kind;
