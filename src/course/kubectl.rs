//! Reading kubectl command lines and faults, as scenarios and consoles write them.

use crate::engine::{Action, Request};
use std::rc::Rc;

/// What a kubectl command line (without the word kubectl) asks for.
///
/// A command that kubectl refuses, or that Lifepod does not have, is an [`Action::Refused`] with
/// what is said on standard error.
/// Source: kubectl cmd/delete/delete.go Complete, Validate
pub fn parse(line: &str) -> Action {
    let words: Vec<&str> = line.split_whitespace().collect();
    let parsed = match words.as_slice() {
        ["delete", rest @ ..] => parse_delete(rest),
        [] => Err("error: no command given\n".to_string()),
        [verb, ..] => Err(format!("error: Lifepod does not have \"kubectl {verb}\" yet\n")),
    };
    let args = line.trim().to_string();
    match parsed {
        Ok(requests) => Action::Kubectl { args, requests: Rc::new(requests) },
        Err(error) => Action::Refused { args, error },
    }
}

#[derive(Default)]
struct Flags {
    grace: Option<i64>,
    now: bool,
    force: bool,
    names: Vec<String>,
}

fn parse_delete(words: &[&str]) -> Result<Vec<Request>, String> {
    let flags = read_flags(words)?;
    let grace = grace(&flags)?;
    let (kind, names) = targets(&flags.names)?;
    let request =
        |name: String| Request::Delete { kind: kind.to_string(), name, grace, force: flags.force };
    Ok(names.into_iter().map(request).collect())
}

fn read_flags(words: &[&str]) -> Result<Flags, String> {
    let mut flags = Flags::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--now" | "--now=true" => flags.now = true,
            "--force" | "--force=true" => flags.force = true,
            "--wait=false" | "--wait=true" | "--wait" | "--now=false" | "--force=false" => {}
            "--grace-period" => flags.grace = Some(seconds(words.next().copied())?),
            w if w.starts_with("--grace-period=") => {
                flags.grace = Some(seconds(w.split_once('=').map(|(_, n)| n))?);
            }
            w if w.starts_with('-') => return Err(format!("error: unknown flag: {w}\n")),
            w => flags.names.push(w.to_string()),
        }
    }
    Ok(flags)
}

fn seconds(text: Option<&str>) -> Result<i64, String> {
    let text = text.unwrap_or_default();
    let wrong = |_| {
        format!("error: invalid argument \"{text}\" for \"--grace-period\" flag: invalid syntax\n")
    };
    text.parse().map_err(wrong)
}

fn grace(flags: &Flags) -> Result<Option<i64>, String> {
    let given = flags.grace.filter(|n| *n >= 0);
    match (given, flags.now, flags.force) {
        (Some(_), true, _) => {
            Err("error: --now and --grace-period cannot be specified together\n".into())
        }
        (Some(1..), _, true) => {
            Err("error: --force and --grace-period greater than 0 cannot be specified together\n"
                .into())
        }
        (_, _, true) => Ok(Some(0)),
        (None, true, false) => Ok(Some(1)),
        // Without --force, 0 means 1: the object waits for the kubelet.
        (Some(0), false, false) => Ok(Some(1)),
        (given, ..) => Ok(given),
    }
}

fn targets(names: &[String]) -> Result<(&'static str, Vec<String>), String> {
    let kind_of = |word: &str| match word {
        "pod" | "pods" | "po" => Ok("Pod"),
        "service" | "services" | "svc" => Ok("Service"),
        other => Err(format!("error: the server doesn't have a resource type \"{other}\"\n")),
    };
    let Some(first) = names.first() else {
        return Err("error: resource(s) were provided, but no name was specified\n".into());
    };
    if let Some((kind, _)) = first.split_once('/') {
        let rest = names.iter().filter_map(|n| n.split_once('/').map(|(_, n)| n.to_string()));
        return Ok((kind_of(kind)?, rest.collect()));
    }
    match names.len() {
        1 => Err("error: resource(s) were provided, but no name was specified\n".into()),
        _ => Ok((kind_of(first)?, names[1..].to_vec())),
    }
}

/// What a fault of a scenario does: `kill POD/CONTAINER SIGNAL`.
///
/// The error says which faults there are.
pub fn parse_fault(line: &str) -> Result<Action, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["kill", target, signal] => {
            let (pod, container) = target.split_once('/').unwrap_or((target, ""));
            let text = |s: &str| s.to_string();
            Ok(Action::Kill { pod: text(pod), container: text(container), signal: text(signal) })
        }
        _ => Err(format!(
            "fault \"{line}\" is not simulated yet; there is: kill POD/CONTAINER SIGNAL"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graces(line: &str) -> Result<Option<i64>, String> {
        match parse(line) {
            Action::Kubectl { requests, .. } => match &requests[0] {
                Request::Delete { grace, .. } => Ok(*grace),
                other => panic!("{other:?}"),
            },
            Action::Refused { error, .. } => Err(error),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn grace_is_what_kubectl_makes_of_its_flags() {
        assert_eq!(graces("delete pod web --wait=false"), Ok(None));
        assert_eq!(graces("delete pod/web --grace-period=5"), Ok(Some(5)));
        assert_eq!(graces("delete pod web --grace-period 0"), Ok(Some(1)));
        assert_eq!(graces("delete po web --now"), Ok(Some(1)));
        assert_eq!(graces("delete pod web --grace-period=0 --force"), Ok(Some(0)));
        assert_eq!(graces("delete pod web --force"), Ok(Some(0)));
    }

    #[test]
    fn what_kubectl_refuses_is_refused() {
        let refused = [
            "delete pod web --now --grace-period=3",
            "delete pod web --force --grace-period=3",
            "delete pod",
            "delete gizmo web",
            "delete pod web --grace-period=soon",
            "frobnicate",
        ];
        for line in refused {
            let error = graces(line).expect_err(line);
            assert!(error.starts_with("error: ") && error.ends_with('\n'), "{error}");
        }
    }
}
