//! The names that the cluster's name server knows.
//!
//! Source: the Kubernetes DNS specification (github.com/kubernetes/dns/docs/specification.md);
//! CoreDNS plugin kubernetes.

use crate::api::{Endpoint, Service};
use crate::shell::net::{Ip, Names};
use std::rc::Rc;

/// The addresses of the Services that every cluster has. Source: kubeadm, service CIDR
/// 10.96.0.0/12.
const FIXED: [(&str, Ip); 2] =
    [("kubernetes.default", Ip(0x0a60_0001)), ("kube-dns.kube-system", Ip(0x0a60_000a))];

/// The names of these Services; `endpoints` gives what stands behind one.
pub fn of<'a>(
    services: impl Iterator<Item = &'a Rc<Service>>,
    endpoints: &dyn Fn(&str) -> Vec<&'a Endpoint>,
) -> Names {
    let mut names = Names::default();
    for (name, ip) in FIXED {
        names.addresses.insert(format!("{name}.svc.{}", names.domain), vec![ip]);
    }
    for service in services {
        add(&mut names, service, endpoints);
    }
    names
}

fn add<'a>(names: &mut Names, service: &Service, endpoints: &dyn Fn(&str) -> Vec<&'a Endpoint>) {
    let name = format!("{}.{}.svc.{}", service.meta.name, service.meta.namespace, names.domain);
    if let Some(other) = service.spec["externalName"].as_str() {
        names.aliases.insert(name, other.trim_end_matches('.').to_string());
        return;
    }
    match service.spec["clusterIP"].as_str() {
        Some("None") => {
            let ready = endpoints(&service.meta.name).into_iter().filter(|e| e.ready);
            let pairs = ready.filter_map(|e| Some((e, Ip::parse(&e.address)?)));
            let pairs: Vec<(&Endpoint, Ip)> = pairs.collect();
            for (endpoint, ip) in &pairs {
                let host = match endpoint.hostname.as_str() {
                    "" => endpoint.address.replace('.', "-"),
                    host => host.to_string(),
                };
                names.addresses.insert(format!("{host}.{name}"), vec![*ip]);
            }
            if !pairs.is_empty() {
                names.addresses.insert(name, pairs.iter().map(|(_, ip)| *ip).collect());
            }
        }
        Some(ip) => {
            if let Some(ip) = Ip::parse(ip) {
                names.addresses.insert(name, vec![ip]);
            }
        }
        None => {}
    }
}
