//! Every rule can be told in both languages, with the facts it cites and no others.

use lifepod::base::json::{Map, Value};
use lifepod::rules::{MANIFEST_RULES, Rule, RuleInfo};
use std::collections::BTreeSet;

const ENGLISH: &str = include_str!("../../static/rules/en.json");
const CHINESE: &str = include_str!("../../static/rules/zh.json");
const MANIFEST_ENGLISH: &str = include_str!("../../static/rules/manifest.en.json");
const MANIFEST_CHINESE: &str = include_str!("../../static/rules/manifest.zh.json");

/// The engine's rules.
fn engine() -> Vec<RuleInfo> {
    Rule::ALL.iter().map(|rule| rule.info()).collect()
}

fn texts(json: &str) -> Map<String, Value> {
    let texts = lifepod::base::json::parse(json).expect("rule texts are JSON");
    texts.as_object().expect("rule texts are a JSON object").clone()
}

/// What keeps a language's texts from telling the rules of the table.
fn problems(texts: &Map<String, Value>, all: &[RuleInfo]) -> Vec<String> {
    let rules: BTreeSet<&str> = all.iter().map(|rule| rule.id).collect();
    let mut problems = Vec::new();
    for id in texts.keys().filter(|id| !rules.contains(id.as_str())) {
        problems.push(format!("{id}: no such rule"));
    }
    for rule in all {
        match texts.get(rule.id) {
            Some(text) => problems.extend(problems_of_one(rule, text)),
            None => problems.push(format!("{}: no text", rule.id)),
        }
    }
    problems
}

fn problems_of_one(rule: &RuleInfo, text: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for (part, value) in text.as_object().into_iter().flatten() {
        if !["title", "gist", "text", "older"].contains(&part.as_str()) {
            problems.push(format!("{}: `{part}` is no part of a text", rule.id));
        }
        for name in placeholders(value.as_str().unwrap_or("")) {
            if !["text", "gist"].contains(&part.as_str()) || !rule.facts.contains(&name) {
                problems.push(format!("{}: {{{name}}} in {part} is no fact of it", rule.id));
            }
        }
    }
    for part in ["title", "text"] {
        if text[part].as_str().is_none_or(|words| words.trim().is_empty()) {
            problems.push(format!("{}: no {part}", rule.id));
        }
    }
    problems
}

/// The names in braces.
fn placeholders(text: &str) -> Vec<&str> {
    text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest)).collect()
}

#[test]
fn every_rule_is_told_in_english() {
    assert_eq!(problems(&texts(ENGLISH), &engine()), Vec::<String>::new());
    assert_eq!(problems(&texts(MANIFEST_ENGLISH), MANIFEST_RULES), Vec::<String>::new());
}

#[test]
fn every_rule_is_told_in_chinese() {
    assert_eq!(problems(&texts(CHINESE), &engine()), Vec::<String>::new());
    assert_eq!(problems(&texts(MANIFEST_CHINESE), MANIFEST_RULES), Vec::<String>::new());
}

/// A language may order its words as it likes, but tells the same facts.
#[test]
fn both_languages_tell_the_same_facts() {
    let (english, chinese) = (texts(ENGLISH), texts(CHINESE));
    for (id, text) in &english {
        let facts = |text: &Value| -> BTreeSet<String> {
            placeholders(text["text"].as_str().unwrap_or(""))
                .into_iter()
                .map(str::to_string)
                .collect()
        };
        assert_eq!(facts(text), facts(&chinese[id]), "{id}");
        let parts =
            |text: &Value| text.as_object().map(|parts| parts.keys().cloned().collect::<Vec<_>>());
        assert_eq!(parts(text), parts(&chinese[id]), "{id}");
    }
}

/// Chinese texts are Chinese, English ones are not.
#[test]
fn each_text_is_in_its_language() {
    let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let all =
        [(ENGLISH, false), (CHINESE, true), (MANIFEST_ENGLISH, false), (MANIFEST_CHINESE, true)];
    for (json, han) in all {
        for (id, text) in texts(json) {
            let prose = text.as_object().unwrap().iter().filter(|(part, _)| *part != "gist");
            for (part, words) in prose {
                assert_eq!(words.as_str().unwrap().contains(is_han), han, "{id} {part}: {words}");
            }
        }
    }
}

#[test]
fn a_planted_mistake_is_found() {
    let finds = |change: fn(&mut Map<String, Value>)| {
        let mut texts = texts(ENGLISH);
        change(&mut texts);
        problems(&texts, &engine())
    };
    assert_eq!(finds(|t| drop(t.remove("api.created"))), ["api.created: no text"]);
    let copied = finds(|t| drop(t.insert("api.creatd".into(), t["api.created"].clone())));
    assert_eq!(copied, ["api.creatd: no such rule"]);
    let wrong = finds(|t| t["restart.no"]["text"] = "Ended with {exit}.".into());
    assert_eq!(wrong, ["restart.no: {exit} in text is no fact of it"]);
    assert_eq!(finds(|t| t["restart.no"]["title"] = " ".into()), ["restart.no: no title"]);
}

/// The scenario that is said to show a rule is one of the recordings.
#[test]
fn shown_by_names_a_recording() {
    for rule in Rule::ALL {
        let scenario = rule.info().shown_by;
        let file = format!("{}/tests/golden/{scenario}.yaml", env!("CARGO_MANIFEST_DIR"));
        assert!(scenario == "-" || std::fs::exists(file).unwrap(), "{}: {scenario}", rule.id());
    }
}
