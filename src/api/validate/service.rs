//! Validation of a Service.
//!
//! Source: validation.go ValidateService, validateServicePort.

use serde_json::Value;

use super::errors::{Errors, is_set, items, number, text};
use super::{metadata, names, probe};

const RULE: &str = "api.service";

/// Validates the Service `object`.
pub(super) fn service(errors: &mut Errors, object: &Value) {
    metadata::metadata(errors, object, names::dns_1035);
    let spec = &object["spec"];
    errors.at("spec", |e| {
        let kind = text(spec, "type");
        let headless = text(spec, "clusterIP") == "None";
        if items(spec, "ports").is_empty() && !headless && kind != "ExternalName" {
            e.at("ports", |e| e.required("", RULE));
        }
        if kind == "ExternalName" {
            external_name(e, spec);
        }
        ports(e, spec);
        e.at("selector", |e| metadata::labels(e, &spec["selector"]));
        affinity(e, spec);
        addresses(e, spec);
        let kinds = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
        e.one_of(spec, "type", &kinds, RULE);
        node_ports(e, spec);
        same_ports(e, spec);
        policies(e, spec);
    });
}

fn external_name(e: &mut Errors, spec: &Value) {
    let name = text(spec, "externalName").trim_end_matches('.');
    if e.must_have(spec, "externalName", RULE) {
        e.at("externalName", |e| e.all(name, names::dns_subdomain(name), RULE));
    }
}

fn ports(e: &mut Errors, spec: &Value) {
    let ports = items(spec, "ports");
    let mut taken: Vec<&str> = Vec::new();
    e.at("ports", |e| {
        for (i, port) in ports.iter().enumerate() {
            e.index(i, |e| {
                let name = text(port, "name");
                if name.is_empty() && ports.len() > 1 {
                    e.at("name", |e| e.required("", RULE));
                } else if !name.is_empty() {
                    e.at("name", |e| e.all(name, names::container_name(name), RULE));
                    if taken.contains(&name) {
                        e.at("name", |e| e.duplicate(name, RULE));
                    }
                    taken.push(name);
                }
                port_itself(e, port);
            });
        }
    });
}

fn port_itself(e: &mut Errors, port: &Value) {
    let number = number(port, "port");
    e.at("port", |e| e.all_of_number(number, names::port_number(number), RULE));
    e.one_of(port, "protocol", &["SCTP", "TCP", "UDP"], RULE);
    probe::port(e, "targetPort", &port["targetPort"], RULE);
    let protocol = text(port, "appProtocol");
    if !protocol.is_empty() {
        e.at("appProtocol", |e| e.all(protocol, names::qualified(protocol), RULE));
    }
}

fn affinity(e: &mut Errors, spec: &Value) {
    e.one_of(spec, "sessionAffinity", &["ClientIP", "None"], RULE);
    let config = &spec["sessionAffinityConfig"];
    match text(spec, "sessionAffinity") {
        "ClientIP" => {
            let seconds = config["clientIP"]["timeoutSeconds"].as_i64().unwrap_or(10800);
            if !(1..=86400).contains(&seconds) {
                let words = "must be greater than 0 and less than 86400";
                e.at("sessionAffinityConfig", |e| {
                    e.at("clientIP", |e| {
                        e.at("timeoutSeconds", |e| e.invalid(seconds, words, RULE));
                    });
                });
            }
        }
        "None" if !config.is_null() => {
            let words = "must not be set when session affinity is None";
            e.at("sessionAffinityConfig", |e| e.forbidden(words, RULE));
        }
        _ => {}
    }
}

fn addresses(e: &mut Errors, spec: &Value) {
    let address = text(spec, "clusterIP");
    if !address.is_empty() && address != "None" {
        // Upstream works with the list that it makes of the one address.
        e.at("clusterIPs", |e| e.index(0, |e| e.all(address, names::ip(address), RULE)));
    }
    e.each(spec, "externalIPs", |e, address| {
        let address = address.as_str().unwrap_or_default();
        e.all(address, names::ip(address), RULE);
    });
}

fn node_ports(e: &mut Errors, spec: &Value) {
    let cluster_ip = text(spec, "type") == "ClusterIP";
    let mut taken: Vec<(i64, &str)> = Vec::new();
    e.at("ports", |e| {
        for (i, port) in items(spec, "ports").iter().enumerate() {
            let node_port = number(port, "nodePort");
            if node_port == 0 {
                continue;
            }
            e.index(i, |e| {
                if cluster_ip {
                    let words = "may not be used when `type` is 'ClusterIP'";
                    e.at("nodePort", |e| e.forbidden(words, RULE));
                }
                if taken.contains(&(node_port, text(port, "protocol"))) {
                    e.at("nodePort", |e| e.duplicate(node_port, RULE));
                }
            });
            taken.push((node_port, text(port, "protocol")));
        }
    });
}

fn same_ports(e: &mut Errors, spec: &Value) {
    let mut taken: Vec<(i64, &str)> = Vec::new();
    e.at("ports", |e| {
        for (i, port) in items(spec, "ports").iter().enumerate() {
            let key = (number(port, "port"), text(port, "protocol"));
            if taken.contains(&key) {
                let value = serde_json::json!({"port": key.0, "protocol": key.1, "targetPort": 0});
                e.index(i, |e| e.duplicate(value, RULE));
            }
            taken.push(key);
        }
    });
}

fn policies(e: &mut Errors, spec: &Value) {
    let outside = ["NodePort", "LoadBalancer"].contains(&text(spec, "type"));
    let external = text(spec, "externalTrafficPolicy");
    if outside {
        e.one_of(spec, "externalTrafficPolicy", &["Cluster", "Local"], RULE);
    } else if !external.is_empty() && items(spec, "externalIPs").is_empty() {
        let words = "may only be set for externally-accessible services";
        e.at("externalTrafficPolicy", |e| e.invalid(external, words, RULE));
    }
    if is_set(spec, "internalTrafficPolicy") {
        e.one_of(spec, "internalTrafficPolicy", &["Cluster", "Local"], RULE);
    }
}
