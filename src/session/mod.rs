//! The one door for every front end: commands in, plain views out.

mod admission;
mod ahead;
pub mod aim;
pub mod apply_answer;
mod bookmarks;
pub mod branches;
pub mod changes;
pub mod command;
mod compare;
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
pub mod journey;
pub mod jsonl;
pub mod link;
pub mod make;
pub mod manifest;
pub mod marks;
pub mod not_simulated;
pub mod objects;
pub mod playback;
mod playing;
pub mod prose;
mod run_until;
pub mod share;
mod show;
pub mod simulate;
mod sitting;
pub mod skipped;
pub mod table;
pub mod texts;
pub mod view;

pub use crate::course::Deed;
pub use aim::Aim;
pub use command::{Bookmarking, Changed, Command, DeleteMode, Edge};
pub use core::Session;
pub use share::Shared;
