//! The verbs that read: from their words to questions.

pub mod ask;
pub mod describe;
pub mod events;
pub mod get;
pub mod targets;

pub use ask::read_query;
pub use targets::every_kind;
