//! The metadata that every object has.

use super::time::Timestamp;
use crate::base::Map;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Metadata of an object.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ObjectMeta {
    /// Free notes.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub annotations: Map<String, String>,
    /// When it was stored first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_timestamp: Option<Timestamp>,
    /// The grace period of its deletion, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_grace_period_seconds: Option<i64>,
    /// When its grace period is over: a time in the future while it is being deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_timestamp: Option<Timestamp>,
    /// Names that must be taken away before the object can go.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub finalizers: Vec<String>,
    /// Counts changes of the spec, from 1.
    #[serde(skip_serializing_if = "is_zero")]
    pub generation: i64,
    /// What selectors look at.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub labels: Map<String, String>,
    /// Name, unique per kind and namespace.
    pub name: String,
    /// Namespace.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// Who owns it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owner_references: Vec<Value>,
    /// Rises with every write to the store.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub resource_version: String,
    /// Unique over all time.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub uid: String,
}

fn is_zero(n: &i64) -> bool {
    *n == 0
}
