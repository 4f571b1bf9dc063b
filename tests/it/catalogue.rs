//! The rules of the documents: every one has its texts, and what is said to show one shows it.

use crate::content::{SCENARIOS, rows_of};
use lifepod::base::json::{Value, parse};
use lifepod::course::goal::{Verdict, check, read};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const KINDS: &[&str] = &["simulatable", "displayable", "card"];
const TRUTHS: &[&str] = &["correct", "simplified", "outdated", "wrong", "contradicted"];

fn file(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/catalogue").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
    parse(&text).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

fn rules() -> Vec<Value> {
    file("rules.json").as_array().unwrap().clone()
}

#[test]
fn all_317_rules_of_the_documents_are_there_with_their_texts() {
    let rules = rules();
    assert_eq!(rules.len(), 317);
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 317, "an id stands twice");
    let topics: BTreeSet<&str> = ids.iter().map(|id| id.split('.').next().unwrap()).collect();
    for language in ["en.json", "zh.json"] {
        let texts = file(language);
        let keys = |part: &str| texts[part].as_object().unwrap().keys();
        assert_eq!(keys("topics").map(String::as_str).collect::<BTreeSet<_>>(), topics);
        assert_eq!(keys("rules").map(String::as_str).collect::<BTreeSet<_>>(), ids);
        for (id, text) in texts["rules"].as_object().unwrap().iter() {
            assert!(text["statement"].as_str().is_some_and(|s| !s.is_empty()), "{id}");
        }
    }
}

#[test]
fn every_rule_says_of_what_kind_and_how_true_it_is_and_where_it_stands() {
    for rule in rules() {
        assert!(KINDS.contains(&rule["kind"].as_str().unwrap()), "{}", rule["id"]);
        assert!(TRUTHS.contains(&rule["truth"].as_str().unwrap()), "{}", rule["id"]);
        assert!(!rule["sources"].as_array().unwrap().is_empty(), "{}", rule["id"]);
    }
}

/// What a rule is said to be shown by, held against the runs.
fn problems(rule: &Value) -> Vec<String> {
    let shown = rule["shown"].as_array().unwrap();
    shown.iter().filter_map(|one| problem(&rule["id"], one)).collect()
}

fn problem(id: &Value, shown: &Value) -> Option<String> {
    let name = shown["scenario"].as_str().unwrap_or_default();
    let Some(rows) = rows_of(name) else { return Some(format!("{id}: no scenario {name:?}")) };
    match read(&shown["that"]) {
        Err(error) => Some(format!("{id}: {error}")),
        Ok(goal) => {
            let verdict = check(&goal, &rows);
            (!verdict.met).then(|| format!("{id} in {name}: {}", words(&shown["that"], &verdict)))
        }
    }
}

/// The innermost goal that was missed, with what was seen.
fn words(goal: &Value, verdict: &Verdict) -> String {
    let parts = goal.get("all").and_then(Value::as_array);
    let missed = verdict.parts.iter().position(|part| !part.met);
    match (parts, missed) {
        (Some(parts), Some(at)) => words(&parts[at], &verdict.parts[at]),
        _ => format!(
            "{goal} at {:?}, {} times, saw {:?}",
            verdict.at.map(|at| at.to_string()),
            verdict.times,
            verdict.saw
        ),
    }
}

#[test]
fn what_is_said_to_show_a_rule_shows_it() {
    let found: Vec<String> = rules().iter().flat_map(problems).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// Rules that a run can show and none shows yet; the list may only become shorter.
#[test]
fn rules_that_no_run_shows_yet_are_listed() {
    let text = include_str!("../catalogue/not-shown-yet.txt");
    let listed: BTreeSet<String> =
        text.lines().filter(|l| !l.starts_with('#')).map(str::to_string).collect();
    let open = rules().into_iter().filter(|rule| {
        rule["kind"] == "simulatable" && rule["shown"].as_array().unwrap().is_empty()
    });
    let open: BTreeSet<String> =
        open.map(|rule| rule["id"].as_str().unwrap().to_string()).collect();
    assert_eq!(open, listed);
}

#[test]
fn a_planted_showing_is_found() {
    let (name, _) = SCENARIOS.iter().next().unwrap();
    let shown =
        |that: &str| parse(&format!(r#"{{"scenario": "{name}", "that": {that}}}"#)).unwrap();
    let id = Value::from("a.rule");
    assert_eq!(problem(&id, &shown(r#"{"object": "pod/*"}"#)), None);
    assert!(problem(&id, &shown(r#"{"event": "NeverSeen"}"#)).is_some());
    assert!(problem(&id, &shown(r#"{"evnt": "Killing"}"#)).is_some());
}

/// Every scenario of the content is in the index with its texts, and the other way round.
#[test]
fn scenarios_and_their_index_agree() {
    let index = parse(include_str!("../../static/scenarios/index.json")).unwrap();
    let mut told: BTreeMap<&str, &Value> = BTreeMap::new();
    for entry in index.as_array().unwrap() {
        let name = entry["name"].as_str().unwrap();
        assert!(told.insert(name, entry).is_none(), "{name} stands twice");
        for part in ["topic", "title", "look"] {
            for language in ["en", "zh"] {
                let text = entry[part][language].as_str().unwrap_or_default();
                assert!(!text.is_empty(), "{name}: {part}.{language}");
            }
        }
    }
    let files: BTreeSet<&str> = SCENARIOS.keys().map(String::as_str).collect();
    assert_eq!(told.keys().copied().collect::<BTreeSet<_>>(), files);
}
