//! Patches of objects, in the three languages of the API server.

pub mod apply;
pub mod merge;
pub mod operations;
pub mod strategic;
pub mod three_way;

pub use apply::{Patch, patched};
pub use merge::merge;
pub use three_way::applied;
