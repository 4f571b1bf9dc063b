//! Two Wasm files out of one: what the page needs to show its first moment, and the rest, which
//! it loads once that is shown.
//!
//! | module | what it does |
//! |---|---|
//! | [`late`] | says which functions can come later |
//! | [`linked`] | reads which data which functions name |
//! | [`data`] | says which data can come later, and moves them |
//! | [`halves`] | moves them into a second file |
//! | [`traced`] | has the program say what it calls |
//! | [`list`] | makes the list of those that can come later of what was called |
//!
//! The program knows nothing of it: the second file uses the first one's memory and table, and a
//! call from the first into the second goes through the table. Where the second file is not there
//! yet, the call first waits for it (`src/ui/rest.rs`).

mod data;
mod halves;
mod late;
mod linked;
mod list;
mod traced;

pub use halves::split;
pub use traced::{BEFORE, IMPORT, list, traced};
