//! The verbs.

use super::{create, debug, delete, exec, label, patch, rollout, scale, set_env, set_image};
use super::{taint, words};
use crate::engine::{Action, Request};
use std::rc::Rc;

/// What a kubectl command line (without the word kubectl) asks for.
///
/// A command that kubectl refuses, or that Lifepod does not have, is an [`Action::Refused`] with
/// what is said on standard error.
pub fn parse(line: &str) -> Action {
    let args = line.trim().to_string();
    match words::split(line).and_then(|words| requests(&words)) {
        Ok(requests) => Action::Kubectl { args, requests: Rc::new(requests) },
        Err(error) => Action::Refused { args, error },
    }
}

fn requests(words: &[String]) -> Result<Vec<Request>, String> {
    let Some((verb, rest)) = words.split_first() else {
        return Err("error: no command given\n".to_string());
    };
    match (verb.as_str(), rest.first().map(String::as_str)) {
        ("create", _) => create::read(rest),
        ("debug", _) => debug::read(rest),
        ("delete", _) => delete::read(rest),
        ("patch", _) => patch::read(rest),
        ("label" | "annotate", _) => label::read(verb, rest),
        ("exec", _) => exec::read(rest),
        ("taint", _) => taint::read(rest),
        ("cordon" | "uncordon", _) => taint::read_cordon(verb, rest),
        ("scale", _) => scale::read(rest),
        ("rollout", _) => rollout::read(rest),
        ("set", Some("env")) => set_env::read(&rest[1..]),
        ("set", Some("image")) => set_image::read(&rest[1..]),
        ("set", Some(what)) => Err(absent(&format!("set {what}"))),
        _ => Err(absent(verb)),
    }
}

/// What is said of a verb that is not there.
pub(super) fn absent(verb: &str) -> String {
    format!("error: Lifepod does not have \"kubectl {verb}\" yet\n")
}
