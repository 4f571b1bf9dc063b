//! `kubectl describe pod` and its pieces, as kubectl 1.36 writes them.

use super::{rows, text};
use lifepod::api::describe::{Text, container, node, pod};
use lifepod::api::quantity::Quantity;
use lifepod::api::time::Timestamp;
use lifepod::base::Map;
use lifepod::base::json::{Value, json};

fn new() -> Text {
    Text::new(Timestamp::parse("2026-01-01T00:00:00Z").expect("a moment"), true)
}

fn described(row: &Value) -> String {
    let input = &row["input"];
    let events: Vec<&Value> = input["events"].as_array().into_iter().flatten().collect();
    let mut out = new();
    pod::pod(&mut out, &input["pod"], (row["show_events"] == true).then_some(&events));
    out.finish()
}

/// The pieces still hold their tabs.
fn piece(row: &Value) -> String {
    let (input, mut out) = (&row["input"], new());
    match text(row, "kind") {
        "describe_containers" => {
            let (list, statuses) = (json!([input["container"]]), json!([input["status"]]));
            container::containers(&mut out, "Containers", &list, &statuses, Some(&Value::Null));
        }
        "describe_resources" => container::resources(&mut out, &input["resources"], "  "),
        "annotations_multiline" => out.annotations(text(input, "title"), &input["annotations"]),
        other => panic!("no kind {other}"),
    }
    out.out
}

fn check_words(name: &str, row: &Value, got: &str) {
    let words = |field: &str| -> Vec<&str> {
        row[field].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    };
    for word in words("contains") {
        assert!(got.contains(word), "{name}: no {word:?} in\n{got}");
    }
    for word in words("excludes") {
        assert!(!got.contains(word), "{name}: {word:?} in\n{got}");
    }
    if let Some(want) = row["exact"].as_str() {
        assert_eq!(got, want, "{name}");
    }
    for (word, count) in row["occurrences"].as_object().into_iter().flatten() {
        assert_eq!(
            got.matches(word.as_str()).count() as u64,
            count.as_u64().unwrap_or(0),
            "{name}: {word}"
        );
    }
}

/// The messages of the Events stand in the order that is wanted.
fn check_order(name: &str, row: &Value, got: &str) {
    let wanted = row["expect"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let places: Vec<usize> = wanted.map(|message| got.find(message).expect(message)).collect();
    assert!(places.is_sorted(), "{name}:\n{got}");
}

fn check_sums(name: &str, row: &Value) {
    let mut sums: Map<String, Quantity> = Map::new();
    for pod in row["input"]["pods"].as_array().expect("a list") {
        for (resource, amount) in node::pod_amounts(pod, "requests").iter() {
            let new = sums.get(resource).map_or(*amount, |old| old.plus(*amount));
            sums.insert(resource.clone(), new);
        }
    }
    for (resource, want) in row["expect"].as_object().expect("a map") {
        let want = Quantity::parse(want.as_str().unwrap_or_default());
        assert_eq!(sums.get(resource).copied(), want, "{name}: {resource}");
    }
}

#[test]
fn descriptions_are_as_upstream_writes_them() {
    let all = rows(include_str!("../../tables/describe.json"));
    for row in &all {
        let name = text(row, "name");
        match text(row, "kind") {
            "describe_pod" => check_words(name, row, &described(row)),
            "event_order" => check_order(name, row, &described(row)),
            "pods_total_requests" => check_sums(name, row),
            "container_ports" => {
                for (field, want) in [("containerPort", "container"), ("hostPort", "host")] {
                    let got = container::ports(&row["input"]["ports"], field, true);
                    assert_eq!(got, text(&row["exact"], want), "{name}");
                }
            }
            _ => check_words(name, row, &piece(row)),
        }
    }
    println!("describe: {0} of {0} rows", all.len());
}
