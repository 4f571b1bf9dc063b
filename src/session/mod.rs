//! The one door for every front end: commands in, plain views out.

mod admission;
pub mod apply_answer;
pub mod command;
pub mod diagnostic_text;
pub mod view;

pub use command::{Changed, Command, DeleteMode};
