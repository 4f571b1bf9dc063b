//! `kubectl events`.

use super::answer::Answer;
use super::ask::EventsOf;
use super::place::Place;
use crate::api::print::tabs::{TABLE, align};
use crate::api::print::values::{go, is_set, moment, or, since};
use crate::api::time::Timestamp;
use crate::base::json::Value;
use crate::base::sort_by_key;

/// Answers it. Source: kubectl cmd/events/events.go, event_printer.go
pub fn events(ask: &EventsOf, objects: &[Value], now: Timestamp) -> Answer {
    let is_wanted = |event: &&Value| {
        let involved = &event["involvedObject"];
        let about = ask.about.as_ref().is_none_or(|target| {
            let name = target.name.as_deref().unwrap_or_default();
            involved["kind"] == target.kind.kind && involved["name"] == name
        });
        let of_type = |kind: &String| go(&event["type"]).eq_ignore_ascii_case(kind);
        let here = event["kind"] == "Event" && ask.place.has(event);
        here && about && (ask.types.is_empty() || ask.types.iter().any(of_type))
    };
    let mut events: Vec<&Value> = objects.iter().filter(is_wanted).collect();
    if events.is_empty() {
        let err = match &ask.place {
            Place::Everywhere => "No events found.\n".to_string(),
            place => ["No events found in ", place.name(), " namespace.\n"].concat(),
        };
        return Answer { err, ..Answer::default() };
    }
    sort_by_key(&mut events, |event| last(event).and_then(moment));
    let mut text = String::new();
    if !ask.no_headers {
        text.push_str("LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n");
    }
    for event in events {
        let (involved, message) = (&event["involvedObject"], go(&event["message"]));
        let object = [&go(&involved["kind"]), "/", &go(&involved["name"])].concat();
        let cells = [
            age(event, now),
            go(&event["type"]),
            go(&event["reason"]),
            object,
            message.trim().into(),
        ];
        text.push_str(&cells.join("\t").replace('\n', " "));
        text.push('\n');
    }
    Answer { out: align(&text, TABLE), ..Answer::default() }
}

/// When it happened last. Source: eventTime
fn last(event: &Value) -> Option<&Value> {
    let moments =
        [&event["series"]["lastObservedTime"], &event["lastTimestamp"], &event["eventTime"]];
    moments.into_iter().find(|moment| is_set(moment))
}

/// Source: getInterval
fn age(event: &Value, now: Timestamp) -> String {
    let first = match is_set(&event["eventTime"]) {
        true => since(&event["eventTime"], now),
        false => since(&event["firstTimestamp"], now),
    };
    let (series, count) = (&event["series"], event["count"].as_i64().unwrap_or(0));
    let (last, count) = match (series.is_null(), count) {
        (false, _) => (since(&series["lastObservedTime"], now), or(go(&series["count"]), "0")),
        (true, 2..) => (since(&event["lastTimestamp"], now), count.to_string()),
        (true, _) => return first,
    };
    [&last, " (x", &count, " over ", &first, ")"].concat()
}
