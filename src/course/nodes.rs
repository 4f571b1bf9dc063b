//! The nodes of a scenario: `nodes:`, a list.
//!
//! ```yaml
//! nodes:
//! - node-1                          # of the common size
//! - name: node-2
//!   cpu: 4                          # also memory, pods, ephemeral-storage
//!   memory: 8Gi
//!   zone: a                         # its label topology.kubernetes.io/zone
//!   labels: {disk: ssd}
//!   taints: ["maint=1:NoSchedule"]  # as kubectl taint has them
//! ```
//!
//! Without the list there are the Nodes of the manifest; if it has none, there is `node-1`. Beside
//! them the cluster then has others, which take no Pods.

use super::kubectl;
use crate::api::quantity::Quantity;
use crate::api::taint::Taint;
use crate::api::validate;
use crate::base::json::{Value, json};
use crate::engine::NodeConfig;
use crate::manifest::json::convert;
use crate::yaml;
use std::rc::Rc;

/// Nodes of one scenario at most.
const MOST: usize = 50;
/// What a node has, and the least of it that makes a node.
const SIZES: [(&str, i128); 4] =
    [("cpu", 1), ("memory", 200 << 20), ("pods", 0), ("ephemeral-storage", 0)];

/// Reads the list. The error says what is wrong with it.
pub fn read(value: &Value) -> Result<Option<Rc<Vec<NodeConfig>>>, String> {
    let list = match value {
        Value::Null => return Ok(None),
        Value::Array(list) if !list.is_empty() => list,
        _ => return Err("scenario: nodes is a list of names, or of mappings with a name".into()),
    };
    if list.len() > MOST {
        return Err(format!("scenario: nodes: there are {}, at most {MOST} may be", list.len()));
    }
    let mut nodes: Vec<NodeConfig> = Vec::new();
    for value in list {
        let node = read_one(value).map_err(|e| format!("scenario: nodes: {e}"))?;
        if nodes.iter().any(|n| n.name == node.name) {
            return Err(format!("scenario: nodes: {} is there twice", node.name));
        }
        nodes.push(node);
    }
    Ok(Some(Rc::new(nodes)))
}

/// The nodes that a manifest describes: machines stand behind its Node objects from the beginning.
/// Whatever cannot be read is left to the apply, which says what is wrong.
pub fn of_manifest(manifest: &str) -> Option<Rc<Vec<NodeConfig>>> {
    if !manifest.contains("Node") {
        return None;
    }
    let mut nodes: Vec<NodeConfig> = Vec::new();
    for chunk in yaml::split(manifest) {
        let object = convert(&yaml::parse(manifest, chunk).0).value;
        let Some(node) = described(&object) else { continue };
        if nodes.len() < MOST && nodes.iter().all(|n| n.name != node.name) {
            nodes.push(node);
        }
    }
    (!nodes.is_empty()).then(|| Rc::new(nodes))
}

/// The machine of a Node object, if it is one.
fn described(object: &Value) -> Option<NodeConfig> {
    let name = object["metadata"]["name"].as_str().filter(|_| object["kind"] == "Node")?;
    if !validate::object(object).is_empty() {
        return None;
    }
    let mut node = NodeConfig::new(name);
    for (key, value) in object["metadata"]["labels"].as_object().into_iter().flatten() {
        node.labels.push((key.clone(), value.as_str().unwrap_or_default().to_string()));
    }
    node.taints =
        object["spec"]["taints"].as_array().into_iter().flatten().map(Taint::read).collect();
    for (size, least) in SIZES {
        let told = |list: &str| quantity(size, &object["status"][list][size], least).ok();
        if let Some(amount) = told("allocatable").or_else(|| told("capacity")) {
            node.capacity.insert(size.to_string(), amount.into());
        }
    }
    Some(node)
}

/// Reads one node. The error says what is wrong with it.
pub fn read_one(value: &Value) -> Result<NodeConfig, String> {
    let name = value.as_str().or(value["name"].as_str());
    let Some(name) = name else { return Err("a node needs a name".into()) };
    let mut node = NodeConfig::new(name);
    for (field, value) in value.as_object().into_iter().flatten() {
        set(&mut node, field, value).map_err(|e| format!("{name}: {e}"))?;
    }
    let labels = node.labels.iter().map(|(k, v)| (k.clone(), Value::from(v.as_str())));
    let labels = Value::Object(labels.collect());
    let object = json!({"apiVersion": "v1", "kind": "Node", "spec": {},
                        "metadata": {"name": name, "labels": labels}});
    match validate::object(&object).first() {
        Some(error) => Err(format!("{name}: {error}")),
        None => Ok(node),
    }
}

