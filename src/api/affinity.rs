//! Which nodes a Pod wants: its nodeSelector and its required node affinity.
//!
//! Source: component-helpers/scheduling/corev1/nodeaffinity

use super::node::Node;
use crate::base::Map;
use crate::base::json::Value;

/// Whether a LabelSelector selects what has these labels; none selects nothing.
/// Source: apimachinery meta/v1/helpers.go LabelSelectorAsSelector
pub fn selects(selector: &Value, labels: &Map<String, String>) -> bool {
    selector.is_object() && super::selector::takes(selector, labels)
}

fn label_matches(requirement: &Value, labels: &Map<String, String>) -> bool {
    let key = requirement["key"].as_str().unwrap_or_default();
    requirement_matches(requirement, labels.get(key).map(String::as_str))
}

/// The names of the only nodes that the Pod's required affinity can mean, if it names nodes in
/// each of its terms.
/// Source: scheduler framework/plugins/nodeaffinity PreFilter
pub fn named_nodes(spec: &Value) -> Option<Vec<&str>> {
    let mut all = Vec::new();
    for term in required(spec)? {
        let mut fields = term["matchFields"].as_array().into_iter().flatten();
        let named = fields.find(|r| r["key"] == "metadata.name" && r["operator"] == "In")?;
        all.extend(named["values"].as_array().into_iter().flatten().filter_map(Value::as_str));
    }
    Some(all)
}

fn required(spec: &Value) -> Option<&Vec<Value>> {
    let required =
        &spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
    required["nodeSelectorTerms"].as_array()
}

/// How much the node is what the Pod would like: the weights of its preferred terms that match.
/// Source: scheduler framework/plugins/nodeaffinity Score
pub fn preference(spec: &Value, node: &Node) -> i64 {
    let list = &spec["affinity"]["nodeAffinity"]["preferredDuringSchedulingIgnoredDuringExecution"];
    let list = list.as_array().into_iter().flatten();
    let liked = list.filter(|p| term_matches(&p["preference"], node));
    liked.map(|p| p["weight"].as_i64().unwrap_or(0)).sum()
}

/// Whether the node is one that the Pod's spec allows.
pub fn matches(spec: &Value, node: &Node) -> bool {
    let selector = spec["nodeSelector"].as_object().into_iter().flatten();
    let mut wanted = selector.map(|(k, v)| (k, v.as_str().unwrap_or_default()));
    if !wanted.all(|(k, v)| node.labels.get(k).is_some_and(|l| l == v)) {
        return false;
    }
    match required(spec) {
        None => true,
        Some(terms) => terms.iter().any(|term| term_matches(term, node)),
    }
}

/// Whether a term of a node selector matches; one without requirements matches nothing.
pub fn term_matches(term: &Value, node: &Node) -> bool {
    let list = |field: &str| term[field].as_array().cloned().unwrap_or_default();
    let (expressions, fields) = (list("matchExpressions"), list("matchFields"));
    let label = |r: &Value| label_matches(r, &node.labels);
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
