//! Reads JSON text.

use super::Value;
use std::fmt;

/// Why a text is not JSON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// What is wrong, and where.
    pub message: String,
    /// Whether the text ends too early.
    pub at_end: bool,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Reads JSON text.
///
/// # Errors
/// What is wrong, and where.
pub fn parse(text: &str) -> Result<Value, ParseError> {
    serde_json::from_str(text)
        .map_err(|error| ParseError { message: error.to_string(), at_end: error.is_eof() })
}
