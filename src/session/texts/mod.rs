//! The names of what the session says; the words are in `static/texts`.

mod general;
pub mod reasons;
mod tables;

pub use general::*;
pub use tables::TABLES;
