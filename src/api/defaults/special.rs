//! Defaults that follow from other fields.
//!
//! Source: pkg/apis/core/v1/defaults.go.

use crate::base::json::Value;

use super::table::{Around, Object, is_unset, parse};
use crate::api::quantity::Quantity;

/// Carries out what the table calls `name` for field `field` of `object`.
// tidy: dispatch
pub(super) fn special(name: &str, object: &mut Object, field: &str, around: Around) {
    let text = |object: &Object, key: &str| {
        object.get(key).and_then(Value::as_str).unwrap_or_default().to_string()
    };
    let value: Value = match name {
        "amounts" => return amounts(object.get_mut(field)),
        "resources" => return resources(object.get_mut(field), around),
        "pull-policy" => pull_policy(&text(object, "image")).into(),
        "image-policy" => pull_policy(&text(object, "reference")).into(),
        "host-port" if around.host_network => {
            object.get("containerPort").cloned().unwrap_or_default()
        }
        "target-port" => object.get("port").cloned().unwrap_or_else(|| 0.into()),
        "volume" if object.keys().all(|key| key == "name") => parse("{}"),
        "completions" if is_absent(object, "parallelism") => 1.into(),
        "replacement" if is_absent(object, "podFailurePolicy") => "TerminatingOrFailed".into(),
        _ => return,
    };
    // Only the source of a volume may be an empty object.
    let absent = name == "completions" || name == "replacement";
    let there = if absent { !is_absent(object, field) } else { !is_unset(object.get(field)) };
    if !there && !value.is_null() {
        object.insert(field.to_string(), value);
    }
}

fn is_absent(object: &Object, field: &str) -> bool {
    object.get(field).is_none_or(Value::is_null)
}

/// The pull policy of an image without one: by its tag.
///
/// Source: SetDefaults_Container, pkg/util/parsers/parsers.go ParseImageName.
pub fn pull_policy(image: &str) -> &'static str {
    let (name, digest) = image.split_once('@').map_or((image, None), |(n, d)| (n, Some(d)));
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.split_once(':') {
        Some((_, "latest")) => "Always",
        Some(_) => "IfNotPresent",
        None if digest.is_some() || image.is_empty() => "IfNotPresent",
        None => "Always",
    }
}

/// Amounts in canonical form, rounded up to thousandths.
fn amounts(list: Option<&mut Value>) {
    for amount in list.and_then(Value::as_object_mut).into_iter().flat_map(|l| l.values_mut()) {
        let text = match &*amount {
            Value::String(text) => text.trim().to_string(),
            other => other.to_string(),
        };
        if let Some(quantity) = Quantity::parse(&text) {
            *amount = quantity.round_up_to_milli().to_string().into();
        }
    }
}

/// A Pod requests its limits where it requests nothing else.
fn resources(resources: Option<&mut Value>, around: Around) {
    let Some(resources) = resources.and_then(Value::as_object_mut) else { return };
    amounts(resources.get_mut("limits"));
    amounts(resources.get_mut("requests"));
    let limits = resources.get("limits").and_then(Value::as_object).cloned().unwrap_or_default();
    if around.is_pod && !limits.is_empty() {
        let requests = resources.entry("requests").or_insert_with(|| parse("{}"));
        if let Some(requests) = requests.as_object_mut() {
            for (name, amount) in limits {
                requests.entry(name).or_insert(amount);
            }
        }
    }
    resources.retain(|_, list| !is_unset(Some(list)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::defaults::fill;
    use crate::base::json::json;

    #[test]
    fn the_pull_policy_follows_the_tag() {
        let rows = [
            ("busybox", "Always"),
            ("busybox:latest", "Always"),
            ("busybox:1.36", "IfNotPresent"),
            ("registry.local:5000/a/b", "Always"),
            ("registry.local:5000/a/b:2", "IfNotPresent"),
            ("a@sha256:0123", "IfNotPresent"),
            ("a:latest@sha256:0123", "Always"),
        ];
        for (image, want) in rows {
            assert_eq!(pull_policy(image), want, "{image}");
        }
    }

    #[test]
    fn requests_come_from_limits_of_a_pod_only() {
        let given = json!({"containers": [{"resources": {
            "limits": {"cpu": "1000m", "memory": "1024Mi"}, "requests": {"memory": "0"}}}]});
        let mut pod = json!({"kind": "Pod", "spec": given});
        fill(&mut pod, "x");
        let resources = &pod["spec"]["containers"][0]["resources"];
        assert_eq!(resources["limits"], json!({"cpu": "1", "memory": "1Gi"}));
        assert_eq!(resources["requests"], json!({"cpu": "1", "memory": "0"}));
        let mut set = json!({"kind": "ReplicaSet", "spec": {"template": {"spec": given}}});
        fill(&mut set, "x");
        let resources = &set["spec"]["template"]["spec"]["containers"][0]["resources"];
        assert_eq!(resources["requests"], json!({"memory": "0"}));
    }

    #[test]
    fn a_probe_gets_its_numbers_and_zero_is_not_one() {
        let mut pod = json!({"kind": "Pod", "spec": {"containers": [{
            "livenessProbe": {"exec": {"command": ["a"]}, "periodSeconds": 0, "timeoutSeconds": 7},
            "readinessProbe": {"httpGet": {"port": 80}},
        }]}});
        fill(&mut pod, "x");
        let container = &pod["spec"]["containers"][0];
        let want = json!({"exec": {"command": ["a"]}, "periodSeconds": 10, "timeoutSeconds": 7,
            "successThreshold": 1, "failureThreshold": 3});
        assert_eq!(container["livenessProbe"], want);
        let http = json!({"port": 80, "path": "/", "scheme": "HTTP"});
        assert_eq!(container["readinessProbe"]["httpGet"], http);
    }
}
