//! A patch, and what it makes of an object.

use super::{merge, operations, strategic};
use crate::base::json::Value;

/// A patch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Patch {
    /// RFC 7386: null takes away, lists are replaced.
    Merge(Value),
    /// Kubernetes' own: lists of objects are merged by their keys.
    Strategic(Value),
    /// RFC 6902: a list of operations.
    Json(Value),
}

/// The object after the patch. The error is the API server's message.
/// Source: apiserver endpoints/handlers/patch.go
pub fn patched(object: &Value, patch: &Patch) -> Result<Value, String> {
    let mut object = object.clone();
    match patch {
        Patch::Merge(value) => merge::merge(&mut object, value),
        Patch::Strategic(value) => strategic::merge(&mut object, value),
        Patch::Json(value) => operations::apply(&mut object, value)?,
    }
    Ok(object)
}
