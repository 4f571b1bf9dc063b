//! Defaults of a Service.
//!
//! Source: pkg/apis/core/v1/defaults.go SetDefaults_Service; the families are those of a
//! cluster with one IPv4 range.

use crate::base::json::{Value, json};

use super::fill::{each, set, set_absent};

/// Fills in a Service's spec. Addresses are the API server's to give, not a default.
pub(super) fn spec(spec: &mut Value) {
    let Some(spec) = spec.as_object_mut() else { return };
    set(spec, "type", json!("ClusterIP"));
    set(spec, "sessionAffinity", json!("None"));
    if spec.get("sessionAffinity") == Some(&json!("ClientIP")) {
        let timeout = json!({"clientIP": {"timeoutSeconds": 10800}});
        set_absent(spec, "sessionAffinityConfig", timeout);
    }
    let kind = spec.get("type").and_then(Value::as_str).unwrap_or_default().to_string();
    if kind != "ExternalName" {
        set(spec, "internalTrafficPolicy", json!("Cluster"));
        set(spec, "ipFamilyPolicy", json!("SingleStack"));
        set_absent(spec, "ipFamilies", json!(["IPv4"]));
    }
    if matches!(kind.as_str(), "NodePort" | "LoadBalancer") {
        set(spec, "externalTrafficPolicy", json!("Cluster"));
    }
    if kind == "LoadBalancer" {
        set_absent(spec, "allocateLoadBalancerNodePorts", json!(true));
    }
    for port in each(spec, "ports") {
        set(port, "protocol", json!("TCP"));
        let number = port.get("port").cloned().unwrap_or(json!(0));
        set(port, "targetPort", number);
    }
}
