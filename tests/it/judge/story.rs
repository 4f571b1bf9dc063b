//! What is compared of a trace, condensed.

use super::scrub::scrub;
use crate::float::AsF64;
use lifepod::base::json::{Value, json};
use std::collections::BTreeMap;

/// A state and the moment it was first seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Seconds.
    pub at: f64,
    /// What was seen: a phase, `[state, reason, exitCode, restarts, ready, started]`, and so on.
    pub state: Value,
}

/// The states of one subject, each different from the one before.
pub type Track = Vec<Step>;

/// One kind of Event: when first seen, and its greatest count.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// Seconds.
    pub first: f64,
    /// The API server's count.
    pub count: f64,
}

/// A log line and its moment in seconds.
pub type Line = (f64, String);

/// A whole trace, condensed. Keys are `pod`, `pod/container`, `pod/Condition`,
/// `pod/container#restart`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// status.phase with `+deleting` and `/reason`; `gone` at the end.
    pub phase: BTreeMap<String, Track>,
    /// Container states.
    pub containers: BTreeMap<String, Track>,
    /// `[status, reason]` of each condition.
    pub conditions: BTreeMap<String, Track>,
    /// `[ready, serving, terminating]` of the pod's endpoint, or `absent`.
    pub endpoints: BTreeMap<String, Track>,
    /// By `[type, reason, fieldPath, message]` as JSON.
    pub events: BTreeMap<String, Sighting>,
    /// Lines of each container instance.
    pub logs: BTreeMap<String, Vec<Line>>,
    /// The last moment of the trace.
    pub end: f64,
}

impl Story {
    /// Reads a trace in JSON lines. Says which line is not JSON, or lacks `t` or `type`.
    pub fn of_trace(jsonl: &str) -> Result<Story, String> {
        let mut rows = Vec::new();
        for (nth, line) in jsonl.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row = read_row(line).map_err(|problem| format!("line {}: {problem}", nth + 1))?;
            rows.push(row);
        }
        let t0 = rows.iter().find(|row| row.is_pod_added()).map_or(0.0, |row| row.at);
        let mut story = Story::default();
        for mut row in rows {
            row.at = milliseconds(row.at - t0);
            story.take(&row);
        }
        Ok(story)
    }

    /// Reads the condensed form: one JSON object, as the files of `tests/golden` hold them.
    pub fn of_condensed(value: &Value) -> Option<Story> {
        let mut story = Story { end: value["end"].as_f64()?, ..Story::default() };
        for (part, tracks) in story.tracks_mut() {
            for (subject, steps) in value[part].as_object()? {
                let steps = steps.as_array()?.iter().map(step).collect::<Option<Track>>()?;
                tracks.insert(subject.clone(), steps);
            }
        }
        for event in value["events"].as_array()? {
            let sighting = Sighting { first: event[1][0].as_f64()?, count: event[1][1].as_f64()? };
            story.events.insert(event[0].to_string(), sighting);
        }
        for (instance, lines) in value["logs"].as_object()? {
            let lines = lines.as_array()?.iter().map(line).collect::<Option<Vec<Line>>>()?;
            story.logs.insert(instance.clone(), lines);
        }
        Some(story)
    }

    fn tracks_mut(&mut self) -> [(&'static str, &mut BTreeMap<String, Track>); 4] {
        [
            ("phase", &mut self.phase),
            ("containers", &mut self.containers),
            ("conditions", &mut self.conditions),
            ("endpoints", &mut self.endpoints),
        ]
    }

    fn take(&mut self, row: &Row) {
        self.end = self.end.max(row.at);
        match (row.kind.as_str(), row.value["object"]["kind"].as_str()) {
            ("LOG", _) => self.take_log(row),
            ("ADDED" | "MODIFIED" | "DELETED", Some("Pod")) => self.take_pod(row),
            ("ADDED" | "MODIFIED", Some("Event")) => self.take_event(row),
            ("ADDED" | "MODIFIED" | "DELETED", Some("EndpointSlice")) => self.take_slice(row),
            _ => {}
        }
    }

    fn take_log(&mut self, row: &Row) {
        let v = &row.value;
        let instance = format!("{}/{}#{}", text(&v["pod"]), text(&v["container"]), v["restart"]);
        self.logs.entry(instance).or_default().push((row.at, text(&v["line"]).to_string()));
    }

    fn take_pod(&mut self, row: &Row) {
        let pod = &row.value["object"];
        let (name, status) = (text(&pod["metadata"]["name"]), &pod["status"]);
        let phase = if row.kind == "DELETED" { "gone".to_string() } else { phase_of(pod) };
        push(&mut self.phase, name.to_string(), row.at, Value::from(phase));
        for list in ["initContainerStatuses", "containerStatuses"] {
            for container in items(&status[list]) {
                let key = format!("{name}/{}", text(&container["name"]));
                push(&mut self.containers, key, row.at, container_state(container));
            }
        }
        for condition in items(&status["conditions"]) {
            let key = format!("{name}/{}", text(&condition["type"]));
            let state = json!([text(&condition["status"]), text(&condition["reason"])]);
            push(&mut self.conditions, key, row.at, state);
        }
    }

    fn take_event(&mut self, row: &Row) {
        let event = &row.value["object"];
        let about = &event["involvedObject"];
        if !matches!(about["kind"].as_str(), Some("Pod") | None) {
            return;
        }
        let message = scrub(text(&event["message"]));
        let key = json!([event["type"], event["reason"], text(&about["fieldPath"]), message]);
        let counts = [&event["count"], &event["series"]["count"]];
        let count = counts.iter().filter_map(|n| n.as_f64()).find(|n| *n != 0.0).unwrap_or(1.0);
        let fresh = Sighting { first: row.at, count: 0.0 };
        let sighting = self.events.entry(key.to_string()).or_insert(fresh);
        sighting.count = sighting.count.max(count);
    }

    fn take_slice(&mut self, row: &Row) {
        let mut named = Vec::new();
        for endpoint in items(&row.value["object"]["endpoints"]) {
            let who = endpoint["targetRef"]["name"].as_str().unwrap_or("?").to_string();
            let is = |condition: &str| endpoint["conditions"][condition] == true;
            let state = json!([is("ready"), is("serving"), is("terminating")]);
            push(&mut self.endpoints, who.clone(), row.at, state);
            named.push(who);
        }
        let known: Vec<String> = self.endpoints.keys().cloned().collect();
        for who in known.into_iter().filter(|who| row.kind != "DELETED" && !named.contains(who)) {
            push(&mut self.endpoints, who, row.at, Value::from("absent"));
        }
    }
}

