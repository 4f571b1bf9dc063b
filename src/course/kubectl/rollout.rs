//! `kubectl rollout`: the ways of a Deployment from one template to the next.

use super::flags::{self, Flag, switch, value};
use super::target::{Target, targets};
use crate::base::SimTime;
use crate::course::scenario::parse_time;
use crate::engine::{Change, Look, PatchRequest, Request, Rollout};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[
    value("to-revision", ' '),
    value("revision", ' '),
    value("timeout", ' '),
    value("namespace", 'n'),
    switch("watch", 'w'),
];

/// Reads the words behind `rollout`.
/// Source: kubectl cmd/rollout
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let Some((verb, rest)) = words.split_first() else {
        return Err(super::parse::absent("rollout"));
    };
    let parsed = flags::read(&["rollout ", verb].concat(), rest, FLAGS)?;
    let number = |flag: &str| parsed.get(flag).and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
    if number("to-revision") < 0 || number("revision") < 0 {
        return Err("error: revision must be a positive integer\n".into());
    }
    let timeout = parsed.get("timeout").and_then(parse_time).unwrap_or(SimTime::ZERO);
    let watch = parsed.get("watch") != Some("false");
    let mut found = Vec::new();
    for Target { kind, name } in targets(&parsed.names)? {
        if kind != "Deployment" {
            return Err(format!("error: no {verb} of {}s here\n", kind.to_ascii_lowercase()));
        }
        let what = match verb.as_str() {
            "status" => {
                found.push(Request::Look(Rc::new(Look::Status { name, watch, timeout })));
                continue;
            }
            "history" => {
                let revision = number("revision");
                found.push(Request::Look(Rc::new(Look::History { name, revision })));
                continue;
            }
            "undo" => Rollout::Undo(number("to-revision")),
            "restart" => Rollout::Restart,
            "pause" => Rollout::Pause,
            "resume" => Rollout::Resume,
            other => return Err(super::parse::absent(&["rollout ", other].concat())),
        };
        let (kind, change) = (kind.to_string(), Change::Rollout(what));
        found.push(Request::Patch(Rc::new(PatchRequest { kind, name, status: false, change })));
    }
    Ok(found)
}
