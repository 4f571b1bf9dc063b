//! The states of the page worth looking at, and how each is reached: by `cargo dev shots --all`,
//! and by the end-to-end tests that have axe look at them.
//!
//! | part | what it holds |
//! |---|---|
//! | [`table`] | the states, as data |
//! | [`reach`] | opens a page and takes the steps of a state |

mod reach;
mod table;

pub use reach::reach;
pub use table::{STATES, State};
