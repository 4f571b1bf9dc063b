//! The cells of `kubectl get pods`, and ages.

use super::{rows, text};
use lifepod::api::print::table::row;
use lifepod::api::print::{Wish, kinds};
use lifepod::api::time::{Timestamp, human_duration};
use lifepod::base::json::Value;

/// The moment of the table.
const NOW: &str = "2026-01-01T00:00:00Z";

fn cells(pod: &Value, wide: bool) -> Vec<String> {
    let kind = kinds::of("Pod").expect("it is known");
    let now = Timestamp::parse(NOW).expect("a moment");
    row(kind, pod, Wish { wide, ..Wish::default() }, now)
}

fn words(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items.map(|word| word.as_str().unwrap_or_default().to_string()).collect()
}

/// Whole seconds of milliseconds, as Go's conversion cuts them: towards zero.
fn seconds(row: &Value, sign: i64) -> Option<i64> {
    row["offset_ms"].as_i64().map(|ms| sign * ms / 1000)
}

#[test]
fn rows_of_pods_are_as_upstream_prints_them() {
    let all = rows(include_str!("../../tables/printers.json"));
    for row in &all {
        let name = text(row, "name");
        match text(row, "kind") {
            "pod" => assert_eq!(cells(&row["pod"], false), words(&row["expect"]), "{name}"),
            "pod_wide" => assert_eq!(cells(&row["pod"], true), words(&row["expect"]), "{name}"),
            "pod_list" => {
                let pods = row["pods"].as_array().expect("a list").iter();
                let got: Vec<_> = pods.map(|pod| cells(pod, false)).collect();
                let want: Vec<_> =
                    row["expect"].as_array().expect("a list").iter().map(words).collect();
                assert_eq!(got, want, "{name}");
            }
            kind @ ("age_since" | "age_until") => {
                // The time is shown as so much before, or so much behind, now.
                let sign = if kind == "age_since" { -1 } else { 1 };
                let got = seconds(row, sign).map_or("<unknown>".to_string(), human_duration);
                assert_eq!(got, text(row, "expect"), "{name}");
            }
            other => panic!("{name}: no kind {other}"),
        }
    }
    println!("printers: {0} of {0} rows", all.len());
}

#[test]
fn durations_are_as_upstream_prints_them() {
    let all = rows(include_str!("../../tables/human_duration.json"));
    let long: Vec<_> = all.iter().filter(|row| text(row, "function") == "human").collect();
    for row in &long {
        let nanoseconds = row["duration_ns"].as_i64().expect("a number");
        let got = human_duration(nanoseconds / 1_000_000_000);
        assert_eq!(got, text(row, "expect"), "{}", text(row, "name"));
    }
    // The form with one unit is not what kubectl's columns use.
    println!("human_duration: {0} of {0} rows of the long form", long.len());
}
