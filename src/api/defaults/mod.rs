//! What the API server fills in before it stores an object: defaults, and what the admission
//! plugins that are on by default add.

mod admission;
mod fill;
mod kinds;
mod special;
mod table;
mod whole;

pub use fill::{allocate, fill, refill};
pub use special::pull_policy;
pub use whole::settle;
