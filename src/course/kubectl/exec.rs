//! `kubectl exec`: a command in a container that runs.

use super::flags::{self, Flag, switch, value};
use super::target;
use crate::engine::{ExecRequest, Request};
use std::rc::Rc;

pub(super) const FLAGS: &[Flag] = &[
    switch("stdin", 'i'),
    switch("tty", 't'),
    switch("quiet", 'q'),
    value("container", 'c'),
    value("namespace", 'n'),
];

/// Reads the words behind `exec`.
/// Source: kubectl cmd/exec/exec.go Complete, Validate
pub fn read(words: &[String]) -> Result<Vec<Request>, String> {
    let parsed = flags::read("exec", words, FLAGS)?;
    let Some(first) = parsed.names.first() else {
        return Err("error: pod, type/name or --filename must be specified\n".into());
    };
    let Some(command) = parsed.command.clone() else {
        return Err(match parsed.names.len() {
            1 => "error: you must specify at least one command for the container\n",
            _ => {
                "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- \
                 [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n"
            }
        }
        .into());
    };
    if command.is_empty() {
        return Err("error: you must specify at least one command for the container\n".into());
    }
    if parsed.is_on("stdin") && is_bare_shell(&command) {
        return Err(no_terminal(first, &command[0]));
    }
    let container = parsed.get("container").map(str::to_string);
    let (kind, name) = pod_of(first)?;
    Ok(vec![Request::Exec(Rc::new(ExecRequest { kind, name, container, command }))])
}

/// A shell that would read what a person types.
pub(super) fn is_bare_shell(command: &[String]) -> bool {
    let [program] = command else { return false };
    let name = program.rsplit('/').next().unwrap_or(program);
    ["sh", "bash", "ash", "dash"].contains(&name)
}

fn no_terminal(pod: &str, shell: &str) -> String {
    format!(
        "error: Lifepod has no terminal to type into: say what the shell shall do, as in \
         \"kubectl exec {pod} -- {shell} -c 'ls /tmp'\"\n"
    )
}

/// Kind and name of `web`, `pod/web` or `deploy/web`.
/// Source: kubectl polymorphichelpers/attachablepodforobject.go
fn pod_of(word: &str) -> Result<(String, String), String> {
    let (kind, name) = match word.split_once('/') {
        None => ("Pod", word),
        Some((kind, name)) => (target::kind(kind)?, name),
    };
    match kind == "Pod" || target::WITH_PODS.contains(&kind) {
        true => Ok((kind.to_string(), name.to_string())),
        false => {
            Err(format!("error: cannot attach to {kind}: selector for {kind} not implemented\n"))
        }
    }
}
