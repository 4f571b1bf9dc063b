//! `kubectl logs`.

use crate::api::query::Selector;
use crate::course::kubectl::flags::{self, Flag, switch, value};
use crate::course::kubectl::target::WITH_PODS;
use crate::course::scenario::parse_time;
use crate::engine::reading::{LogsOf, Whose};

pub(in crate::course::kubectl) const FLAGS: &[Flag] = &[
    value("container", 'c'),
    value("selector", 'l'),
    value("tail", ' '),
    value("since", ' '),
    value("namespace", 'n'),
    switch("follow", 'f'),
    switch("previous", 'p'),
    switch("timestamps", ' '),
    switch("all-containers", ' '),
    switch("prefix", ' '),
];

/// What `--tail` is for a selector. Source: kubectl cmd/logs/logs.go selectorTail
const TAIL_OF_MANY: usize = 10;

/// `web`, `pod/web` or `deploy/web`. Source: kubectl polymorphichelpers/logsforobject.go
fn whose(word: &str) -> Result<(String, Whose), String> {
    let Some((kind, name)) = word.split_once('/') else {
        return Ok((word.to_string(), Whose::Pod));
    };
    let name = name.to_string();
    match super::targets::kind(kind)?.kind {
        "Pod" => Ok((name, Whose::Pod)),
        kind if WITH_PODS.contains(&kind) => {
            Ok((String::new(), Whose::Object { kind: kind.to_string(), name }))
        }
        kind => Err(format!("error: cannot get the logs from {kind}\n")),
    }
}

/// Reads the words behind `logs`. Source: kubectl cmd/logs/logs.go Complete, Validate
pub fn read(words: &[String]) -> Result<LogsOf, String> {
    let parsed = flags::read("logs", words, FLAGS)?;
    let labels = parsed.get("selector");
    let (pod, container) = match (parsed.names.as_slice(), labels) {
        ([], Some(_)) => ("", None),
        ([_, ..], Some(_)) => {
            return Err("error: only a selector (-l) or a POD name is allowed\n".into());
        }
        ([pod], None) => (pod.as_str(), None),
        ([pod, container], None) => (pod.as_str(), Some(container.clone())),
        _ => {
            return Err("error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n\
                        POD or TYPE/NAME is a required argument for the logs command\n\
                        See 'kubectl logs -h' for help and examples\n"
                .into());
        }
    };
    let (pod, whose) = match labels {
        Some(text) => {
            let mut wanted = Selector::default();
            wanted.add_labels(text).map_err(|why| ["error: ", &why, "\n"].concat())?;
            (String::new(), Whose::Labels(wanted))
        }
        None => whose(pod)?,
    };
    let tail = match parsed.get("tail").map(str::parse::<i64>) {
        None => labels.map(|_| TAIL_OF_MANY),
        Some(Ok(count)) => usize::try_from(count).ok(),
        Some(Err(_)) => return Err("error: --tail must be a whole number\n".into()),
    };
    let since = match parsed.get("since").map(parse_time) {
        Some(None) => return Err("error: --since must be a length of time such as 10s\n".into()),
        since => since.flatten(),
    };
    Ok(LogsOf {
        pod,
        place: Default::default(),
        whose,
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
