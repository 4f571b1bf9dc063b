//! The one door for every front end: commands in, plain views out.

pub mod command;
pub mod view;

pub use command::{Changed, Command, DeleteMode};
