//! Label selectors: which objects have the labels that one looks for.
//!
//! Source: apimachinery pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector; pkg/labels/selector.go

use crate::base::Map;
use crate::base::json::{Value, json};

/// Whether a LabelSelector takes what has `labels`; one without requirements takes everything.
pub fn takes(selector: &Value, labels: &Map<String, String>) -> bool {
    let equal = |(key, value): (&String, &Value)| {
        labels.get(key).map(String::as_str) == Some(value.as_str().unwrap_or_default())
    };
    selector["matchLabels"].as_object().into_iter().flatten().all(equal)
        && selector["matchExpressions"].as_array().into_iter().flatten().all(|e| meets(e, labels))
}

fn meets(requirement: &Value, labels: &Map<String, String>) -> bool {
    let found = labels.get(requirement["key"].as_str().unwrap_or_default());
    let mut values = requirement["values"].as_array().into_iter().flatten();
    let among = |found: &String| values.any(|v| v == found.as_str());
    match requirement["operator"].as_str().unwrap_or_default() {
        "In" => found.is_some_and(among),
        "NotIn" => !found.is_some_and(among),
        "Exists" => found.is_some(),
        _ => found.is_none(),
    }
}

/// Reads a selector as a command line has it (`app=web,tier!=db,new,!old,zone in (a,b)`) into a
/// LabelSelector; `None` if it is none.
pub fn parse(text: &str) -> Option<Value> {
    let mut found: Vec<Value> = Vec::new();
    for part in parts(text).filter(|part| !part.is_empty()) {
        found.push(requirement(part)?);
    }
    Some(json!({"matchExpressions": found}))
}

/// Splits at commas outside parentheses.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    text.split(move |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    })
    .map(str::trim)
}

fn requirement(part: &str) -> Option<Value> {
    for (sign, operator) in [("!=", "NotIn"), ("==", "In"), ("=", "In")] {
        if let Some((key, value)) = part.split_once(sign) {
            return made(key, operator, vec![value.trim()]);
        }
    }
    for (word, operator) in [(" notin ", "NotIn"), (" in ", "In")] {
        if let Some((key, list)) = part.split_once(word) {
            let list = list.trim().strip_prefix('(')?.strip_suffix(')')?;
            return made(key, operator, list.split(',').map(str::trim).collect());
        }
    }
    match part.strip_prefix('!') {
        Some(key) => made(key, "DoesNotExist", Vec::new()),
        None => made(part, "Exists", Vec::new()),
    }
}

fn made(key: &str, operator: &str, values: Vec<&str>) -> Option<Value> {
    let key = key.trim();
    let sound = !key.is_empty() && !key.contains([' ', '(', ')']);
    sound.then(|| json!({"key": key, "operator": operator, "values": values}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_take_what_they_name() {
        let labels: Map<String, String> =
            [("app", "web"), ("tier", "db")].map(|(k, v)| (k.to_string(), v.to_string())).into();
        let all = |text: &str| parse(text).is_some_and(|s| takes(&s, &labels));
        for text in ["", "app=web", "app==web,tier!=x", "app in (a, web)", "tier,!old", "x!=1"] {
            assert!(all(text), "{text}");
        }
        for text in ["app=db", "app!=web", "old", "!app", "app notin (web)", "zone in (a)"] {
            assert!(!all(text), "{text}");
        }
        assert!(parse("a b").is_none() && parse("=x").is_none() && parse("a in b").is_none());
        assert!(takes(&json!({"matchLabels": {"app": "web"}}), &labels));
        assert!(!takes(&json!({"matchLabels": {"app": "web", "v": "2"}}), &labels));
    }
}
