//! Changing an object that is there: what `kubectl apply` makes of it, and what may change.

use super::admit::{read_meta, refused};
use super::patch::not_found;
use super::store::{Answer, ApiServer};
use crate::api::patch::applied;
use crate::api::{Pod, PodSpec, defaults, validate};
use crate::base::json::{self, Value};
use crate::engine::cx::Cx;
use crate::engine::message::{Done, Refusal};
use crate::engine::trace::{Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

impl ApiServer {
    /// Applies a manifest. To an object that is there kubectl sends only what is to change.
    /// Source: kubectl cmd/apply/patcher.go
    pub(super) fn apply_manifest(&mut self, object: &Value, cx: &mut Cx) -> Answer {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
        self.admit_place(&kind, &name, object)?;
        let Some(live) = self.object(&kind, &name) else { return self.apply(object, cx) };
        let last = live["metadata"]["annotations"][LAST_APPLIED].as_str().unwrap_or_default();
        let last = json::parse(last).unwrap_or(Value::Null);
        self.apply(&applied(&live, &last, object), cx)
    }

    /// Source: pod/strategy.go PrepareForUpdate, ValidateUpdate
    pub(super) fn update_pod(&mut self, old: &Rc<Pod>, object: &Value, cx: &mut Cx) -> Answer {
        let full = changed(&old.to_json(), object)?;
        let (meta, wanted) = (read_meta(&full)?, full["spec"].clone());
        let same_meta = meta.labels == old.meta.labels
            && meta.annotations == old.meta.annotations
            && meta.owner_references == old.meta.owner_references
            && meta.finalizers == old.meta.finalizers;
        if wanted == old.spec.raw && same_meta {
            return Ok(Done::Unchanged);
        }
        let mut pod = (**old).clone();
        if wanted != old.spec.raw {
            pod.meta.generation += 1;
            let bad = |message| Refusal { reason: "BadRequest".into(), message };
            pod.spec = Rc::new(PodSpec::read(wanted).map_err(bad)?);
        }
        pod.meta.labels = meta.labels;
        pod.meta.annotations = meta.annotations;
        pod.meta.owner_references = meta.owner_references;
        pod.meta.finalizers = meta.finalizers;
        let name = old.meta.name.clone();
        cx.cite(Subject::pod(&name), Rule::ApiUpdated, vec![("name", name.as_str().into())]);
        let freed =
            pod.meta.deletion_grace_period_seconds == Some(0) && pod.meta.finalizers.is_empty();
        self.write_pod(WatchType::Modified, pod, cx);
        // Stopped long ago; only a finalizer has kept it.
        if let Some(pod) = self.pod(&name).filter(|_| freed).cloned() {
            cx.cite(Subject::pod(&name), Rule::ApiRemoved, vec![("name", name.into())]);
            self.write_pod(WatchType::Deleted, (*pod).clone(), cx);
        }
        Ok(Done::Configured)
    }

    /// The subresource `ephemeralcontainers`: containers may be added, and nothing else changes.
    /// Source: pod/strategy.go podEphemeralContainersStrategy; ValidatePodEphemeralContainersUpdate
    pub(super) fn add_debugger(&mut self, name: &str, new: &Value, cx: &mut Cx) -> Answer {
        let Some(old) = self.pod(name).cloned() else { return Err(not_found("Pod", name)) };
        let mut full = new.clone();
        defaults::fill(&mut full, "");
        let added = full["spec"]["ephemeralContainers"].as_array().cloned().unwrap_or_default();
        let taken = |c: &Value| {
            let name = c["name"].as_str().unwrap_or_default();
            old.spec.container(name).map(|_| name.to_string())
        };
        if let Some(name) = added.last().and_then(taken) {
            let field = format!("spec.ephemeralContainers[{}].name", added.len() - 1);
            let message =
                format!("Pod \"{}\" is invalid: {field}: Duplicate value: {name:?}", old.meta.name);
            return Err(Refusal { reason: "Invalid".into(), message });
        }
        let bad = |message| Refusal { reason: "BadRequest".into(), message };
        let mut pod = (*old).clone();
        let spec = old.spec.with("ephemeralContainers", added.into());
        pod.spec = Rc::new(spec.map_err(bad)?);
        pod.meta.generation += 1;
        cx.cite(Subject::pod(name), Rule::ApiDebugger, vec![("name", name.into())]);
        self.write_pod(WatchType::Modified, pod, cx);
        Ok(Done::Configured)
    }
}

/// `object` with its defaults, if `old` may become it.
pub(super) fn changed(old: &Value, object: &Value) -> Result<Value, Refusal> {
    let mut full = object.clone();
    defaults::refill(old, &mut full);
    defaults::settle(&mut full);
    refused(&full, &validate::update(old, &full))?;
    Ok(full)
}
