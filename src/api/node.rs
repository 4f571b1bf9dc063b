//! Nodes, as the scheduler, the kubelet and controllers read them.

use super::object::PlainObject;
use super::quantity::Quantity;
use super::requests::Amounts;
use super::taint::Taint;
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
        }
    }
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

/// Spec and status of a Ready node of the common size with this address.
///
/// The size is that of the node that the recordings were made on.
pub fn ready_node(ip: &str, name: &str) -> Value {
    let capacity = json!({"cpu": "2", "ephemeral-storage": "264212084Ki", "memory": "24684084Ki",
                          "pods": "110"});
    let mut allocatable = capacity.clone();
    allocatable["memory"] = "24581684Ki".into();
    let pressure = |kind: &str, status: &str| json!({"type": kind, "status": status});
    json!({
        "spec": {},
        "status": {
            "addresses": [{"type": "InternalIP", "address": ip},
                          {"type": "Hostname", "address": name}],
            "allocatable": allocatable,
            "capacity": capacity,
            "conditions": [pressure("MemoryPressure", "False"), pressure("DiskPressure", "False"),
                           pressure("PIDPressure", "False"), pressure("Ready", "True")],
            "nodeInfo": {"architecture": "amd64", "kubeletVersion": "v1.36.2",
                         "operatingSystem": "linux"},
        },
    })
}
