//! Objects that are only stored: ConfigMaps, Secrets, service accounts, namespaces, claims.

use super::admit::{admitted, read_meta};
use super::claims;
use super::store::{Answer, ApiServer, Watching};
use super::update::changed;
use crate::api::object::is_controlled;
use crate::api::patch::merge;
use crate::api::{ObjectMeta, PlainObject, resource};
use crate::base::json::{Map, Value, json};
use crate::base::{base64, draw};
use crate::engine::cx::Cx;
use crate::engine::latency;
use crate::engine::limits;
use crate::engine::message::{Call, Component, Done, Refusal};
use crate::engine::trace::{Object, RowKind, Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

/// Source: apiserver storage/names/generate.go MaxGeneratedNameLength
const MAX_PREFIX: usize = 58;

/// Five letters and digits that make no words.
/// Source: apimachinery util/rand/rand.go String
pub(super) fn suffix(seed: u64, subject: &str, nth: u64) -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let letter =
        |i| LETTERS[draw(seed, "name", subject, nth * 8 + i, LETTERS.len() as u64) as usize];
    (0..5).map(|i| char::from(letter(i))).collect()
}

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
        let prefix = text(&object["metadata"]["generateName"]);
        if name.is_empty() && !prefix.is_empty() {
            return self.create_named(object, &prefix, cx);
        }
        self.admit_place(&kind, &name, object)?;
        if self.object(&kind, &name).is_none() {
            return self.apply(object, cx);
        }
        let message = resource::not_found(&kind, &name).replace("not found", "already exists");
        let refusal = Refusal { reason: "AlreadyExists".into(), message };
        Err(ApiServer::refuse(&kind, &name, refusal, cx))
    }

    /// Source: apiserver storage/names/generate.go simpleNameGenerator
    fn create_named(&mut self, object: &Value, prefix: &str, cx: &mut Cx) -> Answer {
        let count = self.generated.entry(prefix).or_default();
        *count += 1;
        let prefix = prefix.get(..MAX_PREFIX).unwrap_or(prefix);
        let name = prefix.to_string() + &suffix(cx.seed, prefix, *count);
        let mut object = object.clone();
        object["metadata"]["name"] = name.as_str().into();
        self.apply(&object, cx)?;
        Ok(Done::Named(name))
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
                return Err(super::admit::not_simulated("Node (added later, without a machine)"));
            }
            if kind == "PersistentVolumeClaim" {
                self.admit_claim_size(&meta, &body["spec"])?;
            }
            self.admit_quota(kind, &meta, &body["spec"], cx)?;
            return self.create_plain(kind, meta, body, cx);
        };
        keep_given(&old.body, &mut body, kind);
        if kind == "Node" {
            resize(&mut body, &given);
        }
        if old.body == body
            && old.meta.labels == meta.labels
            && old.meta.annotations == meta.annotations
            && old.meta.owner_references == meta.owner_references
            && old.meta.finalizers == meta.finalizers
        {
            return Ok(Done::Unchanged);
        }
        let counts = kind == "Deployment" && old.meta.annotations != meta.annotations;
        let counts = counts || old.body["spec"] != body["spec"];
        let generation = old.meta.generation + i64::from(counts && old.is_controlled());
        let ObjectMeta { labels, annotations, owner_references, finalizers, .. } = meta;
        let meta = ObjectMeta {
            labels,
            annotations,
            owner_references,
            finalizers,
            generation,
            ..old.meta.clone()
        };
        cx.cite(Subject::default(), Rule::ApiUpdated, vec![("name", name.into())]);
        let object = PlainObject { kind: kind.to_string(), meta, body };
        self.finish_plain(object, cx);
        self.settle_claims(kind, cx);
        Ok(Done::Configured)
    }

    /// The subresource `status` of an object of such a kind. Annotations may change with it.
    pub(super) fn set_plain_status(
        &mut self,
        old: &PlainObject,
        new: &Value,
        cx: &mut Cx,
    ) -> Answer {
        let mut object = old.clone();
        object.body["status"] = new["status"].clone();
        object.meta.annotations = read_meta(new)?.annotations;
        if object == *old {
            return Ok(Done::Unchanged);
        }
        self.write_plain(WatchType::Modified, object, cx);
        Ok(Done::Configured)
    }

    /// Stores a change; an object that is being deleted goes with its last finalizer.
    pub(super) fn finish_plain(&mut self, object: PlainObject, cx: &mut Cx) {
        let goes = object.meta.deletion_timestamp.is_some() && object.meta.finalizers.is_empty();
        self.write_plain(WatchType::Modified, object.clone(), cx);
        if goes {
            self.write_plain(WatchType::Deleted, object, cx);
        }
    }

    fn create_plain(&mut self, kind: &str, meta: ObjectMeta, body: Value, cx: &mut Cx) -> Answer {
        if self.plain.len() >= limits::OBJECTS {
            let message = format!("Lifepod keeps {} such objects", limits::OBJECTS);
            return Err(Refusal { reason: "Forbidden".into(), message });
        }
        let mut meta = self.new_meta(meta, cx);
        meta.generation = i64::from(is_controlled(kind));
        if !resource::is_namespaced(kind) {
            meta.namespace = String::new();
        }
        let mut body = body;
        if kind == "Job" {
            label_job(&meta, &mut body["spec"]);
        }
        let facts = vec![("kind", kind.into()), ("name", meta.name.as_str().into())];
        cx.cite(Subject::default(), Rule::ApiCreated, facts);
        let object = PlainObject { kind: kind.to_string(), meta, body };
        self.write_plain(WatchType::Added, object, cx);
        self.settle_claims(kind, cx);
        Ok(Done::Created)
    }

    /// With the first object that they act on, the controllers list the Pods and watch them.
    fn begin_control(&mut self, cx: &mut Cx) {
        if self.controlled {
            return;
        }
        self.controlled = true;
        for pod in self.pods() {
            let call = Call::PodChanged(WatchType::Added, pod.clone());
            cx.send(Component::Controllers, latency::WATCH_HOP, call);
        }
    }

    /// Stores an object and tells the watchers.
    pub(super) fn write_plain(&mut self, kind: WatchType, object: PlainObject, cx: &mut Cx) {
        let gone = (kind == WatchType::Deleted).then(|| object.meta.clone());
        self.store_plain(kind, object, cx);
        if let Some(meta) = gone {
            self.gone_from(kind, &meta, cx);
        }
    }

    fn store_plain(&mut self, kind: WatchType, mut object: PlainObject, cx: &mut Cx) {
        object.meta.resource_version = self.next_version();
        let object = Rc::new(object);
        let key = (object.kind.clone(), object.meta.name.clone());
        if kind == WatchType::Deleted {
            self.plain.remove(&key);
        } else {
            self.plain.insert(key, object.clone());
        }
        cx.trace.push(cx.now, || RowKind::Watch(kind, Object::Plain(object.clone())));
        if object.is_controlled() {
            self.begin_control(cx);
            if self.followed && object.kind == "Deployment" {
                let call = Call::ObjectChanged(kind, object.clone());
                cx.send(Component::Kubectl, latency::WATCH_HOP, call);
            }
            if object.kind == "PodDisruptionBudget" {
                let call = Call::ObjectChanged(kind, object.clone());
                cx.send(Component::Scheduler, latency::WATCH_HOP, call);
            }
            let call = Call::ObjectChanged(kind, object);
            return cx.send(Component::Controllers, latency::WATCH_HOP, call);
        }
        // A kubelet watches its own node only.
        let wanted =
            |w: &&Watching| w.kubelet && (object.kind != "Node" || w.name == object.meta.name);
        let kubelets = self.watching.iter().filter(wanted).map(|w| Component::Kubelet(w.id));
        let controllers = (object.kind == "Node").then_some(Component::Nodes);
        let all = kubelets.chain([Component::Scheduler, Component::Taints]).chain(controllers);
        for watcher in all {
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
        kind if is_controlled(kind) => {
            fields.insert("status".into(), first_status(kind));
        }
        "Namespace" => {
            fields.insert("spec".into(), json!({"finalizers": ["kubernetes"]}));
            fields.insert("status".into(), json!({"phase": "Active"}));
        }
        "PersistentVolumeClaim" | "PersistentVolume" | "StorageClass" => {
            claims::defaults(kind, &mut fields);
        }
        _ => {}
    }
    Value::Object(fields)
}

