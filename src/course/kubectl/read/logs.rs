//! `kubectl logs`.

use crate::course::kubectl::flags::{self, Flag, switch, value};
use crate::course::scenario::parse_time;
use crate::engine::reading::LogsOf;

pub(in crate::course::kubectl) const FLAGS: &[Flag] = &[
    value("container", 'c'),
    value("tail", ' '),
    value("since", ' '),
    value("namespace", 'n'),
    switch("follow", 'f'),
    switch("previous", 'p'),
    switch("timestamps", ' '),
    switch("all-containers", ' '),
    switch("prefix", ' '),
];

/// Reads the words behind `logs`. Source: kubectl cmd/logs/logs.go Complete, Validate
pub fn read(words: &[String]) -> Result<LogsOf, String> {
    let parsed = flags::read("logs", words, FLAGS)?;
    let (pod, container) = match parsed.names.as_slice() {
        [pod] => (pod, None),
        [pod, container] => (pod, Some(container.clone())),
        _ => {
            return Err("error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n\
                        POD or TYPE/NAME is a required argument for the logs command\n\
                        See 'kubectl logs -h' for help and examples\n"
                .into());
        }
    };
    let pod = match pod.split_once('/') {
        None => pod.clone(),
        Some((kind, name)) if super::targets::kind(kind)?.kind == "Pod" => name.to_string(),
        Some(_) => {
            return Err(format!("error: Lifepod reads logs of Pods only; {pod:?} is none\n"));
        }
    };
    let tail = match parsed.get("tail").map(str::parse::<i64>) {
        None => None,
        Some(Ok(count)) => usize::try_from(count).ok(),
        Some(Err(_)) => return Err("error: --tail must be a whole number\n".into()),
    };
    let since = match parsed.get("since").map(parse_time) {
        Some(None) => return Err("error: --since must be a length of time such as 10s\n".into()),
        since => since.flatten(),
    };
    Ok(LogsOf {
        pod,
        container: container.or_else(|| parsed.get("container").map(str::to_string)),
        all: parsed.is_on("all-containers"),
        previous: parsed.is_on("previous"),
        tail,
        since,
        timestamps: parsed.is_on("timestamps"),
        prefix: parsed.is_on("prefix"),
        follow: parsed.is_on("follow"),
    })
}
