//! How kinds are called in paths, answers and messages.

use crate::base::json::Value;

fn group(kind: &str) -> &'static str {
    match kind {
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" => ".apps",
        "Job" | "CronJob" => ".batch",
        "PodDisruptionBudget" => ".policy",
        "StorageClass" => ".storage.k8s.io",
        "PriorityClass" => ".scheduling.k8s.io",
        _ => "",
    }
}

/// The `apiVersion` of a kind of the cluster.
pub fn api_version(kind: &str) -> &'static str {
    match group(kind) {
        ".apps" => "apps/v1",
        ".batch" => "batch/v1",
        ".policy" => "policy/v1",
        ".storage.k8s.io" => "storage.k8s.io/v1",
        ".scheduling.k8s.io" => "scheduling.k8s.io/v1",
        _ => "v1",
    }
}

/// The kind with its group, as answers have it: `deployment.apps`.
pub fn lower(kind: &str) -> String {
    [&kind.to_ascii_lowercase(), group(kind)].concat()
}

/// The resource of a kind with its group, as requests and refusals have it: `deployments.apps`.
pub fn plural(kind: &str) -> String {
    let ending = if kind.ends_with('s') { "es" } else { "s" };
    [&kind.to_ascii_lowercase(), ending, group(kind)].concat()
}

/// Whether objects of a kind live in a namespace.
pub fn is_namespaced(kind: &str) -> bool {
    !["Node", "Namespace", "PersistentVolume", "PriorityClass", "StorageClass"].contains(&kind)
}

/// The namespace that an object of a namespaced kind is written for: `default` if it says none.
pub fn home(object: &Value) -> &str {
    let said = object["metadata"]["namespace"].as_str();
    said.filter(|namespace| !namespace.is_empty()).unwrap_or("default")
}

/// An object in kubectl's answers: `pod/web`, `deployment.apps/web`.
pub fn shown(kind: &str, name: &str) -> String {
    [&kind.to_ascii_lowercase(), group(kind), "/", name].concat()
}

/// The API server's message for an object that is not there: `pods "web" not found`.
pub fn not_found(kind: &str, name: &str) -> String {
    [&plural(kind), " \"", name, "\" not found"].concat()
}
