//! Validation of security contexts.
//!
//! Source: validation.go validatePodSpecSecurityContext, ValidateSecurityContext.

use crate::base::json::Value;

use super::errors::{Errors, is_set, items, text};
use super::go;

/// Upstream keeps `hostPID` and `shareProcessNamespace` in the security context, and so do its
/// paths.
pub(super) fn process_namespace(e: &mut Errors, _: &Value) {
    if e.spec["shareProcessNamespace"] == true && e.spec["hostPID"] == true {
        let words = "ShareProcessNamespace and HostPID cannot both be enabled";
        e.invalid("", &true.into(), words);
    }
}

/// An unmasked `/proc` needs user namespaces.
pub(super) fn unmasked(e: &mut Errors, mount: &Value) {
    if mount == "Unmasked" && e.spec["hostUsers"] != false {
        e.invalid("", mount, "`hostUsers` must be false to use `Unmasked`");
    }
}

const TYPES: &str = "Localhost|RuntimeDefault|Unconfined";

/// The type of a profile, if it is one that there is.
fn profile_type<'v>(e: &mut Errors, profile: &'v Value, field: &str) -> &'v str {
    let kind = text(profile, "type");
    match kind {
        "" => e.required("type", &format!("type is required when {field} is set")),
        kind if TYPES.split('|').any(|t| t == kind) => {}
        kind => e.not_supported("type", &kind.into(), TYPES),
    }
    kind
}

/// Validates a seccomp profile.
pub(super) fn seccomp(e: &mut Errors, profile: &Value) {
    if profile.is_null() {
        return;
    }
    let kind = profile_type(e, profile, "seccompProfile");
    let file = &profile["localhostProfile"];
    match (kind, file.as_str()) {
        ("Localhost", None) => {
            e.required("localhostProfile", "must be set when seccomp type is Localhost");
        }
        ("Localhost", Some(file)) => e.at("localhostProfile", |e| e.form("descending", file)),
        (_, None) => {}
        (_, Some(_)) => {
            let words = "can only be set when seccomp type is Localhost";
            e.at("localhostProfile", |e| go::invalid(e, "SeccompProfile", profile, words));
        }
    }
}

/// Validates an AppArmor profile.
pub(super) fn apparmor(e: &mut Errors, profile: &Value) {
    if profile.is_null() {
        return;
    }
    let kind = profile_type(e, profile, "appArmorProfile");
    let file = &profile["localhostProfile"];
    match (kind, file.as_str()) {
        ("Localhost", None | Some("")) => {
            e.required("localhostProfile", "must be set when AppArmor type is Localhost");
        }
        ("Localhost", Some(text)) if text.trim() != text => {
            e.invalid("localhostProfile", file, "must not be padded with whitespace");
        }
        ("RuntimeDefault" | "Unconfined", Some(_)) => {
            let words = "can only be set when AppArmor type is Localhost";
            e.invalid("localhostProfile", file, words);
        }
        _ => {}
    }
}

/// A container that may not gain privileges may not have them all either.
pub(super) fn escalation(e: &mut Errors, context: &Value) {
    if context["allowPrivilegeEscalation"] != false {
        return;
    }
    if context["privileged"] == true {
        let words = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
        go::invalid(e, "SecurityContext", context, words);
    }
    let added = items(&context["capabilities"], "add");
    for _ in added.iter().filter(|c| *c == "CAP_SYS_ADMIN") {
        let words = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` \
            CAP_SYS_ADMIN";
        go::invalid(e, "SecurityContext", context, words);
    }
}

/// With user namespaces of its own a Pod cannot share others of the host.
pub(super) fn host_users(e: &mut Errors, spec: &Value) {
    if spec["hostUsers"] != false {
        return;
    }
    let words = "when `hostUsers` is false";
    // Upstream spells two of the fields with a capital.
    for (field, path) in
        [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")]
    {
        if spec[field] == true {
            e.forbidden(path, words);
        }
    }
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for (i, container) in items(spec, list).iter().enumerate() {
            if !items(container, "volumeDevices").is_empty() {
                e.at(list, |e| e.index(i, |e| e.forbidden("volumeDevices", words)));
            }
        }
    }
}

/// Linux Pods have no options of Windows; Windows Pods have none of Linux.
pub(super) fn operating_system(e: &mut Errors, spec: &Value, windows: bool) {
    let (pod, container, words) = match windows {
        true => (WINDOWS_POD, WINDOWS_CONTAINER, "cannot be set for a windows pod"),
        false => {
            ("windowsOptions", "windowsOptions", "windows options cannot be set for a linux pod")
        }
    };
    for field in pod.split(' ') {
        let (owner, path) = match field.strip_prefix('.') {
            Some(field) => (&spec[field], field.to_string()),
            None => (&spec["securityContext"][field], format!("securityContext.{field}")),
        };
        if !owner.is_null() && *owner != false {
            e.forbidden(&path, words);
        }
    }
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for (i, one) in items(spec, list).iter().enumerate() {
            let context = &one["securityContext"];
            for field in container.split(' ').filter(|f| is_set(context, f)) {
                let path = format!("securityContext.{field}");
                e.at(list, |e| e.index(i, |e| e.forbidden(&path, words)));
            }
        }
    }
}

/// Fields of the Pod's security context, and with a dot of its spec.
const WINDOWS_POD: &str = "appArmorProfile seLinuxOptions .hostUsers .hostPID .hostIPC \
    seccompProfile fsGroup fsGroupChangePolicy sysctls .shareProcessNamespace runAsUser \
    runAsGroup supplementalGroups supplementalGroupsPolicy seLinuxChangePolicy";
const WINDOWS_CONTAINER: &str = "appArmorProfile seLinuxOptions seccompProfile capabilities \
    readOnlyRootFilesystem privileged allowPrivilegeEscalation procMount runAsUser runAsGroup";
