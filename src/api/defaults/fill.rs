//! The doors: an object of any kind is filled in by its kind.

use crate::base::json::Value;

use super::table::{self, Around, parse};
use super::{admission, kinds, whole};

/// Fills `object` in as the API server stores it. `token_suffix` is the random part of the name
/// of a Pod's token volume (`kube-api-access-<suffix>`). A kind that has no defaults stays.
///
/// The order is upstream's: built-in defaults, then mutating admission.
/// Source: apiserver endpoints/handlers/create.go createHandler.
pub fn fill(object: &mut Value, token_suffix: &str) {
    let kind = object["kind"].as_str().unwrap_or_default().to_string();
    let anywhere = Around { is_pod: false, host_network: false };
    match kind.as_str() {
        "Pod" | "Service" if !object["spec"].is_object() => {
            object["spec"] = parse("{}");
            fill(object, token_suffix);
        }
        "Pod" => {
            let spec = &mut object["spec"];
            let host_network = spec["hostNetwork"] == true;
            let around = Around { is_pod: true, host_network };
            table::fill("PodSpec", spec, around);
            table::fill("PodOnly", spec, around);
            whole::requests(spec);
            admission::pod(spec, token_suffix);
        }
        "Service" => kinds::service(&mut object["spec"]),
        "Secret" => kinds::secret(object),
        "Namespace" => kinds::namespace(object),
        "LimitRange" => kinds::limit_range(&mut object["spec"]),
        "PriorityClass" => table::fill(&kind, object, anywhere),
        "PersistentVolumeClaim" | "CronJob" => table::fill(&kind, &mut object["spec"], anywhere),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job"
            if object["spec"].is_object() =>
        {
            kinds::workload(&kind, &mut object["spec"]);
        }
        _ => {}
    }
}

/// As [`fill`], for an object that `old` is to become: what the server wrote into it stays.
///
/// Source: registry/core/service/storage/alloc.go, core/service/util.go NormalizeClusterIPs.
pub fn refill(old: &Value, new: &mut Value) {
    // A token is mounted once, when the Pod is created.
    fill(new, "");
    if new["kind"] != "Service" {
        return;
    }
    let (was, now) = (&old["spec"], &mut new["spec"]);
    let changed = was["clusterIP"] != now["clusterIP"];
    if changed && was["clusterIPs"].is_array() && was["clusterIPs"] == now["clusterIPs"] {
        now["clusterIPs"] = match now["clusterIP"].as_str() {
            Some(address) => vec![address].into(),
            None => Value::Null,
        };
    }
}

/// Gives a Service the address that it asks for, or any: nobody looks at it.
pub fn allocate(object: &mut Value) {
    if object["kind"] != "Service" || object["spec"]["type"] == "ExternalName" {
        return;
    }
    let spec = &mut object["spec"];
    if spec["clusterIP"].as_str().unwrap_or_default().is_empty() {
        spec["clusterIP"] = "10.43.0.10".into();
    }
    if !spec["clusterIPs"].is_array() {
        spec["clusterIPs"] = vec![spec["clusterIP"].clone()].into();
    }
}
