//! What the API server refuses, with its own words, paths and order.
//!
//! Source: pkg/apis/core/validation/validation.go; one file here a part of it.

mod error;
mod errors;
mod names;
mod object;
mod metadata;
mod pod;
mod containers;
mod container;
mod env;
mod probe;
mod resources;
mod volume;
mod security;
mod scheduling;
mod service;
mod warnings;

pub use error::{ErrorKind, FieldError};
pub use object::object;
pub use warnings::warnings;
