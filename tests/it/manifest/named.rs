//! Every diagnostic names a rule of the table, and every rule of the table has a manifest that
//! shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use lifepod::manifest::read;
use lifepod::rules::MANIFEST_RULES;

use super::carets::{bare, files};
use crate::tidy::texts_below;

/// The rules that each file's diagnostics name, by the file's name without its end.
fn shown() -> BTreeMap<String, BTreeSet<&'static str>> {
    let one = |file: std::path::PathBuf| {
        let text = bare(&fs::read_to_string(&file).expect("a manifest is text"));
        let name = file.file_stem().expect("it has a name").to_string_lossy().into_owned();
        (name, read(&text).diagnostics.iter().map(|d| d.rule).collect())
    };
    files().into_iter().map(one).collect()
}

#[test]
fn every_rule_is_shown_by_the_manifest_that_it_names() {
    let shown = shown();
    for rule in MANIFEST_RULES {
        let there = shown.get(rule.shown_by).is_some_and(|rules| rules.contains(rule.id));
        assert!(there, "{} is not shown by {}.yaml", rule.id, rule.shown_by);
    }
}

#[test]
fn every_diagnostic_names_a_rule_of_the_table() {
    let ids: BTreeSet<&str> = MANIFEST_RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), MANIFEST_RULES.len(), "an id stands twice");
    for (file, rules) in shown() {
        for rule in rules {
            assert!(ids.contains(rule), "{file}.yaml: {rule} is not in the table");
        }
    }
}

/// What the sources of validation can name, whether or not a manifest here shows it: the ids
/// written in them.
#[test]
fn every_id_in_the_sources_is_in_the_table() {
    let mut written = BTreeSet::new();
    for (path, text) in
        texts_below("src/api/validate").into_iter().chain(texts_below("src/manifest"))
    {
        for quoted in text.split('"').skip(1).step_by(2) {
            let id = quoted.strip_prefix("api.").or(quoted.strip_prefix("manifest."));
            let plain = |id: &str| id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            if id.is_some_and(|id| !id.is_empty() && plain(id)) {
                written.insert((quoted.to_string(), path.clone()));
            }
        }
    }
    assert!(written.len() > 50, "{written:?}");
    for (id, path) in written {
        assert!(MANIFEST_RULES.iter().any(|rule| rule.id == id), "{path}: {id}");
    }
}
