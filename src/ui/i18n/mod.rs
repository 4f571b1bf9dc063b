//! The page's own words.
//!
//! Kubernetes' words (phases, reasons, conditions, columns) are never translated; what is said
//! about them is. Each part of the page has its own table of names (`texts!`); the words stand in
//! `static/texts/en.json` and `zh.json`, table by table and in the same order, and are loaded one
//! language at a time. A new message: its name here, a line in both files.

pub mod compare;
pub mod editor;
pub mod exercise;
pub mod frame;
pub mod inspector;
pub mod library;
pub mod picker;
pub mod stage;
mod table;
pub mod timeline;
pub mod tour;

pub use crate::base::Text;
pub use table::{fill, install, is_here};
