//! What kubectl prints about an answer.

use crate::api::resource::{is_namespaced, lower, shown};
use crate::api::revision::revision_of;
use crate::engine::action::{Change, Request, Rollout};
use crate::engine::message::{Done, Refusal};

/// Of several kinds it is said once, if there is nothing of any.
pub const NOTHING: &str = "No resources found\n";

/// The line on standard output. Source: kubectl cmd/apply, cmd/delete, cmd/patch PrintObj
pub fn success(request: &Request, namespace: &str, done: &Done) -> String {
    match (request, done) {
        (_, Done::Executed { output: [stdout, _], .. }) => stdout.clone(),
        (Request::Apply(object) | Request::Create(object), _) => {
            let text = |v: &crate::base::json::Value| v.as_str().unwrap_or_default().to_string();
            let verb = match done {
                Done::Created => "created",
                Done::Configured => "configured",
                _ => "unchanged",
            };
            let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
            format!("{} {verb}\n", shown(&kind, &name))
        }
        (Request::Delete { kind, name, force, .. }, done) => {
            let verb = if *force { "force deleted" } else { "deleted" };
            let place = match is_namespaced(kind) {
                true => [" from ", namespace, " namespace"].concat(),
                false => String::new(),
            };
            let line = |name: &String| format!("{} \"{name}\" {verb}{place}\n", lower(kind));
            match done {
                Done::All(names) if names.is_empty() => NOTHING.into(),
                Done::All(names) => names.iter().map(line).collect(),
                _ => line(name),
            }
        }
        (Request::Patch(request), Done::Listed(_, sets)) => {
            let to = sets.first().map_or(0, |set| revision_of(set));
            let what = shown(&request.kind, &request.name);
            format!("{what} skipped rollback (current template already matches revision {to})\n")
        }
        (Request::Patch(request), Done::All(names)) => {
            let line = |name: &String| patched(&request.change, &request.kind, name, false);
            names.iter().map(line).collect()
        }
        (Request::Patch(request), done) => {
            let unchanged = *done == Done::Unchanged;
            patched(&request.change, &request.kind, &request.name, unchanged)
        }
        _ => String::new(),
    }
}

fn patched(change: &Change, kind: &str, name: &str, unchanged: bool) -> String {
    let verb = match (change, unchanged) {
        (Change::Patch(_), true) => "patched (no change)",
        (Change::Patch(_), false) => "patched",
        (Change::Images(_), true) => return String::new(),
        (Change::Images(_), false) => "image updated",
        (Change::Taints { add, .. }, _) => match add.is_empty() {
            true => "untainted",
            false => "tainted",
        },
        (Change::Env { .. }, _) => "env updated",
        (Change::Scale { .. }, _) => "scaled",
        (Change::Rollout(what), _) => match what {
            Rollout::Restart => "restarted",
            Rollout::Pause => "paused",
            Rollout::Resume => "resumed",
            Rollout::Undo(_) => "rolled back",
        },
        (Change::Debug(debugger), _) => return targeting(debugger),
        (Change::Cordon(true), true) => "already cordoned",
        (Change::Cordon(false), true) => "already uncordoned",
        (Change::Cordon(true), false) => "cordoned",
        (Change::Cordon(false), false) => "uncordoned",
        (Change::Marks { annotations: true, .. }, _) => "annotated",
        (Change::Marks { .. }, true) => "not labeled",
        (Change::Marks { set, .. }, false) => match set.iter().all(|(_, v)| v.is_none()) {
            true => "unlabeled",
            false => "labeled",
        },
    };
    format!("{} {verb}\n", shown(kind, name))
}

/// Source: kubectl cmd/debug/debug.go Validate
fn targeting(debugger: &crate::base::json::Value) -> String {
    let line = |name: &str| {
        format!(
            "Targeting container {name:?}. If you don't see processes from this container it may \
             be because the container runtime doesn't support this feature.\n"
        )
    };
    debugger["targetContainerName"].as_str().map(line).unwrap_or_default()
}

/// What goes to standard error. Source: kubectl cmd/util/helpers.go checkErr
pub fn failure(request: &Request, refusal: &Refusal) -> String {
    let Refusal { reason, message } = refusal;
    match (request, reason.as_str()) {
        (_, "") => format!("error: {message}\n"),
        (_, "Invalid") => format!("{message}\n"),
        (Request::Apply(_), _) => {
            format!("Error from server ({reason}): error when creating \"pod.yaml\": {message}\n")
        }
        (Request::Create(object), "AlreadyExists") => already_there(object, message),
        _ => format!("Error from server ({reason}): {message}\n"),
    }
}

/// Source: kubectl cmd/create/create_configmap.go, create_secret.go, create_serviceaccount.go Run
fn already_there(object: &crate::base::json::Value, message: &str) -> String {
    match object["kind"].as_str() {
        Some("Deployment") => format!("error: failed to create deployment: {message}\n"),
        Some("Job") => format!("error: failed to create job: {message}\n"),
        Some("ConfigMap") => format!("error: failed to create configmap: {message}\n"),
        Some("Secret") => format!("error: failed to create secret {message}\n"),
        Some("ServiceAccount") => format!("error: failed to create serviceaccount: {message}\n"),
        _ => format!("Error from server (AlreadyExists): {message}\n"),
    }
}
