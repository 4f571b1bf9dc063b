//! The header: the name, the scenarios, language, theme, help.

mod bar;
mod embed_bar;
mod picker;
pub mod scenarios;

pub use bar::{Header, HeaderProps};
pub use embed_bar::{EmbedBar, EmbedBarProps};
