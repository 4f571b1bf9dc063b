//! Every decision cites a rule of the table, with the facts that the rule's texts tell.

use crate::traces::{RUNS, Run};
use lifepod::base::json::Value;
use lifepod::rules::Rule;
use std::collections::{BTreeMap, BTreeSet};

/// The RULE rows of a scenario's trace.
fn cited(run: &Run) -> Vec<Value> {
    let trace = run.trace.as_deref().unwrap_or_default();
    let rows = trace.lines().map(|line| lifepod::base::json::parse(line).unwrap());
    rows.filter(|row| row["type"] == "RULE").collect()
}

/// What is wrong with one RULE row.
fn problem(row: &Value) -> Option<String> {
    let id = row["rule"].as_str().unwrap_or("");
    let Some(rule) = Rule::by_id(id) else { return Some(format!("no rule `{id}`")) };
    let told: BTreeSet<&str> = rule.info().facts.iter().copied().collect();
    let facts = row["facts"].as_object();
    let given: BTreeSet<&str> =
        facts.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    (told != given).then(|| format!("{id} cites {given:?}, its texts tell {told:?}"))
}

#[test]
fn every_decision_cites_a_rule_with_its_facts() {
    let mut problems = BTreeSet::new();
    for run in RUNS.iter() {
        let found = cited(run).into_iter().filter_map(|row| problem(&row));
        problems.extend(found.map(|words| format!("{}: {words}", run.golden.name)));
    }
    assert!(problems.is_empty(), "\n{}\n", problems.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The scenario that the table names cites the rule; none is named only while none does.
#[test]
fn every_rule_names_a_scenario_that_shows_it() {
    let mut showing: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for run in RUNS.iter() {
        let rules: BTreeSet<String> =
            cited(run).iter().filter_map(|row| row["rule"].as_str().map(str::to_string)).collect();
        for rule in rules {
            showing.entry(rule).or_default().push(&run.golden.name);
        }
    }
    let mut problems = Vec::new();
    for rule in Rule::ALL.iter().map(|rule| rule.info()) {
        let shows = showing.get(rule.id).map_or(&[][..], Vec::as_slice);
        let named =
            if shows.is_empty() { rule.shown_by == "-" } else { shows.contains(&rule.shown_by) };
        if !named {
            problems.push(format!("{} says {}, shown by {shows:?}", rule.id, rule.shown_by));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn a_planted_row_is_found() {
    let row = |rule: &str, facts: Value| lifepod::base::json::json!({"rule": rule, "facts": facts});
    assert_eq!(problem(&row("stop.killed", lifepod::base::json::json!({"grace": 30}))), None);
    assert!(problem(&row("stop.killed", lifepod::base::json::json!({}))).is_some());
    assert!(problem(&row("stop.kiled", lifepod::base::json::json!({"grace": 30}))).is_some());
}
