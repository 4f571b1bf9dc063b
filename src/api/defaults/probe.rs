//! Defaults of probes and lifecycle hooks.
//!
//! Source: pkg/apis/core/v1/defaults.go SetDefaults_Probe, SetDefaults_HTTPGetAction.

use crate::base::json::{Map, Value, json};

use super::fill::{drop_unset, inner, set, set_absent};

/// Fills in the probes and hooks of a container.
pub(super) fn probes_and_hooks(container: &mut Map<String, Value>) {
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        if let Some(probe) = inner(container, name) {
            self::probe(probe);
        }
    }
    let Some(lifecycle) = inner(container, "lifecycle") else { return };
    // Behind a feature gate that is off: the API server drops it without a word.
    // Source: pkg/api/pod/util.go dropDisabledFields, gate ContainerStopSignals.
    lifecycle.remove("stopSignal");
    for name in ["postStart", "preStop"] {
        if let Some(hook) = inner(lifecycle, name) {
            http_get(hook);
        }
    }
}

fn probe(probe: &mut Map<String, Value>) {
    // Zero means "not set" here: upstream tells no difference.
    set(probe, "timeoutSeconds", json!(1));
    set(probe, "periodSeconds", json!(10));
    set(probe, "successThreshold", json!(1));
    set(probe, "failureThreshold", json!(3));
    drop_unset(probe, &["initialDelaySeconds"]);
    http_get(probe);
    if let Some(grpc) = inner(probe, "grpc") {
        set_absent(grpc, "service", json!(""));
    }
}

fn http_get(handler: &mut Map<String, Value>) {
    if let Some(get) = inner(handler, "httpGet") {
        set(get, "path", json!("/"));
        set(get, "scheme", json!("HTTP"));
        set_absent(get, "port", json!(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_gets_its_numbers_and_zero_is_not_one() {
        let mut container = json!({
            "livenessProbe": {"exec": {"command": ["a"]}, "periodSeconds": 0, "timeoutSeconds": 7},
            "readinessProbe": {"httpGet": {"port": 80}},
        });
        probes_and_hooks(container.as_object_mut().expect("an object"));
        let want = json!({"exec": {"command": ["a"]}, "periodSeconds": 10, "timeoutSeconds": 7,
            "successThreshold": 1, "failureThreshold": 3});
        assert_eq!(container["livenessProbe"], want);
        let http = json!({"port": 80, "path": "/", "scheme": "HTTP"});
        assert_eq!(container["readinessProbe"]["httpGet"], http);
    }
}
