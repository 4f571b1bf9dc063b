//! Answers.

use super::ask::{Output, Query, Target};
use super::place::Place;
use super::{describe, events, get};
use crate::api::print::kinds::{KINDS, Kind};
use crate::api::print::tabs::{Gap, align};
use crate::api::print::values::{at, go};
use crate::api::time::Timestamp;
use crate::base::json::Value;

/// What kubectl prints, and with which code it ends.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answer {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// Exit code.
    pub code: i32,
}

impl Answer {
    /// Adds an error.
    pub fn fail(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.err.push_str(part));
        self.code = 1;
    }
}

/// Answers a question from the objects that there are at `now`.
pub fn answer(query: &Query, objects: &[Value], now: Timestamp) -> Answer {
    match query {
        Query::Get(get) => get::get(get, objects, now),
        Query::Describe(ask) => describe::describe(ask, objects, now),
        Query::Events(ask) => events::events(ask, objects, now),
        Query::Resources => Answer { out: resources(), ..Answer::default() },
        Query::Version => Answer { out: VERSION.to_string(), ..Answer::default() },
    }
}

/// The versions that the recordings were made with.
const VERSION: &str =
    "Client Version: v1.32.4\nKustomize Version: v5.5.0\nServer Version: v1.36.2\n";

/// Source: kubectl cmd/apiresources/apiresources.go
fn resources() -> String {
    let mut text = String::from("NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND\n");
    for kind in KINDS {
        let namespaced = if kind.namespaced { "true" } else { "false" };
        let cells = [kind.plural, kind.short, kind.version, namespaced, kind.kind];
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    align(&text, Gap { least: 6, padding: 3 })
}

/// Whether an object is of a kind.
pub fn is_of(object: &Value, kind: &Kind) -> bool {
    object["kind"] == kind.kind
}

/// The objects that a target means.
pub fn found<'a>(
    target: &'a Target,
    place: &'a Place,
    objects: &'a [Value],
) -> impl Iterator<Item = &'a Value> {
    let named = move |object: &&Value| {
        target.name.as_ref().is_none_or(|name| go(at(object, "metadata.name")) == *name)
    };
    let there = move |object: &&Value| is_of(object, target.kind) && place.has(object);
    objects.iter().filter(there).filter(named)
}

/// What the API server says of an object that is not there.
/// Source: apimachinery api/errors NewNotFound
pub fn not_found(kind: &Kind, name: &str) -> String {
    let dot = if kind.group().is_empty() { "" } else { "." };
    let what = [kind.plural, dot, kind.group()].concat();
    ["Error from server (NotFound): ", &what, " \"", name, "\" not found\n"].concat()
}

/// What is said where nothing was found. Source: kubectl cmd/get/get.go
pub fn nothing(targets: &[Target], place: &Place) -> String {
    let namespaced = targets.iter().any(|target| target.kind.namespaced);
    match namespaced && *place != Place::Everywhere {
        true => ["No resources found in ", place.name(), " namespace.\n"].concat(),
        false => "No resources found\n".into(),
    }
}

impl Output {
    /// Reads the value of `-o`; the wide table is `None`.
    pub fn read(text: &str) -> Result<Option<Self>, String> {
        let (kind, rest) = text.split_once('=').unwrap_or((text, ""));
        Ok(Some(match kind {
            "wide" => return Ok(None),
            "" => Output::Table,
            "yaml" => Output::Yaml,
            "json" => Output::Json,
            "name" => Output::Name,
            "jsonpath" | "jsonpath-as-json" if !rest.is_empty() => Output::JsonPath(rest.into()),
            "custom-columns" if !rest.is_empty() => Output::Columns(rest.into()),
            _ => {
                return Err([
                    "error: unable to match a printer suitable for the output format \"",
                    text,
                    "\", allowed formats are: custom-columns,json,jsonpath,name,wide,yaml\n",
                ]
                .concat());
            }
        }))
    }
}
