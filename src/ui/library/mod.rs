//! The rules of the documents, to be looked through and shown, and the arguments that runs settle:
//! a dialog whose content (`static/catalogue`) is loaded when it is opened first.

mod argument;
mod arguments;
mod dialog;
mod filter;
mod kept;
mod list;
mod rule;
mod rules;

pub use dialog::{Library, LibraryProps, Place};
pub use rule::truth;
pub use rules::{Rule, Rules, Source, Wanted};
