//! Nodes, as the scheduler, the kubelet and controllers read them.

use super::object::PlainObject;
use super::quantity::Quantity;
use super::requests::Amounts;
use super::taint::Taint;
use super::time::{EPOCH, STOOD, Timestamp};
use crate::base::Map;
use crate::base::json::{self, Value, json};

/// What is read of a Node.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Its labels.
    pub labels: Map<String, String>,
    /// Its taints.
    pub taints: Vec<Taint>,
    /// Whether it is cordoned.
    pub unschedulable: bool,
    /// What Pods may use.
    pub allocatable: Amounts,
    /// How many Pods may be on it.
    pub pods: i64,
    /// Its conditions, type and status.
    pub conditions: Vec<(String, String)>,
}

/// A condition of a node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeCondition {
    /// Type: `Ready`, `MemoryPressure` …
    pub kind: &'static str,
    /// `True`, `False` or `Unknown`.
    pub status: &'static str,
    /// Reason.
    pub reason: &'static str,
    /// Message.
    pub message: String,
}

impl NodeCondition {
    /// The condition as an object has it, in force since `now`.
    pub fn to_json(&self, now: Timestamp) -> Value {
        json!({"type": self.kind, "status": self.status, "reason": self.reason,
               "message": self.message, "lastTransitionTime": now.rfc3339(),
               "lastHeartbeatTime": now.rfc3339()})
    }
}

impl Node {
    /// Reads a Node object.
    pub fn read(object: &PlainObject) -> Self {
        let (spec, allocatable) = (&object.body["spec"], &object.body["status"]["allocatable"]);
        let taints = spec["taints"].as_array().into_iter().flatten();
        Node {
            name: object.meta.name.clone(),
            labels: object.meta.labels.clone(),
            taints: taints.map(Taint::read).collect(),
            unschedulable: spec["unschedulable"] == true,
            allocatable: Amounts::of(allocatable),
            pods: Quantity::parse(allocatable["pods"].as_str().unwrap_or_default())
                .map_or(0, Quantity::whole),
            conditions: conditions(&object.body),
        }
    }

    /// The status of a condition; empty if there is none of this type.
    pub fn condition(&self, kind: &str) -> &str {
        let found = self.conditions.iter().find(|(k, _)| k == kind);
        found.map(|(_, status)| status.as_str()).unwrap_or_default()
    }

    /// The zone that it is in; empty if it is in none.
    /// Source: component-helpers/node/topology/helpers.go GetZoneKey
    pub fn zone(&self) -> &str {
        let label = |suffix: &str| self.labels.get(&format!("topology.kubernetes.io/{suffix}"));
        label("zone").map(String::as_str).unwrap_or_default()
    }

    /// Whether it has this taint.
    pub fn is_tainted(&self, key: &str, effect: &str) -> bool {
        self.taints.iter().any(|t| t.key == key && t.effect == effect)
    }
}

fn conditions(body: &Value) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
    let list = body["status"]["conditions"].as_array().into_iter().flatten();
    list.map(|c| (text(&c["type"]), text(&c["status"]))).collect()
}

/// What a kubelet says of its node when all is well.
/// Source: kubelet nodestatus/setters.go
pub fn healthy() -> Vec<NodeCondition> {
    let no = |kind, reason, message: &str| NodeCondition {
        kind,
        status: "False",
        reason,
        message: message.to_string(),
    };
    vec![
        no(
            "MemoryPressure",
            "KubeletHasSufficientMemory",
            "kubelet has sufficient memory available",
        ),
        no("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        no("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
        NodeCondition {
            kind: "Ready",
            status: "True",
            reason: "KubeletReady",
            message: "kubelet is posting ready status".into(),
        },
    ]
}

/// Gives a node another capacity than the common one. Memory is in Ki, as a kubelet tells it, and
/// 100Mi of it are kept back from Pods.
/// Source: kubelet cm/node_container_manager_linux.go; the eviction threshold memory.available
pub fn set_capacity(body: &mut Value, given: &json::Map<String, Value>) {
    for (name, value) in given {
        let whole = Quantity::parse(value.as_str().unwrap_or_default()).map_or(0, Quantity::whole);
        let (capacity, allocatable) = match name.as_str() {
            "memory" => (format!("{}Ki", whole >> 10), format!("{}Ki", (whole >> 10) - 102_400)),
            _ => (
                value.as_str().unwrap_or_default().into(),
                value.as_str().unwrap_or_default().into(),
            ),
        };
        body["status"]["capacity"][name.as_str()] = capacity.into();
        body["status"]["allocatable"][name.as_str()] = allocatable.into();
    }
}

/// `spec.taints`.
pub fn taints_json(taints: &[Taint]) -> Value {
    let text = |t: &Taint| json!({"key": t.key, "value": t.value, "effect": t.effect});
    taints.iter().map(text).collect()
}

/// A condition that was so when the run began.
fn stood(condition: &NodeCondition) -> Value {
    let mut value = condition.to_json(STOOD);
    value["lastHeartbeatTime"] = EPOCH.rfc3339().into();
    value
}

/// Spec and status of a Ready node of the common size with this address.
///
/// The size is that of the node that the recordings were made on.
pub fn ready_node(ip: &str, name: &str) -> Value {
    let capacity = json!({"cpu": "2", "ephemeral-storage": "264212084Ki", "memory": "24684084Ki",
                          "pods": "110"});
    let mut allocatable = capacity.clone();
    allocatable["memory"] = "24581684Ki".into();
    let conditions: Value = healthy().iter().map(stood).collect();
    json!({
        "spec": {},
        "status": {
            "addresses": [{"type": "InternalIP", "address": ip},
                          {"type": "Hostname", "address": name}],
            "allocatable": allocatable,
            "capacity": capacity,
            "conditions": conditions,
            "nodeInfo": {"architecture": "amd64", "kubeletVersion": "v1.36.2",
                         "operatingSystem": "linux"},
        },
    })
}
