//! `kubectl taint`, `cordon` and `uncordon`: who may be on a node.

use super::flags::{self, Flag, switch, value};
use crate::api::taint::Taint;
use crate::engine::{Change, PatchRequest, Request};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] =
    &[switch("overwrite", ' '), switch("all", ' '), value("selector", 'l')];
/// The effects of taints.
pub const EFFECTS: &[&str] = &["NoSchedule", "PreferNoSchedule", "NoExecute"];

/// Reads the words behind `taint`.
/// Source: kubectl cmd/taint/utils.go parseTaints
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("taint", words, FLAGS)?;
    let is_change = |word: &String| word.contains(':') || word.contains('=') || word.ends_with('-');
    let first = parsed.names.iter().position(is_change).unwrap_or(parsed.names.len());
    let (names, changes) = parsed.names.split_at(first);
    let (mut add, mut remove) = (Vec::new(), Vec::new());
    for word in changes {
        match word.strip_suffix('-') {
            Some(gone) => remove.push(removal(gone)),
            None => add.push(addition(word)?),
        }
    }
    if add.is_empty() && remove.is_empty() {
        return Err("error: at least one taint update is required\n".into());
    }
    let change = Change::Taints { add, remove, overwrite: parsed.is_on("overwrite") };
    requests(names, parsed.is_on("all"), &change)
}

/// Reads the words behind `cordon` and `uncordon`.
pub fn read_cordon(verb: &str, words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read(verb, words, &[value("selector", 'l')])?;
    let names: Vec<String> = std::iter::once("node".to_string()).chain(parsed.names).collect();
    requests(&names, false, &Change::Cordon(verb == "cordon"))
}

fn requests(names: &[String], all: bool, change: &Change) -> Result<Vec<Request>, String> {
    let is_kind = |word: &&String| matches!(word.as_str(), "node" | "nodes" | "no");
    let rest: Vec<&str> = names.iter().filter(|w| !is_kind(w)).map(String::as_str).collect();
    let names = match (all, rest.is_empty()) {
        (true, _) => vec!["*"],
        (false, true) => {
            return Err("error: one or more resources must be specified as <resource> <name> or \
                        <resource>/<name>\n"
                .into());
        }
        (false, false) => rest,
    };
    let request = |name: &str| {
        let (kind, change) = ("Node".to_string(), change.clone());
        let name = name.strip_prefix("node/").unwrap_or(name).to_string();
        Request::Patch(Rc::new(PatchRequest { kind, name, status: false, change }))
    };
    Ok(names.into_iter().map(request).collect())
}

/// `key`, `key:Effect` or `key=value:Effect`, of which the value does not count.
fn removal(text: &str) -> (String, Option<String>) {
    let (key, effect) = text.split_once(':').map_or((text, None), |(k, e)| (k, Some(e)));
    let key = key.split_once('=').map_or(key, |(key, _)| key);
    (key.to_string(), effect.map(str::to_string))
}

/// Reads `key=value:Effect`. The error is kubectl's.
pub fn addition(text: &str) -> Result<Taint, String> {
    let wrong = || format!("error: invalid taint spec: {text}\n");
    let (rest, effect) = text.rsplit_once(':').ok_or_else(wrong)?;
    if !EFFECTS.contains(&effect) {
        return Err(format!("error: invalid taint effect: {effect}, unsupported taint effect\n"));
    }
    let (key, value) = rest.split_once('=').unwrap_or((rest, ""));
    Ok(Taint { key: key.into(), value: value.into(), effect: effect.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(line: &str) -> Result<Change, String> {
        let words: Vec<String> = line.split(' ').map(str::to_string).collect();
        match read(&words)?.remove(0) {
            Request::Patch(request) => Ok(request.change.clone()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn taints_are_read_in_every_form() {
        let Ok(Change::Taints { add, remove, .. }) =
            change("node n1 a=1:NoExecute b:NoSchedule c-")
        else {
            panic!("it is a change of taints")
        };
        assert_eq!((add[0].key.as_str(), add[0].value.as_str()), ("a", "1"));
        assert_eq!((add[1].effect.as_str(), remove[0].0.as_str()), ("NoSchedule", "c"));
        assert!(change("node n1 a=1:Never").expect_err("no effect").contains("Never"));
        assert!(change("node n1").expect_err("no change").contains("at least one"));
    }
}
