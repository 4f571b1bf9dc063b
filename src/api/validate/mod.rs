//! What the API server refuses, with its own words, paths and order.

mod error;
mod errors;
mod metadata;
mod names;
mod object;
mod pod;

pub use error::{ErrorKind, FieldError};
pub use object::object;
