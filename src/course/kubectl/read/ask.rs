//! Which verb reads what.

use super::{describe, events, explain, get, logs, wait};
use crate::api::query::Query;
use crate::course::kubectl::parse::absent;
use crate::engine::reading::Reading;

/// The verbs that read.
pub const VERBS: &[&str] =
    &["get", "describe", "logs", "events", "wait", "explain", "api-resources", "version", "top"];

/// Reads the words behind a verb that asks for objects. The error is kubectl's own.
pub fn read_query(verb: &str, words: &[String]) -> Result<Query, String> {
    match verb {
        "get" => get::read(words).map(Query::Get),
        "describe" => describe::read(words).map(Query::Describe),
        "events" => events::read(words).map(Query::Events),
        "api-resources" => Ok(Query::Resources),
        "version" => Ok(Query::Version),
        other => Err(absent(other)),
    }
}

/// Reads the words behind any verb that reads. The error is kubectl's own.
pub fn read(verb: &str, words: &[String]) -> Result<Reading, String> {
    match verb {
        "logs" => logs::read(words).map(Reading::Logs),
        "wait" => wait::read(words).map(Reading::Wait),
        "explain" => explain::explain(words).map(Reading::Said),
        "top" => Err(NO_METRICS.to_string()),
        verb => {
            let query = read_query(verb, words)?;
            let unsaid = match &query {
                Query::Get(get) => get.targets.is_empty(),
                Query::Describe(describe) => describe.targets.is_empty(),
                _ => false,
            };
            match unsaid {
                true => Err(NOTHING_ASKED.to_string()),
                false => Ok(Reading::Ask(query)),
            }
        }
    }
}

/// What a cluster without a metrics server has to say, and this one has none.
/// Source: kubectl cmd/top/top_pod.go RunTopPod
const NO_METRICS: &str = "error: Metrics API not available\n";

/// Source: kubectl cmd/get/get.go Complete
const NOTHING_ASKED: &str = "You must specify the type of resource to get. Use \"kubectl \
    api-resources\" for a complete list of supported resources.\n\nerror: Required resource not \
    specified.\nUse \"kubectl explain <resource>\" for a detailed description of that resource \
    (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples\n";
