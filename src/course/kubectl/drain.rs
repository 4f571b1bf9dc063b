//! `kubectl drain`: which Pods go, and how long one waits for them.

use super::flags::{self, Flag, switch, value};
use crate::base::SimTime;
use crate::course::scenario::parse_time;
use crate::engine::{Drain, Request};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[
    switch("force", ' '),
    switch("ignore-daemonsets", ' '),
    switch("delete-emptydir-data", ' '),
    switch("disable-eviction", ' '),
    value("grace-period", ' '),
    value("timeout", ' '),
    value("pod-selector", ' '),
    value("skip-wait-for-delete-timeout", ' '),
    Flag { long: "dry-run", short: ' ', takes_value: false },
];

/// Reads the words behind `drain`.
/// Source: kubectl cmd/drain/drain.go NewCmdDrain, Complete
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("drain", words, FLAGS)?;
    let name = |word: &String| word.strip_prefix("node/").unwrap_or(word).to_string();
    let nodes: Vec<String> = parsed.names.iter().map(name).collect();
    if nodes.is_empty() {
        return Err("error: USAGE: drain NODE [flags]\nSee 'kubectl drain -h' for help and \
                    examples\n"
            .into());
    }
    let number = |flag: &str| parsed.get(flag).map(str::parse::<i64>);
    let bad = |flag: &str| {
        let text = parsed.get(flag).unwrap_or_default();
        format!(
            "error: invalid argument {text:?} for \"--{flag}\" flag: strconv.ParseInt: parsing \
             {text:?}: invalid syntax\nSee 'kubectl drain --help' for usage.\n"
        )
    };
    let count = |flag: &str| number(flag).transpose().map_err(|_| bad(flag));
    let pods = parsed.get("pod-selector").map(crate::api::selector::parse);
    if pods == Some(None) {
        return Err("error: --pod-selector=<pod_selector> must be a valid label selector\n".into());
    }
    let drain = Drain {
        nodes,
        force: parsed.is_on("force"),
        ignore_daemon_sets: parsed.is_on("ignore-daemonsets"),
        delete_empty_dir: parsed.is_on("delete-emptydir-data"),
        disable_eviction: parsed.is_on("disable-eviction"),
        dry_run: parsed.get("dry-run").is_some_and(|v| v != "none"),
        grace: count("grace-period")?,
        timeout: parsed.get("timeout").and_then(parse_time).unwrap_or(SimTime::ZERO),
        pods: pods.flatten(),
        skip_wait: count("skip-wait-for-delete-timeout")?.unwrap_or(0),
    };
    Ok(vec![Request::Drain(Rc::new(drain))])
}
