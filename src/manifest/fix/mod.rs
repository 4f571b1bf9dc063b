//! Quick fixes: what can be done about a problem with one click, as edits of the text.
//!
//! A fix is offered only where it is certain what was meant; where the text is no YAML, only what
//! was tried and leaves less to complain about.

mod fixes;
mod lines;
mod place;
mod syntax;
mod value;

pub use fixes::{Fix, fixes};
