//! Validation of the lists of containers.
//!
//! Source: validation.go validateContainers, validateInitContainers,
//! validateEphemeralContainers.

use crate::base::Set;

use serde_json::Value;

use super::container;
use super::errors::{Errors, is_set, items, number, text};
use super::probe::{lifecycle, probes};

/// What a container is checked against: the spec that it stands in.
pub(super) struct Around<'s> {
    /// The Pod's spec.
    pub(super) spec: &'s Value,
}

/// Validates all three lists.
pub(super) fn all(e: &mut Errors, spec: &Value) {
    let around = Around { spec };
    if items(spec, "containers").is_empty() {
        e.at("containers", |e| e.required("", "api.containers"));
    }
    regular(e, &around);
    init(e, &around);
    ephemeral(e, &around);
}

fn regular(e: &mut Errors, around: &Around) {
    let mut taken = Set::new();
    e.at("containers", |e| {
        for (i, container) in items(around.spec, "containers").iter().enumerate() {
            e.index(i, |e| {
                container::common(e, container, around);
                let name = text(container, "name");
                if !taken.insert(name) {
                    e.at("name", |e| e.duplicate(name, "api.name"));
                }
                lifecycle(e, container, around.spec);
                probes(e, container);
                container::restart_policy(e, container);
            });
        }
    });
    let mut ports = Vec::new();
    e.each(around.spec, "containers", |e, container| host_ports(e, container, &mut ports));
}

/// No two ports may take the same port of the host.
fn host_ports(e: &mut Errors, container: &Value, taken: &mut Vec<String>) {
    e.each(container, "ports", |e, port| {
        let host_port = number(port, "hostPort");
        let place = format!("{}/{}/{host_port}", text(port, "protocol"), text(port, "hostIP"));
        if host_port == 0 {
            return;
        }
        if taken.contains(&place) {
            e.at("hostPort", |e| e.duplicate(place.as_str(), "api.port"));
        }
        taken.push(place);
    });
}

fn init(e: &mut Errors, around: &Around) {
    let mut taken: Set<&str> =
        items(around.spec, "containers").iter().map(|c| text(c, "name")).collect();
    e.at("initContainers", |e| {
        for (i, container) in items(around.spec, "initContainers").iter().enumerate() {
            e.index(i, |e| {
                container::common(e, container, around);
                container::restart_policy(e, container);
                let name = text(container, "name");
                if !name.is_empty() && !taken.insert(name) {
                    e.at("name", |e| e.duplicate(name, "api.name"));
                }
                host_ports(e, container, &mut Vec::new());
                helpers_of_init(e, container, around);
            });
        }
    });
}

/// Only an init container that runs on (a sidecar) has hooks and probes.
fn helpers_of_init(e: &mut Errors, container: &Value, around: &Around) {
    if text(container, "restartPolicy") == "Always" {
        lifecycle(e, container, around.spec);
        probes(e, container);
    } else {
        for field in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
            if is_set(container, field) {
                let words = "may not be set for init containers without restartPolicy=Always";
                e.at(field, |e| e.forbidden(words, "api.init"));
            }
        }
    }
}

/// Fields that an ephemeral container may not have, in upstream's order.
const NOT_EPHEMERAL: &[&str] = &[
    "ports",
    "resources",
    "resizePolicy",
    "restartPolicy",
    "restartPolicyRules",
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
    "lifecycle",
];

fn ephemeral(e: &mut Errors, around: &Around) {
    let lists = ["containers", "initContainers"];
    let others: Set<&str> =
        lists.iter().flat_map(|l| items(around.spec, l)).map(|c| text(c, "name")).collect();
    let mut taken = others.clone();
    e.at("ephemeralContainers", |e| {
        for (i, container) in items(around.spec, "ephemeralContainers").iter().enumerate() {
            e.index(i, |e| {
                container::common(e, container, around);
                padded_image(e, container);
                let name = text(container, "name");
                if !taken.insert(name) {
                    e.at("name", |e| e.duplicate(name, "api.name"));
                }
                let target = text(container, "targetContainerName");
                if !target.is_empty() && !others.contains(target) {
                    e.at("targetContainerName", |e| e.not_found(target, "api.ephemeral"));
                }
                not_ephemeral(e, container);
            });
        }
    });
}

fn not_ephemeral(e: &mut Errors, container: &Value) {
    let words = "cannot be set for an Ephemeral Container";
    for field in NOT_EPHEMERAL {
        let value = &container[*field];
        let empty = value.as_object().is_some_and(serde_json::Map::is_empty)
            || value.as_array().is_some_and(Vec::is_empty);
        if !value.is_null() && !empty {
            e.at(field, |e| e.forbidden(words, "api.ephemeral"));
        }
    }
    e.each(container, "volumeMounts", |e, mount| {
        for field in ["subPath", "subPathExpr"] {
            if !text(mount, field).is_empty() {
                e.at(field, |e| e.forbidden(words, "api.ephemeral"));
            }
        }
    });
}

/// What holds for the containers of a Pod but not of a template.
pub(super) fn only_in_pods(e: &mut Errors, spec: &Value) {
    for list in ["containers", "initContainers"] {
        e.each(spec, list, padded_image);
    }
}

fn padded_image(e: &mut Errors, container: &Value) {
    let image = text(container, "image");
    if image.trim() != image {
        let words = "must not have leading or trailing whitespace";
        e.at("image", |e| e.invalid(image, words, "api.image"));
    }
}
