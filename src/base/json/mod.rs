//! JSON: Kubernetes objects are JSON, and the engine carries them as such.

pub mod fields;
pub mod parse;

pub use fields::{Read, Write, expected, read, read_fields, write_fields};
pub(crate) use fields::{fields, words};
pub use parse::{ParseError, parse};
pub use serde_json::{Map, Number, Value, json};
