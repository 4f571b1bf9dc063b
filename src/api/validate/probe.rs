//! Validation of probes and lifecycle hooks.
//!
//! Source: validation.go validateProbe, validateHandler, validateLifecycle.

use serde_json::Value;

use super::errors::{Errors, is_set, items, number, text};
use super::names;

const RULE: &str = "api.probe";
const HOOK: &str = "api.hook";

/// Validates the probes of a container, in upstream's order.
pub(super) fn probes(e: &mut Errors, container: &Value) {
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let probe = &container[name];
        if probe.is_null() {
            continue;
        }
        e.at(name, |e| {
            self::probe(e, probe);
            if name == "readinessProbe" {
                if let Some(grace) = probe["terminationGracePeriodSeconds"].as_i64() {
                    let words = "must not be set for readinessProbes";
                    e.at("terminationGracePeriodSeconds", |e| e.invalid(grace, words, RULE));
                }
            } else if number(probe, "successThreshold") != 1 {
                let threshold = number(probe, "successThreshold");
                e.at("successThreshold", |e| e.invalid(threshold, "must be 1", RULE));
            }
        });
    }
}

fn probe(e: &mut Errors, probe: &Value) {
    handler(e, probe, &["exec", "httpGet", "tcpSocket", "grpc"], None, RULE);
    let numbers = [
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold",
    ];
    for name in numbers {
        let value = number(probe, name);
        if value < 0 {
            let words = "must be greater than or equal to 0";
            e.at(name, |e| e.invalid(value, words, RULE));
        }
    }
    if let Some(grace) = probe["terminationGracePeriodSeconds"].as_i64().filter(|g| *g <= 0) {
        let words = "must be greater than 0";
        e.at("terminationGracePeriodSeconds", |e| e.invalid(grace, words, RULE));
    }
}

/// Validates the hooks of a container of `spec`.
pub(super) fn lifecycle(e: &mut Errors, container: &Value, spec: &Value) {
    let grace = spec["terminationGracePeriodSeconds"].as_i64();
    e.at("lifecycle", |e| {
        for name in ["postStart", "preStop"] {
            let hook = &container["lifecycle"][name];
            if !hook.is_null() {
                let kinds = ["exec", "httpGet", "tcpSocket", "sleep"];
                e.at(name, |e| handler(e, hook, &kinds, grace, HOOK));
            }
        }
    });
}

/// Exactly one handler, and that one sound.
fn handler(e: &mut Errors, owner: &Value, kinds: &[&str], grace: Option<i64>, rule: &'static str) {
    let mut found = 0;
    for kind in kinds.iter().filter(|k| is_set(owner, k)) {
        found += 1;
        let action = &owner[*kind];
        e.at(kind, |e| match *kind {
            _ if found > 1 => e.forbidden("may not specify more than 1 handler type", rule),
            "exec" if items(action, "command").is_empty() => {
                e.at("command", |e| e.required("", rule));
            }
            "exec" => {}
            "httpGet" => http_get(e, action, rule),
            "sleep" => sleep(e, action, grace, rule),
            _ => port(e, "port", &action["port"], rule),
        });
    }
    if found == 0 {
        e.required("must specify a handler type", rule);
    }
}

fn http_get(e: &mut Errors, action: &Value, rule: &'static str) {
    e.must_have(action, "path", rule);
    port(e, "port", &action["port"], rule);
    let scheme = text(action, "scheme");
    if !["HTTP", "HTTPS"].contains(&scheme) {
        e.at("scheme", |e| e.not_supported(scheme, &["HTTP", "HTTPS"], rule));
    }
    e.at("httpHeaders", |e| {
        for header in items(action, "httpHeaders") {
            let name = text(header, "name");
            e.all(name, names::http_header(name), rule);
        }
    });
}

/// Validates the field `field`, a port that is a number or a name.
pub(super) fn port(e: &mut Errors, field: &str, port: &Value, rule: &'static str) {
    e.at(field, |e| match port.as_str() {
        Some(name) => e.all(name, names::port_name(name), rule),
        None => {
            let number = port.as_i64().unwrap_or_default();
            e.all_of_number(number, names::port_number(number), rule);
        }
    });
}

fn sleep(e: &mut Errors, action: &Value, grace: Option<i64>, rule: &'static str) {
    let seconds = number(action, "seconds");
    if let Some(grace) = grace.filter(|g| seconds < 0 || seconds > *g) {
        let words =
            format!("must be non-negative and less than terminationGracePeriodSeconds ({grace})");
        e.invalid(seconds, words, rule);
    }
}
