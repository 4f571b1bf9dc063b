//! Validation of a Service.
//!
//! Source: validation.go ValidateServiceCreate, validateService, validateServicePort.

use crate::base::json::{Value, json};

use super::errors::{Errors, is_set, items, number, text};
use super::table::check;
use super::{go, metadata};

/// Validates the Service `object`. Its name is a label since 1.36, not a DNS-1035 one.
pub(super) fn service<'v>(e: &mut Errors<'v>, object: &'v Value) {
    metadata::metadata(e, object, "label");
    self::spec(e, object);
}

/// Validates the spec of a Service.
pub(super) fn spec<'v>(e: &mut Errors<'v>, object: &'v Value) {
    e.at("spec", |e| check(e, "Service", &object["spec"]));
}

/// The addresses that a Service asks for: the strategy makes a list of the one.
pub(super) fn addresses(spec: &Value) -> Vec<&str> {
    let list = items(spec, "clusterIPs").iter().filter_map(Value::as_str).collect::<Vec<_>>();
    match text(spec, "clusterIP") {
        "" => list,
        one if list.is_empty() => vec![one],
        _ => list,
    }
}

/// Whether a Service has no address of its own.
pub(super) fn is_headless(spec: &Value) -> bool {
    addresses(spec) == ["None"]
}

/// Validates what a Service of each type must have.
pub(super) fn shape(e: &mut Errors, spec: &Value) {
    let kind = text(spec, "type");
    let headless = is_headless(spec);
    if items(spec, "ports").is_empty() && !headless && kind != "ExternalName" {
        e.required("ports", "");
    }
    match kind {
        "LoadBalancer" | "NodePort" if headless => {
            let words = format!("may not be set to 'None' for {kind} services");
            e.at("clusterIPs", |e| e.index(0, |e| e.bad_text("", "None", &words)));
        }
        "ExternalName" => external_name(e, spec),
        _ => {}
    }
}

fn external_name(e: &mut Errors, spec: &Value) {
    let words = "may not be set for ExternalName services";
    if !addresses(spec).is_empty() {
        e.forbidden("clusterIPs", words);
    }
    for field in ["ipFamilies", "ipFamilyPolicy"] {
        if is_set(spec, field) {
            e.forbidden(field, words);
        }
    }
    let name = text(spec, "externalName");
    match name.strip_suffix('.').unwrap_or(name) {
        "" => e.required("externalName", ""),
        name => e.at("externalName", |e| e.form("subdomain", name)),
    }
}

/// Validates the ports, of which several must have names.
pub(super) fn ports<'v>(e: &mut Errors<'v>, list: &'v Value) {
    let several = list.as_array().is_some_and(|ports| ports.len() > 1);
    e.each(list, &mut |e, port| {
        if several && text(port, "name").is_empty() {
            e.required("name", "");
        }
        check(e, "ServicePort", port);
    });
}

/// Validates that no two ports are the same, on the node and at the Service.
pub(super) fn node_ports(e: &mut Errors, spec: &Value) {
    let ports = items(spec, "ports");
    e.at("ports", |e| {
        for (i, port) in ports.iter().enumerate() {
            if text(spec, "type") == "ClusterIP" && number(port, "nodePort") != 0 {
                let words = "may not be used when `type` is 'ClusterIP'";
                e.index(i, |e| e.forbidden("nodePort", words));
            }
        }
        twice(e, ports, "nodePort");
        twice(e, ports, "port");
    });
}

fn twice(e: &mut Errors, ports: &[Value], field: &str) {
    let mut taken: Vec<(i64, &str)> = Vec::new();
    for (i, port) in ports.iter().enumerate() {
        let key = (number(port, field), text(port, "protocol"));
        if field == "nodePort" && key.0 == 0 {
            continue;
        }
        if taken.contains(&key) {
            e.index(i, |e| match field {
                "nodePort" => e.duplicate(field, &key.0.into()),
                _ => go::duplicate(e, "ServicePort", &json!({"port": key.0, "protocol": key.1})),
            });
        }
        taken.push(key);
    }
}
