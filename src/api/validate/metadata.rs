//! Validation of `metadata`.
//!
//! Source: apimachinery api/validation/objectmeta.go, meta/v1/validation/validation.go.

use crate::base::json::Value;

use super::errors::{Errors, entries, is_set, items, text};
use super::table::check;

/// Bytes that all annotations of an object may have.
const ANNOTATIONS_MOST: usize = 256 * 1024;

/// Validates the metadata of `object`, which is about to be created and whose name must have
/// the form `name_form`.
pub(super) fn metadata<'v>(e: &mut Errors<'v>, object: &'v Value, name_form: &str) {
    let metadata = &object["metadata"];
    e.rule = "api.name";
    e.at("metadata", |e| {
        let (name, prefix) = (text(metadata, "name"), text(metadata, "generateName"));
        let prefix_form = if name_form == "subdomain" { "prefix" } else { name_form };
        if !prefix.is_empty() {
            e.at("generateName", |e| e.form(prefix_form, prefix));
        }
        match name {
            "" => e.required("name", "name or generateName is required"),
            name => e.at("name", |e| e.form(name_form, name)),
        }
        common(e, metadata);
    });
}

/// What holds for metadata whenever it is written.
pub(super) fn common<'v>(e: &mut Errors<'v>, metadata: &'v Value) {
    e.rule = "api.metadata";
    e.at("labels", |e| labels(e, &metadata["labels"]));
    e.rule = "api.metadata";
    e.at("annotations", |e| annotations(e, &metadata["annotations"]));
    owners(e, metadata);
    let finalizers = items(metadata, "finalizers");
    for finalizer in finalizers.iter().filter_map(Value::as_str) {
        e.at("finalizers", |e| e.form("qualified", finalizer));
    }
    e.at("finalizers", |e| {
        e.each(&metadata["finalizers"], &mut |e, f| known_finalizer(e, f.as_str().unwrap_or("")));
    });
}

/// An unqualified finalizer must be one that Kubernetes has.
pub(super) fn known_finalizer(e: &mut Errors, finalizer: &str) {
    let known = ["kubernetes", "orphan", "foregroundDeletion"];
    if !finalizer.contains('/') && !known.contains(&finalizer) {
        let words = "name is neither a standard finalizer name nor is it fully qualified";
        e.bad_text("", finalizer, words);
    }
}

fn owners<'v>(e: &mut Errors<'v>, metadata: &'v Value) {
    let mut controller = String::new();
    e.at("ownerReferences", |e| {
        for owner in items(metadata, "ownerReferences") {
            // Upstream leaves the number of the owner out.
            check(e, "OwnerReference", owner);
            let name = format!("{}/{}", text(owner, "kind"), text(owner, "name"));
            if owner["controller"] != true {
                continue;
            }
            if controller.is_empty() {
                controller = name;
            } else {
                let words = format!(
                    "Only one reference can have Controller set to true. Found \"true\" in \
                     references for {controller} and {name}"
                );
                e.invalid("", &metadata["ownerReferences"], &words);
            }
        }
    });
}

/// A field of an owner reference.
pub(super) fn not_empty(e: &mut Errors, value: &Value) {
    if value.as_str().unwrap_or_default().is_empty() {
        e.bad_text("", "", "must not be empty");
    }
}

/// Validates labels, or a selector made of such.
pub(super) fn labels(e: &mut Errors, labels: &Value) {
    let rule = std::mem::replace(&mut e.rule, "api.label");
    for (key, value) in entries(labels) {
        e.form("qualified", key);
        e.form("value", value.as_str().unwrap_or_default());
    }
    e.rule = rule;
}

/// Validates annotations.
pub(super) fn annotations(e: &mut Errors, annotations: &Value) {
    let mut total = 0;
    for (key, value) in entries(annotations) {
        e.complain(key, super::names::complaints("qualified", &key.to_ascii_lowercase()));
        total += key.len() + value.as_str().unwrap_or_default().len();
    }
    if total > ANNOTATIONS_MOST {
        e.too_long("", ANNOTATIONS_MOST);
    }
}

/// Fields of metadata that stay as they are, in upstream's order.
const IMMUTABLE: &[&str] = &[
    "name",
    "namespace",
    "uid",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
];

/// Validates the change of the metadata of `old` to that of `new`. What the server fills in
/// (version, UID, times) may be missing in `new`.
pub(super) fn update<'v>(e: &mut Errors<'v>, old: &'v Value, new: &'v Value) {
    let (old, new) = (&old["metadata"], &new["metadata"]);
    e.rule = "api.metadata";
    e.at("metadata", |e| {
        let had = items(old, "finalizers");
        let more: Vec<String> = items(new, "finalizers")
            .iter()
            .filter(|f| !had.contains(f))
            .map(ToString::to_string)
            .collect();
        if is_set(old, "deletionTimestamp") && !more.is_empty() {
            let words = "no new finalizers can be added if the object is being deleted, found \
                new finalizers []string{";
            e.forbidden("finalizers", &format!("{words}{}}}", more.join(", ")));
        }
        for field in IMMUTABLE.iter().filter(|f| is_set(new, f)) {
            if old[*field] != new[*field] {
                e.invalid(field, &new[*field], "field is immutable");
            }
        }
        common(e, new);
    });
}
