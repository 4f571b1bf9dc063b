//! `kubectl events`.

use super::get::place;
use super::targets::targets;
use crate::api::query::EventsOf;
use crate::course::kubectl::flags::{self, Flag, switch, value};

pub(in crate::course::kubectl) const FLAGS: &[Flag] = &[
    value("for", ' '),
    value("types", ' '),
    value("namespace", 'n'),
    switch("all-namespaces", 'A'),
    switch("no-headers", ' '),
    switch("watch", 'w'),
];

/// Reads the words behind `events`. Source: kubectl cmd/events/events.go Complete, Validate
pub fn read(words: &[String]) -> Result<EventsOf, String> {
    let parsed = flags::read("events", words, FLAGS)?;
    let about = match parsed.get("for") {
        None => None,
        Some(word) if word.contains('/') => targets(&[word.to_string()])?.pop(),
        Some(_) => {
            return Err("error: --for must be in resource/name form\n".into());
        }
    };
    let types = parsed.get("types").into_iter().flat_map(|types| types.split(','));
    let types = types.map(str::to_string).collect();
    Ok(EventsOf { about, types, place: place(&parsed), no_headers: parsed.is_on("no-headers") })
}
