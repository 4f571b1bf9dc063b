//! Objects that are stored as they were written: ConfigMaps, Secrets, claims and others.

use super::meta::ObjectMeta;
use super::time::STOOD;
use crate::base::json::{Value, Write, json};
use crate::base::{Map, base64};
use std::rc::Rc;

/// An object whose kind has no behaviour of its own; others read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlainObject {
    /// Kind.
    pub kind: String,
    /// Metadata.
    pub meta: ObjectMeta,
    /// All the rest, as stored.
    pub body: Value,
}

/// Whether controllers act on objects of this kind.
pub fn is_controlled(kind: &str) -> bool {
    let kinds = ["Deployment", "ReplicaSet", "Job", "ResourceQuota", "PodDisruptionBudget"];
    kinds.contains(&kind)
}

/// The namespaces of every cluster.
const SPACES: [&str; 4] = ["default", "kube-node-lease", "kube-public", "kube-system"];

fn namespace(name: &str) -> ((String, String), Rc<PlainObject>) {
    let (kind, name) = ("Namespace".to_string(), name.to_string());
    let labels = [("kubernetes.io/metadata.name".to_string(), name.clone())];
    let meta = ObjectMeta {
        name: name.clone(),
        labels: labels.into_iter().collect(),
        creation_timestamp: Some(STOOD),
        ..Default::default()
    };
    let body = json!({"spec": {"finalizers": ["kubernetes"]}, "status": {"phase": "Active"}});
    ((kind.clone(), name), Rc::new(PlainObject { kind, meta, body }))
}

impl PlainObject {
    /// The kinds that are stored so.
    pub const KINDS: &'static [&'static str] = &[
        "ConfigMap",
        "Secret",
        "ServiceAccount",
        "Namespace",
        "PersistentVolumeClaim",
        "Node",
        "PersistentVolume",
        "StorageClass",
        "Deployment",
        "ReplicaSet",
        "Job",
        "ResourceQuota",
        "PodDisruptionBudget",
        "PriorityClass",
        "LimitRange",
    ];

    /// Whether controllers act on it: it has a status of theirs, and its generation counts.
    pub fn is_controlled(&self) -> bool {
        is_controlled(&self.kind)
    }

    /// The namespaces of a cluster, and what its controllers put into `default`, by kind and name.
    /// Source: controller/certificates/rootcacertpublisher; controller/serviceaccount;
    /// controlplane/controller/systemnamespaces
    pub fn of_a_new_cluster() -> Map<(String, String), Rc<PlainObject>> {
        let ca = format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            base64::encode(b"A certificate of the cluster would stand here: kubernetes")
        );
        let objects = [
            ("ConfigMap", "kube-root-ca.crt", json!({"data": {"ca.crt": ca}})),
            ("ServiceAccount", "default", json!({})),
        ];
        let object = |(kind, name, body): (&str, &str, Value)| {
            let (name, namespace) = (name.to_string(), "default".to_string());
            let creation_timestamp = Some(STOOD);
            let meta = ObjectMeta {
                name: name.clone(),
                namespace,
                creation_timestamp,
                ..Default::default()
            };
            let kind = kind.to_string();
            ((kind.clone(), name), Rc::new(PlainObject { kind, meta, body }))
        };
        let spaces = SPACES.iter().map(|name| namespace(name));
        objects.into_iter().map(object).chain(spaces).collect()
    }

    /// A Ready node of a new cluster.
    pub fn of_a_node(name: &str, ip: &str, labels: Map<String, String>) -> PlainObject {
        let creation_timestamp = Some(STOOD);
        let meta =
            ObjectMeta { name: name.to_string(), labels, creation_timestamp, ..Default::default() };
        PlainObject { kind: "Node".into(), meta, body: super::node::ready_node(ip, name) }
    }

    /// Whether who is in this namespace finds it under its name. Controllers put the certificate
    /// and an account into every namespace; one of each is stored.
    pub fn is_for(&self, namespace: &str) -> bool {
        let everywhere = [("ConfigMap", "kube-root-ca.crt"), ("ServiceAccount", "default")];
        self.meta.namespace.is_empty()
            || self.meta.namespace == namespace
            || everywhere.contains(&(&self.kind, &self.meta.name))
    }

    /// The keys of a ConfigMap or Secret with their bytes, sorted by key.
    pub fn entries(&self) -> Vec<(String, Vec<u8>)> {
        let plain = self.kind == "ConfigMap";
        let mut found: Vec<(String, Vec<u8>)> = Vec::new();
        for (field, text) in [("data", plain), ("binaryData", false)] {
            for (key, value) in self.body[field].as_object().into_iter().flatten() {
                let value = value.as_str().unwrap_or_default();
                let bytes = match text {
                    true => value.as_bytes().to_vec(),
                    false => base64::decode(value).unwrap_or_default(),
                };
                found.push((key.clone(), bytes));
            }
        }
        crate::base::sort_by_key(&mut found, |(key, _)| key.clone());
        found
    }

    /// The value of a key as a variable has it. A ConfigMap's `binaryData` gives none.
    pub fn text(&self, key: &str) -> Option<String> {
        let value = self.body["data"][key].as_str()?;
        match self.kind.as_str() {
            "ConfigMap" => Some(value.to_string()),
            _ => Some(String::from_utf8_lossy(&base64::decode(value)?).into_owned()),
        }
    }

    /// The object as a client reads it.
    pub fn to_json(&self) -> Value {
        let mut object = json!({"apiVersion": super::resource::api_version(&self.kind), "kind": self.kind,
                                "metadata": self.meta.write()});
        if let (Some(object), Some(body)) = (object.as_object_mut(), self.body.as_object()) {
            object.extend(body.clone());
        }
        object
    }
}
