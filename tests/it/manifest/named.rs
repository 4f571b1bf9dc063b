//! Every diagnostic names a rule of the table, and every rule of the table has a manifest that
//! shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use lifepod::api::validate::ErrorKind;
use lifepod::manifest::{Diagnostic, ProblemKind, read};
use lifepod::rules::MANIFEST_RULES;
use lifepod::yaml::problem::SyntaxKind;

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

/// The name of a diagnostic's kind. A new kind has to be named here, and so to be shown.
fn kind(diagnostic: &Diagnostic) -> &'static str {
    match &diagnostic.kind {
        ProblemKind::Syntax(error) => syntax(error.kind),
        ProblemKind::TooLarge { .. } => "TooLarge",
        ProblemKind::TooManyDocuments => "TooManyDocuments",
        ProblemKind::TooDeep => "TooDeep",
        ProblemKind::TooManyNodes => "TooManyNodes",
        ProblemKind::TooManyAliases => "TooManyAliases",
        ProblemKind::UnknownAlias(_) => "UnknownAlias",
        ProblemKind::AliasOfItself => "AliasOfItself",
        ProblemKind::MergeOfNoMap => "MergeOfNoMap",
        ProblemKind::KeyNotText => "KeyNotText",
        ProblemKind::DuplicateKey { .. } => "DuplicateKey",
        ProblemKind::LostDocument => "LostDocument",
        ProblemKind::Empty => "Empty",
        ProblemKind::NotAnObject(_) => "NotAnObject",
        ProblemKind::NoApiVersion => "NoApiVersion",
        ProblemKind::NoKind => "NoKind",
        ProblemKind::UnknownKind { .. } => "UnknownKind",
        ProblemKind::GoneKind { .. } => "GoneKind",
        ProblemKind::Swapped { .. } => "Swapped",
        ProblemKind::NotModelled(_) => "NotModelled",
        ProblemKind::GenerateName(_) => "GenerateName",
        ProblemKind::NoName => "NoName",
        ProblemKind::SameName { .. } => "SameName",
        ProblemKind::LostAnnotations => "LostAnnotations",
        ProblemKind::UnknownField(field) if field.is_misplaced() => "MisplacedField",
        ProblemKind::UnknownField(_) => "UnknownField",
        ProblemKind::WrongType(_) => "WrongType",
        ProblemKind::BadQuantity => "BadQuantity",
        ProblemKind::BadTime => "BadTime",
        ProblemKind::BadBase64 => "BadBase64",
        ProblemKind::Warned(_) => "Warned",
        ProblemKind::Invalid(error) => match error.kind {
            ErrorKind::Required => "Required",
            ErrorKind::Invalid => "Invalid",
            ErrorKind::NotSupported => "NotSupported",
            ErrorKind::Duplicate => "Duplicate",
            ErrorKind::Forbidden => "Forbidden",
            ErrorKind::NotFound => "NotFound",
            ErrorKind::TooLong => "TooLong",
            ErrorKind::TooMany => "TooMany",
        },
    }
}

fn syntax(kind: SyntaxKind) -> &'static str {
    match kind {
        SyntaxKind::Tab => "Tab",
        SyntaxKind::UnclosedQuote => "UnclosedQuote",
        SyntaxKind::TrailingText => "TrailingText",
        SyntaxKind::UnclosedBracket => "UnclosedBracket",
        SyntaxKind::StrayBracket => "StrayBracket",
        SyntaxKind::Indentation => "Indentation",
        SyntaxKind::UnexpectedColon => "UnexpectedColon",
        SyntaxKind::MissingColon => "MissingColon",
        SyntaxKind::UnexpectedDash => "UnexpectedDash",
        SyntaxKind::ReservedCharacter => "ReservedCharacter",
        SyntaxKind::Escape => "Escape",
        SyntaxKind::TooManyBrackets => unreachable!("it is told as a text too deep"),
        SyntaxKind::ControlCharacter => "ControlCharacter",
        SyntaxKind::Other => "Other",
    }
}

/// Kinds that only a text shows that is too large to be kept as a file, and such a text.
fn large() -> Vec<(&'static str, String)> {
    let bomb: String = (1..8)
        .map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(",")))
        .collect();
    vec![
        ("TooLarge", "# a comment of some length\n".repeat(20_000)),
        ("TooManyDocuments", "---\n# a\n".repeat(600)),
        ("TooManyNodes", format!("a: [{}]", "1,".repeat(30_000))),
        ("TooManyAliases", format!("a0: &a0 [x]\n{bomb}")),
        // The parser's own bound; ours is reached first, so it is called the same.
        ("TooDeep", "[".repeat(10_000)),
    ]
}

#[test]
fn every_kind_of_diagnostic_is_shown() {
    let mut seen = BTreeSet::new();
    for file in files() {
        let text = bare(&fs::read_to_string(&file).expect("a manifest is text"));
        seen.extend(read(&text).diagnostics.iter().map(kind));
    }
    for (name, text) in large() {
        let reading = read(&text);
        let kinds: Vec<&str> = reading.diagnostics.iter().map(kind).collect();
        assert!(kinds.contains(&name), "{name}: {kinds:?}");
        seen.extend(kinds);
    }
    // Named in the matches above, one a line, behind an arrow.
    let lines = include_str!("named.rs").lines().filter_map(|line| line.split_once("=> "));
    let quoted = lines.filter_map(|(_, name)| name.strip_prefix('"')?.split('"').next());
    let all: BTreeSet<&str> = quoted.filter(|name| !name.contains(')')).collect();
    let missing: Vec<&&str> = all.iter().filter(|name| !seen.contains(*name)).collect();
    let none: [&&str; 0] = [];
    assert_eq!(missing, none, "of {}", all.len());
    assert!(all.len() > 45, "{all:?}");
}
