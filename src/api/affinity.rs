//! Which nodes a Pod wants: its nodeSelector and its required node affinity.
//!
//! Source: component-helpers/scheduling/corev1/nodeaffinity

use super::node::Node;
use crate::base::json::Value;

/// Whether the node is one that the Pod's spec allows.
pub fn matches(spec: &Value, node: &Node) -> bool {
    let selector = spec["nodeSelector"].as_object().into_iter().flatten();
    let mut wanted = selector.map(|(k, v)| (k, v.as_str().unwrap_or_default()));
    if !wanted.all(|(k, v)| node.labels.get(k).is_some_and(|l| l == v)) {
        return false;
    }
    let required =
        &spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
    match required["nodeSelectorTerms"].as_array() {
        None => true,
        Some(terms) => terms.iter().any(|term| term_matches(term, node)),
    }
}

/// Whether a term of a node selector matches; one without requirements matches nothing.
pub fn term_matches(term: &Value, node: &Node) -> bool {
    let list = |field: &str| term[field].as_array().cloned().unwrap_or_default();
    let (expressions, fields) = (list("matchExpressions"), list("matchFields"));
    let label = |r: &Value| {
        let key = r["key"].as_str().unwrap_or_default();
        requirement_matches(r, node.labels.get(key).map(String::as_str))
    };
    let field = |r: &Value| requirement_matches(r, Some(&node.name));
    let some = !(expressions.is_empty() && fields.is_empty());
    some && expressions.iter().all(label) && fields.iter().all(field)
}

fn requirement_matches(requirement: &Value, found: Option<&str>) -> bool {
    let values = requirement["values"].as_array().cloned().unwrap_or_default();
    let among = found.is_some_and(|f| values.iter().any(|v| v == f));
    let number = |text: Option<&str>| text.and_then(|t| t.parse::<i64>().ok());
    let bound = number(values.first().and_then(Value::as_str));
    match requirement["operator"].as_str().unwrap_or_default() {
        "In" => among,
        "NotIn" => !among,
        "Exists" => found.is_some(),
        "DoesNotExist" => found.is_none(),
        "Gt" => number(found).zip(bound).is_some_and(|(f, b)| f > b),
        "Lt" => number(found).zip(bound).is_some_and(|(f, b)| f < b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn requirements_of_every_operator() {
        let labels = [("zone".to_string(), "a".to_string()), ("cores".into(), "8".into())];
        let node =
            Node { name: "n1".into(), labels: labels.into_iter().collect(), ..Node::default() };
        let with = |requirement: Value| {
            let terms = json!([{"matchExpressions": [requirement]}]);
            let required = "requiredDuringSchedulingIgnoredDuringExecution";
            matches(
                &json!({"affinity": {"nodeAffinity": {required: {"nodeSelectorTerms": terms}}}}),
                &node,
            )
        };
        for (operator, key, values, want) in [
            ("In", "zone", json!(["a", "b"]), true),
            ("In", "zone", json!(["c"]), false),
            ("NotIn", "zone", json!(["c"]), true),
            ("NotIn", "absent", json!(["c"]), true),
            ("Exists", "zone", json!([]), true),
            ("DoesNotExist", "zone", json!([]), false),
            ("Gt", "cores", json!(["4"]), true),
            ("Lt", "cores", json!(["4"]), false),
        ] {
            let got = with(json!({"key": key, "operator": operator, "values": values}));
            assert_eq!(got, want, "{operator} {key}");
        }
        assert!(matches(&json!({"nodeSelector": {"zone": "a"}}), &node));
        assert!(!matches(&json!({"nodeSelector": {"zone": "b"}}), &node));
    }
}
