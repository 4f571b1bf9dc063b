//! What the mutating admission plugins that are on by default add to a Pod.

use crate::base::json::{Map, Value, json};

use super::fill::{each, set, set_absent};

const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// Runs the plugins over a Pod's spec.
pub(super) fn pod(spec: &mut Value, token_suffix: &str) {
    let Some(spec) = spec.as_object_mut() else { return };
    service_account(spec, token_suffix);
    set_absent(spec, "priority", json!(0));
    set(spec, "preemptionPolicy", json!("PreemptLowerPriority"));
    default_tolerations(spec);
}

/// Source: plugin/pkg/admission/serviceaccount/admission.go mountServiceAccountToken.
fn service_account(spec: &mut Map<String, Value>, suffix: &str) {
    let old_name = spec.get("serviceAccount").and_then(Value::as_str).unwrap_or("default");
    let old_name = json!(if old_name.is_empty() { "default" } else { old_name });
    set(spec, "serviceAccountName", old_name);
    let name = spec.get("serviceAccountName").cloned().unwrap_or_default();
    spec.insert("serviceAccount".to_string(), name);
    if spec.get("automountServiceAccountToken") == Some(&Value::Bool(false)) {
        return;
    }
    let volume = format!("kube-api-access-{suffix}");
    let mut mounted = false;
    for list in ["initContainers", "containers"] {
        for container in each(spec, list) {
            mounted |= mount(container, &volume);
        }
    }
    if mounted {
        let volumes = spec.entry("volumes").or_insert_with(|| json!([]));
        if let Some(volumes) = volumes.as_array_mut() {
            volumes.push(token_volume(&volume));
        }
    }
}

/// Mounts the token, unless something is mounted at its place already.
fn mount(container: &mut Map<String, Value>, volume: &str) -> bool {
    let taken = each(container, "volumeMounts")
        .any(|m| m.get("mountPath").and_then(Value::as_str) == Some(TOKEN_PATH));
    if taken {
        return false;
    }
    let mounts = container.entry("volumeMounts").or_insert_with(|| json!([]));
    let Some(mounts) = mounts.as_array_mut() else { return false };
    mounts.push(json!({"name": volume, "readOnly": true, "mountPath": TOKEN_PATH}));
    true
}

fn token_volume(name: &str) -> Value {
    json!({"name": name, "projected": {"defaultMode": 420, "sources": [
        {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
        {"configMap": {
            "name": "kube-root-ca.crt",
            "items": [{"key": "ca.crt", "path": "ca.crt"}],
        }},
        {"downwardAPI": {"items": [{
            "path": "namespace",
            "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"},
        }]}},
    ]}})
}

/// Source: plugin/pkg/admission/defaulttolerationseconds/admission.go Admit.
fn default_tolerations(spec: &mut Map<String, Value>) {
    for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
        if each(spec, "tolerations").any(|t| tolerates(t, key)) {
            continue;
        }
        let tolerations = spec.entry("tolerations").or_insert_with(|| json!([]));
        if let Some(tolerations) = tolerations.as_array_mut() {
            tolerations.push(json!({"key": key, "operator": "Exists", "effect": "NoExecute",
                "tolerationSeconds": 300}));
        }
    }
}

fn tolerates(toleration: &Map<String, Value>, key: &str) -> bool {
    let text = |name: &str| toleration.get(name).and_then(Value::as_str).unwrap_or_default();
    (text("key") == key || text("key").is_empty())
        && (text("effect") == "NoExecute" || text("effect").is_empty())
}

#[cfg(test)]
mod tests {
    use crate::api::defaults::fill;
    use crate::base::json::json;

    #[test]
    fn a_minimal_pod_is_stored_as_a_real_cluster_stores_it() {
        let mut pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
            "spec": {"containers": [{"name": "app", "image": "busybox"}]}});
        fill(&mut pod, "khbt8");
        let spec = &pod["spec"];
        let mount = json!([{"mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
            "name": "kube-api-access-khbt8", "readOnly": true}]);
        let container = json!({"name": "app", "image": "busybox", "imagePullPolicy": "Always",
            "resources": {}, "terminationMessagePath": "/dev/termination-log",
            "terminationMessagePolicy": "File", "volumeMounts": mount});
        assert_eq!(spec["containers"], json!([container]));
        assert_eq!(spec["tolerations"][1]["key"], "node.kubernetes.io/unreachable");
        assert_eq!(spec["volumes"][0]["projected"]["sources"].as_array().map(Vec::len), Some(3));
        assert_eq!(spec["serviceAccount"], "default");
        assert_eq!(spec["priority"], 0);
        let keys = spec.as_object().map(|s| s.len());
        assert_eq!(keys, Some(13), "{spec:#}");
    }

    #[test]
    fn a_mount_or_a_toleration_of_ones_own_stays_alone() {
        let mut pod = json!({"kind": "Pod", "spec": {
            "automountServiceAccountToken": false,
            "tolerations": [{"operator": "Exists"}],
            "containers": [{"name": "app", "image": "busybox"}]}});
        fill(&mut pod, "x");
        assert!(pod["spec"].get("volumes").is_none());
        assert_eq!(pod["spec"]["tolerations"], json!([{"operator": "Exists"}]));
    }
}
