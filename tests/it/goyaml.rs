//! YAML as kubectl's own reader takes it: the same JSON, or an error on the same line.

use lifepod::base::Span;
use lifepod::base::json::Value;
use lifepod::manifest::ProblemKind as Odd;
use lifepod::manifest::json::convert;
use lifepod::yaml::problem::ProblemKind;
use lifepod::yaml::{Chunk, parse};

/// Rows that do not agree, by a part of their text, each with the reason.
const KNOWN_GAPS: &[(&str, &str)] = &[
    ("r: -.inf", "an infinite number is an error of the JSON writer there, text here"),
    ("a: [b, -]", "YAML 1.2, and so the parser, has no bare dash in brackets"),
];

/// The JSON, or the line that the error names (0 for none).
fn ours(text: &str) -> Result<Value, usize> {
    let (tree, problems) = parse(text, Chunk { span: Span::new(0, text.len()) });
    if let Some(problem) = problems.into_iter().find(|p| p.kind.is_error()) {
        return Err(match problem.kind {
            ProblemKind::Syntax(error) => error.go_line.unwrap_or(0),
            _ => 0,
        });
    }
    let converted = convert(&tree);
    let refused = converted.problems.iter().any(|(_, k)| !matches!(k, Odd::DuplicateKey { .. }));
    if refused { Err(0) } else { Ok(converted.value) }
}

fn theirs(row: &Value) -> Result<Value, usize> {
    if let Some(json) = row["json"].as_str() {
        return Ok(lifepod::base::json::parse(json).expect("a recorded answer is JSON"));
    }
    let error = row["error"].as_str().expect("a row has an answer");
    let line = error.split("line ").nth(1).and_then(|rest| rest.split(':').next());
    Err(line.and_then(|line| line.parse().ok()).unwrap_or(0))
}

#[test]
fn every_text_is_read_as_kubectl_reads_it() {
    let all: Value = lifepod::base::json::parse(include_str!("../yaml/goyaml.json"))
        .expect("the recording is JSON");
    let rows = all["rows"].as_array().expect("it has rows");
    assert!(rows.len() >= 100, "only {} rows", rows.len());
    let mut problems = Vec::new();
    for row in rows {
        let text = row["text"].as_str().expect("a row has a text");
        let gap = KNOWN_GAPS.iter().any(|(part, _)| text.contains(part));
        let (got, want) = (ours(text), theirs(row));
        if (got == want) == gap {
            problems.push(format!("{text:?}\n  want {want:?}\n  got  {got:?}, known gap: {gap}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
