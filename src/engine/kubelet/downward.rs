//! What the downward API tells a container of its Pod. Pure.

use crate::api::quantity::Quantity;
use crate::api::requests::Amounts;
use crate::api::{Pod, PodSpec};
use crate::base::Map;
use crate::base::json::Value;

/// The container of this name as it was written.
pub fn raw_container<'a>(spec: &'a PodSpec, name: &str) -> &'a Value {
    let lists = ["containers", "initContainers", "ephemeralContainers"].into_iter();
    let all = lists.flat_map(|list| spec.raw[list].as_array().into_iter().flatten());
    let mut named = all.filter(|c| c["name"] == name);
    named.next().unwrap_or(&Value::Null)
}

/// A field of the Pod's metadata. Source: fieldpath/fieldpath.go ExtractFieldPathAsString
pub fn field(pod: &Pod, path: &str) -> Option<String> {
    let meta = &pod.meta;
    let entry = |map: &Map<String, String>, rest: &str| {
        let key = rest.strip_prefix("['")?.strip_suffix("']")?;
        Some(map.get(key).cloned().unwrap_or_default())
    };
    match path {
        "metadata.name" => Some(meta.name.clone()),
        "metadata.namespace" => Some(meta.namespace.clone()),
        "metadata.uid" => Some(meta.uid.clone()),
        "metadata.labels" => Some(lines(&meta.labels)),
        "metadata.annotations" => Some(lines(&meta.annotations)),
        "spec.nodeName" => Some(pod.spec.node_name.clone()),
        "spec.serviceAccountName" => Some(pod.spec.service_account_name.clone()),
        path => match path.strip_prefix("metadata.labels") {
            Some(rest) => entry(&meta.labels, rest),
            None => entry(&meta.annotations, path.strip_prefix("metadata.annotations")?),
        },
    }
}

/// Source: fieldpath.go FormatMap
fn lines(map: &Map<String, String>) -> String {
    let lines: Vec<String> = map.iter().map(|(key, value)| format!("{key}={value:?}")).collect();
    lines.join("\n")
}

/// A resource of a container, in units of the divisor, rounded up; a limit that is not set is what
/// the node has for Pods.
/// Source: api/v1/resource/helpers.go ExtractContainerResourceValue; kubelet_resources.go
/// defaultPodLimitsForDownwardAPI
pub fn resource(reference: &Value, container: &Value, node: &Amounts) -> Option<String> {
    let (kind, name) = reference["resource"].as_str()?.split_once('.')?;
    let units = |q: Quantity| if name == "cpu" { q.milli() } else { q.whole() };
    let asked = amount(&container["resources"][kind][name]).map_or(0, units);
    let whole = match (kind, name) {
        ("limits", "cpu") => node.cpu,
        ("limits", "memory") => node.memory,
        ("limits", "ephemeral-storage") => node.storage,
        _ => 0,
    };
    let amount = if asked > 0 { asked } else { whole };
    let divisor = self::amount(&reference["divisor"]).map_or(0, units);
    let one = if name == "cpu" { 1000 } else { 1 };
    let divisor = if divisor > 0 { divisor } else { one };
    Some((amount + divisor - 1).div_euclid(divisor).to_string())
}

/// An amount in JSON, which may be a number or text.
pub fn amount(value: &Value) -> Option<Quantity> {
    match value {
        Value::String(text) => Quantity::parse(text),
        Value::Number(number) => Quantity::parse(&number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn resources_are_rounded_up_in_units_of_the_divisor() {
        let container = json!({"resources": {
            "limits": {"cpu": "1500m", "memory": "100Mi"}, "requests": {"cpu": "250m"}}});
        let node = Amounts { cpu: 2000, memory: 1 << 30, storage: 100 << 30, ..Amounts::default() };
        let rows = [
            ("limits.cpu", "0", "2"),
            ("limits.cpu", "1m", "1500"),
            ("requests.cpu", "1", "1"),
            ("limits.memory", "1Mi", "100"),
            ("limits.memory", "0", "104857600"),
            ("requests.memory", "1", "0"),
            ("limits.ephemeral-storage", "1Gi", "100"),
        ];
        for (name, divisor, want) in rows {
            let reference = json!({"resource": name, "divisor": divisor});
            assert_eq!(resource(&reference, &container, &node).as_deref(), Some(want), "{name}");
        }
        let bare = json!({});
        let cpu = json!({"resource": "limits.cpu"});
        assert_eq!(resource(&cpu, &bare, &node).as_deref(), Some("2"), "the node's allocatable");
    }
}
