//! Reading a goal from YAML or JSON.
//!
//! `{object: pod/web, path: status.phase, is: Running, by: 40s}`,
//! `{never: {event: Killing, about: pod/web}, from: 10s}`, `{all: [..]}`: see `docs/SCENARIOS.md`.

use super::condition::{Goal, Moment, ObjectIs, What};
use super::place::Place;
use super::test::Test;
use crate::base::SimTime;
use crate::base::json::Value;
use crate::course::scenario::parse_time;

/// Reads a goal. The error says what is wrong with it.
pub fn read(value: &Value) -> Result<Goal, String> {
    let part = |key: &str| value.get(key);
    if let Some(parts) = part("all") {
        return only(value, &["all"]).and_then(|()| list(parts)).map(Goal::All);
    }
    if let Some(parts) = part("any") {
        return only(value, &["any"]).and_then(|()| list(parts)).map(Goal::Any);
    }
    if let Some(inner) = part("not") {
        return only(value, &["not"]).and_then(|()| read(inner)).map(|g| Goal::Not(Box::new(g)));
    }
    for (key, goal) in [("always", Goal::Always as fn(Moment) -> Goal), ("never", Goal::Never)] {
        if let Some(inner) = part(key) {
            known(value, &[&[key], WINDOW])?;
            return window(value, what(inner)?).map(goal);
        }
    }
    moment(value).map(Goal::Sometime)
}

const WINDOW: &[&str] = &["from", "by", "after", "before", "during", "within", "times", "for"];
/// `request: lost`: every end of a request but the good one.
const LOST: [&str; 4] = ["refused", "cut", "timed-out", "error"];
const TESTS: &[&str] = &["is", "isNot", "oneOf", "atLeast", "atMost", "contains", "exists"];

fn list(value: &Value) -> Result<Vec<Goal>, String> {
    let items = value.as_array().filter(|items| !items.is_empty());
    items.ok_or("goal: all and any need a list of goals")?.iter().map(read).collect()
}

fn only(value: &Value, keys: &[&str]) -> Result<(), String> {
    known(value, &[keys])
}

/// No key but these.
fn known(value: &Value, groups: &[&[&str]]) -> Result<(), String> {
    let object = value.as_object().ok_or_else(|| format!("goal: {value} is no mapping"))?;
    let strange = object.keys().find(|key| !groups.iter().any(|keys| keys.contains(&key.as_str())));
    strange.map_or(Ok(()), |key| Err(format!("goal: \"{key}\" cannot stand in {value}")))
}

fn moment(value: &Value) -> Result<Moment, String> {
    window(value, what(value)?)
}

fn window(value: &Value, what: What) -> Result<Moment, String> {
    let inner = |key: &str| value.get(key).map(moment).transpose().map(|m| m.map(Box::new));
    Ok(Moment {
        what,
        from: time(value, "from")?,
        by: time(value, "by")?,
        after: inner("after")?,
        before: inner("before")?,
        during: inner("during")?,
        within: time(value, "within")?,
        times: match value.get("times") {
            Some(times) if times.is_u64() => vec![Test::Is(times.clone())],
            Some(times) => tests(times)?,
            None => Vec::new(),
        },
        lasting: time(value, "for")?,
    })
}

fn time(value: &Value, key: &str) -> Result<Option<SimTime>, String> {
    let Some(time) = value.get(key) else { return Ok(None) };
    let text = time.as_str().map_or_else(|| time.to_string(), str::to_string);
    let problem = || format!("goal: {key}: {time} is no time; write it like 20s");
    parse_time(&text).map(Some).ok_or_else(problem)
}

/// What must be one thing or another of a row: key, place in the row, whether a part is enough.
type RowKey = (&'static str, &'static str, bool);

/// The kinds of rows: the key that says so, the row's `type`, and what else can be asked.
const ROWS: &[(&str, &str, &[RowKey])] = &[
    (
        "event",
        "",
        &[
            ("event", "object.reason", false),
            ("type", "object.type", false),
            ("message", "object.message", true),
        ],
    ),
    ("rule", "RULE", &[("rule", "rule", false), ("subject", "subject", false)]),
    (
        "log",
        "LOG",
        &[("log", "line", true), ("pod", "pod", false), ("container", "container", false)],
    ),
    (
        "kubectl",
        "KUBECTL",
        &[
            ("kubectl", "args", true),
            ("out", "out", true),
            ("err", "err", true),
            ("code", "code", false),
        ],
    ),
    ("request", "REQUEST", &[("request", "outcome", false), ("to", "to", false)]),
];

