//! Facts: the typed values that decided.

use crate::base::SimTime;
use std::fmt;

/// One value that decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// A count, or a number from the manifest.
    Number(i64),
    /// A length of time.
    Duration(SimTime),
    /// A name or a word of Kubernetes.
    Text(String),
}

/// The facts of a decision, by the names that the rule's text uses.
pub type Facts = Vec<(&'static str, Fact)>;

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::Number(n) => write!(f, "{n}"),
            Fact::Duration(d) if d.as_ms() % 1000 == 0 => write!(f, "{}s", d.as_secs()),
            Fact::Duration(d) => write!(f, "{d}s"),
            Fact::Text(t) => write!(f, "{t}"),
        }
    }
}

impl From<i64> for Fact {
    fn from(n: i64) -> Self {
        Fact::Number(n)
    }
}

impl From<i32> for Fact {
    fn from(n: i32) -> Self {
        Fact::Number(n.into())
    }
}

impl From<u32> for Fact {
    fn from(n: u32) -> Self {
        Fact::Number(n.into())
    }
}

impl From<SimTime> for Fact {
    fn from(d: SimTime) -> Self {
        Fact::Duration(d)
    }
}

impl From<&str> for Fact {
    fn from(t: &str) -> Self {
        Fact::Text(t.to_string())
    }
}

impl From<String> for Fact {
    fn from(t: String) -> Self {
        Fact::Text(t)
    }
}
