//! Changing a part of an object: patches, images, labels, and the status from outside.

use super::admit::refused;
use super::store::{Answer, ApiServer};
use super::workload::{scaled, with_env};
use crate::api::node::taints_json;
use crate::api::patch::{Patch, patched};
use crate::api::taint::Taint;
use crate::api::{ObjectMeta, Phase, Pod, resource, validate};
use crate::base::json::{Map, Value, json, read};
use crate::engine::action::{Change, PatchRequest};
use crate::engine::cx::Cx;
use crate::engine::message::{Done, Refusal};
use crate::engine::trace::{Subject, WatchType};
use crate::rules::Rule;

impl ApiServer {
    /// Source: apiserver endpoints/handlers/patch.go
    pub(super) fn patch(
        &mut self,
        request: &PatchRequest,
        within: Option<&str>,
        cx: &mut Cx,
    ) -> Answer {
        if request.name == "*" {
            return self.patch_all(request, within, cx);
        }
        let PatchRequest { kind, name, status, change } = request;
        let answer = match (kind.as_str(), self.object(kind, name)) {
            (_, None) => Err(not_found(kind, name)),
            (_, Some(old)) if let Change::Rollout(what) = change => self.roll(&old, *what, cx),
            ("Pod", Some(old)) if matches!(change, Change::Debug(_)) => {
                changed(&old, change).and_then(|new| self.add_debugger(name, &new, cx))
            }
            (_, Some(old)) => changed(&old, change).and_then(|new| match (kind.as_str(), status) {
                _ if is_another(&old, &new) => Err(conflict(kind, name)),
                ("Pod", true) => self.set_status(name, &new, cx),
                (_, true) => match self.plain(kind, name).cloned() {
                    Some(old) if old.is_controlled() => self.set_plain_status(&old, &new, cx),
                    _ => Err(not_found(kind, name)),
                },
                _ => self.apply(&new, cx),
            }),
        };
        answer.map_err(|refusal| ApiServer::refuse(kind, name, refusal, cx))
    }

    /// Every object of the kind, one after the other; the first refusal ends it.
    fn patch_all(&mut self, request: &PatchRequest, within: Option<&str>, cx: &mut Cx) -> Answer {
        let here = |o: &ObjectMeta| {
            o.namespace.is_empty() || within.is_none_or(|namespace| namespace == o.home())
        };
        let of_kind = self.plain_objects().filter(|o| o.kind == request.kind && here(&o.meta));
        let names: Vec<String> = of_kind.map(|o| o.meta.name.clone()).collect();
        for name in &names {
            self.patch(&PatchRequest { name: name.clone(), ..request.clone() }, within, cx)?;
        }
        Ok(Done::All(names))
    }

    /// The object of a kind and name, as clients read it.
    pub(in crate::engine) fn object(&self, kind: &str, name: &str) -> Option<Value> {
        match kind {
            "Pod" => self.pod(name).map(|pod| pod.to_json()),
            "Service" => self.service(name).map(|service| service.to_json()),
            _ => self.plain(kind, name).map(|object| object.to_json()),
        }
    }

    /// Somebody other than the kubelet writes a status: metadata may change with it, the spec not.
    /// Source: pod/strategy.go podStatusStrategy.PrepareForUpdate
    fn set_status(&mut self, name: &str, new: &Value, cx: &mut Cx) -> Answer {
        let Some(old) = self.pod(name).cloned() else { return Err(not_found("Pod", name)) };
        let bad = |e: String| Refusal {
            reason: "BadRequest".into(),
            message: format!("Pod in version \"v1\" cannot be handled as a Pod: {e}"),
        };
        refused(new, &validate::status_update(&old.to_json(), new))?;
        let status = read(&new["status"]).map_err(bad)?;
        let meta = super::admit::read_meta(new)?;
        let mut pod = Pod { status, ..(*old).clone() };
        pod.meta.labels = meta.labels;
        pod.meta.annotations = meta.annotations;
        pod.meta.finalizers = meta.finalizers;
        if pod == *old {
            return Ok(Done::Unchanged);
        }
        let unknown = pod.status.phase == Phase::Unknown && old.status.phase != Phase::Unknown;
        let facts = vec![("name", name.into())];
        cx.cite(Subject::pod(name), Rule::ApiStatusFromOutside, facts);
        if unknown {
            cx.cite(Subject::pod(name), Rule::PhaseUnknown, Vec::new());
        }
        self.write_pod(WatchType::Modified, pod, cx);
        Ok(Done::Configured)
    }
}

/// Whether the change was meant for another version.
fn is_another(old: &Value, new: &Value) -> bool {
    let version = |object: &Value| object["metadata"]["resourceVersion"].clone();
    version(new).is_string() && version(new) != version(old)
}

