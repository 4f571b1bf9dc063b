//! Validation of a Pod, and of a Pod's spec in a template.
//!
//! Source: validation.go ValidatePodCreate, validatePodMetadataAndSpec, ValidatePodSpec.

use crate::base::json::Value;

use super::errors::{Errors, is_set, items, text};
use super::table::check;
use super::{containers, metadata, security};

/// Validates the Pod `object` with its metadata; upstream does it at each write.
pub(super) fn pod<'v>(e: &mut Errors<'v>, object: &'v Value) {
    metadata::metadata(e, object, "subdomain");
    deletion_cost(e, object);
    let spec = &object["spec"];
    e.at("spec", |e| {
        (e.spec, e.is_pod) = (spec, true);
        check(e, "PodSpec", spec);
        if text(spec, "serviceAccountName").is_empty() {
            tokens_without_account(e, spec);
        }
        for list in ["containers", "initContainers"] {
            e.at(list, |e| {
                e.each(&spec[list], &mut |e, container| containers::padded_image(e, container));
            });
        }
    });
}

fn deletion_cost(e: &mut Errors, object: &Value) {
    let key = "controller.kubernetes.io/pod-deletion-cost";
    let Some(cost) = object["metadata"]["annotations"][key].as_str() else { return };
    let padded = cost.starts_with('+') || cost.len() > 1 && cost.starts_with('0');
    if padded || cost.parse::<i32>().is_err() {
        e.rule = "api.metadata";
        let words = "must be a 32bit integer";
        e.at("metadata.annotations", |e| e.key(key, |e| e.bad_text("", cost, words)));
    }
}

fn tokens_without_account(e: &mut Errors, spec: &Value) {
    e.rule = "api.volume";
    for (i, volume) in items(spec, "volumes").iter().enumerate() {
        for (j, source) in items(&volume["projected"], "sources").iter().enumerate() {
            if is_set(source, "serviceAccountToken") {
                let words = "must not be specified when serviceAccountName is not set";
                let told = |e: &mut Errors| e.forbidden("serviceAccountToken", words);
                e.at("volumes", |e| {
                    e.index(i, |e| e.at("projected.sources", |e| e.index(j, told)));
                });
            }
        }
    }
}

/// What a Pod may not have when it is created.
pub(super) fn only_on_create(e: &mut Errors, spec: &Value) {
    if !items(spec, "ephemeralContainers").is_empty() {
        e.rule = "api.ephemeral";
        e.forbidden("ephemeralContainers", "cannot be set on create");
    }
    if !text(spec, "nodeName").is_empty() && !items(spec, "schedulingGates").is_empty() {
        e.rule = "api.gates";
        e.forbidden("nodeName", "cannot be set until all schedulingGates have been cleared");
    }
}

/// Validates the spec of a template.
pub(super) fn template_spec<'v>(e: &mut Errors<'v>, spec: &'v Value) {
    (e.spec, e.is_pod) = (spec, false);
    check(e, "PodSpec", spec);
    if !items(spec, "ephemeralContainers").is_empty() {
        e.rule = "api.ephemeral";
        let words = "ephemeral containers not allowed in pod template";
        e.forbidden("ephemeralContainers", words);
    }
}

/// Validates `dnsConfig`, which stands beside the policy.
pub(super) fn dns(e: &mut Errors, config: &Value) {
    let none = text(e.spec, "dnsPolicy") == "None";
    if none && config.is_null() {
        return e.required("", "must provide `dnsConfig` when `dnsPolicy` is None");
    }
    let (servers, searches) = (items(config, "nameservers"), items(config, "searches"));
    if none && servers.is_empty() {
        let words = "must provide at least one DNS nameserver when `dnsPolicy` is None";
        return e.required("nameservers", words);
    }
    if servers.len() > 3 {
        e.invalid("nameservers", &config["nameservers"], "must not have more than 3 nameservers");
    }
    for (i, server) in servers.iter().filter_map(Value::as_str).enumerate() {
        e.at("nameservers", |e| e.index(i, |e| e.form("ip", server)));
    }
    let list = &config["searches"];
    if searches.len() > 32 {
        e.invalid("searches", list, "must not have more than 32 search paths");
    }
    let letters: usize = searches.iter().filter_map(Value::as_str).map(|s| s.len() + 1).sum();
    if letters > 2049 {
        let words = "must not have more than 2048 characters (including spaces) in the search list";
        e.invalid("searches", list, words);
    }
    for (i, search) in searches.iter().filter_map(Value::as_str).enumerate() {
        if search != "." {
            let bare = search.strip_suffix('.').unwrap_or(search);
            e.at("searches", |e| e.index(i, |e| e.form("search", bare)));
        }
    }
    for (i, option) in items(config, "options").iter().enumerate() {
        if text(option, "name").is_empty() {
            e.at("options", |e| e.index(i, |e| e.required("", "must not be empty")));
        }
    }
}

/// Validates a hostname of one's own.
pub(super) fn hostname(e: &mut Errors, name: &Value) {
    let Some(name) = name.as_str() else { return };
    for field in ["setHostnameAsFQDN", "hostNetwork"] {
        if e.spec[field] == true {
            e.forbidden("", &format!("may not be specified when {field} is true"));
        }
    }
    if name.len() > 64 {
        e.too_long("", 64);
    }
    e.form("subdomain", name);
}

/// Validates the operating system, and what it rules out.
pub(super) fn os(e: &mut Errors, os: &Value) {
    let name = text(os, "name");
    let windows = name == "windows";
    match name {
        _ if os.is_null() => {}
        "" => e.required("name", ""),
        "linux" | "windows" => {
            let (spec, depth) = (e.spec, e.depth());
            e.leave(depth - 1);
            security::operating_system(e, spec, windows);
            e.enter("os");
        }
        name => e.not_supported("", &name.into(), "linux|windows"),
    }
}
