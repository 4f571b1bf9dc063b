//! The one door: an object of any kind is validated by its kind.

use serde_json::Value;

use super::FieldError;
use super::errors::Errors;
use super::{metadata, pod};

/// What the API server refuses in `object`, its defaults filled in, in upstream's order.
///
/// A field of a wrong type counts as not set: decoding has refused it before.
pub fn object(object: &Value) -> Vec<FieldError> {
    let mut errors = Errors::default();
    metadata::metadata(&mut errors, object);
    if object["kind"] == "Pod" {
        pod::pod(&mut errors, object);
    }
    errors.done()
}
