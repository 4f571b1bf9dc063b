//! The editor: the learner's text with line numbers, what is wrong with it, and the acts.

mod area;
mod backdrop;
mod delete_menu;
mod indent;
mod pane;
mod problems;
mod text_area;
mod tint;

pub use pane::{EditorPane, EditorPaneProps};
pub use problems::{Problems, ProblemsProps};
pub use text_area::Goto;
