//! The cards' texts: every rule of the engine says what would have changed it and where the
//! documentation has it, in both languages; every fact has a name.

use lifepod::base::json::{Value, parse};
use lifepod::rules::Rule;
use std::collections::BTreeSet;

const ENGLISH: &str = include_str!("../../static/rules/cards.en.json");
const CHINESE: &str = include_str!("../../static/rules/cards.zh.json");

/// Rules of which nothing would have to be said: what they tell is somebody's act or a note.
fn is_plain(id: &str) -> bool {
    let acts = ["node.cut-off", "node.reconnected", "node.power-lost", "node.booted"];
    let fault = id.starts_with("kubelet.") || id.starts_with("runtime.");
    fault || acts.contains(&id) || id == "traffic.served"
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().iter().map(|(key, _)| key.as_str()).collect()
}

fn problems(cards: &Value) -> Vec<String> {
    let ids: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    let facts: BTreeSet<&str> =
        Rule::ALL.iter().flat_map(|rule| rule.info().facts.iter().copied()).collect();
    let differ = |what: &str, have: BTreeSet<&str>, want: &BTreeSet<&str>| {
        let wrong = have.symmetric_difference(want).map(|key| format!("{what} {key}"));
        wrong.collect::<Vec<_>>()
    };
    let mut found = differ("rule", keys(&cards["rules"]), &ids);
    found.extend(differ("fact", keys(&cards["facts"]), &facts));
    for (id, card) in cards["rules"].as_object().unwrap() {
        let page = card["page"].as_str();
        if !is_plain(id) && card["but"].as_str().is_none_or(str::is_empty) {
            found.push(format!("{id} does not say what would have changed it"));
        }
        if page.is_some_and(|page| cards["pages"].get(page).is_none()) {
            found.push(format!("{id} names a page that is not there"));
        }
        if page.is_none() && !id.starts_with("note.") {
            found.push(format!("{id} names no page"));
        }
    }
    found
}

#[test]
fn every_card_is_complete_in_both_languages() {
    for json in [ENGLISH, CHINESE] {
        assert_eq!(problems(&parse(json).unwrap()), Vec::<String>::new());
    }
}

#[test]
fn both_languages_name_the_same_pages() {
    let (english, chinese) = (parse(ENGLISH).unwrap(), parse(CHINESE).unwrap());
    assert_eq!(keys(&english["pages"]), keys(&chinese["pages"]));
    let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    for (id, card) in english["rules"].as_object().unwrap() {
        let other = &chinese["rules"][id.as_str()];
        assert_eq!(card["page"], other["page"], "{id}");
        if let Some(but) = card["but"].as_str() {
            assert!(
                !but.contains(is_han) && other["but"].as_str().unwrap().contains(is_han),
                "{id}"
            );
        }
    }
}

#[test]
fn a_planted_gap_is_found() {
    let mut cards = parse(ENGLISH).unwrap();
    cards["rules"]["stop.killed"] = parse(r#"{"page": "nowhere"}"#).unwrap();
    let found = problems(&cards);
    assert_eq!(found.len(), 2, "{found:?}");
}
