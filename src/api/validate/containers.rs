//! Validation of the lists of containers.
//!
//! Source: validation.go validateContainers, validateInitContainers,
//! validateEphemeralContainers.

use crate::base::json::Value;

use super::errors::{Errors, is_set, items, number, text};
use super::table::check;

/// Validates the containers of a spec.
pub(super) fn regular<'v>(e: &mut Errors<'v>, list: &'v Value) {
    e.rule = "api.containers";
    if list.as_array().is_none_or(Vec::is_empty) {
        return e.required("", "");
    }
    e.each(list, &mut |e, container| {
        check(e, "Container", container);
        unique_name(e, container);
        check(e, "Helpers", container);
        check(e, "RestartPolicy", container);
    });
    let mut ports = Vec::new();
    e.each(list, &mut |e, container| host_ports(e, container, &mut ports));
}

fn unique_name<'v>(e: &mut Errors<'v>, container: &'v Value) {
    let name = text(container, "name");
    e.rule = "api.name";
    if e.taken.contains(&name) {
        e.duplicate("name", &name.into());
    } else {
        e.taken.push(name);
    }
}

/// No two ports may take the same port of the host.
fn host_ports(e: &mut Errors, container: &Value, taken: &mut Vec<String>) {
    e.rule = "api.port";
    for (i, port) in items(container, "ports").iter().enumerate() {
        let host_port = number(port, "hostPort");
        let place = format!("{}/{}/{host_port}", text(port, "protocol"), text(port, "hostIP"));
        if host_port == 0 {
            continue;
        }
        if taken.contains(&place) {
            e.at("ports", |e| e.index(i, |e| e.duplicate("hostPort", &place.as_str().into())));
        }
        taken.push(place);
    }
}

/// Validates the init containers of a spec.
pub(super) fn init<'v>(e: &mut Errors<'v>, list: &'v Value) {
    let names: Vec<&str> = items(e.spec, "containers").iter().map(|c| text(c, "name")).collect();
    let mut taken = names;
    e.each(list, &mut |e, container| {
        e.taken = std::mem::take(&mut taken);
        check(e, "Container", container);
        check(e, "RestartPolicy", container);
        if text(container, "name").is_empty() {
            e.taken.retain(|name| !name.is_empty());
        } else {
            unique_name(e, container);
        }
        taken = std::mem::take(&mut e.taken);
        host_ports(e, container, &mut Vec::new());
        helpers_of_init(e, container);
    });
}

/// Only an init container that runs on (a sidecar) has hooks and probes.
fn helpers_of_init<'v>(e: &mut Errors<'v>, container: &'v Value) {
    if text(container, "restartPolicy") == "Always" {
        return check(e, "Helpers", container);
    }
    e.rule = "api.init";
    for field in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
        if is_set(container, field) {
            let words = "may not be set for init containers without restartPolicy=Always";
            e.forbidden(field, words);
        }
    }
    e.rule = "api.resize";
    for (i, policy) in items(container, "resizePolicy").iter().enumerate() {
        let restart = text(policy, "restartPolicy");
        if restart == "RestartContainer" {
            let words = "must not be set to 'RestartContainer' for non-sidecar initContainers";
            e.at("resizePolicy", |e| e.index(i, |e| e.bad_text("restartPolicy", restart, words)));
        }
    }
}

/// Fields that an ephemeral container may not have, in upstream's order.
const NOT_EPHEMERAL: &str = "ports resources resizePolicy restartPolicy restartPolicyRules \
    livenessProbe readinessProbe startupProbe lifecycle";

/// Validates the ephemeral containers of a spec.
pub(super) fn ephemeral<'v>(e: &mut Errors<'v>, list: &'v Value) {
    let lists = ["containers", "initContainers"];
    let others = lists.iter().flat_map(|l| items(e.spec, l)).map(|c| text(c, "name"));
    let others: Vec<&str> = others.collect();
    let mut taken = others.clone();
    e.each(list, &mut |e, container| {
        e.taken = std::mem::take(&mut taken);
        check(e, "Container", container);
        padded_image(e, container);
        unique_name(e, container);
        taken = std::mem::take(&mut e.taken);
        e.rule = "api.ephemeral";
        let target = text(container, "targetContainerName");
        if !target.is_empty() && !others.contains(&target) {
            e.not_found("targetContainerName", target, "");
        }
        not_ephemeral(e, container);
    });
}

fn not_ephemeral(e: &mut Errors, container: &Value) {
    let words = "cannot be set for an Ephemeral Container";
    for field in NOT_EPHEMERAL.split(' ') {
        let value = &container[field];
        let empty = value.as_object().is_some_and(crate::base::json::Map::is_empty)
            || value.as_array().is_some_and(Vec::is_empty);
        if !value.is_null() && !empty {
            e.forbidden(field, words);
        }
    }
    e.at("volumeMounts", |e| {
        for (i, mount) in items(container, "volumeMounts").iter().enumerate() {
            for field in ["subPath", "subPathExpr"] {
                if !text(mount, field).is_empty() {
                    e.index(i, |e| e.forbidden(field, words));
                }
            }
        }
    });
}

/// What holds for the image of a Pod's container but not of a template's.
pub(super) fn padded_image(e: &mut Errors, container: &Value) {
    let image = text(container, "image");
    e.rule = "api.image";
    if image.trim() != image {
        e.bad_text("image", image, "must not have leading or trailing whitespace");
    }
}

/// On the host's network a port is the host's port. A template may leave it open.
pub(super) fn host_network<'v>(e: &mut Errors<'v>, list: &'v Value) {
    if e.spec["hostNetwork"] != true {
        return;
    }
    e.each(list, &mut |e, container| {
        for (i, port) in items(container, "ports").iter().enumerate() {
            let ours = number(port, "hostPort");
            if (e.is_pod || ours != 0) && ours != number(port, "containerPort") {
                let words = "must match `containerPort` when `hostNetwork` is true";
                e.at("ports", |e| e.index(i, |e| e.invalid("hostPort", &ours.into(), words)));
            }
        }
    });
}

/// A container's rules of restarting go with a policy of its own.
pub(super) fn restart_rules(e: &mut Errors, container: &Value) {
    if !is_set(container, "restartPolicy") && !items(container, "restartPolicyRules").is_empty() {
        let words = "must specify restartPolicy when restart rules are used";
        e.required("restartPolicy", words);
    }
}
