//! The objects of a file: what `kubectl get` and `describe` print about them.

use crate::api::print::kinds;
use crate::api::query::{Answer, Query, answer};
use crate::api::time::Timestamp;
use crate::base::json::{Value, parse};
use crate::course::kubectl;

/// The objects of a JSON document: one of its own, or the items of a list (or list of lists).
///
/// # Errors
/// What is wrong with the text.
pub fn read(text: &str) -> Result<Vec<Value>, String> {
    let document = parse(text.trim_start_matches('\u{feff}')).map_err(|error| error.to_string())?;
    let mut objects = Vec::new();
    flatten(document, &mut objects);
    Ok(objects)
}

fn flatten(document: Value, objects: &mut Vec<Value>) {
    let list_of = document["kind"].as_str().unwrap_or_default().strip_suffix("List");
    let item_kind = list_of.map(str::to_string);
    let version = document["apiVersion"].clone();
    let has_items = item_kind.is_some() || document["items"].is_array();
    let items = match document {
        Value::Array(items) => items,
        Value::Object(_) if !has_items => return objects.push(document),
        Value::Object(mut entries) => match entries.remove("items") {
            Some(Value::Array(items)) => items,
            _ => return,
        },
        _ => return,
    };
    for mut item in items {
        // The items of a PodList need not say again what they are.
        let untold = item.is_object() && item["kind"].is_null();
        if let Some(kind) = item_kind.as_ref().filter(|kind| untold && !kind.is_empty()) {
            item["kind"] = kind.as_str().into();
            item["apiVersion"] = version.clone();
        }
        flatten(item, objects);
    }
}

/// What `kubectl VERB WORDS` prints about these objects at `now` (seconds since 1970).
///
/// `get` without a kind shows the Pods if there are any, else everything; `describe` without one
/// tells of the same.
pub fn ask(verb: &str, words: &[String], objects: &[Value], now: i64) -> Answer {
    let mut query = match kubectl::read_query(verb, words) {
        Ok(query) => query,
        Err(error) => return Answer { err: error, code: 1, ..Answer::default() },
    };
    let targets = match &mut query {
        Query::Get(get) => &mut get.targets,
        Query::Describe(describe) => &mut describe.targets,
        _ => return answer(&query, objects, Timestamp(now)),
    };
    if targets.is_empty() {
        targets.extend(kubectl::every_kind(objects));
        let pods = kinds::of("Pod").filter(|kind| targets.iter().any(|t| t.kind == *kind));
        if let Some(pods) = pods {
            targets.retain(|target| target.kind == pods);
        }
    }
    answer(&query, objects, Timestamp(now))
}

/// Reads `2026-01-01T00:00:00Z` or seconds since 1970.
pub fn read_now(text: &str) -> Option<i64> {
    let seconds = || text.split('.').next()?.parse().ok();
    Timestamp::parse(text).map(|time| time.0).or_else(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_read_as_their_objects() {
        let names = |text: &str| -> Vec<String> {
            let objects = read(text).unwrap_or_default();
            objects.iter().map(|o| o["kind"].as_str().unwrap_or("?").to_string()).collect()
        };
        assert_eq!(names(r#"{"kind":"Pod"}"#), ["Pod"]);
        assert_eq!(
            names(r#"{"kind":"PodList","apiVersion":"v1","items":[{},{}]}"#),
            ["Pod", "Pod"]
        );
        let list = r#"{"kind":"List","items":[{"kind":"Pod"},{"kind":"EventList","items":[{}]}]}"#;
        assert_eq!(names(list), ["Pod", "Event"]);
        assert_eq!(names(r#"{"kind":"PodList","items":null}"#), [""; 0]);
        assert_eq!(names(r#"[{"kind":"Node"}]"#), ["Node"]);
        assert!(read("{").is_err());
    }
}