/// Source: apiserver registry/generic/registry/store.go OptimisticLockErrorMsg; api/errors
/// NewConflict
fn conflict(kind: &str, name: &str) -> Refusal {
    let what = resource::not_found(kind, name);
    let what = what.strip_suffix(" not found").unwrap_or(&what);
    let message = format!(
        "Operation cannot be fulfilled on {what}: the object has been modified; please apply your \
         changes to the latest version and try again"
    );
    Refusal { reason: "Conflict".into(), message }
}

/// The object as the change wants it.
fn changed(old: &Value, change: &Change) -> Result<Value, Refusal> {
    match change {
        Change::Patch(patch) => {
            patched(old, patch).map_err(|message| Refusal { reason: "BadRequest".into(), message })
        }
        Change::Images(images) => with_images(old, images).map_err(client),
        Change::Taints { add, remove, overwrite } => {
            with_taints(old, add, remove, *overwrite).map_err(client)
        }
        Change::Env { set, container } => with_env(old, set, container).map_err(client),
        Change::Scale { replicas, current } => scaled(old, *replicas, *current),
        Change::Rollout(_) => Ok(old.clone()),
        Change::Debug(debugger) => Ok(with_debugger(old, debugger)),
        Change::Cordon(on) => {
            let value = if *on { json!(true) } else { Value::Null };
            patched(old, &Patch::Merge(json!({"spec": {"unschedulable": value}}))).map_err(client)
        }
        Change::Marks { annotations, set, overwrite } => {
            let field = if *annotations { "annotations" } else { "labels" };
            with_marks(old, field, set, *overwrite).map_err(client)
        }
    }
}

/// What kubectl itself refuses once it has read the object.
pub(super) fn client(message: String) -> Refusal {
    Refusal { reason: String::new(), message }
}

/// Source: kubectl cmd/set/set_image.go Run
fn with_images(old: &Value, images: &[(String, String)]) -> Result<Value, String> {
    let mut new = old.clone();
    let template =
        if old["spec"]["template"].is_object() { "/spec/template/spec" } else { "/spec" };
    for (container, image) in images {
        let mut found = false;
        for list in ["initContainers", "containers"] {
            let items = new.pointer_mut(&format!("{template}/{list}"));
            for item in items.and_then(Value::as_array_mut).into_iter().flatten() {
                if item["name"] == container.as_str() || container == "*" {
                    item["image"] = image.as_str().into();
                    found = true;
                }
            }
        }
        if !found {
            return Err(format!("unable to find container named {container:?}"));
        }
    }
    Ok(new)
}

/// Source: kubectl cmd/debug/debug.go debugByEphemeralContainer
fn with_debugger(old: &Value, debugger: &Value) -> Value {
    let mut new = old.clone();
    let mut list = new["spec"]["ephemeralContainers"].as_array().cloned().unwrap_or_default();
    list.push(debugger.clone());
    new["spec"]["ephemeralContainers"] = list.into();
    new
}

/// Source: kubectl cmd/taint/utils.go reorganizeTaints, checkIfTaintsAlreadyExists
fn with_taints(
    old: &Value,
    add: &[Taint],
    remove: &[(String, Option<String>)],
    overwrite: bool,
) -> Result<Value, String> {
    let name = &old["metadata"]["name"];
    let before = old["spec"]["taints"].as_array().into_iter().flatten();
    let mut list: Vec<Taint> = before.map(Taint::read).collect();
    for (key, effect) in remove {
        let goes = |t: &Taint| t.key == *key && effect.as_ref().is_none_or(|e| t.effect == *e);
        if !list.iter().any(goes) {
            let effect = effect.as_ref().map(|e| format!(":{e}")).unwrap_or_default();
            return Err(format!("taint \"{key}{effect}\" not found"));
        }
        list.retain(|t| !goes(t));
    }
    for taint in add {
        let same = |t: &Taint| t.key == taint.key && t.effect == taint.effect;
        if list.iter().any(same) && !overwrite {
            return Err(format!(
                "node {} already has {} taint(s) with same effect(s) and --overwrite is false",
                name.as_str().unwrap_or_default(),
                taint.key
            ));
        }
        list.retain(|t| !same(t));
        list.push(taint.clone());
    }
    patched(old, &Patch::Merge(json!({"spec": {"taints": taints_json(&list)}})))
}

/// Source: kubectl cmd/label/label.go labelFunc, validateNoOverwrites
fn with_marks(
    old: &Value,
    field: &str,
    set: &[(String, Option<String>)],
    overwrite: bool,
) -> Result<Value, String> {
    let before = &old["metadata"][field];
    let mut change = Map::new();
    for (key, value) in set {
        let had = before[key.as_str()].as_str();
        if let (Some(had), Some(new), false) = (had, value, overwrite)
            && had != new
        {
            return Err(format!("'{key}' already has a value ({had}), and --overwrite is false"));
        }
        change.insert(key.clone(), value.clone().map_or(Value::Null, Value::from));
    }
    patched(old, &Patch::Merge(json!({"metadata": {field: change}})))
}

pub(super) fn not_found(kind: &str, name: &str) -> Refusal {
    Refusal { reason: "NotFound".into(), message: resource::not_found(kind, name) }
}
