//! Applying an object that is there already: what may change on a live Pod.

use super::admit::{admitted, read_meta};
use super::patch::not_found;
use super::store::{Answer, ApiServer};
use crate::api::{Pod, PodSpec, defaults};
use crate::base::json::Value;
use crate::engine::cx::Cx;
use crate::engine::message::{Done, Refusal};
use crate::engine::trace::{Subject, WatchType};
use crate::rules::Rule;
use std::rc::Rc;

impl ApiServer {
    /// Source: core/validation/validation.go ValidatePodUpdate
    pub(super) fn update_pod(&mut self, old: &Rc<Pod>, object: &Value, cx: &mut Cx) -> Answer {
        let full = admitted(object, &suffix_of(&old.spec.raw))?;
        let meta = read_meta(&full)?;
        let mut wanted = full["spec"].clone();
        wanted["nodeName"] = old.spec.raw["nodeName"].clone();
        if wanted["nodeName"].is_null() {
            remove(&mut wanted, "nodeName");
        }
        let same_meta = meta.labels == old.meta.labels && meta.annotations == old.meta.annotations;
        if wanted == old.spec.raw && same_meta {
            return Ok(Done::Unchanged);
        }
        if without_mutable(&wanted) != without_mutable(&old.spec.raw) {
            return Err(forbidden(&old.meta.name));
        }
        let mut pod = (**old).clone();
        if wanted != old.spec.raw {
            pod.meta.generation += 1;
            let read = PodSpec::read(wanted);
            pod.spec = Rc::new(read.map_err(|_| forbidden(&old.meta.name))?);
        }
        pod.meta.labels = meta.labels;
        pod.meta.annotations = meta.annotations;
        let name = old.meta.name.clone();
        cx.cite(Subject::pod(&name), Rule::ApiUpdated, vec![("name", name.as_str().into())]);
        self.write_pod(WatchType::Modified, pod, cx);
        Ok(Done::Configured)
    }
}

impl ApiServer {
    /// The subresource `ephemeralcontainers`: containers may be added, and nothing else changes.
    /// Source: pod/strategy.go podEphemeralContainersStrategy; ValidatePodEphemeralContainersUpdate
    pub(super) fn add_debugger(&mut self, name: &str, new: &Value, cx: &mut Cx) -> Answer {
        let Some(old) = self.pod(name).cloned() else { return Err(not_found("Pod", name)) };
        let mut full = new.clone();
        defaults::fill(&mut full, &suffix_of(&old.spec.raw));
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
        let mut pod = (*old).clone();
        let spec = old.spec.with("ephemeralContainers", added.into());
        pod.spec = Rc::new(spec.map_err(|_| forbidden(name))?);
        pod.meta.generation += 1;
        cx.cite(Subject::pod(name), Rule::ApiDebugger, vec![("name", name.into())]);
        self.write_pod(WatchType::Modified, pod, cx);
        Ok(Done::Configured)
    }
}

/// The name of the token volume is drawn once, at the first write.
fn suffix_of(spec: &Value) -> String {
    let volumes = spec["volumes"].as_array().into_iter().flatten();
    let names = volumes.filter_map(|v| v["name"].as_str());
    names.filter_map(|n| n.strip_prefix("kube-api-access-")).next().unwrap_or_default().to_string()
}

/// The spec without what may change on a live Pod.
fn without_mutable(spec: &Value) -> Value {
    let mut rest = spec.clone();
    for list in ["containers", "initContainers"] {
        for container in rest[list].as_array_mut().into_iter().flatten() {
            remove(container, "image");
        }
    }
    remove(&mut rest, "activeDeadlineSeconds");
    rest
}

fn remove(object: &mut Value, field: &str) {
    if let Some(map) = object.as_object_mut() {
        map.remove(field);
    }
}

/// DIFFERENCE: upstream goes on with a dump of both specs as Go values; we leave the dump out.
fn forbidden(name: &str) -> Refusal {
    Refusal {
        reason: "Invalid".into(),
        message: format!(
            "The Pod \"{name}\" is invalid: spec: Forbidden: pod updates may not change fields \
             other than `spec.containers[*].image`,`spec.initContainers[*].image`,\
             `spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing \
             tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was \
             previously negative)"
        ),
    }
}