fn what(value: &Value) -> Result<What, String> {
    if let Some(parts) = value.get("together") {
        known(value, &[&["together"], WINDOW])?;
        let parts = parts.as_array().ok_or("goal: together needs a list")?;
        return parts.iter().map(what).collect::<Result<_, _>>().map(What::Together);
    }
    if value.get("object").is_some() {
        return object(value).map(What::Object);
    }
    match ROWS.iter().find(|(key, ..)| value.get(*key).is_some()) {
        Some((_, kind, keys)) => row(value, kind, keys),
        None => Err(format!("goal: {value} asks for nothing that is known")),
    }
}

fn row(value: &Value, kind: &'static str, keys: &[RowKey]) -> Result<What, String> {
    let names: Vec<&str> = keys.iter().map(|(key, ..)| *key).collect();
    known(value, &[&names, &["about", "facts"], WINDOW])?;
    let mut values = Vec::new();
    let mut ask = |place: &str, test: Test| {
        values.extend(Place::parse(place).map(|place| (place, test)));
    };
    for (key, place, part) in keys {
        match value.get(*key) {
            Some(Value::String(text)) if *part => ask(place, Test::Contains(text.clone())),
            Some(Value::String(text)) if *key == "request" && text == "lost" => {
                ask(place, Test::OneOf(LOST.map(Value::from).to_vec()));
            }
            Some(wanted) => ask(place, Test::Is(wanted.clone())),
            None => {}
        }
    }
    if let Some((kind, name)) = value["about"].as_str().and_then(|about| about.split_once('/')) {
        ask("object.involvedObject.kind", Test::Is(capital(kind).into()));
        ask("object.involvedObject.name", Test::Is(name.into()));
    }
    for (name, fact) in value["facts"].as_object().into_iter().flatten() {
        for test in fact_tests(fact)? {
            ask(&format!("facts[\"{name}\"]"), test);
        }
    }
    Ok(What::Row { kind, values })
}

/// `{failures: 3}` or `{failures: {atLeast: 3}}`.
fn fact_tests(fact: &Value) -> Result<Vec<Test>, String> {
    match fact.is_object() {
        true => known(fact, &[TESTS]).and_then(|()| tests(fact)),
        false => Ok(vec![Test::Is(fact.clone())]),
    }
}

fn capital(kind: &str) -> String {
    let (first, rest) = kind.split_at(kind.len().min(1));
    first.to_ascii_uppercase() + rest
}

fn object(value: &Value) -> Result<ObjectIs, String> {
    known(value, &[&["object", "path", "count"], TESTS, WINDOW])?;
    let words = value["object"].as_str().and_then(|text| text.split_once('/'));
    let (kind, name) = words.ok_or_else(|| format!("goal: {} is no KIND/NAME", value["object"]))?;
    let path = value["path"].as_str().unwrap_or_default();
    let place = Place::parse(path).ok_or_else(|| format!("goal: \"{path}\" is no path"))?;
    let count = value.get("count").map_or(Ok(Vec::new()), fact_tests)?;
    Ok(ObjectIs { kind: kind.into(), name: name.into(), place, tests: tests(value)?, count })
}

fn tests(value: &Value) -> Result<Vec<Test>, String> {
    let mut found = Vec::new();
    for (key, wanted) in value.as_object().into_iter().flatten() {
        let problem = || format!("goal: {wanted} cannot stand in \"{key}\"");
        let number = || wanted.as_i64().ok_or_else(problem);
        found.push(match key.as_str() {
            "is" => Test::Is(wanted.clone()),
            "isNot" => Test::IsNot(wanted.clone()),
            "oneOf" => Test::OneOf(wanted.as_array().ok_or_else(problem)?.clone()),
            "atLeast" => Test::AtLeast(number()?),
            "atMost" => Test::AtMost(number()?),
            "contains" => Test::Contains(wanted.as_str().ok_or_else(problem)?.to_string()),
            "exists" => Test::Exists(wanted.as_bool().ok_or_else(problem)?),
            _ => continue,
        });
    }
    Ok(found)
}
