//! What the API server fills in before it stores an object: defaults, and what the admission
//! plugins that are on by default add.

mod fill;
mod pod;
mod probe;
mod service;
mod admission;

pub use fill::fill;
pub use pod::pull_policy;
