//! `kubectl apply`, word for word as a real cluster answers it.

use lifepod::session::apply_answer::{ApplyAnswer, answer};
use serde_json::Value;

/// Rows that do not yet agree, each with the reason; a row that starts to agree must leave.
const KNOWN_GAPS: &[(&str, &str)] = &[];

fn rows() -> Vec<Value> {
    let text = include_str!("../apply/answers.json");
    let all: Value = serde_json::from_str(text).expect("the recording is JSON");
    all["rows"].as_array().expect("it has rows").clone()
}

fn text<'r>(row: &'r Value, field: &str) -> &'r str {
    row[field].as_str().unwrap_or_default()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).collect()
}

/// Why `got` is not what the row has; `None` if it is.
fn difference(row: &Value, got: &ApplyAnswer) -> Option<String> {
    let same = i64::from(got.code) == row["code"].as_i64().unwrap_or(-1)
        && lines(&got.stdout) == lines(text(row, "stdout"))
        && lines(&got.stderr) == lines(text(row, "stderr"));
    let want = format!("{}{}", text(row, "stdout"), text(row, "stderr"));
    (!same).then(|| format!("want {want:?}\n     got {:?}{:?}", got.stdout, got.stderr))
}

#[test]
fn every_recorded_answer_is_given_word_for_word() {
    let rows = rows();
    assert!(rows.len() >= 57, "only {} rows", rows.len());
    let mut problems = Vec::new();
    for row in &rows {
        let name = text(row, "name");
        let gap = KNOWN_GAPS.iter().find(|(gap, _)| *gap == name);
        let difference = difference(row, &answer(text(row, "manifest"), "pod.yaml"));
        match (difference, gap) {
            (Some(difference), None) => problems.push(format!("{name}: {difference}")),
            (None, Some(_)) => problems.push(format!("{name}: agrees now, take it off the list")),
            _ => {}
        }
    }
    assert!(problems.is_empty(), "{} differ\n{}", problems.len(), problems.join("\n"));
}
