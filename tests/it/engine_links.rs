//! The engine's rules and the documents': which carries which, and where each can be seen.

use crate::content::{SCENARIOS, rows_of};
use crate::rule_table::reasons;
use crate::traces::RUNS;
use lifepod::base::json::{Value, parse};
use lifepod::rules::Rule;
use std::collections::{BTreeMap, BTreeSet};

const LINKS: &str = include_str!("../../static/catalogue/engine.json");
const CATALOGUE: &str = include_str!("../../static/catalogue/rules.json");
const NEVER: &str = include_str!("../catalogue/never-cited.txt");

/// The ids of the rules that a trace cites, row by row.
fn cited<'a>(rows: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    let rules = rows.filter(|row| row["type"] == "RULE");
    rules.filter_map(|row| row["rule"].as_str().map(str::to_string)).collect()
}

fn cited_by(scenario: &str) -> BTreeSet<String> {
    let rows = rows_of(scenario).unwrap_or_else(|| panic!("no scenario {scenario}"));
    cited((0..rows.len()).filter_map(|at| rows.row(at)))
}

/// The scenarios that the catalogue names for each rule.
fn shown() -> BTreeMap<String, Vec<String>> {
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let of = |rule: &Value| {
        let shown = rule["shown"].as_array().unwrap().iter();
        (text(&rule["id"]), shown.map(|one| text(&one["scenario"])).collect())
    };
    parse(CATALOGUE).unwrap().as_array().unwrap().iter().map(of).collect()
}

/// What is wrong with the engine rules that a rule of the documents is said to be carried by.
fn problems(id: &str, engine: &Value, scenarios: Option<&Vec<String>>) -> Vec<String> {
    let Some(scenarios) = scenarios else { return vec![format!("{id}: no such rule")] };
    let seen: BTreeSet<String> = scenarios.iter().flat_map(|name| cited_by(name)).collect();
    let rules = engine.as_array().unwrap().iter().map(|rule| rule.as_str().unwrap());
    let wrong = rules.filter_map(|rule| match Rule::by_id(rule) {
        None => Some(format!("{id}: the engine has no rule {rule}")),
        Some(_) if seen.contains(rule) => None,
        Some(_) => Some(format!("{id}: {scenarios:?} never cite {rule}")),
    });
    wrong.collect()
}

#[test]
fn what_carries_a_rule_of_the_documents_is_cited_where_it_is_shown() {
    let (links, shown) = (parse(LINKS).unwrap(), shown());
    let links = links.as_object().unwrap();
    let found: Vec<String> =
        links.iter().flat_map(|(id, rules)| problems(id, rules, shown.get(id))).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    assert!(links.len() > 240, "only {}", links.len());
}

/// A rule without a citation would be a text that nobody ever reads.
#[test]
fn every_rule_of_the_engine_is_cited_by_a_scenario_or_listed_with_its_reason() {
    let mut seen: BTreeSet<String> = SCENARIOS.keys().flat_map(|name| cited_by(name)).collect();
    for run in RUNS.iter() {
        let lines = run.trace.as_deref().unwrap_or_default().lines();
        seen.extend(cited(lines.map(|line| parse(line).unwrap()).collect::<Vec<_>>().iter()));
    }
    let listed = reasons(NEVER);
    assert!(listed.values().all(|why| why.len() > 20), "{listed:?}");
    let unseen: BTreeSet<&str> =
        Rule::ALL.iter().map(|rule| rule.id()).filter(|id| !seen.contains(*id)).collect();
    assert_eq!(unseen, listed.keys().copied().collect());
}

#[test]
fn a_planted_link_is_found() {
    let of =
        |rules: &str| problems("a.rule", &parse(rules).unwrap(), Some(&vec!["ready-never".into()]));
    assert!(of(r#"["endpoint.not-ready"]"#).is_empty());
    assert!(of(r#"["job.expires"]"#)[0].contains("never cite"));
    assert!(of(r#"["no.such"]"#)[0].contains("has no rule"));
    assert_eq!(problems("a.rule", &parse("[]").unwrap(), None).len(), 1);
}
