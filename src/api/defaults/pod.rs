//! Defaults of a Pod's spec and of what is in it.
//!
//! Source: pkg/apis/core/v1/defaults.go, zz_generated.defaults.go.

use crate::base::json::{Map, Value, json};

use super::fill::{drop_unset, each, inner, set, set_absent};
use super::probe;
use crate::api::quantity::Quantity;

/// Whether the spec is that of a Pod or of a template, which gets fewer defaults.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Pod,
    Template,
}

/// Fields that Go leaves out when they are zero or empty.
const LEFT_OUT: &[&str] = &[
    "activeDeadlineSeconds",
    "hostAliases",
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "hostname",
    "imagePullSecrets",
    "initContainers",
    "nodeName",
    "nodeSelector",
    "priorityClassName",
    "readinessGates",
    "schedulingGates",
    "subdomain",
    "tolerations",
    "topologySpreadConstraints",
    "volumes",
    "ephemeralContainers",
];

pub(super) fn spec(spec: &mut Value, whose: Whose) {
    let Some(spec) = spec.as_object_mut() else { return };
    let host_network = spec.get("hostNetwork") == Some(&Value::Bool(true));
    set(spec, "restartPolicy", json!("Always"));
    set(spec, "dnsPolicy", json!("ClusterFirst"));
    set_absent(spec, "terminationGracePeriodSeconds", json!(30));
    set(spec, "schedulerName", json!("default-scheduler"));
    set_absent(spec, "securityContext", json!({}));
    if whose == Whose::Pod {
        set_absent(spec, "enableServiceLinks", json!(true));
    }
    let zero_deadline = spec.get("activeDeadlineSeconds").is_some_and(|d| !d.is_null());
    // A deadline of zero is not "no deadline": validation refuses it.
    let keys = LEFT_OUT.iter().filter(|k| !(zero_deadline && **k == "activeDeadlineSeconds"));
    drop_unset(spec, &keys.copied().collect::<Vec<_>>());
    for volume in each(spec, "volumes") {
        self::volume(volume);
    }
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for container in each(spec, list) {
            self::container(container, host_network, whose);
        }
    }
    if let Some(overhead) = inner(spec, "overhead") {
        amounts(overhead);
    }
}

const CONTAINER_LEFT_OUT: &[&str] = &[
    "args",
    "command",
    "env",
    "envFrom",
    "image",
    "ports",
    "resizePolicy",
    "stdin",
    "stdinOnce",
    "tty",
    "volumeDevices",
    "volumeMounts",
    "workingDir",
];

fn container(container: &mut Map<String, Value>, host_network: bool, whose: Whose) {
    let image = container.get("image").and_then(Value::as_str).unwrap_or_default();
    set(container, "imagePullPolicy", json!(pull_policy(image)));
    set(container, "terminationMessagePath", json!("/dev/termination-log"));
    set(container, "terminationMessagePolicy", json!("File"));
    set_absent(container, "name", json!(""));
    set_absent(container, "resources", json!({}));
    if let Some(resources) = inner(container, "resources") {
        self::resources(resources, whose);
    }
    for port in each(container, "ports") {
        set(port, "protocol", json!("TCP"));
        if host_network && let Some(number) = port.get("containerPort").cloned() {
            set(port, "hostPort", number);
        }
        drop_unset(port, &["hostPort", "hostIP", "name"]);
    }
    for variable in each(container, "env") {
        env(variable);
    }
    probe::probes_and_hooks(container);
    drop_unset(container, CONTAINER_LEFT_OUT);
}

/// The pull policy of an image without one: by its tag.
///
/// Source: SetDefaults_Container, pkg/util/parsers/parsers.go ParseImageName.
pub fn pull_policy(image: &str) -> &'static str {
    let (name, digest) = image.split_once('@').map_or((image, None), |(n, d)| (n, Some(d)));
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.split_once(':') {
        Some((_, "latest")) => "Always",
        Some(_) => "IfNotPresent",
        None if digest.is_some() || image.is_empty() => "IfNotPresent",
        None => "Always",
    }
}

fn resources(resources: &mut Map<String, Value>, whose: Whose) {
    for list in ["limits", "requests"] {
        if let Some(list) = inner(resources, list) {
            amounts(list);
        }
    }
    let limits = inner(resources, "limits").map(|l| l.clone()).unwrap_or_default();
    if whose == Whose::Pod && !limits.is_empty() {
        set_absent(resources, "requests", json!({}));
        if let Some(requests) = inner(resources, "requests") {
            for (name, amount) in limits {
                requests.entry(name).or_insert(amount);
            }
        }
    }
    drop_unset(resources, &["claims", "limits", "requests"]);
}

