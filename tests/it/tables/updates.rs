//! What may change in an object that is there.

use super::validation::kind;
use super::{rows, text};
use lifepod::api::defaults;
use lifepod::api::patch::{Patch, patched};
use lifepod::api::validate::{FieldError, object, update};
use lifepod::base::json::Value;

fn errors(row: &Value) -> Vec<FieldError> {
    let mut old = row["old"].clone();
    defaults::fill(&mut old, "abcde");
    defaults::allocate(&mut old);
    let refused = object(&old);
    // A grace period below zero is stored only where it was before that was refused.
    let known = refused.iter().all(|e| e.detail == "must be greater than or equal to 0");
    assert!(known, "{}: the old object: {}", text(row, "name"), refused[0]);
    let change = row["change"].clone();
    let strategic = row["strategic"] == true;
    let patch = if strategic { Patch::Strategic(change) } else { Patch::Merge(change) };
    let mut new = patched(&old, &patch).expect("a patch");
    defaults::refill(&old, &mut new);
    update(&old, &new)
}

#[test]
fn a_change_is_answered_as_upstream_answers_it() {
    let rows = rows(include_str!("../../tables/updates.json"));
    let mut problems = Vec::new();
    for row in &rows {
        let errors = errors(row);
        let wanted = row["expect"].as_array().expect("a list of errors");
        let agree = wanted.len() == errors.len()
            && wanted.iter().zip(&errors).all(|(want, error)| {
                text(want, "path") == error.path.to_string()
                    && text(want, "kind") == kind(error)
                    && error.detail.starts_with(text(want, "detail"))
            });
        if !agree {
            let got: Vec<String> = errors.iter().map(ToString::to_string).collect();
            problems.push(format!(
                "{}: want {}\n   got {got:#?}",
                text(row, "name"),
                row["expect"]
            ));
        }
    }
    assert!(rows.len() >= 70 && problems.is_empty(), "{}", problems.join("\n"));
}
