//! The editor: the learner's text with line numbers, what is wrong with it, and the acts.

mod area;
mod backdrop;
mod choice;
mod delete_menu;
mod docs;
mod element;
mod field;
mod indent;
mod knob;
mod margin;
mod pane;
mod problem;
mod problems;
mod rich;
mod shown;
mod soon;
mod text_area;
mod tint;

pub use field::{FieldHelp, FieldHelpProps};
pub use margin::Opened;
pub use pane::{EditorPane, EditorPaneProps};
pub use problems::{Problems, ProblemsProps};
pub use text_area::Goto;
