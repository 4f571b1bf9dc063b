//! The object as YAML, and what has changed in it.

use super::versions::Versions;
use crate::base::SimTime;
use crate::base::json::Value;
use crate::session::history::History;
use crate::session::make::line_diff::diff;
use crate::session::marks;
use crate::session::view::{Body, Inspect, Since, YamlView};

/// The object with the lines that differ from the state that is compared.
pub fn body(object: &Value, now: SimTime, history: &History, chosen: &Inspect) -> Body {
    let trace = history.trace();
    let to = trace.rows.partition_point(|row| row.at <= now);
    let versions = Versions::of(&trace.rows[..to], chosen);
    let after = printed(object);
    let other = match chosen.since {
        Since::Mark => marks::previous(trace, now).map(|at| (at, state(&versions, at, &after))),
        Since::Change => versions.before_last().and_then(|(_, old)| {
            let at = versions.changed()?;
            Some((at, printed(&old)))
        }),
        Since::Start => versions.first().map(|(at, old)| (at, printed(&old))),
    };
    let (since, before) = match other {
        Some((at, before)) => (Some(at), before),
        None => (None, after.clone()),
    };
    Body::Yaml(YamlView { lines: diff(&before, &after), since, changed: versions.changed() })
}

/// What stood there at a moment; an object that was not made yet is an empty text, and one that
/// has not changed since the start is as it is.
fn state(versions: &Versions<'_>, at: SimTime, now: &str) -> String {
    match versions.at(at) {
        Some(object) => printed(&object),
        None if versions.was_made_after(at) => String::new(),
        None => versions.first().map_or_else(|| now.to_string(), |(_, first)| printed(&first)),
    }
}

/// As `kubectl get -o yaml` prints it.
fn printed(object: &Value) -> String {
    let mut object = object.clone();
    if let Some(meta) = object["metadata"].as_object_mut() {
        meta.remove("managedFields");
    }
    crate::yaml::print(&object)
}
