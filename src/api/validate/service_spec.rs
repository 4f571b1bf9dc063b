//! Validation of a Service's addresses and policies, and of their changes.
//!
//! Source: validation.go ValidateServiceClusterIPsRelatedFields,
//! validateServiceExternalTrafficPolicy, validateUpgradeDowngradeClusterIPs.

use std::net::IpAddr;

use crate::base::json::Value;

use super::errors::{Errors, is_set, items, number, text};
use super::names;
use super::service::{addresses, is_headless};

const ONLY_BALANCED: &str = "may only be used when `type` is 'LoadBalancer'";

/// Validates the settings of the session affinity.
pub(super) fn affinity_config(e: &mut Errors, spec: &Value) {
    let config = &spec["sessionAffinityConfig"];
    match text(spec, "sessionAffinity") {
        "ClientIP" => {
            let seconds = &config["clientIP"]["timeoutSeconds"];
            let path = ["sessionAffinityConfig", ".clientIP", ".timeoutSeconds"];
            let there = [config, &config["clientIP"], seconds];
            let found = there.iter().position(|part| part.is_null());
            if let Some(missing) = found {
                let words = "when session affinity type is ClientIP";
                return e.required(&path[..=missing].concat(), words);
            }
            if !(1..=86400).contains(&seconds.as_i64().unwrap_or_default()) {
                let words = "must be greater than 0 and less than 86400";
                e.invalid(&path.concat(), seconds, words);
            }
        }
        "None" if !config.is_null() => {
            let words = "must not be set when session affinity is None";
            e.forbidden("sessionAffinityConfig", words);
        }
        _ => {}
    }
}

/// Validates the Service's own addresses and their families.
pub(super) fn cluster_ips(e: &mut Errors, spec: &Value) {
    if text(spec, "type") == "ExternalName" {
        return;
    }
    let list = &spec["clusterIPs"];
    let (one, first) = (text(spec, "clusterIP"), items(spec, "clusterIPs").first());
    match first {
        Some(_) if one.is_empty() => {
            e.invalid("clusterIPs", list, "must be empty when `clusterIP` is not specified");
        }
        Some(first) if first != one => {
            e.invalid("clusterIPs", list, "first value must match `clusterIP`");
        }
        _ => {}
    }
    families(e, spec);
    let all = addresses(spec);
    let before = e.count();
    for (i, address) in all.iter().enumerate() {
        match *address {
            "None" if i == 0 && all.len() == 1 => {}
            "None" if i == 0 => {
                e.invalid("clusterIPs", list, "'None' must be the first and only value");
            }
            address => e.at("clusterIPs", |e| e.index(i, |e| e.form("ip", address))),
        }
    }
    let sound = e.count() == before;
    if all.len() > 2 {
        e.invalid("clusterIPs", list, "may only hold up to 2 values");
    }
    if sound {
        match_families(e, spec, &all);
    }
}

fn families(e: &mut Errors, spec: &Value) {
    let all = items(spec, "ipFamilies");
    e.at("ipFamilies", |e| {
        for (i, family) in all.iter().enumerate() {
            if family != "IPv4" && family != "IPv6" {
                e.index(i, |e| e.not_supported("", family, "IPv4|IPv6"));
            }
            if all[..i].contains(family) {
                e.index(i, |e| e.duplicate("", family));
            }
        }
    });
    let policies = "PreferDualStack|RequireDualStack|SingleStack";
    let policy = &spec["ipFamilyPolicy"];
    if policy.as_str().is_some_and(|policy| !policies.split('|').any(|p| p == policy)) {
        e.not_supported("ipFamilyPolicy", policy, policies);
    }
}

fn is_v6(address: &str) -> bool {
    address.contains(':')
}

fn match_families(e: &mut Errors, spec: &Value, all: &[&str]) {
    if all.len() > 1 && all.iter().all(|a| is_v6(a) == is_v6(all[0])) {
        let words = "may specify no more than one IP for each IP family";
        e.invalid("clusterIPs", &spec["clusterIPs"], words);
    }
    if is_headless(spec) {
        return;
    }
    for (i, (address, family)) in all.iter().zip(items(spec, "ipFamilies")).enumerate() {
        if is_v6(address) != (family == "IPv6") {
            let family = family.as_str().unwrap_or_default();
            let words = format!("expected an {family} value as indicated by `ipFamilies[{i}]`");
            e.at("clusterIPs", |e| e.index(i, |e| e.bad_text("", address, &words)));
        }
    }
}