/// Amounts in canonical form, rounded up to thousandths.
fn amounts(list: &mut Map<String, Value>) {
    for amount in list.values_mut() {
        let text = match &*amount {
            Value::String(text) => text.trim().to_string(),
            other => other.to_string(),
        };
        if let Some(quantity) = Quantity::parse(&text) {
            *amount = json!(quantity.round_up_to_milli().to_string());
        }
    }
}

fn env(variable: &mut Map<String, Value>) {
    drop_unset(variable, &["value", "valueFrom"]);
    let from = inner(variable, "valueFrom").and_then(|from| inner(from, "fieldRef"));
    if let Some(reference) = from {
        set(reference, "apiVersion", json!("v1"));
    }
}

/// Defaults of volumes that only their drivers care about: source, field, value.
const DRIVERS: &[(&str, &str, &str)] = &[
    ("azureDisk", "cachingMode", "ReadWrite"),
    ("azureDisk", "fsType", "ext4"),
    ("azureDisk", "kind", "Shared"),
    ("iscsi", "iscsiInterface", "default"),
    ("rbd", "keyring", "/etc/ceph/keyring"),
    ("rbd", "pool", "rbd"),
    ("rbd", "user", "admin"),
    ("scaleIO", "fsType", "xfs"),
    ("scaleIO", "storageMode", "ThinProvisioned"),
];

fn volume(volume: &mut Map<String, Value>) {
    let sources = volume.keys().filter(|k| *k != "name").count();
    if sources == 0 {
        volume.insert("emptyDir".to_string(), json!({}));
    }
    for source in ["secret", "configMap", "projected", "downwardAPI"] {
        if let Some(source) = inner(volume, source) {
            set_absent(source, "defaultMode", json!(420));
            field_references(source);
        }
    }
    if let Some(path) = inner(volume, "hostPath") {
        set_absent(path, "type", json!(""));
    }
    if let Some(empty) = inner(volume, "emptyDir") {
        drop_unset(empty, &["medium"]);
    }
    for (source, field, value) in DRIVERS {
        if let Some(source) = inner(volume, source) {
            set(source, field, json!(value));
        }
    }
    let template = inner(volume, "ephemeral").and_then(|e| inner(e, "volumeClaimTemplate"));
    if let Some(claim) = template.and_then(|t| inner(t, "spec")) {
        set(claim, "volumeMode", json!("Filesystem"));
    }
    if let Some(projected) = inner(volume, "projected") {
        for source in each(projected, "sources") {
            projection(source);
        }
    }
}

fn projection(source: &mut Map<String, Value>) {
    if let Some(token) = inner(source, "serviceAccountToken") {
        set_absent(token, "expirationSeconds", json!(3600));
    }
    if let Some(downward) = inner(source, "downwardAPI") {
        field_references(downward);
    }
}

fn field_references(source: &mut Map<String, Value>) {
    for item in each(source, "items") {
        if let Some(reference) = inner(item, "fieldRef") {
            set(reference, "apiVersion", json!("v1"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pull_policy_follows_the_tag() {
        let rows = [
            ("busybox", "Always"),
            ("busybox:latest", "Always"),
            ("busybox:1.36", "IfNotPresent"),
            ("registry.local:5000/a/b", "Always"),
            ("registry.local:5000/a/b:2", "IfNotPresent"),
            ("a@sha256:0123", "IfNotPresent"),
            ("a:latest@sha256:0123", "Always"),
        ];
        for (image, want) in rows {
            assert_eq!(pull_policy(image), want, "{image}");
        }
    }

    #[test]
    fn requests_come_from_limits_of_a_pod_only() {
        let given = json!({"containers": [{"resources": {
            "limits": {"cpu": "1000m", "memory": "1024Mi"}, "requests": {"memory": "0"}}}]});
        let mut pod = given.clone();
        spec(&mut pod, Whose::Pod);
        let resources = &pod["containers"][0]["resources"];
        assert_eq!(resources["limits"], json!({"cpu": "1", "memory": "1Gi"}));
        assert_eq!(resources["requests"], json!({"cpu": "1", "memory": "0"}));
        let mut template = given;
        spec(&mut template, Whose::Template);
        assert_eq!(template["containers"][0]["resources"]["requests"], json!({"memory": "0"}));
    }
}
