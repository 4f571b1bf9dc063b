//! `kubectl label` and `kubectl annotate`: keys with values, and keys to take away.

use super::flags::{self, Flag, switch, value};
use super::target::{self, targets};
use crate::engine::{Change, PatchRequest, Request};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[switch("overwrite", ' '), value("namespace", 'n')];

/// Reads the words behind `verb`.
/// Source: kubectl cmd/label/label.go parseLabels; cmd/annotate/annotate.go
pub fn read(verb: &str, words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read(verb, words, FLAGS)?;
    let is_change = |word: &String| word.contains('=') || word.ends_with('-');
    let first = parsed.names.iter().position(is_change).unwrap_or(parsed.names.len());
    let (names, changes) = parsed.names.split_at(first);
    let targets = targets(names)?;
    if changes.is_empty() {
        return Err(format!("error: at least one {verb} update is required\n"));
    }
    let set = changes.iter().map(|word| change(verb, word)).collect::<Result<Vec<_>, _>>()?;
    let (annotations, overwrite) = (verb == "annotate", parsed.is_on("overwrite"));
    let request = |t: target::Target| {
        let change = Change::Marks { annotations, set: set.clone(), overwrite };
        let (kind, name) = (t.kind.into(), t.name);
        Request::Patch(Rc::new(PatchRequest { kind, name, status: false, change }))
    };
    Ok(targets.into_iter().map(request).collect())
}

/// A key and its new value; none: take it away.
type KeyChange = (String, Option<String>);

fn change(verb: &str, word: &str) -> Result<KeyChange, String> {
    match (word.split_once('='), word.strip_suffix('-')) {
        (Some((key, value)), _) => Ok((key.to_string(), Some(value.to_string()))),
        (None, Some(key)) => Ok((key.to_string(), None)),
        (None, None) => Err(format!("error: unknown {verb} spec: {word}\n")),
    }
}
