//! What the mutating admission plugins that are on by default add to a Pod.

use crate::base::json::Value;

use super::table::{Object, is_unset, parse};

const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
const TOKEN_SOURCES: &str = r#"{"defaultMode":420,"sources":[
    {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
    {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},
    {"downwardAPI":{"items":[{"path":"namespace",
        "fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}]}"#;

/// Runs the plugins over a Pod's spec.
pub(super) fn pod(spec: &mut Value, token_suffix: &str) {
    let Some(spec) = spec.as_object_mut() else { return };
    service_account(spec, token_suffix);
    spec.entry("priority").or_insert_with(|| 0.into());
    if is_unset(spec.get("preemptionPolicy")) {
        spec.insert("preemptionPolicy".into(), "PreemptLowerPriority".into());
    }
    default_tolerations(spec);
}

fn text<'o>(object: &'o Object, key: &str) -> &'o str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The list `key` of `object`, made if need be.
fn list<'o>(object: &'o mut Object, key: &str) -> Option<&'o mut Vec<Value>> {
    object.entry(key).or_insert_with(|| Value::Array(Vec::new())).as_array_mut()
}

/// Without a suffix there is no token volume: the service account does not want one.
/// Source: plugin/pkg/admission/serviceaccount/admission.go mountServiceAccountToken.
fn service_account(spec: &mut Object, suffix: &str) {
    let names = [text(spec, "serviceAccountName"), text(spec, "serviceAccount"), "default"];
    let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_string();
    for field in ["serviceAccountName", "serviceAccount"] {
        spec.insert(field.into(), name.as_str().into());
    }
    let unwanted = spec.get("automountServiceAccountToken") == Some(&Value::Bool(false));
    if unwanted || suffix.is_empty() {
        return;
    }
    // A Pod that is written again has its volume already.
    let volume = format!("kube-api-access-{suffix}");
    let mut mounted = false;
    for containers in ["initContainers", "containers"] {
        let all = spec.get_mut(containers).and_then(Value::as_array_mut).into_iter().flatten();
        for container in all.filter_map(Value::as_object_mut) {
            mounted |= mount(container, &volume);
        }
    }
    if let Some(volumes) = list(spec, "volumes").filter(|_| mounted) {
        let mut token = parse("{}");
        token["name"] = volume.into();
        token["projected"] = parse(TOKEN_SOURCES);
        volumes.push(token);
    }
    if is_unset(spec.get("volumes")) {
        spec.remove("volumes");
    }
}

/// Mounts the token, unless something is mounted at its place already.
fn mount(container: &mut Object, volume: &str) -> bool {
    let Some(mounts) = list(container, "volumeMounts") else { return false };
    if mounts.iter().any(|m| m["mountPath"] == TOKEN_PATH) {
        return false;
    }
    let mut mount = parse(r#"{"readOnly":true}"#);
    mount["name"] = volume.into();
    mount["mountPath"] = TOKEN_PATH.into();
    mounts.push(mount);
    true
}

/// Source: plugin/pkg/admission/defaulttolerationseconds/admission.go Admit.
fn default_tolerations(spec: &mut Object) {
    for name in ["not-ready", "unreachable"] {
        let key = format!("node.kubernetes.io/{name}");
        let Some(tolerations) = list(spec, "tolerations") else { return };
        let tolerates = |t: &Value| {
            let is = |field: &str, value: &str| {
                t[field].as_str().is_none_or(|v| v == value || v.is_empty())
            };
            is("key", &key) && is("effect", "NoExecute")
        };
        if !tolerations.iter().any(tolerates) {
            let mut new =
                parse(r#"{"operator":"Exists","effect":"NoExecute","tolerationSeconds":300}"#);
            new["key"] = key.into();
            tolerations.push(new);
        }
    }
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
