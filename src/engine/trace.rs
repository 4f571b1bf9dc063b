//! What happened, and which rule made it so.

use super::message::Component;
use super::traffic::Outcome;
use crate::api::{EndpointSlice, Event, PlainObject, Pod, Service};
use crate::base::SimTime;
use crate::base::json::Value;
use crate::rules::{Facts, Rule};
use std::rc::Rc;

/// The kind of a change in the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WatchType {
    /// New.
    Added,
    /// Changed.
    Modified,
    /// Gone.
    Deleted,
}

impl WatchType {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            WatchType::Added => "ADDED",
            WatchType::Modified => "MODIFIED",
            WatchType::Deleted => "DELETED",
        }
    }
}

/// An object in the store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Object {
    /// A Pod.
    Pod(Rc<Pod>),
    /// An Event.
    Event(Rc<Event>),
    /// An EndpointSlice.
    Slice(Rc<EndpointSlice>),
    /// A Service.
    Service(Rc<Service>),
    /// An object of another kind.
    Plain(Rc<PlainObject>),
}

impl Object {
    /// The object as a client reads it.
    pub fn to_json(&self) -> Value {
        match self {
            Object::Pod(pod) => pod.to_json(),
            Object::Event(event) => event.to_json(),
            Object::Slice(slice) => slice.to_json(),
            Object::Service(service) => service.to_json(),
            Object::Plain(object) => object.to_json(),
        }
    }
}

/// What a record is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Subject {
    /// Pod name; empty: not about a Pod.
    pub pod: String,
    /// Container name; empty: about the whole Pod.
    pub container: String,
    /// Node name, of what is about a node.
    pub node: String,
}

impl Subject {
    /// About a Pod.
    pub fn pod(name: &str) -> Self {
        Subject { pod: name.to_string(), ..Subject::default() }
    }

    /// About a node.
    pub fn node(name: &str) -> Self {
        Subject { node: name.to_string(), ..Subject::default() }
    }

    /// About a container.
    pub fn container(pod: &str, container: &str) -> Self {
        Subject { pod: pod.to_string(), container: container.to_string(), ..Subject::default() }
    }
}

impl std::fmt::Display for Subject {
    /// `pod/web/app`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.pod.as_str(), self.container.as_str()) {
            ("", _) if !self.node.is_empty() => write!(f, "node/{}", self.node),
            ("", _) => write!(f, "cluster"),
            (pod, "") => write!(f, "pod/{pod}"),
            (pod, container) => write!(f, "pod/{pod}/{container}"),
        }
    }
}

/// A decision: which rule, about what, from which numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Its number in the run.
    pub id: u64,
    /// Who decided.
    pub by: Component,
    /// About what.
    pub subject: Subject,
    /// Which rule.
    pub rule: Rule,
    /// The values that decided.
    pub facts: Facts,
    /// The fields that the rule read, as paths in the Pod.
    pub fields: Vec<String>,
    /// The record that caused this one.
    pub cause: Option<u64>,
}

/// One row of the trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// When.
    pub at: SimTime,
    /// What.
    pub kind: RowKind,
}

/// What a row tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RowKind {
    /// A change of the store, as a watcher sees it.
    Watch(WatchType, Object),
    /// A line of a container's output.
    Log {
        /// Pod.
        pod: String,
        /// Container.
        container: String,
        /// Restart count of the instance.
        restart: u32,
        /// stderr?
        stderr: bool,
        /// The line.
        line: String,
    },
    /// A kubectl command and its answer.
    Kubectl {
        /// When the command was given; one that goes on tells in several rows.
        given: SimTime,
        /// The command line, without the word kubectl.
        args: String,
        /// Standard output.
        out: String,
        /// Standard error.
        err: String,
        /// Exit code.
        code: i32,
    },
    /// A decision.
    Rule(Record),
    /// A request of the clients outside of the Pods has ended.
    Request(Answered),
    /// A message that left, for the stage.
    Sent {
        /// When it leaves: now, or a little later.
        sent: SimTime,
        /// From.
        from: Component,
        /// To.
        to: Component,
        /// When it arrives.
        arrives: SimTime,
        /// What it says, in short.
        label: String,
    },
}

/// How a request of the clients ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// For whom it was: `service/web`.
    pub to: String,
    /// The path that was asked for.
    pub path: String,
    /// The Pod it went to; empty: none was reached, or the row sums several up.
    pub pod: String,
    /// The address there; empty: nobody.
    pub address: String,
    /// When it was sent.
    pub sent: SimTime,
    /// What became of it.
    pub outcome: Outcome,
    /// The status of the answer; 0: there was none.
    pub status: u16,
    /// The rule that made it so.
    pub rule: Rule,
    /// The record that led to it.
    pub cause: Option<u64>,
    /// How many requests the row stands for.
    pub count: u32,
}

/// All rows of a run, in order. A muted trace keeps nothing: replays write none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trace {
    /// The rows.
    pub rows: Vec<Row>,
    muted: bool,
}

impl Trace {
    /// A trace that keeps nothing.
    pub fn muted() -> Self {
        Trace { rows: Vec::new(), muted: true }
    }

    /// Adds a row.
    pub fn push(&mut self, at: SimTime, kind: impl FnOnce() -> RowKind) {
        if !self.muted {
            self.rows.push(Row { at, kind: kind() });
        }
    }
}
