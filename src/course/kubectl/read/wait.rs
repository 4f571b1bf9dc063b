//! `kubectl wait`.

use super::get::{place, selector};
use super::targets::targets;
use crate::base::SimTime;
use crate::course::kubectl::flags::{self, Flag, switch, value};
use crate::course::scenario::parse_time;
use crate::engine::reading::{Goal, WaitFor};

pub(in crate::course::kubectl) const FLAGS: &[Flag] = &[
    value("for", ' '),
    value("timeout", ' '),
    value("selector", 'l'),
    value("field-selector", ' '),
    value("namespace", 'n'),
    switch("all", ' '),
    switch("all-namespaces", 'A'),
];
/// How long it waits unless it is told.
const TIMEOUT: SimTime = SimTime::secs(30);

/// Reads the words behind `wait`. Source: kubectl cmd/wait/wait.go ToOptions, conditionFuncFor
pub fn read(words: &[String]) -> Result<WaitFor, String> {
    let parsed = flags::read("wait", words, FLAGS)?;
    let targets = targets(&parsed.names)?;
    let selector = selector(&parsed)?;
    if targets.is_empty() {
        return Err("error: resource(s) were provided, but no name was specified\n".into());
    }
    let unnamed = targets.iter().any(|target| target.name.is_none());
    if unnamed && !parsed.is_on("all") && selector == Default::default() {
        return Err("error: resource(s) were provided, but no name was specified\n".into());
    }
    let timeout = match parsed.get("timeout").map(parse_time) {
        None => TIMEOUT,
        Some(Some(time)) => time,
        Some(None) => return Err("error: --timeout must be a length of time such as 30s\n".into()),
    };
    let Some(goal) = goal(parsed.get("for").unwrap_or_default()) else {
        let given = parsed.get("for").unwrap_or_default();
        return Err(format!("error: unrecognized condition: {given:?}\n"));
    };
    Ok(WaitFor { targets, selector, place: place(&parsed), goal, timeout })
}

fn goal(text: &str) -> Option<Goal> {
    match text.split_once('=') {
        None if text.eq_ignore_ascii_case("delete") => Some(Goal::Deleted),
        None if text.eq_ignore_ascii_case("create") => Some(Goal::Created),
        Some(("condition", rest)) => {
            let (kind, status) = rest.split_once('=').unwrap_or((rest, "true"));
            Some(Goal::Condition(kind.to_string(), status.to_string()))
        }
        Some(("jsonpath", rest)) => {
            let end = rest.find('}')? + 1;
            let value =
                rest[end..].strip_prefix('=').map(|v| v.trim_matches(['"', '\'']).to_string());
            Some(Goal::Path(rest[..end].to_string(), value))
        }
        _ => None,
    }
}
