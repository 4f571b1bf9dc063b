//! `RULES.md` is made from the catalogue and is up to date.
//!
//! `cargo dev rules` writes it: this test with `WRITE_RULES` set.

mod words;

use lifepod::base::json::{Value, parse};
use std::collections::BTreeMap;
use words::place;

const HEAD: &str = "\
# The rules of the documents

Made by `cargo dev rules` from `static/catalogue`; a test holds it to the catalogue, and another
one runs every scenario and looks at the place that is named here. Statements and notes, in both
languages, are in `static/catalogue/en.json` and `zh.json` and in the page under \"Rules\".

- **kind**: *simulatable*: a run decides it; *displayable*: something to be looked at; *card*: a
  text, of which nothing is to be run.
- **where**: the decision that the scenario's trace cites, else what its objects, Events, logs or
  commands show.
";

fn root(name: &str) -> String {
    format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> Value {
    let text = std::fs::read_to_string(root(&format!("static/catalogue/{name}"))).unwrap();
    parse(&text).unwrap_or_else(|e| panic!("{name}: {e:?}"))
}

/// Lines `id: reason` of a list.
pub fn reasons(list: &str) -> BTreeMap<&str, &str> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").unwrap_or((line, ""))).collect()
}

/// Rules of kind simulatable of which a run shows less than the documents say.
const TOLD: &str = include_str!("../../catalogue/told-only.txt");

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn table() -> String {
    let (rules, texts) = (file("rules.json"), ["en", "zh"].map(|l| file(&format!("{l}.json"))));
    let rules = rules.as_array().unwrap();
    let mut out = HEAD.to_string();
    out.push_str(&figures(rules));
    let mut topic = "";
    for rule in rules {
        let id = text(&rule["id"]);
        let of = id.split('.').next().unwrap();
        if of != topic {
            topic = of;
            let title = text(&texts[0]["topics"][of]);
            out.push_str(&format!("\n## {title}\n\n{COLUMNS}"));
        }
        out.push_str(&row(rule, &texts));
    }
    out.push_str(&told(rules));
    out
}

const COLUMNS: &str = "\
| id | kind | scenario | where | languages | truth |
|---|---|---|---|---|---|
";

fn row(rule: &Value, texts: &[Value; 2]) -> String {
    let id = text(&rule["id"]);
    let shown = rule["shown"].as_array().unwrap();
    let scenarios: Vec<String> =
        shown.iter().map(|one| format!("`{}`", text(&one["scenario"]))).collect();
    let places: Vec<String> = shown.iter().map(|one| place(&one["that"])).collect();
    let has = |lang: &Value| !text(&lang["rules"][id]["statement"]).is_empty();
    let languages: Vec<&str> =
        ["en", "zh"].into_iter().zip(texts).filter(|(_, t)| has(t)).map(|(l, _)| l).collect();
    let or_text = |cells: Vec<String>, none: &str| {
        if cells.is_empty() { none.to_string() } else { cells.join("<br>").replace('|', r"\|") }
    };
    let cells = [
        format!("`{id}`"),
        text(&rule["kind"]).to_string(),
        or_text(scenarios, "-"),
        or_text(places, "its text"),
        languages.join(", "),
        text(&rule["truth"]).to_string(),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// How many rules of each kind there are, and how many a run shows.
fn figures(rules: &[Value]) -> String {
    let count = |kind: &str| {
        let all: Vec<&Value> = rules.iter().filter(|rule| rule["kind"] == kind).collect();
        let shown = all.iter().filter(|rule| !rule["shown"].as_array().unwrap().is_empty());
        format!("| {kind} | {} | {} |\n", all.len(), shown.count())
    };
    let kinds: String = ["simulatable", "displayable", "card"].map(count).concat();
    format!("\n| kind | rules | with a run |\n|---|---|---|\n{kinds}")
}

fn told(rules: &[Value]) -> String {
    let mut out = "\n## To be simulated, yet only displayed or told\n\n".to_string();
    for (id, why) in reasons(TOLD) {
        let rule = rules.iter().find(|rule| rule["id"] == id);
        assert!(rule.is_some_and(|rule| rule["kind"] == "simulatable"), "{id}");
        out.push_str(&format!("- `{id}`: {why}\n"));
    }
    out
}

#[test]
fn rules_md_is_what_the_catalogue_says() {
    let made = table();
    if std::env::var_os("WRITE_RULES").is_some() {
        std::fs::write(root("RULES.md"), &made).unwrap();
    }
    let kept = std::fs::read_to_string(root("RULES.md")).unwrap_or_default();
    assert!(kept == made, "RULES.md is out of date: run `cargo dev rules`");
}

/// A rule that a run should show and that none shows is on the list, with its reason.
#[test]
fn at_most_ten_rules_are_only_told_each_with_its_reason() {
    let told = reasons(TOLD);
    assert!(told.len() <= 10, "{}", told.len());
    assert!(told.values().all(|why| why.len() > 20), "{told:?}");
    for rule in file("rules.json").as_array().unwrap() {
        let bare = rule["kind"] == "simulatable" && rule["shown"].as_array().unwrap().is_empty();
        assert!(!bare || told.contains_key(text(&rule["id"])), "{}", rule["id"]);
    }
}
