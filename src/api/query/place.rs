//! Where objects are looked for.

use crate::api::print::values::{at, go};
use crate::base::json::Value;

/// The namespaces that a question is about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Place {
    /// Whatever is on a list that somebody made.
    #[default]
    List,
    /// This one, and what is in none.
    In(String),
    /// All.
    Everywhere,
}

impl Place {
    /// Whether an object is there.
    pub fn has(&self, object: &Value) -> bool {
        match self {
            Place::List | Place::Everywhere => true,
            Place::In(name) => {
                let home = go(at(object, "metadata.namespace"));
                home.is_empty() || home == *name
            }
        }
    }

    /// The namespace's name, as messages have it.
    pub fn name(&self) -> &str {
        match self {
            Place::In(name) => name,
            Place::List | Place::Everywhere => "default",
        }
    }

    /// The question is about this namespace, if it is not about all.
    pub fn narrow(&mut self, namespace: &str) {
        if *self != Place::Everywhere {
            *self = Place::In(namespace.to_string());
        }
    }
}
