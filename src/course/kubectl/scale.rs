//! `kubectl scale`: how many replicas.

use super::flags::{self, Flag, value};
use super::target::{Target, targets};
use crate::engine::{Change, PatchRequest, Request};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[
    value("replicas", ' '),
    value("current-replicas", ' '),
    value("namespace", 'n'),
    value("timeout", ' '),
];

/// Reads the words behind `scale`.
/// Source: kubectl cmd/scale/scale.go validate, RunScale
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("scale", words, FLAGS)?;
    let number = |flag: &str| match parsed.get(flag) {
        None => Ok(None),
        Some(text) => text.parse::<i64>().map(Some).map_err(|_| {
            format!(
                "error: invalid argument {text:?} for \"--{flag}\" flag: strconv.ParseInt: parsing \
                 {text:?}: invalid syntax\nSee 'kubectl scale --help' for usage.\n"
            )
        }),
    };
    let (replicas, current) = (number("replicas")?, number("current-replicas")?);
    let Some(replicas) = replicas.filter(|n| *n >= 0) else {
        return Err(
            "error: The --replicas=COUNT flag is required, and COUNT must be greater than \
                    or equal to 0\n"
                .into(),
        );
    };
    let request = |t: Target| {
        if !["Deployment", "ReplicaSet"].contains(&t.kind) {
            return Err("error: the server could not find the requested resource\n".to_string());
        }
        let change = Change::Scale { replicas, current: current.filter(|n| *n >= 0) };
        let (kind, name) = (t.kind.into(), t.name);
        Ok(Request::Patch(Rc::new(PatchRequest { kind, name, status: false, change })))
    };
    targets(&parsed.names)?.into_iter().map(request).collect()
}
