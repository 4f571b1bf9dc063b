//! The header: the name, the scenarios, language, theme, help.

mod bar;
mod picker;
pub mod scenarios;

pub use bar::{Header, HeaderProps};
