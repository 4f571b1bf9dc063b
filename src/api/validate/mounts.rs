//! Validation of a container's mounts and devices.
//!
//! Source: validation.go ValidateVolumeMounts, ValidateVolumeDevices.

use crate::base::json::Value;

use super::errors::{Errors, is_set, items, text};

/// Validates the mounts of a container. Upstream leaves the number of the mount out of some
/// paths.
pub(super) fn mounts<'v>(e: &mut Errors<'v>, container: &'v Value) {
    let mut taken: Vec<&str> = Vec::new();
    let privileged = container["securityContext"]["privileged"] == true;
    e.at("volumeMounts", |e| {
        for (i, mount) in items(container, "volumeMounts").iter().enumerate() {
            let path = text(mount, "mountPath");
            e.index(i, |e| {
                self::mount(e, mount);
                if taken.contains(&path) {
                    e.bad_text("mountPath", path, "must be unique");
                }
                apart(e, mount, container, ["mountPath", "devicePath", "volumeDevices"]);
            });
            taken.push(path);
            sub_paths(e, mount, i, privileged);
        }
    });
}

/// No mount and device share a name or a place.
fn apart(e: &mut Errors, one: &Value, container: &Value, names: [&str; 3]) {
    let [ours, theirs, list] = names;
    let others = items(container, list);
    let (name, path) = (text(one, "name"), text(one, ours));
    if others.iter().any(|other| text(other, "name") == name) {
        e.bad_text("name", name, &format!("must not already exist in {list}"));
    }
    if others.iter().any(|other| text(other, theirs) == path) {
        e.bad_text(ours, path, &format!("must not already exist as a path in {list}"));
    }
}

fn mount(e: &mut Errors, mount: &Value) {
    let (name, path) = (text(mount, "name"), text(mount, "mountPath"));
    if name.is_empty() {
        e.required("name", "");
    }
    if volume_of(e, name).is_none() {
        e.not_found("name", name, "");
    }
    if path.is_empty() {
        e.required("mountPath", "");
    }
}

fn volume_of<'v>(e: &Errors<'v>, name: &str) -> Option<&'v Value> {
    e.volumes.iter().find(|v| text(v, "name") == name).copied()
}

fn sub_paths(e: &mut Errors, mount: &Value, i: usize, privileged: bool) {
    let (path, expression) = (text(mount, "subPath"), text(mount, "subPathExpr"));
    if !path.is_empty() {
        e.at("subPath", |e| e.form("descending", path));
    }
    if !path.is_empty() && !expression.is_empty() {
        let words = "subPathExpr and subPath are mutually exclusive";
        e.index(i, |e| e.bad_text("subPathExpr", expression, words));
    }
    if !expression.is_empty() {
        e.at("subPathExpr", |e| e.form("descending", expression));
    }
    propagation(e, mount, privileged);
}

fn propagation(e: &mut Errors, mount: &Value, privileged: bool) {
    let modes = "Bidirectional|HostToContainer|None";
    let mode = &mount["mountPropagation"];
    if mode.as_str().is_some_and(|mode| !modes.split('|').any(|m| m == mode)) {
        e.not_supported("mountPropagation", mode, modes);
    }
    if mode == "Bidirectional" && !privileged {
        let words = "Bidirectional mount propagation is available only to privileged containers";
        e.forbidden("mountPropagation", words);
    }
    match text(mount, "recursiveReadOnly") {
        "" | "Disabled" => {}
        "Enabled" | "IfPossible" => {
            if mount["readOnly"] != true {
                let words = "may only be specified when readOnly is true";
                e.forbidden("recursiveReadOnly", words);
            }
            if !mode.is_null() && mode != "None" {
                let words = "may only be specified when mountPropagation is None or not specified";
                e.forbidden("recursiveReadOnly", words);
            }
        }
        other => {
            e.not_supported("recursiveReadOnly", &other.into(), "Disabled|Enabled|IfPossible");
        }
    }
}

/// Validates the devices of a container.
pub(super) fn devices<'v>(e: &mut Errors<'v>, container: &'v Value) {
    let (mut names, mut paths): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let list = &container["volumeDevices"];
    e.at("volumeDevices", |e| {
        e.each(list, &mut |e, device| {
            let (name, path) = (text(device, "name"), text(device, "devicePath"));
            if name.is_empty() {
                e.required("name", "");
            } else if names.contains(&name) {
                e.bad_text("name", name, "must be unique");
            }
            match volume_of(e, name) {
                None => e.not_found("name", name, ""),
                Some(v) if !is_set(v, "persistentVolumeClaim") && !is_set(v, "ephemeral") => {
                    let words = "can only use volume source type of PersistentVolumeClaim or \
                    Ephemeral for block mode";
                    e.bad_text("name", name, words);
                }
                Some(_) => {}
            }
            if path.is_empty() {
                e.required("devicePath", "");
            } else if paths.contains(&path) {
                e.bad_text("devicePath", path, "must be unique");
            }
            if path.split('/').any(|part| part == "..") {
                e.bad_text("devicePath", path, "can not contain backsteps ('..')");
            }
            apart(e, device, container, ["devicePath", "mountPath", "volumeMounts"]);
            names.push(name);
            paths.push(path);
        })
    });
}
