//! The commands that are part of the shell: one file for each group that shares its state.

pub mod directory;
pub mod flow;
pub mod getopts;
pub mod kinds;
pub mod letters;
pub mod options;
pub mod read;
pub mod table;
pub mod trap;
pub mod variables;
pub mod wait;

pub use table::{Done, is_builtin, is_declaration, is_special, run};
