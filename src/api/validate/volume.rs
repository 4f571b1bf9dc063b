//! Validation of volumes.
//!
//! Source: validation.go ValidateVolumes, validateVolumeSource.

use crate::base::json::Value;

use super::env::{FOR_FILES, field_reference};
use super::errors::{Errors, is_set, items, text};
use super::table::check;
use crate::api::quantity::Quantity;

/// All sources, in the order in which upstream looks for them. After a colon what it calls the
/// field of a second source.
const SOURCES: &str = "emptyDir hostPath gitRepo gcePersistentDisk awsElasticBlockStore secret \
    nfs iscsi glusterfs flocker persistentVolumeClaim rbd cinder cephfs:cephFS quobyte \
    downwardAPI:downwarAPI fc flexVolume configMap azureFile vsphereVolume photonPersistentDisk \
    portworxVolume azureDisk storageos projected scaleIO csi ephemeral image";

/// Validates the volumes of a Pod's spec. Mounts know only those without errors.
pub(super) fn volumes<'v>(e: &mut Errors<'v>, list: &'v Value) {
    let mut sound: Vec<&'v Value> = Vec::new();
    e.each(list, &mut |e, volume| {
        let before = e.count();
        source(e, volume);
        let name = text(volume, "name");
        match name {
            "" => e.required("name", ""),
            name => e.at("name", |e| e.form("label", name)),
        }
        if sound.iter().any(|v| text(v, "name") == name) {
            e.duplicate("name", &name.into());
        }
        if e.count() == before {
            sound.push(volume);
        }
    });
    e.volumes = sound;
}

fn source<'v>(e: &mut Errors<'v>, volume: &'v Value) {
    let mut found = 0;
    for entry in SOURCES.split(' ') {
        let (kind, other) = entry.split_once(':').unwrap_or((entry, entry));
        if !is_set(volume, kind) {
            continue;
        }
        found += 1;
        match found {
            1 => e.at(kind, |e| check(e, kind, &volume[kind])),
            _ => e.forbidden(other, "may not specify more than 1 volume type"),
        }
    }
    if found == 0 {
        e.required("", "must specify a volume type");
    }
}

/// Validates the limit of an `emptyDir`.
pub(super) fn size_limit(e: &mut Errors, limit: &Value) {
    let amount = limit.as_str().and_then(Quantity::parse);
    if amount.is_some_and(|amount| amount < Quantity::ZERO) {
        e.forbidden("", "SizeLimit field must be a valid resource quantity");
    }
}

/// Validates the type of a `hostPath`.
pub(super) fn host_path_type(e: &mut Errors, kind: &Value) {
    let types = "|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket";
    if kind.as_str().is_some_and(|kind| !types.split('|').any(|t| t == kind)) {
        e.not_supported("", kind, types);
    }
}

/// Validates a path on a server.
pub(super) fn absolute(e: &mut Errors, path: &Value) {
    let path = path.as_str().unwrap_or_default();
    if !path.starts_with('/') {
        e.bad_text("", path, "must be an absolute path");
    }
}

/// Validates mode bits.
pub(super) fn mode(e: &mut Errors, mode: &Value) {
    if mode.as_i64().is_some_and(|bits| !(0..=0o777).contains(&bits)) {
        e.invalid("", mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
}

/// Validates what a file of the Downward API is made of.
pub(super) fn downward_file<'v>(e: &mut Errors<'v>, item: &'v Value) {
    let (field, resource) = (&item["fieldRef"], &item["resourceFieldRef"]);
    if !field.is_null() {
        e.at("fieldRef", |e| field_reference(e, field, FOR_FILES));
        if !resource.is_null() {
            let words = "fieldRef and resourceFieldRef can not be specified simultaneously";
            e.bad_text("", "resource", words);
        }
    } else if resource.is_null() {
        e.required("", "one of fieldRef and resourceFieldRef is required");
    } else {
        e.at("resourceFieldRef", |e| {
            if text(resource, "containerName").is_empty() {
                return e.required("containerName", "");
            }
            check(e, "ResourceFieldRef", resource);
        });
    }
}

/// Validates the files of a Downward API source; upstream leaves their numbers out.
pub(super) fn downward_items<'v>(e: &mut Errors<'v>, source: &'v Value) {
    for item in items(source, "items") {
        check(e, "DownwardFile", item);
    }
}

/// The kinds of projected sources, and their types in the table.
const PROJECTIONS: [(&str, &str); 4] = [
    ("secret", "ProjectedSecret"),
    ("configMap", "ProjectedSecret"),
    ("downwardAPI", "ProjectedDownward"),
    ("serviceAccountToken", "ProjectedToken"),
];

/// Validates the sources of a projected volume, whose files must not overlap.
pub(super) fn projections<'v>(e: &mut Errors<'v>, volume: &'v Value) {
    let mut taken: Vec<&str> = Vec::new();
    for (i, source) in items(volume, "sources").iter().enumerate() {
        let kinds = PROJECTIONS.iter().filter(|(kind, _)| is_set(source, kind));
        for (kind, paragraph) in kinds.clone() {
            let one = &source[*kind];
            e.at("sources", |e| e.index(i, |e| e.at(kind, |e| check(e, paragraph, one))));
            if *kind == "serviceAccountToken" {
                token_path(e, text(one, "path"));
            }
            for path in items(one, "items").iter().map(|i| text(i, "path")) {
                if taken.contains(&path) && !path.is_empty() {
                    let named = if *kind == "downwardAPI" { path } else { text(one, "name") };
                    e.bad_text("", named, "conflicting duplicate paths");
                }
                taken.push(path);
            }
        }
        if kinds.count() > 1 {
            let words = "may not specify more than 1 volume type per source";
            e.at("sources", |e| e.index(i, |e| e.forbidden("", words)));
        }
    }
}

fn token_path(e: &mut Errors, path: &str) {
    match path {
        "" => e.required("path", ""),
        path => e.at("path", |e| e.form("local", path)),
    }
}

/// Validates how long a token is good.
pub(super) fn token_seconds(e: &mut Errors, seconds: &Value) {
    let number = seconds.as_i64().unwrap_or(3600);
    if number < 600 {
        e.invalid("", &number.into(), "may not specify a duration less than 10 minutes");
    } else if number > 1 << 32 {
        e.invalid("", &number.into(), "may not specify a duration larger than 2^32 seconds");
    }
}
