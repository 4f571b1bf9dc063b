//! What objects use of a ResourceQuota.
//!
//! Source: pkg/quota/v1/evaluator/core/pods.go; apiserver plugin/resourcequota/controller.go

use super::pod::Pod;
use super::quantity::Quantity;
use super::resource;
use super::time::Timestamp;
use crate::base::json::{Map, Value};

/// Amounts that each container must name if a quota counts them.
/// Source: pods.go Constraints, requiredSet
const MUST_NAME: &[&str] =
    &["cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"];

/// Whether a Pod still counts: it has not ended, and is not stuck in its deletion. The moment of
/// its deletion has the grace in it already, and upstream adds it once more.
/// Source: pods.go QuotaV1Pod
pub fn counts(pod: &Pod, now: Timestamp) -> bool {
    let grace = pod.meta.deletion_grace_period_seconds.unwrap_or(0);
    !pod.finished() && pod.meta.deletion_timestamp.is_none_or(|until| now <= until.plus(grace))
}

/// What an object of `kind` with this spec uses of the resource `name`.
pub fn of(kind: &str, spec: &Value, name: &str) -> Option<Quantity> {
    let one = || Quantity::parse("1");
    if name.strip_prefix("count/") == Some(&resource::plural(kind)) {
        return one();
    }
    let core = resource::api_version(kind) == "v1";
    match kind {
        "Pod" if name != "pods" => of_containers(spec, name),
        "Service" if name.starts_with("services.") => {
            let kind = spec["type"].as_str().unwrap_or_default();
            let ports = spec["ports"].as_array().map_or(0, Vec::len);
            match (name, kind) {
                ("services.nodeports", "NodePort" | "LoadBalancer") => {
                    Quantity::parse(&ports.to_string())
                }
                ("services.loadbalancers", "LoadBalancer") => one(),
                _ => None,
            }
        }
        _ if core && name == resource::plural(kind) => one(),
        _ => None,
    }
}

/// The resource of a container that a quota's resource is about: list and name.
fn field_of(name: &str) -> (&'static str, &str) {
    match name.split_once('.') {
        Some(("limits", rest)) => ("limits", rest),
        Some(("requests", rest)) => ("requests", rest),
        _ => ("requests", name),
    }
}

/// App containers and sidecars at once, or an init container beside the sidecars before it.
fn of_containers(spec: &Value, name: &str) -> Option<Quantity> {
    let (list, resource) = field_of(name);
    let of = |c: &Value| amount(&c["resources"][list][resource]);
    let sum = |a: Option<Quantity>, b: Option<Quantity>| match (a, b) {
        (Some(a), Some(b)) => Some(a.plus(b)),
        (a, b) => a.or(b),
    };
    let most = |a: Option<Quantity>, b: Option<Quantity>| {
        let nanos = |q: &Option<Quantity>| q.map_or(0, Quantity::nanos);
        if nanos(&a) >= nanos(&b) { a } else { b }
    };
    let all = |field: &str| spec[field].as_array().into_iter().flatten();
    let mut running = all("containers").map(of).fold(None, sum);
    let (mut sidecars, mut peak) = (None, None);
    for container in all("initContainers") {
        let with = sum(sidecars, of(container));
        if container["restartPolicy"] == "Always" {
            sidecars = with;
        }
        peak = most(peak, with);
    }
    running = sum(running, sidecars);
    most(running, peak)
}

/// An amount as written, a number or a text.
pub fn amount(value: &Value) -> Option<Quantity> {
    match value {
        Value::Null => None,
        Value::String(text) => Quantity::parse(text),
        other => Quantity::parse(&other.to_string()),
    }
}

