//! The v1 Event: what components tell people.

use super::meta::ObjectMeta;
use super::time::Timestamp;
use crate::base::json::Write;
use crate::base::json::{Value, json};

/// Normal or Warning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EventType {
    /// As it should be.
    Normal,
    /// Something to look at.
    Warning,
}

impl EventType {
    /// As written in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            EventType::Normal => "Normal",
            EventType::Warning => "Warning",
        }
    }
}

/// The object an Event is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct ObjectReference {
    /// `Pod` …
    pub kind: String,
    /// Name.
    pub name: String,
    /// Namespace.
    pub namespace: String,
    /// UID.
    pub uid: String,
    /// `spec.containers{app}`, if it is about one container.
    pub field_path: String,
}

/// An Event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Metadata.
    pub meta: ObjectMeta,
    /// About what.
    pub involved: ObjectReference,
    /// Normal or Warning.
    pub kind: EventType,
    /// One word: `Killing`.
    pub reason: String,
    /// For people.
    pub message: String,
    /// Who tells: `kubelet`, `default-scheduler`.
    pub component: String,
    /// The node, if a kubelet tells.
    pub host: String,
    /// How often it happened; 0 in the newer form of Events that the scheduler writes.
    pub count: u32,
    /// How often it happened, in the newer form; 0 or 1: once.
    pub series: u32,
    /// First time.
    pub first: Timestamp,
    /// Last time.
    pub last: Timestamp,
}

impl Event {
    /// The object as a client reads it.
    pub fn to_json(&self) -> Value {
        let newer = self.count == 0;
        let involved = json!({
            "apiVersion": super::resource::api_version(&self.involved.kind),
            "kind": self.involved.kind, "name": self.involved.name,
            "namespace": self.involved.namespace, "uid": self.involved.uid,
        });
        let source = match newer {
            true => json!({}),
            false => json!({"component": self.component, "host": self.host}),
        };
        let time = |t: Timestamp| if newer { Value::Null } else { json!(t.rfc3339()) };
        let mut object = json!({
            "apiVersion": "v1", "kind": "Event", "metadata": self.meta.write(),
            "involvedObject": involved, "type": self.kind.as_str(), "reason": self.reason,
            "message": self.message, "source": source, "reportingComponent": self.component,
            "reportingInstance": self.host, "firstTimestamp": time(self.first),
            "lastTimestamp": time(self.last), "eventTime": Value::Null,
        });
        if newer {
            let action = match self.reason.as_str() {
                "FailedScheduling" => "Scheduling",
                "Preempted" => "Preempting",
                _ => "Binding",
            };
            object["action"] = json!(action);
            if self.series > 1 {
                let last = self.last.rfc3339();
                object["series"] = json!({"count": self.series, "lastObservedTime": last});
            }
            object["eventTime"] = json!(self.first.rfc3339());
        } else {
            object["count"] = json!(self.count);
        }
        if !self.involved.field_path.is_empty() {
            object["involvedObject"]["fieldPath"] = json!(self.involved.field_path);
        }
        object
    }
}
