//! What the strategies of single kinds do beside their defaults.

use crate::base::json::Value;

use super::table::{Around, fill, is_unset, parse};
use crate::base::base64;

const ANYWHERE: Around = Around { is_pod: false, host_network: false };

/// Fills in a Service. The families are those of a cluster with one IPv4 range.
///
/// Source: pkg/apis/core/v1/defaults.go SetDefaults_Service; registry/core/service/storage.
pub(super) fn service(spec: &mut Value) {
    fill("Service", spec, ANYWHERE);
    if spec["sessionAffinity"] == "ClientIP" {
        fill("ClientIP", spec, ANYWHERE);
    }
    let kind = spec["type"].as_str().unwrap_or_default().to_string();
    if kind != "ExternalName" {
        fill("Addressed", spec, ANYWHERE);
    }
    if matches!(kind.as_str(), "NodePort" | "LoadBalancer") {
        fill(&kind, spec, ANYWHERE);
    }
}

/// Fills in a LimitRange: a default limit is the maximum, a default request the limit or else the
/// minimum.
///
/// Source: pkg/apis/core/v1/defaults.go SetDefaults_LimitRangeItem
pub(super) fn limit_range(spec: &mut Value) {
    for item in spec["limits"].as_array_mut().into_iter().flatten() {
        if item["type"] != "Container" {
            continue;
        }
        for (from, to) in
            [("max", "default"), ("default", "defaultRequest"), ("min", "defaultRequest")]
        {
            for (name, amount) in item[from].as_object().cloned().into_iter().flatten() {
                if item[to][name.as_str()].is_null() {
                    item[to][name.as_str()] = amount;
                }
            }
        }
    }
}

/// Fills in what has a template.
///
/// Source: pkg/apis/apps/v1/defaults.go.
pub(super) fn workload(kind: &str, spec: &mut Value) {
    fill(kind, spec, ANYWHERE);
    let (field, paragraph) = match kind {
        "Deployment" => ("strategy", "RollingUpdate"),
        "StatefulSet" => ("updateStrategy", "Partition"),
        "DaemonSet" => ("updateStrategy", "OneByOne"),
        _ => return,
    };
    let strategy = &mut spec[field];
    if strategy["type"] == "RollingUpdate" {
        if is_unset(strategy.get("rollingUpdate")) {
            strategy["rollingUpdate"] = parse("{}");
        }
        fill(paragraph, &mut strategy["rollingUpdate"], ANYWHERE);
    }
}

/// Writes a Secret's texts into its data.
///
/// Source: pkg/apis/core/v1/conversion.go Convert_v1_Secret_To_core_Secret.
pub(super) fn secret(object: &mut Value) {
    fill("Secret", object, ANYWHERE);
    let Some(map) = object.as_object_mut() else { return };
    let Some(Value::Object(texts)) = map.remove("stringData") else { return };
    let data = map.entry("data").or_insert_with(|| parse("{}"));
    for (key, text) in texts {
        let text = base64::encode(text.as_str().unwrap_or_default().as_bytes());
        if let Some(data) = data.as_object_mut() {
            data.insert(key, text.into());
        }
    }
}

/// Labels a Namespace with its name, for selectors of Namespaces.
///
/// Source: pkg/apis/core/v1/defaults.go SetDefaults_Namespace; namespace/strategy.go.
pub(super) fn namespace(object: &mut Value) {
    let name = object["metadata"]["name"].clone();
    if name.is_string() && object["metadata"].is_object() {
        if !object["metadata"]["labels"].is_object() {
            object["metadata"]["labels"] = parse("{}");
        }
        object["metadata"]["labels"]["kubernetes.io/metadata.name"] = name;
    }
    if !object["spec"].is_object() {
        object["spec"] = parse("{}");
    }
    fill("Namespace", &mut object["spec"], ANYWHERE);
}
