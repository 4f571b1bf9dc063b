//! The files that each Pod gets from its node: host name, hosts, resolv.conf. Pure.

use crate::api::{Pod, PodSpec};
use crate::base::Map;
use crate::base::json::Value;

const CLUSTER_DNS: &str = "10.96.0.10";
const CLUSTER_DOMAIN: &str = "cluster.local";
/// The node's own name server.
const NODE_DNS: &str = "192.0.2.1";
/// Source: kubelet network/dns/dns.go MaxDNSNameservers
const NAME_SERVERS: usize = 3;

/// The host name and the domain of a Pod.
/// Source: kubelet_pods.go GeneratePodHostNameAndDomain
pub fn host_and_domain(pod: &Pod) -> (String, String) {
    let text = |field: &str| pod.spec.raw[field].as_str().unwrap_or_default();
    if !text("hostnameOverride").is_empty() {
        return (shortened(text("hostnameOverride")), String::new());
    }
    let host = match text("hostname") {
        "" => shortened(&pod.meta.name),
        name => name.to_string(),
    };
    let domain = match text("subdomain") {
        "" => String::new(),
        subdomain => format!("{subdomain}.{}.svc.{CLUSTER_DOMAIN}", pod.meta.namespace),
    };
    (host, domain)
}

fn shortened(name: &str) -> String {
    name.chars().take(63).collect::<String>().trim_end_matches(['-', '.']).to_string()
}

/// The host name as the kernel has it. Source: kubelet.go getNodenameForKernel
pub fn kernel_hostname(pod: &Pod, node: &str) -> String {
    if pod.spec.host_network && pod.spec.raw["hostnameOverride"].is_null() {
        return node.to_string();
    }
    let (host, domain) = host_and_domain(pod);
    match pod.spec.raw["setHostnameAsFQDN"] == true && !domain.is_empty() {
        true => format!("{host}.{domain}"),
        false => host,
    }
}

/// `/etc/hosts` of a Pod's containers.
/// Source: kubelet_pods.go managedHostsFileContent, nodeHostsFileContent
pub fn hosts(pod: &Pod, ip: &str, node: &str, node_ip: &str) -> String {
    let mut text = match pod.spec.host_network {
        true => format!(
            "# Kubernetes-managed hosts file (host network).\n127.0.0.1\tlocalhost\n\
             ::1\tlocalhost ip6-localhost ip6-loopback\n{node_ip}\t{node}\n"
        ),
        false => own_hosts(pod, ip),
    };
    let aliases = pod.spec.raw["hostAliases"].as_array().into_iter().flatten();
    for (i, alias) in aliases.enumerate() {
        if i == 0 {
            text.push_str("\n# Entries added by HostAliases.\n");
        }
        let names = texts(&alias["hostnames"]).join("\t");
        text.push_str(&format!("{}\t{names}\n", alias["ip"].as_str().unwrap_or_default()));
    }
    text
}

fn own_hosts(pod: &Pod, ip: &str) -> String {
    let (host, domain) = host_and_domain(pod);
    let names = match domain.is_empty() {
        true => host,
        false => format!("{host}.{domain}\t{host}"),
    };
    format!(
        "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n\
         ::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\n\
         fe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n{ip}\t{names}\n"
    )
}

/// `/etc/resolv.conf` of a Pod's containers.
/// Source: kubelet network/dns/dns.go GetPodDNS; containerd sandbox_run_linux.go parseDNSOptions
pub fn resolv_conf(spec: &PodSpec, namespace: &str) -> String {
    let policy = spec.raw["dnsPolicy"].as_str().unwrap_or("ClusterFirst");
    let (mut servers, mut searches, mut options) = match policy {
        "None" => (vec![], vec![], vec![]),
        "ClusterFirst" if !spec.host_network => cluster_dns(namespace),
        "ClusterFirstWithHostNet" => cluster_dns(namespace),
        _ => (vec![NODE_DNS.to_string()], vec![], vec![]),
    };
    let config = &spec.raw["dnsConfig"];
    add(&mut servers, texts(&config["nameservers"]));
    add(&mut searches, texts(&config["searches"]));
    servers.truncate(NAME_SERVERS);
    merge_options(&mut options, &config["options"]);
    let mut text = String::new();
    for (head, items) in [("search ", &searches), ("options ", &options)] {
        if !items.is_empty() {
            text.push_str(&format!("{head}{}\n", items.join(" ")));
        }
        if head == "search " {
            text.extend(servers.iter().map(|server| format!("nameserver {server}\n")));
        }
    }
    text
}

type Lists = (Vec<String>, Vec<String>, Vec<String>);

fn cluster_dns(namespace: &str) -> Lists {
    let searches = vec![
        format!("{namespace}.svc.{CLUSTER_DOMAIN}"),
        format!("svc.{CLUSTER_DOMAIN}"),
        CLUSTER_DOMAIN.to_string(),
    ];
    (vec![CLUSTER_DNS.to_string()], searches, vec!["ndots:5".to_string()])
}

