//! What is asked.

use crate::api::query::{Answer, Place, Query, Selector, Target};
use crate::base::SimTime;

/// A command that reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reading {
    /// Objects.
    Ask(Query),
    /// What a container wrote.
    Logs(LogsOf),
    /// Until something is so.
    Wait(WaitFor),
    /// What is known without a cluster.
    Said(Answer),
}

impl Reading {
    /// It is about this namespace, if it is not about all.
    pub fn narrow(&mut self, namespace: &str) {
        match self {
            Reading::Ask(Query::Get(get)) => get.place.narrow(namespace),
            Reading::Ask(Query::Describe(ask)) => ask.place.narrow(namespace),
            Reading::Ask(Query::Events(ask)) => ask.place.narrow(namespace),
            Reading::Logs(of) => of.place.narrow(namespace),
            Reading::Wait(of) => of.place.narrow(namespace),
            Reading::Ask(Query::Resources | Query::Version) | Reading::Said(_) => {}
        }
    }
}

/// `kubectl logs`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LogsOf {
    /// The Pod's name, if it is said.
    pub pod: String,
    /// In which namespace.
    pub place: Place,
    /// Of which Pods.
    pub whose: Whose,
    /// The container; the first if none is named.
    pub container: Option<String>,
    /// All of them.
    pub all: bool,
    /// The instance before this one.
    pub previous: bool,
    /// So many of the last lines.
    pub tail: Option<usize>,
    /// Lines that are no older.
    pub since: Option<SimTime>,
    /// When each line was written.
    pub timestamps: bool,
    /// Which container wrote it.
    pub prefix: bool,
    /// And what comes later.
    pub follow: bool,
}

/// Which Pods are meant.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Whose {
    /// The one that is named.
    #[default]
    Pod,
    /// All that a selector takes.
    Labels(Selector),
    /// One of those that belong to this object.
    Object {
        /// Its kind.
        kind: String,
        /// Its name.
        name: String,
    },
}

/// `kubectl wait`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WaitFor {
    /// Of what.
    pub targets: Vec<Target>,
    /// Which of them.
    pub selector: Selector,
    /// In which namespaces.
    pub place: Place,
    /// What must be so.
    pub goal: Goal,
    /// For how long.
    pub timeout: SimTime,
}

/// What is waited for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Goal {
    /// The object is gone.
    #[default]
    Deleted,
    /// The object is there.
    Created,
    /// A condition has this status.
    Condition(String, String),
    /// A path has this value, or any.
    Path(String, Option<String>),
}
