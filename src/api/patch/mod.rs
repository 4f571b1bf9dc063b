//! Patches of objects, in the three languages of the API server.

pub mod apply;
pub mod merge;
pub mod operations;
pub mod strategic;

pub use apply::{Patch, patched};
