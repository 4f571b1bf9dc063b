//! How kinds are called in paths, answers and messages.

fn group(kind: &str) -> &'static str {
    match kind {
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" => ".apps",
        "Job" | "CronJob" => ".batch",
        "PodDisruptionBudget" => ".policy",
        _ => "",
    }
}

/// An object in kubectl's answers: `pod/web`, `deployment.apps/web`.
pub fn shown(kind: &str, name: &str) -> String {
    [&kind.to_ascii_lowercase(), group(kind), "/", name].concat()
}

/// The API server's message for an object that is not there: `pods "web" not found`.
pub fn not_found(kind: &str, name: &str) -> String {
    [&kind.to_ascii_lowercase(), "s", group(kind), " \"", name, "\" not found"].concat()
}
