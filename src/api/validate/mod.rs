//! What the API server refuses, with its own words, paths and order.
//!
//! What can be said in a table is in `constraints.txt`; [`table`] explains its words and reads
//! it. The other files hold what needs a function, one file a part of upstream's
//! pkg/apis/core/validation/validation.go.

mod apps;
mod config;
mod containers;
mod env;
mod error;
mod errors;
mod go;
mod metadata;
mod mounts;
mod names;
mod node;
mod object;
mod pod;
mod probe;
mod quota;
mod resources;
mod scheduling;
mod security;
mod service;
mod service_spec;
mod special;
mod status;
mod table;
mod update;
mod volume;
mod warnings;

pub use error::{ErrorKind, FieldError};
pub use object::object;
pub use update::{status_update, update};
pub use warnings::warnings;
