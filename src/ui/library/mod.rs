//! The rules of the documents, to be looked through and shown: a dialog whose content
//! (`static/catalogue`) is loaded when it is opened first.

mod dialog;
mod filter;
mod rule;
mod rules;

pub use dialog::{Library, LibraryProps};
pub use rules::Wanted;
