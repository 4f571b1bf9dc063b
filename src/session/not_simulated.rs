//! Fields that are accepted and kept, but that Lifepod does not act on yet: said, never hidden.

use super::texts::*;
use crate::base::json::Value;
use crate::base::{FieldPath, Said};
use crate::engine::runtime::images;
use crate::shell::images::{Reference, lack};

/// Fields of a Pod's spec without effect here.
const OF_POD: &[&str] = &["hostIPC", "imagePullSecrets", "runtimeClassName"];

/// Fields of a container without effect here.
const OF_CONTAINER: &[&str] = &["volumeDevices"];

/// Kinds of volumes that are simulated, and the volume's name.
const OF_VOLUME: &[&str] = &[
    "name",
    "emptyDir",
    "hostPath",
    "configMap",
    "secret",
    "projected",
    "downwardAPI",
    "persistentVolumeClaim",
];

/// Parts of a security context that are acted on.
const OF_SECURITY: &[&str] = &[
    "fsGroup",
    "readOnlyRootFilesystem",
    "runAsGroup",
    "runAsNonRoot",
    "runAsUser",
    "supplementalGroups",
    "supplementalGroupsPolicy",
];

/// The fields of `object` as written that have no effect here, in order of their names.
pub fn fields(object: &Value) -> Vec<FieldPath> {
    let kind = object["kind"].as_str().unwrap_or_default();
    let mut found = Vec::new();
    let path = FieldPath::root().field("spec");
    match kind {
        "Pod" => of_pod(&object["spec"], &path, &mut found),
        "Deployment" | "ReplicaSet" | "Job" => {
            let path = path.field("template").field("spec");
            of_pod(&object["spec"]["template"]["spec"], &path, &mut found);
        }
        _ => {}
    }
    found
}

fn of_pod(spec: &Value, path: &FieldPath, found: &mut Vec<FieldPath>) {
    found.extend(present(spec, path, OF_POD));
    let security = path.field("securityContext");
    found.extend(others(&spec["securityContext"], &security, OF_SECURITY));
    for (i, volume) in list(&spec["volumes"]) {
        let here = path.field("volumes").index(i);
        found.extend(others(volume, &here, OF_VOLUME));
    }
    for field in ["initContainers", "containers"] {
        for (i, container) in list(&spec[field]) {
            of_container(container, &path.field(field).index(i), found);
        }
    }
}

fn of_container(c: &Value, path: &FieldPath, found: &mut Vec<FieldPath>) {
    found.extend(present(c, path, OF_CONTAINER));
    let unknown = |image: &str| {
        !image.is_empty() && !images::is_known(image) && lack(&Reference::parse(image)).is_none()
    };
    if c["image"].as_str().is_some_and(unknown) {
        found.push(path.field("image"));
    }
    let security = path.field("securityContext");
    found.extend(others(&c["securityContext"], &security, OF_SECURITY));
    found.extend(present(&c["lifecycle"], &path.field("lifecycle"), &["stopSignal"]));
}

/// The fields of `object` but for those that are simulated.
fn others(object: &Value, path: &FieldPath, simulated: &[&str]) -> Vec<FieldPath> {
    let names = object.as_object().into_iter().flat_map(|map| map.keys());
    let other = names.filter(|name| !simulated.contains(&name.as_str()));
    other.map(|name| path.field(name)).collect()
}

fn present(object: &Value, path: &FieldPath, names: &[&str]) -> Vec<FieldPath> {
    let there = names.iter().filter(|name| !object[**name].is_null());
    there.map(|name| path.field(name)).collect()
}

fn list(value: &Value) -> impl Iterator<Item = (usize, &Value)> {
    value.as_array().into_iter().flatten().enumerate()
}

/// What is said of such a field, and what follows from that.
pub fn said(path: &FieldPath) -> (Said, Said) {
    let name = path.to_string();
    let (message, help) = if name.ends_with(".stopSignal") {
        (DROPPED_BY_GATE, STOP_SIGNALS_ALPHA)
    } else if name.ends_with(".image") {
        (IMAGE_UNKNOWN, PLAIN_SERVER)
    } else {
        (NOT_SIMULATED, AS_IF_NOT_THERE)
    };
    (Said::with(message, &[&name]), help.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn what_has_no_effect_is_named_and_the_rest_is_not() {
        let pod = json!({"kind": "Pod", "spec": {
            "terminationGracePeriodSeconds": 5,
            "activeDeadlineSeconds": 9,
            "volumes": [{"name": "a", "emptyDir": {}}, {"name": "b", "configMap": {"name": "x"}},
                {"name": "n", "nfs": {"server": "x"}}],
            "containers": [{
                "name": "c",
                "image": "acme/app:2",
                "resources": {"limits": {"cpu": "1"}},
                "livenessProbe": {"httpGet": {"port": 80}, "periodSeconds": 3},
                "readinessProbe": {"exec": {"command": ["true"]}},
            }],
        }});
        let found: Vec<String> = fields(&pod).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["spec.volumes[2].nfs", "spec.containers[0].image"]);
        let plan = json!({"kind": "Deployment", "metadata": {"namespace": "shop"}, "spec":
            {"template": {"spec": {"volumes": [{"name": "n", "nfs": {"server": "x"}}]}}}});
        let found: Vec<String> = fields(&plan).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["spec.template.spec.volumes[0].nfs"]);
        assert_eq!(fields(&json!({"kind": "Service", "spec": {"resources": {}}})), []);
    }
}