/// Validates an address outside of the cluster: one that routes.
pub(super) fn external_ip(e: &mut Errors, address: &Value) {
    let text = address.as_str().unwrap_or_default();
    let complaints = names::complaints("ip", text);
    if !complaints.is_empty() {
        return e.complain(text, complaints);
    }
    let Ok(ip) = text.parse::<IpAddr>() else { return };
    let (linked, cast) = match ip {
        IpAddr::V4(v4) => (v4.is_link_local(), v4.octets()[..3] == [224, 0, 0]),
        IpAddr::V6(v6) => (v6.segments()[0] & 0xffc0 == 0xfe80, v6.segments()[0] == 0xff02),
    };
    let unspecified = format!("may not be unspecified ({text})");
    let rows = [
        (ip.is_unspecified(), unspecified.as_str()),
        (ip.is_loopback(), "may not be in the loopback range (127.0.0.0/8, ::1/128)"),
        (linked, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"),
        (cast, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"),
    ];
    for (_, words) in rows.iter().filter(|(is_so, _)| *is_so) {
        e.bad_text("", text, words);
    }
}

/// Validates what only load balancers have.
pub(super) fn load_balancer(e: &mut Errors, spec: &Value) {
    let balanced = text(spec, "type") == "LoadBalancer";
    let ranges = items(spec, "loadBalancerSourceRanges");
    if !ranges.is_empty() && !balanced {
        e.forbidden("LoadBalancerSourceRanges", ONLY_BALANCED);
    }
    for (i, range) in ranges.iter().filter_map(Value::as_str).enumerate() {
        e.at("LoadBalancerSourceRanges", |e| e.index(i, |e| e.form("cidr", range.trim())));
    }
    if is_set(spec, "allocateLoadBalancerNodePorts") && !balanced {
        e.forbidden("allocateLoadBalancerNodePorts", ONLY_BALANCED);
    }
    match spec["loadBalancerClass"].as_str() {
        Some(class) if balanced => e.at("loadBalancerClass", |e| e.form("qualified", class)),
        Some(_) => e.forbidden("loadBalancerClass", ONLY_BALANCED),
        None => {}
    }
}

/// Validates how traffic from outside is spread.
pub(super) fn traffic(e: &mut Errors, spec: &Value) {
    let kind = text(spec, "type");
    let reached = ["NodePort", "LoadBalancer"].contains(&kind)
        || kind == "ClusterIP" && !items(spec, "externalIPs").is_empty();
    let policy = text(spec, "externalTrafficPolicy");
    let policies = ["Cluster", "Local"];
    match policy {
        "" if reached => e.required("externalTrafficPolicy", ""),
        "" => {}
        policy if !reached => {
            let words = "may only be set for externally-accessible services";
            e.bad_text("externalTrafficPolicy", policy, words);
        }
        policy if policies.contains(&policy) => {}
        policy => e.not_supported("externalTrafficPolicy", &policy.into(), "Cluster|Local"),
    }
    if number(spec, "healthCheckNodePort") != 0 && !(kind == "LoadBalancer" && policy == "Local") {
        let words = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is \
            'Local'";
        e.invalid("healthCheckNodePort", &spec["healthCheckNodePort"], words);
    }
}

/// Validates the change of a Service's spec: addresses and families once given stay.
pub(super) fn update(e: &mut Errors, old: &Value, new: &Value) {
    e.rule = "api.service";
    let named = |spec: &Value| text(spec, "type") == "ExternalName";
    if named(old) || named(new) {
        return;
    }
    let (was, now) = (addresses(old), addresses(new));
    let value = || Value::from(now.clone());
    let stays = is_headless(old) && is_headless(new);
    if !stays && now.is_empty() && !was.is_empty() {
        let words = "primary clusterIP can not be unset";
        e.at("clusterIPs", |e| e.index(0, |e| e.invalid("", &Value::Null, words)));
    }
    for i in 0..was.len().min(now.len()) {
        if !stays && was[i] != now[i] && (i == 0 || was.len() == now.len()) {
            e.at("clusterIPs", |e| {
                e.index(i, |e| e.invalid("", &value(), "may not change once set"))
            });
        }
    }
    let (was, now) = (items(old, "ipFamilies"), items(new, "ipFamilies"));
    let first = was.first().zip(now.first());
    if !is_headless(old) && !is_headless(new) && first.is_some_and(|(was, now)| was != now) {
        let words = "may not change once set";
        e.at("ipFamilies", |e| e.index(0, |e| e.invalid("", &new["ipFamilies"], words)));
    }
    let balanced = |spec: &Value| text(spec, "type") == "LoadBalancer";
    if balanced(old) && balanced(new) && old["loadBalancerClass"] != new["loadBalancerClass"] {
        let class = &new["loadBalancerClass"];
        e.invalid("loadBalancerClass", class, "may not change once set");
    }
}
