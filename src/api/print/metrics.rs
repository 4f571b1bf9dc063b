//! TARGETS of a HorizontalPodAutoscaler.

use super::values::{go, is_set, items, quantity};
use crate::base::json::Value;

/// Of each metric, what is and what should be; two are shown.
/// Source: pkg/printers/internalversion/printers.go formatHPAMetrics
pub fn targets(spec: &Value, status: &Value) -> String {
    let all: Vec<String> = items(&spec["metrics"])
        .enumerate()
        .map(|(nth, metric)| target(metric, &status["currentMetrics"][nth]))
        .collect();
    match all.len() {
        0 => "<none>".to_string(),
        1 | 2 => all.join(", "),
        n => [&all[..2].join(", "), " + ", &(n - 2).to_string(), " more..."].concat(),
    }
}

fn target(metric: &Value, current: &Value) -> String {
    let field = match metric["type"].as_str().unwrap_or_default() {
        "External" => "external",
        "Pods" => "pods",
        "Object" => "object",
        "Resource" => "resource",
        "ContainerResource" => "containerResource",
        _ => return "<unknown type>".to_string(),
    };
    let (wanted, is) = (&metric[field]["target"], &current[field]["current"]);
    let amount = |value: &Value| match is_set(value) {
        true => quantity(value),
        false => "<unknown>".to_string(),
    };
    let percent = |value: &Value, none: &str| match value.is_null() {
        true => none.to_string(),
        false => [&go(value), "%"].concat(),
    };
    let average = is_set(&wanted["averageValue"]);
    let of_resource = field.ends_with("esource");
    let (now, goal, mark) = match (average, of_resource) {
        (true, _) => {
            let mark = if of_resource || field == "pods" { "" } else { " (avg)" };
            (amount(&is["averageValue"]), quantity(&wanted["averageValue"]), mark)
        }
        (false, true) => (
            percent(&is["averageUtilization"], "<unknown>"),
            percent(&wanted["averageUtilization"], "<auto>"),
            "",
        ),
        (false, false) => (amount(&is["value"]), quantity(&wanted["value"]), ""),
    };
    let name = match field {
        "resource" | "containerResource" => [&go(&metric[field]["name"]), ": "].concat(),
        _ => String::new(),
    };
    [&name, &now, "/", &goal, mark].concat()
}
