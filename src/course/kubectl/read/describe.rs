//! `kubectl describe`.

use super::get::{place, selector};
use super::targets::targets;
use crate::api::query::Describe;
use crate::course::kubectl::flags::{self, Flag, switch, value};

pub(in crate::course::kubectl) const FLAGS: &[Flag] = &[
    value("selector", 'l'),
    value("namespace", 'n'),
    switch("show-events", ' '),
    switch("all-namespaces", 'A'),
    value("client", ' '),
];

/// Reads the words behind `describe`. `--client 1.36` is ours: which kubectl speaks.
/// Source: kubectl cmd/describe/describe.go Complete
pub fn read(words: &[String]) -> Result<Describe, String> {
    let parsed = flags::read("describe", words, FLAGS)?;
    let newer = match parsed.get("client") {
        None | Some("1.32") => false,
        Some("1.36") => true,
        Some(other) => {
            return Err(["error: no client \"", other, "\"; there are 1.32 and 1.36\n"].concat());
        }
    };
    Ok(Describe {
        targets: targets(&parsed.names)?,
        selector: selector(&parsed)?,
        place: place(&parsed),
        newer,
    })
}
