//! What the API server refuses, with its own words, paths and order.

mod error;
mod errors;
mod names;
mod metadata;
mod pod;
mod object;

pub use error::{ErrorKind, FieldError};
pub use object::object;
