//! Two runs side by side, in a dialog: which, where they first differ, and their lanes.
//!
//! [`choice`] is plain data; the rest draws what the session computed.

pub mod choice;
mod dialog;
mod first;
mod hand;
mod pairs;

pub use choice::{Ask, Choice};
pub use dialog::{Compare, CompareProps};
