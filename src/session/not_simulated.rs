//! Fields that are accepted and kept, but that Lifepod does not act on yet: said, never hidden.

use crate::base::json::Value;
use crate::base::{FieldPath, Lang};
use crate::engine::runtime::images;
use crate::shell::images::{Reference, lack};

/// Fields of a Pod's spec without effect here.
const OF_POD: &[&str] = &[
    "hostIPC",
    "imagePullSecrets",
    "priorityClassName",
    "resources",
    "runtimeClassName",
    "topologySpreadConstraints",
];

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

/// The fields of `object` (a Pod as written) that have no effect here, in order of their names.
pub fn fields(object: &Value) -> Vec<FieldPath> {
    if object["kind"] != "Pod" {
        return Vec::new();
    }
    let (spec, path) = (&object["spec"], FieldPath::root().field("spec"));
    let mut found: Vec<FieldPath> = present(spec, &path, OF_POD);
    found.extend(others(&spec["affinity"], &path.field("affinity"), &["nodeAffinity"]));
    let security = path.field("securityContext");
    found.extend(others(&spec["securityContext"], &security, OF_SECURITY));
    for (i, volume) in list(&spec["volumes"]) {
        let here = path.field("volumes").index(i);
        found.extend(others(volume, &here, OF_VOLUME));
    }
    for field in ["initContainers", "containers"] {
        for (i, container) in list(&spec[field]) {
            of_container(container, &path.field(field).index(i), &mut found);
        }
    }
    found
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

/// What is said of such a field.
pub fn message(path: &FieldPath, lang: Lang) -> String {
    if path.to_string().ends_with(".stopSignal") {
        return match lang {
            Lang::En => format!("{path} is dropped by the API server: its feature gate is off"),
            Lang::Zh => format!("{path} 会被 API server 丢弃：它的特性门控未开启"),
        };
    }
    match (path.to_string().ends_with(".image"), lang) {
        (true, Lang::En) => format!("{path}: Lifepod does not know this image"),
        (true, Lang::Zh) => format!("{path}：Lifepod 不了解这个镜像"),
        (false, Lang::En) => format!("{path} is accepted, but not simulated yet"),
        (false, Lang::Zh) => format!("{path} 会被接受，但尚未模拟"),
    }
}

/// What follows from that.
pub fn help(path: &FieldPath, lang: Lang) -> String {
    let text = path.to_string();
    match lang {
        Lang::En if text.ends_with(".image") => {
            "a plain server stands in: it listens where the container's ports, probes and hooks \
             say, answers 200 and ends on SIGTERM; annotations under lifepod.dev/ change that"
                .into()
        }
        Lang::Zh if text.ends_with(".image") => {
            "由一个普通服务器代替：监听容器的 ports、探针和钩子写到的端口，回答 200，收到 SIGTERM 就结束；可用 \
             lifepod.dev/ 注解改变"
                .into()
        }
        Lang::En if text.ends_with(".stopSignal") => {
            "ContainerStopSignals is alpha in 1.36; the image's STOPSIGNAL counts, or SIGTERM".into()
        }
        Lang::Zh if text.ends_with(".stopSignal") => {
            "ContainerStopSignals 在 1.36 仍是 alpha；起作用的是镜像的 STOPSIGNAL，否则是 SIGTERM".into()
        }
        Lang::En => "the run goes on as if it were not there".into(),
        Lang::Zh => "运行时会当它不存在".into(),
    }
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
        assert_eq!(fields(&json!({"kind": "Service", "spec": {"resources": {}}})), []);
    }
}
