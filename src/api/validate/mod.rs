//! What the API server refuses, with its own words, paths and order.
//!
//! Source: pkg/apis/core/validation/validation.go; one file here a part of it.

mod container;
mod containers;
mod env;
mod error;
mod errors;
mod metadata;
mod names;
mod object;
mod pod;
mod probe;
mod resources;
mod scheduling;
mod security;
mod service;
mod volume;
mod warnings;

pub use error::{ErrorKind, FieldError};
pub use object::object;
pub use warnings::warnings;