/// What a Pod's containers fail to say although `hard` counts it: `limits.cpu for: app,db; …`.
/// Source: pods.go enforcePodContainerConstraints
pub fn unsaid(spec: &Value, hard: &Map<String, Value>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for name in MUST_NAME.iter().filter(|name| hard.contains_key(**name)) {
        let (list, resource) = field_of(name);
        let lists = ["containers", "initContainers"];
        let all = lists.iter().flat_map(|field| spec[*field].as_array().into_iter().flatten());
        let silent = all.filter(|c| amount(&c["resources"][list][resource]).is_none());
        let names: Vec<&str> = silent.filter_map(|c| c["name"].as_str()).collect();
        if !names.is_empty() {
            parts.push([name, " for: ", &names.join(",")].concat());
        }
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Whether a quota's scopes take a Pod with this spec.
/// Source: pods.go podMatchesScopeFunc, generic.go getScopeSelectorsFromQuota
pub fn in_scope(quota: &Value, kind: &str, spec: &Value) -> bool {
    let mut scopes = quota["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut selected = quota["scopeSelector"]["matchExpressions"].as_array().into_iter().flatten();
    scopes.all(|scope| kind == "Pod" && matches(scope, &Value::Null, spec))
        && selected.all(|wanted| {
            let scope = wanted["scopeName"].as_str().unwrap_or_default();
            kind == "Pod" && matches(scope, wanted, spec)
        })
}

/// Whether a scope takes a Pod; `wanted` is its line of a scope selector, if it has one.
fn matches(scope: &str, wanted: &Value, spec: &Value) -> bool {
    let ends = spec["activeDeadlineSeconds"].as_i64().is_some();
    let best_effort = || super::qos::class(spec) == "BestEffort";
    match scope {
        "BestEffort" => best_effort(),
        "NotBestEffort" => !best_effort(),
        "Terminating" => ends,
        "NotTerminating" => !ends,
        "PriorityClass" => of_class(wanted, spec["priorityClassName"].as_str().unwrap_or("")),
        "CrossNamespacePodAffinity" => crosses_namespaces(spec),
        _ => false,
    }
}

/// A scope without an operator means any class. Source: pods.go podMatchesSelector
fn of_class(wanted: &Value, class: &str) -> bool {
    let mut values = wanted["values"].as_array().into_iter().flatten();
    match wanted["operator"].as_str().unwrap_or("Exists") {
        "In" => !class.is_empty() && values.any(|value| *value == class),
        "NotIn" => values.all(|value| *value != class),
        "DoesNotExist" => class.is_empty(),
        _ => !class.is_empty(),
    }
}

/// Source: pods.go usesCrossNamespacePodAffinity
fn crosses_namespaces(spec: &Value) -> bool {
    let mut terms = ["podAffinity", "podAntiAffinity"].into_iter().flat_map(|kind| {
        let of = &spec["affinity"][kind];
        let list = |field: &str| of[field].as_array().into_iter().flatten();
        let required = list("requiredDuringSchedulingIgnoredDuringExecution");
        let preferred = list("preferredDuringSchedulingIgnoredDuringExecution");
        required.chain(preferred.map(|weighted| &weighted["podAffinityTerm"]))
    });
    terms.any(|term| {
        let named = term["namespaces"].as_array().is_some_and(|names| !names.is_empty());
        named || !term["namespaceSelector"].is_null()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn a_pod_uses_what_its_containers_ask_for() {
        let spec = json!({"containers": [
            {"name": "a", "resources": {"requests": {"cpu": "100m"}, "limits": {"memory": "64Mi"}}},
            {"name": "b", "resources": {"requests": {"cpu": "1"}}}],
            "initContainers": [{"name": "i", "resources": {"requests": {"cpu": "2"}}}]});
        let of = |name: &str| of("Pod", &spec, name).map(|q| q.to_string());
        assert_eq!(of("pods").as_deref(), Some("1"));
        assert_eq!(of("count/pods").as_deref(), Some("1"));
        assert_eq!(of("requests.cpu").as_deref(), Some("2"));
        assert_eq!(of("limits.memory").as_deref(), Some("64Mi"));
        assert_eq!(of("requests.memory"), None);
        let hard = json!({"limits.memory": "1Gi", "cpu": "3", "pods": "3"});
        let unsaid = unsaid(&spec, hard.as_object().expect("an object"));
        assert_eq!(unsaid.as_deref(), Some("limits.memory for: b,i"));
    }

    #[test]
    fn scopes_take_pods_by_their_class_and_affinity() {
        let selector = |scope: &str, operator: &str, values: Value| {
            json!({"scopeSelector": {"matchExpressions": [
                {"scopeName": scope, "operator": operator, "values": values}]}})
        };
        let high = json!({"priorityClassName": "high"});
        let none = json!({});
        for (operator, values, of_high, of_none) in [
            ("In", json!(["high"]), true, false),
            ("In", json!(["low"]), false, false),
            ("NotIn", json!(["high"]), false, true),
            ("Exists", Value::Null, true, false),
            ("DoesNotExist", Value::Null, false, true),
        ] {
            let quota = selector("PriorityClass", operator, values);
            assert_eq!(in_scope(&quota, "Pod", &high), of_high, "{operator}");
            assert_eq!(in_scope(&quota, "Pod", &none), of_none, "{operator}");
            assert!(!in_scope(&quota, "Service", &none));
        }
        let quota = json!({"scopes": ["CrossNamespacePodAffinity"]});
        let term = json!({"labelSelector": {}, "namespaces": ["other"]});
        let pod = json!({"affinity": {"podAntiAffinity":
            {"preferredDuringSchedulingIgnoredDuringExecution": [{"podAffinityTerm": term}]}}});
        assert!(in_scope(&quota, "Pod", &pod) && !in_scope(&quota, "Pod", &high));
    }

    #[test]
    fn objects_are_counted_by_their_kinds() {
        let count = |kind: &str, name: &str| of(kind, &json!({}), name).map(|q| q.to_string());
        assert_eq!(count("ConfigMap", "configmaps").as_deref(), Some("1"));
        assert_eq!(count("Deployment", "count/deployments.apps").as_deref(), Some("1"));
        assert_eq!(count("Deployment", "deployments.apps"), None);
        let service = json!({"type": "NodePort", "ports": [{"port": 1}, {"port": 2}]});
        let ports = of("Service", &service, "services.nodeports").map(|q| q.to_string());
        assert_eq!(ports.as_deref(), Some("2"));
    }
}
