//! Profiles of AppArmor and seccomp that must lie on the node.
//!
//! Source: containerd internal/cri/server/container_create_linux.go generateApparmorSpecOpts,
//! contrib/seccomp/seccomp.go WithProfile; kuberuntime/helpers.go getSeccompProfile
//!
//! DIFFERENCE: an administrator, or a Pod that writes to the node, can bring profiles there; the
//! nodes here have none.

use super::container_config::security;
use crate::api::Pod;

/// Why the runtime cannot create this container, if it asks for a profile of the node.
pub(super) fn missing(pod: &Pod, container: &str) -> Option<String> {
    if *security(pod, container, "privileged") == true {
        return None;
    }
    let wanted = |field: &str| {
        let profile = security(pod, container, field);
        let name = profile["localhostProfile"].as_str().unwrap_or_default();
        (profile["type"] == "Localhost").then(|| name.to_string())
    };
    if let Some(name) = wanted("appArmorProfile") {
        return Some(format!(
            "failed to get container spec opts: failed to generate apparmor spec opts: apparmor \
             profile not found {name}"
        ));
    }
    let path = ["/var/lib/kubelet/seccomp/", &wanted("seccompProfile")?].concat();
    Some(format!(
        "failed to create containerd container: cannot load seccomp profile \"{path}\": open \
         {path}: no such file or directory"
    ))
}
