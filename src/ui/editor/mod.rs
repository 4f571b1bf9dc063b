//! The editor: the learner's text with line numbers, what is wrong with it, and the acts.

mod area;
mod backdrop;
mod delete_menu;
mod field;
mod indent;
mod margin;
mod pane;
mod problem;
mod problems;
mod text_area;
mod tint;

pub use field::{FieldHelp, FieldHelpProps};
pub use margin::Opened;
pub use pane::{EditorPane, EditorPaneProps};
pub use problems::{Problems, ProblemsProps};
pub use text_area::Goto;
