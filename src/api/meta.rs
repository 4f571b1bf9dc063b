//! The metadata that every object has.

use super::time::Timestamp;
use crate::base::Map;
use crate::base::json::{Value, fields};

/// Metadata of an object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ObjectMeta {
    /// Free notes.
    pub annotations: Map<String, String>,
    /// When it was stored first.
    pub creation_timestamp: Option<Timestamp>,
    /// The grace period of its deletion, in seconds.
    pub deletion_grace_period_seconds: Option<i64>,
    /// When its grace period is over: a time in the future while it is being deleted.
    pub deletion_timestamp: Option<Timestamp>,
    /// Names that must be taken away before the object can go.
    pub finalizers: Vec<String>,
    /// The start of a name that the API server is to complete.
    pub generate_name: String,
    /// Counts changes of the spec, from 1.
    pub generation: i64,
    /// What selectors look at.
    pub labels: Map<String, String>,
    /// Name, unique per kind and namespace.
    pub name: String,
    /// Namespace.
    pub namespace: String,
    /// Who owns it.
    pub owner_references: Vec<Value>,
    /// Rises with every write to the store.
    pub resource_version: String,
    /// Unique over all time.
    pub uid: String,
}

impl ObjectMeta {
    /// The namespace that it is in; that of what is in none, or does not say, is `default`.
    pub fn home(&self) -> &str {
        if self.namespace.is_empty() { "default" } else { &self.namespace }
    }

    /// Namespace and name: `default/web`.
    pub fn full_name(&self) -> String {
        [self.home(), "/", &self.name].concat()
    }

    /// Whether the other object is in the same namespace.
    pub fn is_beside(&self, other: &ObjectMeta) -> bool {
        self.home() == other.home()
    }
}
fields!(ObjectMeta {
    annotations, creation_timestamp, deletion_grace_period_seconds, deletion_timestamp,
    finalizers, generate_name, generation,
    labels, namespace, owner_references, resource_version, uid;
    name,
});