fn set(node: &mut NodeConfig, field: &str, value: &Value) -> Result<(), String> {
    let label = |key: &str, value: &str| (key.to_string(), value.to_string());
    match field {
        "name" => {}
        "zone" => {
            let zone = value.as_str().ok_or("zone is a text")?;
            node.labels.push(label("topology.kubernetes.io/zone", zone));
        }
        "labels" => {
            for (key, value) in value.as_object().ok_or("labels is a mapping")? {
                let value = value.as_str().ok_or_else(|| format!("labels: {key} is no text"))?;
                node.labels.push(label(key, value));
            }
        }
        "taints" => {
            for taint in value.as_array().ok_or("taints is a list")? {
                node.taints.push(read_taint(taint)?);
            }
        }
        size => {
            let known = SIZES.iter().find(|(name, _)| *name == size);
            let (_, least) = known.ok_or_else(|| unknown(size))?;
            node.capacity.insert(size.to_string(), quantity(size, value, *least)?.into());
        }
    }
    Ok(())
}

fn unknown(field: &str) -> String {
    format!(
        "unknown field \"{field}\"; there are name, zone, labels, taints, cpu, memory, pods, \
             ephemeral-storage"
    )
}

fn quantity(field: &str, value: &Value, least: i128) -> Result<String, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => return Err(format!("{field}: {other} is no quantity")),
    };
    match Quantity::parse(&text) {
        None => Err(format!("{field}: \"{text}\" is no quantity; write it like 4 or 8Gi")),
        Some(q) if i128::from(q.whole()) < least => Err(format!("{field}: {text} is too little")),
        Some(_) => Ok(text),
    }
}

/// `key=value:Effect`, or a mapping as in a Node.
fn read_taint(value: &Value) -> Result<Taint, String> {
    let taint = match value.as_str() {
        Some(text) => return kubectl::taint(text).map_err(|e| e.trim_end().to_string()),
        None => Taint::read(value),
    };
    match kubectl::EFFECTS.contains(&taint.effect.as_str()) && !taint.key.is_empty() {
        true => Ok(taint),
        false => Err("taints: a taint has a key and an effect".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_read() {
        let value = json!(["a", {"name": "b", "cpu": 4, "memory": "8Gi", "zone": "z",
                                 "labels": {"disk": "ssd"}, "taints": ["m=1:NoExecute"]}]);
        let nodes = read(&value).expect("it can be read").expect("there are some");
        assert_eq!((nodes[0].name.as_str(), nodes[1].labels.len()), ("a", 2));
        assert_eq!(nodes[1].capacity["memory"], "8Gi");
        assert_eq!(nodes[1].taints[0].effect, "NoExecute");
        assert_eq!(read(&Value::Null), Ok(None));
    }

    #[test]
    fn nodes_of_a_manifest_are_there() {
        let manifest = "kind: Pod\nmetadata: {name: web}\n---\napiVersion: v1\nkind: Node\n\
            metadata: {name: b, labels: {disk: ssd}}\n\
            spec: {taints: [{key: k, effect: NoSchedule}]}\n\
            status: {capacity: {cpu: 2, pods: many}}\n---\napiVersion: v1\nkind: Node\n\
            metadata: {name: a}\n---\napiVersion: v1\nkind: Node\nmetadata: {name: b}\n---\n\
            apiVersion: v1\nkind: Node\nmetadata: {name: A_}\n";
        let nodes = of_manifest(manifest).expect("there are some");
        let names: Vec<_> = nodes.iter().map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["b", "a"]);
        assert_eq!((nodes[0].taints.len(), nodes[0].labels.len()), (1, 1));
        assert_eq!(nodes[0].capacity.len(), 1);
        assert_eq!(of_manifest("kind: Pod\nmetadata: {name: Node}\n"), None);
    }

    #[test]
    fn mistakes_are_named() {
        for (value, part) in [
            (json!([]), "nodes is a list"),
            (json!("node-1"), "nodes is a list"),
            (json!([{}]), "a node needs a name"),
            (json!(["Node_1"]), "Node_1: metadata.name: Invalid value"),
            (json!(["a", "a"]), "a is there twice"),
            (json!([{"name": "a", "cores": 4}]), "a: unknown field \"cores\"; there are name"),
            (json!([{"name": "a", "cpu": "many"}]), "a: cpu: \"many\" is no quantity"),
            (json!([{"name": "a", "memory": "1Mi"}]), "a: memory: 1Mi is too little"),
            (json!([{"name": "a", "taints": ["m:Never"]}]), "invalid taint effect: Never"),
            (json!([{"name": "a", "labels": {"b": "?"}}]), "a: metadata.labels: Invalid value"),
        ] {
            let error = read(&value).expect_err(part);
            assert!(error.contains(part), "{error}");
        }
    }
}
