//! The page's own words, in English and Simplified Chinese.
//!
//! Kubernetes' words (phases, reasons, conditions, columns) are never translated; what is said
//! about them is. A part of the page has its own table file, made by the macro `texts!`.

#[macro_use]
mod table;
pub mod frame;
pub mod library;
pub mod reasons;
pub mod stage;
pub mod timeline;

pub use table::{Text, fill};
