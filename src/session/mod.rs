//! The one door for every front end: commands in, plain views out.

mod admission;
pub mod apply_answer;
pub mod branches;
pub mod changes;
pub mod command;
pub mod console;
pub mod core;
#[cfg(any(test, feature = "cli"))]
pub mod diagnostic_text;
pub mod exercise;
pub mod export;
pub mod field_help;
pub mod findings;
pub mod grade;
pub mod history;
mod inspect;
pub mod jsonl;
pub mod link;
pub mod make;
pub mod manifest;
pub mod marks;
pub mod not_simulated;
pub mod objects;
pub mod playback;
pub mod share;
mod show;
pub mod simulate;
pub mod table;
pub mod texts;
pub mod view;

pub use crate::course::Deed;
pub use command::{Changed, Command, DeleteMode};
pub use core::Session;
pub use share::Shared;