/// A Job's Pods are told from others by its UID, unless its selector is one's own.
/// Source: pkg/registry/batch/job/strategy.go generateSelector
fn label_job(job: &ObjectMeta, spec: &mut Value) {
    if spec["manualSelector"] == true {
        return;
    }
    let (uid, name) = (job.uid.as_str(), job.name.as_str());
    let labels = json!({
        "batch.kubernetes.io/controller-uid": uid, "controller-uid": uid,
        "batch.kubernetes.io/job-name": name, "job-name": name,
    });
    merge(&mut spec["template"], &json!({"metadata": {"labels": labels}}));
    spec["selector"] = json!({"matchLabels": {"batch.kubernetes.io/controller-uid": uid}});
}

/// The status that a new object is stored with.
/// Source: the kinds' strategies, PrepareForCreate; fields that are never left out
fn first_status(kind: &str) -> Value {
    match kind {
        "ReplicaSet" => json!({"replicas": 0}),
        "PodDisruptionBudget" => json!({"currentHealthy": 0, "desiredHealthy": 0,
            "disruptionsAllowed": 0, "expectedPods": 0}),
        _ => json!({}),
    }
}

/// What others have written into an object stays when it is applied again.
fn keep_given(old: &Value, new: &mut Value, kind: &str) {
    let kept = ["Node", "PersistentVolumeClaim", "PersistentVolume"];
    if kept.contains(&kind) || is_controlled(kind) {
        new["status"] = old["status"].clone();
    }
    for (of, field) in [("PersistentVolumeClaim", "volumeName"), ("PersistentVolume", "claimRef")] {
        if kind == of && !old["spec"][field].is_null() {
            new["spec"][field] = old["spec"][field].clone();
        }
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
