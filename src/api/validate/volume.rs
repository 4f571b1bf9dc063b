//! Validation of volumes.
//!
//! Source: validation.go ValidateVolumes, validateVolumeSource.

use serde_json::Value;

use super::env::{FOR_FILES, field_reference, mode, resource_reference};
use super::errors::{Errors, is_set, items, text};
use super::names;

const RULE: &str = "api.volume";

/// All sources, in the order in which upstream looks for them.
const SOURCES: &[&str] = &[
    "emptyDir",
    "hostPath",
    "gitRepo",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "secret",
    "nfs",
    "iscsi",
    "glusterfs",
    "persistentVolumeClaim",
    "rbd",
    "cinder",
    "cephfs",
    "flocker",
    "downwardAPI",
    "fc",
    "flexVolume",
    "configMap",
    "azureFile",
    "vsphereVolume",
    "quobyte",
    "azureDisk",
    "storageos",
    "projected",
    "portworxVolume",
    "scaleIO",
    "photonPersistentDisk",
    "csi",
    "ephemeral",
    "image",
];

/// Validates the volumes of a Pod's spec.
pub(super) fn volumes(e: &mut Errors, spec: &Value) {
    let mut taken: Vec<&str> = Vec::new();
    e.at("volumes", |e| {
        for (i, volume) in items(spec, "volumes").iter().enumerate() {
            e.index(i, |e| {
                source(e, volume);
                let name = text(volume, "name");
                if name.is_empty() {
                    return e.at("name", |e| e.required("", RULE));
                }
                let complaints = names::container_name(name);
                let sound = complaints.is_empty();
                e.at("name", |e| e.all(name, complaints, RULE));
                if sound && taken.contains(&name) {
                    e.at("name", |e| e.duplicate(name, RULE));
                }
                taken.push(name);
            });
        }
    });
}

fn source(e: &mut Errors, volume: &Value) {
    let mut found = 0;
    for kind in SOURCES.iter().filter(|k| is_set(volume, k)) {
        found += 1;
        e.at(kind, |e| {
            if found > 1 {
                e.forbidden("may not specify more than 1 volume type", RULE);
            } else {
                one(e, kind, &volume[*kind]);
            }
        });
    }
    if found == 0 {
        e.required("must specify a volume type", RULE);
    }
}

fn one(e: &mut Errors, kind: &str, source: &Value) {
    match kind {
        "hostPath" => host_path(e, source),
        "secret" => {
            e.must_have(source, "secretName", RULE);
            files(e, source);
        }
        "configMap" => {
            e.must_have(source, "name", RULE);
            files(e, source);
        }
        "persistentVolumeClaim" => {
            e.must_have(source, "claimName", RULE);
        }
        "downwardAPI" => {
            mode(e, source, "defaultMode");
            e.each(source, "items", downward_file);
        }
        "projected" => {
            mode(e, source, "defaultMode");
            e.each(source, "sources", projection);
        }
        "nfs" => {
            e.must_have(source, "server", RULE);
            e.must_have(source, "path", RULE);
            let path = text(source, "path");
            if !path.starts_with('/') {
                e.at("path", |e| e.invalid(path, "must be an absolute path", RULE));
            }
        }
        "emptyDir" => size_limit(e, source),
        _ => {}
    }
}

fn size_limit(e: &mut Errors, source: &Value) {
    if text(source, "sizeLimit").starts_with('-') {
        let words = "SizeLimit field must be a valid resource quantity";
        e.at("sizeLimit", |e| e.forbidden(words, RULE));
    }
}

fn host_path(e: &mut Errors, source: &Value) {
    let types = [
        "",
        "BlockDevice",
        "CharDevice",
        "Directory",
        "DirectoryOrCreate",
        "File",
        "FileOrCreate",
        "Socket",
    ];
    let (path, kind) = (text(source, "path"), text(source, "type"));
    if !e.must_have(source, "path", RULE) {
        return;
    }
    e.at("path", |e| e.all(path, names::no_backsteps(path), RULE));
    if !types.contains(&kind) {
        e.at("type", |e| e.not_supported(kind, &types, RULE));
    }
}

fn files(e: &mut Errors, source: &Value) {
    mode(e, source, "defaultMode");
    e.each(source, "items", |e, item| {
        e.must_have(item, "key", RULE);
        e.must_have(item, "path", RULE);
        let path = text(item, "path");
        e.at("path", |e| e.all(path, names::not_reserved(path), RULE));
        mode(e, item, "mode");
    });
}

fn downward_file(e: &mut Errors, item: &Value) {
    e.must_have(item, "path", RULE);
    let path = text(item, "path");
    e.at("path", |e| e.all(path, names::not_reserved(path), RULE));
    if is_set(item, "fieldRef") {
        e.at("fieldRef", |e| field_reference(e, &item["fieldRef"], FOR_FILES));
    } else if is_set(item, "resourceFieldRef") {
        e.at("resourceFieldRef", |e| resource_reference(e, &item["resourceFieldRef"]));
    } else {
        e.required("one of fieldRef and resourceFieldRef is required", RULE);
    }
    mode(e, item, "mode");
}

fn projection(e: &mut Errors, source: &Value) {
    for kind in ["secret", "configMap"] {
        if is_set(source, kind) {
            e.at(kind, |e| {
                e.must_have(&source[kind], "name", RULE);
                files(e, &source[kind]);
            });
        }
    }
    if is_set(source, "downwardAPI") {
        let files = &source["downwardAPI"];
        e.at("downwardAPI", |e| e.each(files, "items", downward_file));
    }
    let token = &source["serviceAccountToken"];
    if !token.is_null() {
        e.at("serviceAccountToken", |e| self::token(e, token));
    }
}

fn token(e: &mut Errors, token: &Value) {
    let seconds = token["expirationSeconds"].as_i64().unwrap_or(3600);
    if seconds < 600 {
        let words = "may not specify a duration less than 10 minutes";
        e.at("expirationSeconds", |e| e.invalid(seconds, words, RULE));
    }
    e.must_have(token, "path", RULE);
}
