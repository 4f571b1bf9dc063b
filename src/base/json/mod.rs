//! JSON: Kubernetes objects are JSON, and the engine carries them as such.
//!
//! Own code, because in the page's Wasm it is a tenth of what the general crates make of it.

pub mod fields;
pub mod macros;
pub mod number;
pub mod parse;
pub mod print;
pub mod value;

pub use super::Map;
pub use fields::{Read, Write, expected, read, read_fields, write_fields};
pub(crate) use fields::{fields, words};
pub use macros::{json, list, put};
pub use number::Number;
pub use parse::{ParseError, parse};
pub use value::{At, Value};
