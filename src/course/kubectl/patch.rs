//! `kubectl patch`: a part of an object, in one of three languages.

use super::flags::{self, Flag, value};
use super::target::targets;
use crate::api::patch::Patch;
use crate::base::json::Value;
use crate::engine::{Change, PatchRequest, Request};
use crate::manifest::json::convert;
use crate::yaml;
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[
    value("patch", 'p'),
    value("type", ' '),
    value("subresource", ' '),
    value("namespace", 'n'),
    value("output", 'o'),
];

/// Reads the words behind `patch`.
/// Source: kubectl cmd/patch/patch.go Validate, RunPatch
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("patch", words, FLAGS)?;
    let targets = targets(&parsed.names)?;
    let Some(text) = parsed.get("patch") else {
        return Err("error: must specify --patch or --patch-file containing the contents of the \
                    patch\n"
            .into());
    };
    let value = read_value(text)?;
    let patch = match parsed.get("type").unwrap_or("strategic") {
        "strategic" => Patch::Strategic(value),
        "merge" => Patch::Merge(value),
        "json" => Patch::Json(value),
        other => {
            return Err(format!(
                "error: --type must be one of [json merge strategic], not \"{other}\"\n"
            ));
        }
    };
    let status = match parsed.get("subresource") {
        None => false,
        Some("status") => true,
        Some(other) => {
            return Err(format!("error: Lifepod does not have the subresource \"{other}\" yet\n"));
        }
    };
    let request = |t: super::target::Target| {
        let change = Change::Patch(patch.clone());
        Request::Patch(Rc::new(PatchRequest { kind: t.kind.into(), name: t.name, status, change }))
    };
    Ok(targets.into_iter().map(request).collect())
}

/// JSON or YAML.
fn read_value(text: &str) -> Result<Value, String> {
    let chunks = yaml::split(text);
    let (tree, problems) = match chunks.first() {
        Some(chunk) => yaml::parse(text, *chunk),
        None => return Err(format!("error: unable to parse {text:?}: it is empty\n")),
    };
    let value = convert(&tree).value;
    let broken = problems.iter().any(|p| p.kind.is_error());
    if broken || !(value.is_object() || value.is_array()) {
        return Err(format!("error: unable to parse {text:?}: it is no JSON and no YAML object\n"));
    }
    Ok(value)
}
