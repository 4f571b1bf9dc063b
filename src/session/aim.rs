//! What a run can be let go on to.

use super::jsonl::json_line;
use crate::base::SimTime;
use crate::base::json::{Value, json};
use crate::course::goal::{Watch, read};
use crate::engine::trace::Object;
use crate::engine::{Row, RowKind};

/// Something that is waited for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Aim {
    /// A moment.
    At(SimTime),
    /// A condition of a Pod becomes True.
    Condition {
        /// The Pod's name; `*` stands for any text.
        pod: String,
        /// `Ready` …
        kind: String,
    },
    /// A Pod comes into a phase.
    Phase {
        /// The Pod's name; `*` stands for any text.
        pod: String,
        /// `Running` …
        phase: String,
    },
    /// A container is started again.
    Restart {
        /// The Pod's name; `*` stands for any text.
        pod: String,
        /// The container's name; `*` stands for any text.
        container: String,
    },
    /// A Pod's object is gone.
    Gone(String),
    /// A signal is sent to a container's first process: `SIGTERM`.
    Signal(String),
    /// An Event with this reason.
    Event(String),
    /// A client's request is lost.
    Lost,
    /// A decision by the rule of this id.
    Rule(String),
    /// Anything that a goal can say (as JSON), if it asks only for something to be seen sometime.
    Goal(String),
}

impl Aim {
    /// The same in the language of goals; `None` for what it has no words for, and for no JSON.
    pub fn goal(&self) -> Option<Value> {
        Some(match self {
            Aim::At(_) | Aim::Lost => return None,
            Aim::Condition { pod, kind } => {
                let path = ["status.conditions[", kind, "].status"].concat();
                json!({"object": object(pod), "path": path, "is": "True"})
            }
            Aim::Phase { pod, phase } => {
                json!({"object": object(pod), "path": "status.phase", "is": phase})
            }
            Aim::Restart { pod, container } => {
                let subject = [&object(pod), "/", container].concat();
                json!({"rule": "container.started", "subject": subject,
                       "facts": {"restarts": {"atLeast": 1}}})
            }
            Aim::Gone(pod) => json!({"rule": "api.removed", "subject": object(pod)}),
            Aim::Signal(signal) => json!({"rule": "stop.signal", "facts": {"signal": signal}}),
            Aim::Event(reason) => json!({"event": reason}),
            Aim::Rule(id) => json!({"rule": id}),
            Aim::Goal(text) => crate::base::json::parse(text).ok()?,
        })
    }
}

fn object(pod: &str) -> String {
    ["pod/", pod].concat()
}

/// Where something that was waited for came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sighting {
    /// When.
    pub at: SimTime,
    /// About what: `pod/web/app`; may be empty.
    pub about: String,
}

/// Waits for an aim, row by row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lookout(Watching);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Watching {
    Lost,
    Watch(Watch),
}

impl Lookout {
    /// `None` for a moment, and for what cannot be waited for.
    pub fn of(aim: &Aim) -> Option<Self> {
        if *aim == Aim::Lost {
            return Some(Lookout(Watching::Lost));
        }
        Watch::of(read(&aim.goal()?).ok()?).map(|watch| Lookout(Watching::Watch(watch)))
    }

    /// Takes the next row of the trace; whether what is waited for begins with it.
    pub fn takes(&mut self, row: &Row) -> bool {
        match &mut self.0 {
            Watching::Lost => match &row.kind {
                RowKind::Request(end) => end.outcome != crate::engine::traffic::Outcome::Served,
                _ => false,
            },
            Watching::Watch(watch) => {
                watch.asks(kind(&row.kind)) && json_line(row).is_some_and(|json| watch.takes(&json))
            }
        }
    }
}

/// What a goal calls the rows of this kind.
fn kind(row: &RowKind) -> &str {
    match row {
        RowKind::Watch(_, Object::Pod(_)) => "pod",
        RowKind::Watch(_, Object::Event(_)) => "event",
        RowKind::Watch(_, Object::Slice(_)) => "endpointslice",
        RowKind::Watch(_, Object::Service(_)) => "service",
        RowKind::Watch(_, Object::Plain(object)) => &object.kind,
        RowKind::Log { .. } => "LOG",
        RowKind::Kubectl { .. } => "KUBECTL",
        RowKind::Rule(_) => "RULE",
        RowKind::Request(_) => "REQUEST",
        RowKind::Sent { .. } => "",
    }
}

/// What a row is about.
pub fn about(row: &Row) -> String {
    match &row.kind {
        RowKind::Rule(record) => record.subject.to_string(),
        RowKind::Watch(_, Object::Pod(pod)) => object(&pod.meta.name),
        RowKind::Watch(_, Object::Event(event)) => {
            let involved = &event.involved;
            [&involved.kind.to_ascii_lowercase(), "/", &involved.name].concat()
        }
        RowKind::Request(end) => end.to.clone(),
        _ => String::new(),
    }
}
