//! Kernel settings that a Pod may change. Pure.
//!
//! Source: kubelet/sysctl/safe_sysctls.go, allowlist.go

use crate::api::Pod;

/// Settings of a network namespace that concern nobody else.
const OF_NETWORK: [&str; 11] = [
    "ip_local_port_range",
    "tcp_syncookies",
    "ping_group_range",
    "ip_unprivileged_port_start",
    "ip_local_reserved_ports",
    "tcp_keepalive_time",
    "tcp_fin_timeout",
    "tcp_keepalive_intvl",
    "tcp_keepalive_probes",
    "tcp_rmem",
    "tcp_wmem",
];

/// Why the kubelet does not take a Pod for the settings it asks for.
pub fn objection(pod: &Pod) -> Option<String> {
    let list = pod.spec.raw["securityContext"]["sysctls"].as_array().into_iter().flatten();
    let names = list.filter_map(|setting| setting["name"].as_str());
    names.map(|name| name.replace('/', ".")).find_map(|name| {
        let network = name.strip_prefix("net.ipv4.").is_some_and(|n| OF_NETWORK.contains(&n));
        let why = match () {
            () if network && pod.spec.host_network => "not allowed with host Net enabled",
            () if network => return None,
            () if name != "kernel.shm_rmid_forced" => "not allowlisted",
            () if pod.spec.raw["hostIPC"] == true => "not allowed with host IPC enabled",
            () => return None,
        };
        Some(format!("forbidden sysctl: {name:?} {why}"))
    })
}

#[cfg(test)]
mod tests {
    use super::objection;
    use crate::api::{Pod, PodSpec};
    use crate::base::json::json;

    #[test]
    fn only_settings_of_the_pods_own_namespaces_are_allowed() {
        let pod = |name: &str, host: bool| Pod {
            meta: Default::default(),
            spec: std::rc::Rc::new(
                PodSpec::read(json!({"hostNetwork": host,
                    "securityContext": {"sysctls": [{"name": name, "value": "1"}]}}))
                .expect("a spec"),
            ),
            status: Default::default(),
        };
        assert_eq!(objection(&pod("kernel.shm_rmid_forced", true)), None);
        assert_eq!(objection(&pod("net/ipv4/tcp_syncookies", false)), None);
        let refused = |name, host| objection(&pod(name, host)).unwrap_or_default();
        assert_eq!(
            refused("kernel.msgmax", false),
            "forbidden sysctl: \"kernel.msgmax\" not allowlisted"
        );
        assert!(refused("net.ipv4.tcp_syncookies", true).ends_with("with host Net enabled"));
    }
}
