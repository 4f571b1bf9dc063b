//! What the API server warns about while it takes an object.
//!
//! Source: pkg/api/pod/warnings.go GetWarningsForPod.

use crate::base::json::Value;

use super::errors::{is_set, items, number, text};
use crate::api::quantity::Quantity;
use crate::base::FieldPath;

/// Warnings about `object`, its defaults filled in, as the API server words them.
pub fn warnings(object: &Value) -> Vec<String> {
    if object["kind"] != "Pod" {
        return Vec::new();
    }
    let spec = &object["spec"];
    let path = FieldPath::root().field("spec");
    let mut warnings = Vec::new();
    spread(spec, &path, &mut warnings);
    volumes(spec, &path, &mut warnings);
    repeated(spec, &path, &mut warnings);
    for (place, container) in containers(spec, &path) {
        fractions(container, &place, &mut warnings);
        variables(container, &place, &mut warnings);
    }
    ports(spec, &path, &mut warnings);
    if number(spec, "terminationGracePeriodSeconds") < 0 {
        let place = path.field("terminationGracePeriodSeconds");
        let words = "must be >= 0; negative values are invalid and will be treated as 1";
        warnings.push(format!("{place}: {words}"));
    }
    warnings
}

/// All containers with their places, in the order in which upstream visits them.
fn containers<'v>(spec: &'v Value, path: &FieldPath) -> Vec<(FieldPath, &'v Value)> {
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    let one_list = |list: &&'static str| {
        let place = path.field(list);
        let numbered = items(spec, list).iter().enumerate();
        numbered.map(move |(i, c)| (place.index(i), c)).collect::<Vec<_>>()
    };
    lists.iter().flat_map(one_list).collect()
}

fn spread(spec: &Value, path: &FieldPath, warnings: &mut Vec<String>) {
    let list = path.field("topologySpreadConstraints");
    for (i, constraint) in items(spec, "topologySpreadConstraints").iter().enumerate() {
        if !is_set(constraint, "labelSelector") {
            let place = list.index(i).field("labelSelector");
            warnings.push(format!("{place}: a null labelSelector results in matching no pod"));
        }
    }
}

/// Volumes of kinds that are on their way out, or gone.
const OLD_VOLUMES: &[(&str, &str)] = &[
    ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
    ("gitRepo", "deprecated in v1.11"),
    ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
    ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
    ("storageos", "deprecated in v1.22, non-functional in v1.25+"),
    ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
    ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
    ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
    ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
];

fn volumes(spec: &Value, path: &FieldPath, warnings: &mut Vec<String>) {
    for (i, volume) in items(spec, "volumes").iter().enumerate() {
        for (kind, words) in OLD_VOLUMES.iter().filter(|(kind, _)| is_set(volume, kind)) {
            let place = path.field("volumes").index(i).field(kind);
            warnings.push(format!("{place}: {words}"));
        }
    }
}

fn repeated(spec: &Value, path: &FieldPath, warnings: &mut Vec<String>) {
    for (list, field) in [("hostAliases", "ip"), ("imagePullSecrets", "name")] {
        let mut taken: Vec<&str> = Vec::new();
        for (i, item) in items(spec, list).iter().enumerate() {
            let value = text(item, field);
            if taken.contains(&value) {
                let place = path.field(list).index(i).field(field);
                warnings.push(format!("{place}: duplicate {field} {value:?}"));
            }
            taken.push(value);
        }
    }
    for (i, secret) in items(spec, "imagePullSecrets").iter().enumerate() {
        if text(secret, "name").is_empty() {
            let place = path.field("imagePullSecrets").index(i).field("name");
            warnings.push(format!("{place}: invalid empty name \"\""));
        }
    }
}

/// Bytes come in whole numbers: `500m` of memory is half a byte.
fn fractions(container: &Value, place: &FieldPath, warnings: &mut Vec<String>) {
    for resource in ["memory", "ephemeral-storage"] {
        for list in ["limits", "requests"] {
            let amount = text(&container["resources"][list], resource);
            if let Some(amount) = Quantity::parse(amount).filter(|a| !a.is_whole()) {
                let place = place.field("resources").field(list).key(resource);
                let amount = amount.to_string();
                warnings.push(format!(
                    "{place}: fractional byte value {amount:?} is invalid, must be an integer"
                ));
            }
        }
    }
}

fn variables(container: &Value, place: &FieldPath, warnings: &mut Vec<String>) {
    let mut taken: Vec<&str> = Vec::new();
    for (i, variable) in items(container, "env").iter().enumerate() {
        let (name, value) = (text(variable, "name"), text(variable, "value"));
        let itself = format!("$({name})");
        // `X=$(X)/bin` builds on the value before; anything else hides it.
        let builds_on =
            !is_set(variable, "valueFrom") && value != itself && value.contains(&itself);
        if taken.contains(&name) && !builds_on {
            let place = place.field("env").index(i);
            warnings.push(format!(
                "{place}: hides previous definition of {name:?}, which may be dropped when using apply"
            ));
        }
        taken.push(name);
    }
}

fn ports(spec: &Value, path: &FieldPath, warnings: &mut Vec<String>) {
    let mut taken: Vec<(FieldPath, &Value)> = Vec::new();
    for (place, container) in containers(spec, path) {
        for (i, port) in items(container, "ports").iter().enumerate() {
            let place = place.field("ports").index(i);
            for (other_place, other) in &taken {
                if let Some(words) = clash(port, other) {
                    warnings.push(format!("{place}: {words} port definition with {other_place}"));
                }
            }
            taken.push((place, port));
        }
    }
}

fn clash(port: &Value, other: &Value) -> Option<&'static str> {
    let same = |field: &str| port[field] == other[field];
    if !same("containerPort") || !same("protocol") {
        return None;
    }
    let (ours, theirs) = (number(port, "hostPort"), number(other, "hostPort"));
    let (our_ip, their_ip) = (text(port, "hostIP"), text(other, "hostIP"));
    if our_ip == their_ip && ours == theirs {
        Some("duplicate")
    } else if ours == 0 || theirs == 0 {
        Some("overlapping")
    } else {
        let any = our_ip.is_empty() || their_ip.is_empty();
        (ours == theirs && any).then_some("dangerously ambiguous")
    }
}
