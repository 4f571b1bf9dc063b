//! Validation of security contexts.
//!
//! Source: validation.go validatePodSpecSecurityContext, ValidateSecurityContext.

use serde_json::Value;

use super::errors::{Errors, is_set, text};
use super::names;

const RULE: &str = "api.security";

/// Validates what concerns a Pod as a whole. Upstream keeps `hostPID` and
/// `shareProcessNamespace` in the security context, and so do its paths.
pub(super) fn pod(e: &mut Errors, spec: &Value) {
    let context = &spec["securityContext"];
    e.at("securityContext", |e| {
        ids(e, context, &["fsGroup", "runAsUser", "runAsGroup"]);
        e.each(context, "supplementalGroups", |e, group| {
            let group = group.as_i64().unwrap_or_default();
            e.all_of_number(group, names::id(group), RULE);
        });
        if spec["shareProcessNamespace"] == true && spec["hostPID"] == true {
            let words = "ShareProcessNamespace and HostPID cannot both be enabled";
            e.at("shareProcessNamespace", |e| e.invalid(true, words, RULE));
        }
        choice(e, context, "fsGroupChangePolicy", &["Always", "OnRootMismatch"]);
        profiles(e, context);
        choice(e, context, "supplementalGroupsPolicy", &["Merge", "Strict"]);
        choice(e, context, "seLinuxChangePolicy", &["MountOption", "Recursive"]);
    });
}

/// Validates the security context of a container of `spec`.
pub(super) fn container(e: &mut Errors, container: &Value, spec: &Value) {
    let context = &container["securityContext"];
    e.at("securityContext", |e| {
        ids(e, context, &["runAsUser", "runAsGroup"]);
        let mount = text(context, "procMount");
        if !mount.is_empty() && !["Default", "Unmasked"].contains(&mount) {
            e.at("procMount", |e| e.not_supported(mount, &["Default", "Unmasked"], RULE));
        }
        if mount == "Unmasked" && spec["hostUsers"] != false {
            let words = "`hostUsers` must be false to use `Unmasked`";
            e.at("procMount", |e| e.invalid(mount, words, RULE));
        }
        profiles(e, context);
        escalation(e, context);
    });
}

/// A field that may be absent, but not empty.
fn choice(e: &mut Errors, context: &Value, field: &str, supported: &[&str]) {
    let value = text(context, field);
    if is_set(context, field) && !supported.contains(&value) {
        e.at(field, |e| e.not_supported(value, supported, RULE));
    }
}

fn ids(e: &mut Errors, context: &Value, fields: &[&str]) {
    for field in fields {
        if let Some(id) = context[*field].as_i64() {
            e.at(field, |e| e.all_of_number(id, names::id(id), RULE));
        }
    }
}

fn profiles(e: &mut Errors, context: &Value) {
    for (field, kind) in [("seccompProfile", "seccomp"), ("appArmorProfile", "AppArmor")] {
        let profile = &context[field];
        if !profile.is_null() {
            e.at(field, |e| self::profile(e, profile, field, kind));
        }
    }
}

fn profile(e: &mut Errors, profile: &Value, field: &str, kind: &str) {
    let types = ["Localhost", "RuntimeDefault", "Unconfined"];
    match text(profile, "type") {
        "" => {
            let words = format!("type is required when {field} is set");
            e.at("type", |e| e.required(&words, RULE));
        }
        "Localhost" if !is_set(profile, "localhostProfile") => {
            let words = format!("must be set when {kind} type is Localhost");
            e.at("localhostProfile", |e| e.required(&words, RULE));
        }
        name if !types.contains(&name) => e.at("type", |e| e.not_supported(name, &types, RULE)),
        _ => {}
    }
}

fn escalation(e: &mut Errors, context: &Value) {
    if context["allowPrivilegeEscalation"] != false {
        return;
    }
    if context["privileged"] == true {
        let words = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
        e.invalid(context.clone(), words, RULE);
    }
    let added = context["capabilities"]["add"].as_array();
    if added.is_some_and(|a| a.iter().any(|c| c == "CAP_SYS_ADMIN")) {
        let words = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` \
            CAP_SYS_ADMIN";
        e.invalid(context.clone(), words, RULE);
    }
}