fn add(list: &mut Vec<String>, more: Vec<String>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

/// An option of the Pod replaces one of the same name.
/// Source: dns.go mergeDNSOptions, which leaves the order to chance
fn merge_options(options: &mut Vec<String>, more: &Value) {
    for option in more.as_array().into_iter().flatten() {
        let name = option["name"].as_str().unwrap_or_default();
        let text = match option["value"].as_str() {
            Some(value) if !value.is_empty() => format!("{name}:{value}"),
            _ => name.to_string(),
        };
        options.retain(|o| o.split(':').next() != Some(name));
        options.push(text);
    }
}

fn texts(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(|item| item.as_str().map(str::to_string)).collect()
}

/// The variables that name the Services of the namespace, sorted by name.
/// Source: kubelet/envvars/envvars.go FromServices
pub fn service_variables(services: &[(String, Value)]) -> Map<String, String> {
    let mut all = Map::new();
    for (name, spec) in services {
        let ip = spec["clusterIP"].as_str().unwrap_or_default();
        let ports = spec["ports"].as_array().map(Vec::as_slice).unwrap_or_default();
        if matches!(ip, "" | "None") || ports.is_empty() {
            continue;
        }
        let upper = |text: &str| text.to_ascii_uppercase().replace('-', "_");
        let prefix = upper(name);
        let mut set = |name: String, value: String| {
            all.insert(format!("{prefix}{name}"), value);
        };
        set("_SERVICE_HOST".into(), ip.into());
        for (i, port) in ports.iter().enumerate() {
            let number = port["port"].to_string();
            let protocol = port["protocol"].as_str().unwrap_or("TCP");
            let url = format!("{}://{ip}:{number}", protocol.to_ascii_lowercase());
            if i == 0 {
                set("_SERVICE_PORT".into(), number.clone());
                set("_PORT".into(), url.clone());
            }
            if let Some(name) = port["name"].as_str().filter(|n| !n.is_empty()) {
                set(format!("_SERVICE_PORT_{}", upper(name)), number.clone());
            }
            let head = format!("_PORT_{number}_{protocol}");
            set(head.clone(), url);
            set(format!("{head}_PROTO"), protocol.to_ascii_lowercase());
            set(format!("{head}_PORT"), number);
            set(format!("{head}_ADDR"), ip.into());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ObjectMeta, PodStatus};
    use crate::base::json::json;
    use std::rc::Rc;

    fn pod(spec: Value) -> Pod {
        let meta =
            ObjectMeta { name: "web".into(), namespace: "default".into(), ..Default::default() };
        let spec = Rc::new(PodSpec::read(spec).expect("it is a spec"));
        Pod { meta, spec, status: PodStatus::default() }
    }

    #[test]
    fn resolv_conf_follows_policy_and_config() {
        let config = json!({"nameservers": ["1.2.3.4"], "searches": ["my.dns"],
            "options": [{"name": "ndots", "value": "2"}, {"name": "edns0"}]});
        let rows = [
            (
                json!({}),
                "search default.svc.cluster.local svc.cluster.local cluster.local\n\
                 nameserver 10.96.0.10\noptions ndots:5\n",
            ),
            (json!({"dnsPolicy": "Default"}), "nameserver 192.0.2.1\n"),
            (json!({"hostNetwork": true}), "nameserver 192.0.2.1\n"),
            (
                json!({"dnsPolicy": "None", "dnsConfig": config}),
                "search my.dns\nnameserver 1.2.3.4\noptions ndots:2 edns0\n",
            ),
            (
                json!({"dnsConfig": config}),
                "search default.svc.cluster.local svc.cluster.local cluster.local my.dns\n\
                 nameserver 10.96.0.10\nnameserver 1.2.3.4\noptions ndots:2 edns0\n",
            ),
        ];
        for (spec, want) in rows {
            assert_eq!(resolv_conf(&pod(spec).spec, "default"), want);
        }
    }

    #[test]
    fn names_come_from_hostname_and_subdomain() {
        let named = pod(json!({"hostname": "h", "subdomain": "s", "setHostnameAsFQDN": true}));
        assert_eq!(kernel_hostname(&named, "n"), "h.s.default.svc.cluster.local");
        assert!(
            hosts(&named, "10.0.0.1", "n", "1.1.1.1")
                .ends_with("10.0.0.1\th.s.default.svc.cluster.local\th\n")
        );
        assert_eq!(kernel_hostname(&pod(json!({"hostNetwork": true})), "n"), "n");
        assert_eq!(kernel_hostname(&pod(json!({})), "n"), "web");
    }

    #[test]
    fn services_become_variables() {
        let spec = json!({"clusterIP": "10.96.0.9", "ports": [{"name": "http", "port": 80}]});
        let all = service_variables(&[("my-web".into(), spec)]);
        let list: Vec<String> = all.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(
            list,
            [
                "MY_WEB_PORT=tcp://10.96.0.9:80",
                "MY_WEB_PORT_80_TCP=tcp://10.96.0.9:80",
                "MY_WEB_PORT_80_TCP_ADDR=10.96.0.9",
                "MY_WEB_PORT_80_TCP_PORT=80",
                "MY_WEB_PORT_80_TCP_PROTO=tcp",
                "MY_WEB_SERVICE_HOST=10.96.0.9",
                "MY_WEB_SERVICE_PORT=80",
                "MY_WEB_SERVICE_PORT_HTTP=80",
            ]
        );
        let headless = json!({"clusterIP": "None", "ports": [{"port": 80}]});
        assert!(service_variables(&[("db".into(), headless)]).is_empty());
    }
}
