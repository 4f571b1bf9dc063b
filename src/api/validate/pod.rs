//! Validation of a Pod.
//!
//! Source: validation.go ValidatePodCreate, validatePodMetadataAndSpec, ValidatePodSpec.

use serde_json::Value;

use super::errors::{Errors, is_set, items, text};
use super::{containers, metadata, names, scheduling, security, volume};

/// Validates the Pod `object`, about to be created.
pub(super) fn pod(errors: &mut Errors, object: &Value) {
    metadata::metadata(errors, object, names::dns_subdomain);
    let spec = &object["spec"];
    errors.at("spec", |e| {
        self::spec(e, spec);
        containers::only_in_pods(e, spec);
        only_on_create(e, spec);
    });
}

fn spec(e: &mut Errors, spec: &Value) {
    volume::volumes(e, spec);
    containers::all(e, spec);
    host_ports(e, spec);
    let restart = ["Always", "OnFailure", "Never"];
    e.one_of(spec, "restartPolicy", &restart, "api.restart-policy");
    let dns = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
    e.one_of(spec, "dnsPolicy", &dns, "api.dns");
    e.at("nodeSelector", |e| metadata::labels(e, &spec["nodeSelector"]));
    security::pod(e, spec);
    scheduling::affinity(e, &spec["affinity"]);
    dns_config(e, spec);
    scheduling::gates(e, spec);
    scheduling::spread(e, spec);
    host_users(e, spec);
    own_names(e, spec);
    scheduling::tolerations(e, spec);
    host_aliases(e, spec);
    names_of_classes(e, spec);
    if is_set(spec, "os") {
        e.at("os", |e| e.one_of(&spec["os"], "name", &["linux", "windows"], "api.os"));
    }
}

/// On the host's network a port is the host's port.
fn host_ports(e: &mut Errors, spec: &Value) {
    if spec["hostNetwork"] != true {
        return;
    }
    e.each(spec, "containers", |e, container| {
        e.each(container, "ports", |e, port| {
            if port["hostPort"] != port["containerPort"] {
                let words = "must match `containerPort` when `hostNetwork` is true";
                let host_port = port["hostPort"].as_i64().unwrap_or_default();
                e.at("hostPort", |e| e.invalid(host_port, words, "api.port"));
            }
        });
    });
}

fn dns_config(e: &mut Errors, spec: &Value) {
    let config = &spec["dnsConfig"];
    let none = text(spec, "dnsPolicy") == "None";
    e.at("dnsConfig", |e| {
        if none && config.is_null() {
            let words = "must provide `dnsConfig` when `dnsPolicy` is None";
            return e.required(words, "api.dns");
        }
        let servers = items(config, "nameservers");
        if none && servers.is_empty() {
            let words = "must provide at least one DNS nameserver when `dnsPolicy` is None";
            return e.at("nameservers", |e| e.required(words, "api.dns"));
        }
        dns_lists(e, config);
    });
}

fn dns_lists(e: &mut Errors, config: &Value) {
    let (servers, searches) = (items(config, "nameservers"), items(config, "searches"));
    if servers.len() > 3 {
        let words = "must not have more than 3 nameservers";
        e.at("nameservers", |e| e.invalid(servers.to_vec(), words, "api.dns"));
    }
    e.each(config, "nameservers", |e, server| {
        let server = server.as_str().unwrap_or_default();
        e.all(server, names::ip(server), "api.dns");
    });
    if searches.len() > 32 {
        let words = "must not have more than 32 search paths";
        e.at("searches", |e| e.invalid(searches.to_vec(), words, "api.dns"));
    }
    let letters: usize = searches.iter().filter_map(Value::as_str).map(|s| s.len() + 1).sum();
    if letters > 2049 {
        let words = "must not have more than 2048 characters (including spaces) in the search list";
        e.at("searches", |e| e.invalid(searches.to_vec(), words, "api.dns"));
    }
    e.each(config, "searches", |e, search| {
        let search = search.as_str().unwrap_or_default();
        let bare = search.strip_suffix('.').unwrap_or(search).replace('_', "-");
        if search != "." {
            e.all(search, names::dns_subdomain(&bare), "api.dns");
        }
    });
    e.each(config, "options", |e, option| {
        if text(option, "name").is_empty() {
            e.required("must not be empty", "api.dns");
        }
    });
}

/// With user namespaces of its own a Pod cannot share others of the host.
fn host_users(e: &mut Errors, spec: &Value) {
    if spec["hostUsers"] != false {
        return;
    }
    // Upstream spells two of the fields with a capital.
    for (field, path) in
        [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")]
    {
        if spec[field] == true {
            let words = "when `pod.Spec.HostUsers` is false";
            e.at(path, |e| e.forbidden(words, "api.security"));
        }
    }
}

fn own_names(e: &mut Errors, spec: &Value) {
    for field in ["serviceAccountName", "nodeName"] {
        let name = text(spec, field);
        if !name.is_empty() {
            e.at(field, |e| e.all(name, names::dns_subdomain(name), "api.name"));
        }
    }
    if let Some(deadline) = spec["activeDeadlineSeconds"].as_i64()
        && !(1..=i64::from(i32::MAX)).contains(&deadline)
    {
        let words = "must be between 1 and 2147483647, inclusive";
        e.at("activeDeadlineSeconds", |e| e.invalid(deadline, words, "api.deadline"));
    }
    for field in ["hostname", "subdomain"] {
        let name = text(spec, field);
        if !name.is_empty() {
            e.at(field, |e| e.all(name, names::container_name(name), "api.name"));
        }
    }
}

fn host_aliases(e: &mut Errors, spec: &Value) {
    e.each(spec, "hostAliases", |e, alias| {
        let address = text(alias, "ip");
        e.at("ip", |e| e.all(address, names::ip(address), "api.address"));
        e.each(alias, "hostnames", |e, name| {
            let name = name.as_str().unwrap_or_default();
            e.all(name, names::dns_subdomain(name), "api.name");
        });
    });
}

fn names_of_classes(e: &mut Errors, spec: &Value) {
    for field in ["priorityClassName", "runtimeClassName"] {
        let name = text(spec, field);
        if !name.is_empty() {
            e.at(field, |e| e.all(name, names::dns_subdomain(name), "api.name"));
        }
    }
    let policies = ["PreemptLowerPriority", "Never"];
    let policy = text(spec, "preemptionPolicy");
    if !policy.is_empty() && !policies.contains(&policy) {
        e.at("preemptionPolicy", |e| e.not_supported(policy, &policies, "api.priority"));
    }
}

fn only_on_create(e: &mut Errors, spec: &Value) {
    if !items(spec, "ephemeralContainers").is_empty() {
        e.at("ephemeralContainers", |e| e.forbidden("cannot be set on create", "api.ephemeral"));
    }
    if !text(spec, "nodeName").is_empty() && !items(spec, "schedulingGates").is_empty() {
        let words = "cannot be set until all schedulingGates have been cleared";
        e.at("nodeName", |e| e.forbidden(words, "api.gates"));
    }
}
