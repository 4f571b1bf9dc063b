//! What the API server fills in before it stores an object: defaults, and what the admission
//! plugins that are on by default add.

mod admission;
mod fill;
mod pod;
mod probe;
mod service;

pub use fill::fill;
pub use pod::pull_policy;
