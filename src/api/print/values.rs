//! Values of an object as kubectl writes them.

use crate::api::quantity::Quantity;
use crate::api::time::{Timestamp, human_duration};
use crate::base::json::Value;

/// What is at a path of keys and indices (`spec.ports.0.port`); null if nothing is.
pub fn at<'a>(object: &'a Value, path: &str) -> &'a Value {
    path.split('.').filter(|key| !key.is_empty()).fold(object, |value, key| match value {
        Value::Array(_) => &value[key.parse().unwrap_or(usize::MAX)],
        value => &value[key],
    })
}

/// The items of a list; none if it is no list.
pub fn items(list: &Value) -> impl DoubleEndedIterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// The entries of a map with their text, by key.
pub fn entries(map: &Value) -> impl Iterator<Item = (&str, String)> {
    map.as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), go(value)))
}

/// Whether there is something: not null, not the empty text, list or map.
pub fn is_set(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
        _ => true,
    }
}

/// As Go's `%v` prints it; nothing for null.
pub fn go(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            ["[", &list.iter().map(go).collect::<Vec<_>>().join(" "), "]"].concat()
        }
        Value::Object(_) => {
            let pairs: Vec<String> = entries(value).map(|(k, v)| [k, ":", &v].concat()).collect();
            ["map[", &pairs.join(" "), "]"].concat()
        }
        other => other.to_string(),
    }
}

/// A list's items with `by` between them.
pub fn join(list: &Value, by: &str) -> String {
    items(list).map(go).collect::<Vec<_>>().join(by)
}

/// The text, or another one if it is empty.
pub fn or(text: String, none: &str) -> String {
    if text.is_empty() { none.to_string() } else { text }
}

/// A moment of an object: `None` if there is none.
pub fn moment(value: &Value) -> Option<Timestamp> {
    value.as_str().and_then(Timestamp::parse)
}

/// The time since a moment of an object, `<unknown>` if there is none.
/// Source: pkg/printers/internalversion/printers.go translateTimestampSince
pub fn since(value: &Value, now: Timestamp) -> String {
    moment(value).map_or_else(|| "<unknown>".to_string(), |at| human_duration(now.0 - at.0))
}

/// A moment as describe writes it; the zero time if there is none.
pub fn date(value: &Value) -> String {
    const YEAR_ONE: Timestamp = Timestamp(-62_135_596_800);
    moment(value).unwrap_or(YEAR_ONE).rfc1123()
}

/// An amount, if it is one.
pub fn amount(value: &Value) -> Option<Quantity> {
    is_set(value).then(|| Quantity::parse(&go(value)))?
}

/// An amount in canonical form; `0` if there is none.
pub fn quantity(value: &Value) -> String {
    amount(value).map_or_else(|| or(go(value), "0"), |amount| amount.to_string())
}

/// Labels as one text. Source: apimachinery labels.FormatLabels
pub fn labels(map: &Value) -> String {
    let pairs: Vec<String> = entries(map).map(|(key, value)| [key, "=", &value].concat()).collect();
    or(pairs.join(","), "<none>")
}

/// A label selector as one text; nothing for one that selects everything.
/// Source: apimachinery metav1.LabelSelectorAsSelector, labels.Requirement.String
pub fn selector(selector: &Value) -> String {
    let mut parts: Vec<(String, String)> = Vec::new();
    for (key, value) in entries(&selector["matchLabels"]) {
        parts.push((key.to_string(), [key, "=", &value].concat()));
    }
    for wish in items(&selector["matchExpressions"]) {
        let key = go(&wish["key"]);
        let mut values: Vec<String> = items(&wish["values"]).map(go).collect();
        crate::base::sort(&mut values);
        let list = values.join(",");
        let text = match wish["operator"].as_str().unwrap_or_default() {
            "Exists" => key.clone(),
            "DoesNotExist" => ["!", &key].concat(),
            "NotIn" => [&key, " notin (", &list, ")"].concat(),
            _ => [&key, " in (", &list, ")"].concat(),
        };
        parts.push((key, text));
    }
    crate::base::sort_by_key(&mut parts, |(key, _)| key.clone());
    parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(",")
}

/// The controller among an object's owners.
pub fn controller(object: &Value) -> Option<&Value> {
    items(&object["metadata"]["ownerReferences"]).find(|owner| owner["controller"] == true)
}

/// The condition of a type.
pub fn condition<'a>(object: &'a Value, kind: &str) -> &'a Value {
    const NONE: &Value = &Value::Null;
    items(&object["status"]["conditions"]).find(|c| c["type"] == kind).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn values_are_written_as_go_writes_them() {
        let object = json!({"a": [{"b": "x"}, 2, true], "m": {"k": "v", "l": 1}});
        assert_eq!(go(at(&object, "a.0.b")), "x");
        assert_eq!(go(&object["a"]), "[map[b:x] 2 true]");
        assert_eq!(go(&object["m"]), "map[k:v l:1]");
        assert_eq!(
            (go(at(&object, "a.7.b")), quantity(&json!("1024Mi"))),
            (String::new(), "1Gi".into())
        );
        assert_eq!(date(&Value::Null), "Mon, 01 Jan 0001 00:00:00 +0000");
        assert_eq!(date(&json!("2026-11-20T20:44:42Z")), "Fri, 20 Nov 2026 20:44:42 +0000");
    }

    #[test]
    fn selectors_are_written_in_the_order_of_their_keys() {
        let wish = |key: &str, operator: &str| json!({"key": key, "operator": operator, "values": ["y", "x"]});
        let all = json!({"matchLabels": {"m": "1"}, "matchExpressions":
            [wish("z", "In"), wish("a", "Exists"), wish("b", "DoesNotExist"), wish("n", "NotIn")]});
        assert_eq!(selector(&all), "a,!b,m=1,n notin (x,y),z in (x,y)");
        assert_eq!(selector(&json!({})), "");
    }
}
