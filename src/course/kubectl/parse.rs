//! The verbs.

use super::{
    create, debug, delete, drain, exec, expose, label, make, patch, place, policy, read, rollout,
    scale, set_env, set_image,
};
use super::{taint, words};
use crate::engine::{Action, Request};
use std::rc::Rc;

/// What a kubectl command line (without the word kubectl) asks for.
///
/// A command that kubectl refuses, or that Lifepod does not have, is an [`Action::Refused`] with
/// what is said on standard error.
pub fn parse(line: &str) -> Action {
    let args = line.trim().to_string();
    let (namespace, words) = match words::split(line).and_then(place::split) {
        Ok(split) => split,
        Err(error) => return Action::Refused { args, error },
    };
    if let Some((verb, rest)) = words.split_first()
        && read::VERBS.contains(&verb.as_str())
    {
        return match read::read(verb, rest) {
            Ok(mut reading) => {
                reading.narrow(&namespace);
                Action::Read { args, reading: Rc::new(reading) }
            }
            Err(error) => Action::Refused { args, error },
        };
    }
    match requests(&words) {
        Ok(mut requests) => {
            requests.iter_mut().for_each(|request| place::put(request, &namespace));
            Action::Kubectl { args, namespace: namespace.into(), requests: Rc::new(requests) }
        }
        Err(error) => Action::Refused { args, error },
    }
}

fn requests(words: &[String]) -> Result<Vec<Request>, String> {
    let Some((verb, rest)) = words.split_first() else {
        return Err("error: no command given\n".to_string());
    };
    match (verb.as_str(), rest.first().map(String::as_str)) {
        ("create", Some("deployment" | "deploy" | "dep")) => make::create("Deployment", &rest[1..]),
        ("create", Some("job")) => make::create("Job", &rest[1..]),
        ("run", _) => make::run(rest),
        ("create", _) => policy::create(rest).unwrap_or_else(|| create::read(rest)),
        ("debug", _) => debug::read(rest),
        ("delete", _) => delete::read(rest),
        ("patch", _) => patch::read(rest),
        ("label" | "annotate", _) => label::read(verb, rest),
        ("exec", _) => exec::read(rest),
        ("taint", _) => taint::read(rest),
        ("cordon" | "uncordon", _) => taint::read_cordon(verb, rest),
        ("drain", _) => drain::read(rest),
        ("scale", _) => scale::read(rest),
        ("expose", _) => expose::read(rest),
        ("rollout", _) => rollout::read(rest),
        ("set", Some("env")) => set_env::read(&rest[1..]),
        ("set", Some("image")) => set_image::read(&rest[1..]),
        ("set", Some(what)) => Err(absent(&format!("set {what}"))),
        _ => Err(absent(verb)),
    }
}

pub(super) use super::verbs::absent;

/// The object that a line creates.
#[cfg(test)]
pub(super) fn created(line: &str) -> Result<crate::base::json::Value, String> {
    match parse(line) {
        Action::Kubectl { requests, .. } => match &requests[0] {
            Request::Create(object) => Ok((**object).clone()),
            other => panic!("{other:?}"),
        },
        Action::Refused { error, .. } => Err(error),
        other => panic!("{other:?}"),
    }
}
