//! Objects that are only stored: ConfigMaps, Secrets, service accounts, namespaces, claims.

use super::admit::{admitted, read_meta};
use super::store::{Answer, ApiServer};
use super::update::changed;
use crate::api::{ObjectMeta, PlainObject, resource};
use crate::base::base64;
use crate::base::json::{Map, Value, json};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::limits;
use crate::engine::message::{Call, Component, Done, Refusal};
use crate::engine::trace::{Object, RowKind, Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

impl ApiServer {
    /// The objects of these kinds, by kind and name.
    pub fn plain_objects(&self) -> impl Iterator<Item = &Rc<PlainObject>> {
        self.plain.values()
    }

    /// The object of such a kind and of this name.
    pub fn plain(&self, kind: &str, name: &str) -> Option<&Rc<PlainObject>> {
        self.plain.get(&(kind.to_string(), name.to_string()))
    }

    /// Creates an object of such a kind, which must not be there.
    pub(super) fn create(&mut self, object: &Value, cx: &mut Cx) -> Answer {
        let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
        let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
        if self.plain(&kind, &name).is_none() {
            return self.apply(object, cx);
        }
        let message = resource::not_found(&kind, &name).replace("not found", "already exists");
        let refusal = Refusal { reason: "AlreadyExists".into(), message };
        Err(ApiServer::refuse(&kind, &name, refusal, cx))
    }

    pub(super) fn apply_plain(
        &mut self,
        kind: &str,
        name: &str,
        object: &Value,
        cx: &mut Cx,
    ) -> Answer {
        let old = self.plain(kind, name).cloned();
        let mut full = match &old {
            Some(old) => changed(&old.to_json(), object)?,
            None => admitted(object, "")?,
        };
        let meta = read_meta(&full)?;
        let fields = full.as_object_mut().map(std::mem::take).unwrap_or_default();
        let mut body = stored_fields(kind, fields);
        let given = object["status"].clone();
        let Some(old) = old else {
            if kind == "Node" {
                return Err(super::admit::not_simulated("Node (beyond the first)"));
            }
            return self.create_plain(kind, meta, body, cx);
        };
        keep_given(&old.body, &mut body, kind);
        if kind == "Node" {
            resize(&mut body, &given);
        }
        if old.body == body
            && old.meta.labels == meta.labels
            && old.meta.annotations == meta.annotations
        {
            return Ok(Done::Unchanged);
        }
        let old_meta = old.meta.clone();
        let meta = ObjectMeta { labels: meta.labels, annotations: meta.annotations, ..old_meta };
        cx.cite(Subject::default(), Rule::ApiUpdated, vec![("name", name.into())]);
        let kind = kind.to_string();
        self.write_plain(WatchType::Modified, PlainObject { kind, meta, body }, cx);
        Ok(Done::Configured)
    }

    fn create_plain(&mut self, kind: &str, meta: ObjectMeta, body: Value, cx: &mut Cx) -> Answer {
        if self.plain.len() >= limits::OBJECTS {
            let message = format!("Lifepod keeps {} such objects", limits::OBJECTS);
            return Err(Refusal { reason: "Forbidden".into(), message });
        }
        let mut meta = self.new_meta(meta, cx);
        meta.generation = 0;
        if kind == "Namespace" {
            meta.namespace = String::new();
        }
        let facts = vec![("kind", kind.into()), ("name", meta.name.as_str().into())];
        cx.cite(Subject::default(), Rule::ApiCreated, facts);
        let object = PlainObject { kind: kind.to_string(), meta, body };
        self.write_plain(WatchType::Added, object.clone(), cx);
        if kind == "PersistentVolumeClaim" {
            self.write_plain(WatchType::Modified, bound(object), cx);
        }
        Ok(Done::Created)
    }

    /// Stores an object and tells the watchers.
    pub(super) fn write_plain(&mut self, kind: WatchType, mut object: PlainObject, cx: &mut Cx) {
        object.meta.resource_version = self.next_version();
        let object = Rc::new(object);
        let key = (object.kind.clone(), object.meta.name.clone());
        if kind == WatchType::Deleted {
            self.plain.remove(&key);
        } else {
            self.plain.insert(key, object.clone());
        }
        cx.trace.push(cx.now, || RowKind::Watch(kind, Object::Plain(object.clone())));
        // A kubelet watches its own node only.
        let wanted = |name: &String| object.kind != "Node" || *name == object.meta.name;
        let kubelets = self.watching.iter().filter(|(name, _)| wanted(name));
        let kubelets = kubelets.map(|(_, id)| Component::Kubelet(*id));
        for watcher in kubelets.chain([Component::Scheduler, Component::Taints]) {
            let call = Call::ObjectChanged(kind, object.clone());
            cx.send(watcher, latency::WATCH_HOP, call);
        }
    }
}

/// The fields of an object without what every object has, as the API server stores them.
/// Source: core/v1/conversion.go Convert_v1_Secret_To_core_Secret; secret/strategy.go
fn stored_fields(kind: &str, mut fields: Map<String, Value>) -> Value {
    for common in ["apiVersion", "kind", "metadata", "status"] {
        fields.remove(common);
    }
    match kind {
        "Secret" => {
            let plain = fields.remove("stringData").unwrap_or_default();
            let data = fields.entry("data").or_insert_with(|| json!({}));
            for (key, value) in plain.as_object().into_iter().flatten() {
                data[key] = base64::encode(value.as_str().unwrap_or_default().as_bytes()).into();
            }
            fields.entry("type").or_insert_with(|| "Opaque".into());
        }
        "Namespace" => {
            fields.insert("spec".into(), json!({"finalizers": ["kubernetes"]}));
            fields.insert("status".into(), json!({"phase": "Active"}));
        }
        "PersistentVolumeClaim" => {
            let spec = fields.entry("spec").or_insert_with(|| json!({}));
            for (field, value) in [("volumeMode", "Filesystem"), ("storageClassName", "standard")] {
                if spec[field].is_null() {
                    spec[field] = value.into();
                }
            }
            fields.insert("status".into(), json!({"phase": "Pending"}));
        }
        _ => {}
    }
    Value::Object(fields)
}

/// What others have written into an object stays when it is applied again.
fn keep_given(old: &Value, new: &mut Value, kind: &str) {
    if kind == "Node" {
        new["status"] = old["status"].clone();
    }
    if kind == "PersistentVolumeClaim" {
        new["status"] = old["status"].clone();
        new["spec"]["volumeName"] = old["spec"]["volumeName"].clone();
    }
}

/// A node gets another size.
///
/// DIFFERENCE: a cluster leaves a status in an apply alone, and the kubelet measures its machine;
/// here the manifest of a node is how one says how large it is.
fn resize(body: &mut Value, given: &Value) {
    for field in ["capacity", "allocatable"] {
        if given[field].is_object() {
            body["status"][field] = given[field].clone();
        }
    }
}

/// A claim with its volume.
///
/// DIFFERENCE: a cluster's default storage class mostly waits for the first Pod that uses the
/// claim; here a network volume is there at once.
fn bound(claim: PlainObject) -> PlainObject {
    let mut claim = claim;
    claim.body["spec"]["volumeName"] = format!("pvc-{}", claim.meta.uid).into();
    let capacity = claim.body["spec"]["resources"]["requests"].clone();
    let modes = claim.body["spec"]["accessModes"].clone();
    claim.body["status"] = json!({"accessModes": modes, "capacity": capacity, "phase": "Bound"});
    claim
}
