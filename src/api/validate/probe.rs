//! Validation of probes and lifecycle hooks.
//!
//! Source: validation.go validateProbe, validateHandler, validateLifecycle.

use crate::base::json::Value;

use super::errors::{Errors, is_set, number, text};
use super::table::check;

/// Validates what a probe does.
pub(super) fn probe<'v>(e: &mut Errors<'v>, probe: &'v Value) {
    handler(e, probe, &["exec", "httpGet", "tcpSocket", "grpc"]);
}

/// Validates what a hook does.
pub(super) fn hook<'v>(e: &mut Errors<'v>, hook: &'v Value) {
    handler(e, hook, &["exec", "httpGet", "tcpSocket", "sleep"]);
}

/// Exactly one handler, and that one sound.
fn handler<'v>(e: &mut Errors<'v>, owner: &'v Value, kinds: &[&str]) {
    let mut found = 0;
    for kind in kinds.iter().filter(|k| is_set(owner, k)) {
        found += 1;
        let action = &owner[*kind];
        match *kind {
            _ if found > 1 => e.forbidden(kind, "may not specify more than 1 handler type"),
            "sleep" => sleep(e, action),
            kind => e.at(kind, |e| check(e, kind, action)),
        }
    }
    if found == 0 {
        e.required("", "must specify a handler type");
    }
}

fn sleep(e: &mut Errors, action: &Value) {
    let seconds = number(action, "seconds");
    let Some(grace) = e.spec["terminationGracePeriodSeconds"].as_i64() else { return };
    if !(0..=grace).contains(&seconds) {
        let words =
            format!("must be non-negative and less than terminationGracePeriodSeconds ({grace})");
        e.invalid("sleep", &seconds.into(), &words);
    }
}

/// A liveness or startup probe counts one success.
pub(super) fn must_be_1(e: &mut Errors, threshold: &Value) {
    let number = threshold.as_i64().unwrap_or_default();
    if number != 1 {
        e.invalid("", &number.into(), "must be 1");
    }
}

/// Validates the names of headers; upstream leaves their number out.
pub(super) fn headers(e: &mut Errors, headers: &Value) {
    for header in headers.as_array().into_iter().flatten() {
        e.form("header", text(header, "name"));
    }
}

/// Validates a port that is a number or a name.
pub(super) fn port(e: &mut Errors, port: &Value) {
    let number = port.as_i64().unwrap_or_default();
    match port.as_str() {
        Some(name) => e.form("port", name),
        None if (1..=65535).contains(&number) => {}
        None => e.invalid("", &number.into(), "must be between 1 and 65535, inclusive"),
    }
}