struct Row {
    at: f64,
    kind: String,
    value: Value,
}

impl Row {
    fn is_pod_added(&self) -> bool {
        self.kind == "ADDED" && self.value["object"]["kind"] == "Pod"
    }
}

fn read_row(line: &str) -> Result<Row, String> {
    let value: Value = lifepod::base::json::parse(line).map_err(|problem| problem.to_string())?;
    let at = value["t"].as_f64().ok_or("no t")?;
    let kind = value["type"].as_str().ok_or("no type")?.to_string();
    Ok(Row { at, kind, value })
}

/// Takes away what subtraction adds; traces are in milliseconds.
fn milliseconds(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

fn push(tracks: &mut BTreeMap<String, Track>, subject: String, at: f64, state: Value) {
    let track = tracks.entry(subject).or_default();
    if track.last().is_none_or(|last| last.state != state) {
        track.push(Step { at, state });
    }
}

fn phase_of(pod: &Value) -> String {
    let phase = match text(&pod["status"]["phase"]) {
        "" => "Pending",
        phase => phase,
    };
    let deleting = !text(&pod["metadata"]["deletionTimestamp"]).is_empty();
    let reason = text(&pod["status"]["reason"]);
    let slash = if reason.is_empty() { "" } else { "/" };
    format!("{phase}{}{slash}{reason}", if deleting { "+deleting" } else { "" })
}

fn container_state(container: &Value) -> Value {
    let state = container["state"].as_object().and_then(|state| state.iter().next());
    let (word, detail) = match state {
        Some((word, detail)) => (word.as_str(), detail),
        None => ("waiting", &Value::Null),
    };
    let exit = detail.get("exitCode").cloned().unwrap_or(Value::from(""));
    let restarts = container["restartCount"].as_i64().unwrap_or(0);
    let (ready, started) = (container["ready"] == true, container["started"] == true);
    json!([word, text(&detail["reason"]), exit, restarts, ready, started])
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn step(value: &Value) -> Option<Step> {
    Some(Step { at: value[0].as_f64()?, state: value[1].clone() })
}

fn line(value: &Value) -> Option<Line> {
    Some((value[0].as_f64()?, value[1].as_str()?.to_string()))
}

#[test]
fn a_line_that_is_no_row_is_named() {
    assert!(
        Story::of_trace("{\"t\":0,\"type\":\"RULE\"}\nnonsense").unwrap_err().starts_with("line 2")
    );
    assert_eq!(Story::of_trace("{\"type\":\"RULE\"}"), Err("line 1: no t".to_string()));
    assert_eq!(Story::of_trace(""), Ok(Story::default()));
}
