//! The quality-of-service class of a Pod.

use crate::base::Map;

use crate::base::json::Value;

use super::quantity::Quantity;

type Amounts = Map<String, Quantity>;

/// The class of a Pod's `spec`, defaults filled in: `BestEffort`, `Burstable` or `Guaranteed`.
///
/// Source: pkg/apis/core/v1/helper/qos/qos.go ComputePodQOS.
pub fn class(spec: &Value) -> &'static str {
    let pod_level = &spec["resources"];
    if pod_level["requests"].is_object() || pod_level["limits"].is_object() {
        return judge(&[pod_level]);
    }
    let lists = [&spec["containers"], &spec["initContainers"]];
    let containers = lists.iter().filter_map(|l| l.as_array()).flatten();
    judge(&containers.map(|c| &c["resources"]).collect::<Vec<_>>())
}

fn judge(all: &[&Value]) -> &'static str {
    let (mut requests, mut limits) = (Amounts::new(), Amounts::new());
    let mut all_limited = true;
    for resources in all {
        add(&mut requests, &resources["requests"]);
        let limited = add(&mut limits, &resources["limits"]);
        all_limited &= limited == 2;
    }
    if requests.is_empty() && limits.is_empty() {
        "BestEffort"
    } else if all_limited && requests == limits {
        "Guaranteed"
    } else {
        "Burstable"
    }
}

/// Adds the amounts of processor and memory above zero; gives their number.
fn add(sum: &mut Amounts, amounts: &Value) -> usize {
    let mut counted = 0;
    for name in ["cpu", "memory"] {
        let text = match &amounts[name] {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => continue,
        };
        let Some(amount) = Quantity::parse(&text).filter(|q| *q > Quantity::ZERO) else { continue };
        let entry = sum.entry(name.to_string()).or_insert(Quantity::ZERO);
        *entry = entry.plus(amount);
        counted += 1;
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn a_class_follows_from_requests_and_limits() {
        let full = json!({"cpu": "1", "memory": "64Mi"});
        let rows = [
            (json!([{}]), "BestEffort"),
            (json!([{"resources": {"requests": {"cpu": "0"}}}]), "BestEffort"),
            (json!([{"resources": {"requests": {"cpu": "1"}}}]), "Burstable"),
            (json!([{"resources": {"requests": full, "limits": full}}]), "Guaranteed"),
            (json!([{"resources": {"requests": full, "limits": full}}, {}]), "Burstable"),
            (json!([{"resources": {"requests": {"example.com/gpu": 1}}}]), "BestEffort"),
        ];
        for (containers, want) in rows {
            assert_eq!(class(&json!({"containers": containers})), want, "{containers}");
        }
        let pod_level =
            json!({"containers": [{}], "resources": {"requests": full, "limits": full}});
        assert_eq!(class(&pod_level), "Guaranteed");
    }
}
