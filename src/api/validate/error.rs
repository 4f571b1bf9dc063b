//! One error of validation, printed word for word as upstream prints it.

use std::fmt;

use crate::base::json::Value;

use crate::base::FieldPath;

/// The kind of a [`FieldError`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ErrorKind {
    /// The field must be set.
    Required,
    /// The value is not acceptable.
    Invalid,
    /// The value is none of those that there are.
    NotSupported,
    /// The value stands somewhere else already.
    Duplicate,
    /// The field may not be set here.
    Forbidden,
    /// Nothing of that name is there.
    NotFound,
    /// The value is too long.
    TooLong,
    /// The list has too many items.
    TooMany,
}

/// Something that the API server refuses.
///
/// Source: apimachinery util/validation/field/errors.go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldError {
    /// What kind of error it is.
    pub kind: ErrorKind,
    /// The field.
    pub path: FieldPath,
    /// Its value, `null` where the message names none.
    pub bad_value: Value,
    /// Whether `bad_value` is a text to be printed without quotes: a structure of the API server.
    pub is_structure: bool,
    /// What upstream says about it.
    pub detail: String,
    /// The rule that it breaks.
    pub rule: &'static str,
}

impl FieldError {
    /// The message without the path.
    pub fn body(&self) -> String {
        let value = match &self.bad_value {
            Value::String(text) if self.is_structure => text.clone(),
            value => value.to_string(),
        };
        let head = match self.kind {
            ErrorKind::Required => "Required value".to_string(),
            ErrorKind::Forbidden => "Forbidden".to_string(),
            ErrorKind::TooLong => "Too long".to_string(),
            ErrorKind::Invalid => format!("Invalid value: {value}"),
            ErrorKind::NotSupported => format!("Unsupported value: {value}"),
            ErrorKind::Duplicate => format!("Duplicate value: {value}"),
            ErrorKind::NotFound => format!("Not found: {value}"),
            ErrorKind::TooMany => format!("Too many: {value}"),
        };
        match self.detail.as_str() {
            "" => head,
            detail => format!("{head}: {detail}"),
        }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.body())
    }
}
