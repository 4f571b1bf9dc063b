//! Which verb reads what.

use super::{describe, events, get};
use crate::api::query::Query;
use crate::course::kubectl::parse::absent;

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
