//! Finding one's way in time: run until something comes, moments to come back to, branches, and
//! what is told of where time stopped.

mod aims;
mod said;
mod tale;
mod until;
mod ways;
mod words;

pub use said::said;
pub use tale::{Tale, TaleProps};
pub use until::{Until, UntilProps};
pub use ways::{Ways, WaysProps};
pub use words::halt_words;
