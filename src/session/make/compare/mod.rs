//! Comparing two runs: which Pod is which, where they first differ, and their lanes in pairs.

mod first;
mod lanes;
mod names;

pub use first::difference;
pub use lanes::pairs;
pub use names::Names;
