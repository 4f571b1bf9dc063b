//! The arguments that runs settle: each has two sides, a prediction, a run that shows the answer
//! and what it was checked against; in both languages.

use crate::content::rows_of;
use lifepod::base::json::{Value, parse};
use lifepod::course::goal::{check, read};
use std::collections::BTreeSet;

const CATALOGUE: &str = include_str!("../../static/catalogue/rules.json");
const ARGUMENTS: &str = include_str!("../../static/catalogue/arguments.json");
const TEXTS: [(&str, bool); 2] = [
    (include_str!("../../static/catalogue/arguments.en.json"), false),
    (include_str!("../../static/catalogue/arguments.zh.json"), true),
];

fn list(json: &str) -> Vec<Value> {
    parse(json).unwrap().as_array().unwrap().clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Rules on which documents differ, or differ from Kubernetes of today.
fn to_settle() -> BTreeSet<String> {
    let open = |rule: &Value| {
        text(&rule["id"]).starts_with("contradiction.")
            || ["wrong", "outdated"].contains(&text(&rule["truth"]))
    };
    let rules = list(CATALOGUE);
    rules.iter().filter(|r| open(r)).map(|r| text(&r["id"]).to_string()).collect()
}

#[test]
fn every_contradiction_and_every_wrong_or_outdated_statement_can_be_settled() {
    let arguments = list(ARGUMENTS);
    let ids: Vec<String> = arguments.iter().map(|a| text(&a["id"]).to_string()).collect();
    assert_eq!(ids.iter().cloned().collect::<BTreeSet<_>>(), to_settle());
    assert_eq!(ids.len(), to_settle().len(), "one stands twice");
}

/// What shows an argument: its own run, else the one that shows the rule.
fn shown(argument: &Value) -> Value {
    if argument.get("shown").is_some() {
        return argument["shown"].clone();
    }
    let rules = list(CATALOGUE);
    rules.iter().find(|rule| rule["id"] == argument["id"]).unwrap()["shown"][0].clone()
}

fn problem(argument: &Value) -> Option<String> {
    let shown = shown(argument);
    let id = text(&argument["id"]);
    let Some(rows) = rows_of(text(&shown["scenario"])) else {
        return Some(format!("{id}: no scenario in {shown}"));
    };
    match read(&shown["that"]) {
        Err(error) => Some(format!("{id}: {error}")),
        Ok(goal) => (!check(&goal, &rows).met).then(|| format!("{id}: {shown} is not met")),
    }
}

#[test]
fn the_run_that_settles_an_argument_shows_what_it_says() {
    let found: Vec<String> = list(ARGUMENTS).iter().filter_map(problem).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_planted_argument_is_found() {
    let of = |that: &str| {
        let json =
            format!(r#"{{"id": "a", "shown": {{"scenario": "ready-never", "that": {that}}}}}"#);
        problem(&parse(&json).unwrap())
    };
    assert_eq!(of(r#"{"rule": "endpoint.not-ready"}"#), None);
    assert!(of(r#"{"rule": "job.fails"}"#).is_some());
    assert!(of(r#"{"rulle": "job.fails"}"#).is_some());
}

/// The recording is one of ours, or it is said which part of upstream was read.
#[test]
fn every_argument_says_what_it_was_checked_against() {
    for argument in list(ARGUMENTS) {
        let (recording, source) = (text(&argument["recording"]), text(&argument["source"]));
        let file = format!("{}/tests/golden/{recording}.yaml", env!("CARGO_MANIFEST_DIR"));
        let recorded = !recording.is_empty() && std::fs::exists(file).unwrap();
        assert!(recorded != (source.len() > 10), "{argument}");
    }
}

#[test]
fn every_argument_is_told_in_both_languages() {
    let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    for (json, han) in TEXTS {
        let texts = parse(json).unwrap();
        assert_eq!(texts.as_object().unwrap().len(), list(ARGUMENTS).len());
        for argument in list(ARGUMENTS) {
            let told = &texts[text(&argument["id"])];
            for part in ["one", "other", "ask", "settled"] {
                let words = text(&told[part]);
                assert!(!words.is_empty() && words.contains(is_han) == han, "{told} {part}");
            }
            let choices = told["choices"].as_array().unwrap().len();
            let right = argument["right"].as_u64().unwrap();
            assert!((2..=4).contains(&choices) && right < choices as u64, "{argument}");
        }
    }
}
