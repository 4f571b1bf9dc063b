//! `kubectl set env`: variables of containers.

use super::flags::{self, Flag, switch, value};
use super::target::{Target, targets};
use crate::engine::{Change, PatchRequest, Request};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[
    value("containers", 'c'),
    value("env", 'e'),
    value("namespace", 'n'),
    switch("overwrite", ' '),
];

/// Reads the words behind `set env`.
/// Source: kubectl cmd/set/set_env.go Complete, Validate, ParseEnv
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("set env", words, FLAGS)?;
    let is_change = |word: &String| word.contains('=') || word.ends_with('-');
    let (mut changes, names): (Vec<String>, Vec<String>) =
        parsed.names.iter().cloned().partition(is_change);
    changes.extend(parsed.all("env").map(str::to_string));
    if names.is_empty() {
        return Err("error: one or more resources must be specified as <resource> <name> or \
                    <resource>/<name>\n"
            .into());
    }
    if changes.is_empty() {
        return Err("error: at least one environment variable must be provided\n".into());
    }
    let change = |word: &String| match (word.split_once('='), word.strip_suffix('-')) {
        (Some((key, value)), _) => (key.to_string(), Some(value.to_string())),
        (None, key) => (key.unwrap_or(word).to_string(), None),
    };
    let set: Vec<_> = changes.iter().map(change).collect();
    let container = parsed.get("containers").unwrap_or("*");
    let request = |t: Target| {
        let change = Change::Env { set: set.clone(), container: container.to_string() };
        let (kind, name) = (t.kind.into(), t.name);
        Request::Patch(Rc::new(PatchRequest { kind, name, status: false, change }))
    };
    Ok(targets(&names)?.into_iter().map(request).collect())
}
