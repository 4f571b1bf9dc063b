//! Volumes, environment and the kubelet's files, as a script in a container sees them.
//!
//! What is expected is what a cluster of 1.36 shows: from the kubelet's source, and from the
//! recordings in `tests/golden` where there is one.

mod claims;
mod environment;
mod eviction;
mod failures;
mod files;
mod kinds;
mod updates;
mod users;

use crate::float::AsF64;
use lifepod::base::json::Value;

/// What a scenario showed.
pub struct Shown {
    rows: Vec<Value>,
}

/// Runs a scenario.
pub fn run(scenario: &str) -> Shown {
    let text = lifepod::cli::run_scenario_jsonl(scenario).expect("the scenario is accepted");
    let rows =
        text.lines().map(|line| lifepod::base::json::parse(line).expect("it is JSON")).collect();
    Shown { rows }
}

/// Runs Pod `web` with one container `app`: what else is in the spec, in the container (both as
/// YAML in one line), and its script.
pub fn run_pod(spec: &str, container: &str, script: &str) -> Shown {
    run(&pod(spec, container, script))
}

/// The manifest of that Pod.
pub fn pod(spec: &str, container: &str, script: &str) -> String {
    let spec = if spec.is_empty() { String::new() } else { format!("{spec}, ") };
    let container = if container.is_empty() { String::new() } else { format!("{container}, ") };
    let script = lifepod::base::json::Value::from(script).to_string();
    format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: web, labels: {{app: web}}}}, spec: \
         {{restartPolicy: Never, {spec}containers: [{{name: app, image: 'busybox:1.36', \
         {container}command: [sh, -c, {script}]}}]}}}}\n"
    )
}

/// A ConfigMap.
pub fn config_map(name: &str, data: &str) -> String {
    format!(
        "{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}}}, data: {{{data}}}}}\n---\n"
    )
}

/// A scenario of a manifest, actions and an end.
pub fn scenario(manifest: &str, actions: &str, until: &str) -> String {
    let lines: String = manifest.lines().map(|line| format!("  {line}\n")).collect();
    format!("manifest: |\n{lines}actions: [{actions}]\nuntil: {until}\n")
}

impl Shown {
    /// Whether a rule was cited with this fact.
    pub fn cites(&self, rule: &str, fact: &str, value: &str) -> bool {
        self.rows.iter().any(|row| row["rule"] == rule && row["facts"][fact] == value)
    }

    /// The log of all containers.
    pub fn log(&self) -> Vec<&str> {
        let lines = self.rows.iter().filter(|row| row["type"] == "LOG");
        lines.map(|row| row["line"].as_str().expect("a line is text")).collect()
    }

    /// Moments, reasons and messages of the Events, as they were written first.
    pub fn events(&self) -> Vec<(f64, &str, &str)> {
        let events =
            self.rows.iter().filter(|r| r["object"]["kind"] == "Event" && r["type"] == "ADDED");
        let text = |v: &'_ Value| -> &'static str {
            Box::leak(v.as_str().unwrap_or_default().to_string().into_boxed_str())
        };
        events
            .map(|r| {
                let at = r["t"].as_f64().unwrap_or_default();
                (at, text(&r["object"]["reason"]), text(&r["object"]["message"]))
            })
            .collect()
    }

    /// The message of the first Event of this reason.
    pub fn event(&self, reason: &str) -> Option<&str> {
        self.events().into_iter().find(|(_, r, _)| *r == reason).map(|(.., message)| message)
    }

    /// Reasons and messages of the Events about a Pod, as they were written first.
    pub fn events_of(&self, pod: &str) -> Vec<(String, String)> {
        let about = |r: &&Value| {
            r["object"]["kind"] == "Event"
                && r["type"] == "ADDED"
                && r["object"]["involvedObject"]["name"] == pod
        };
        let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
        let rows = self.rows.iter().filter(about);
        rows.map(|r| (text(&r["object"]["reason"]), text(&r["object"]["message"]))).collect()
    }

    /// The objects and messages of the Events of this reason, as they were written first.
    pub fn events_named(&self, reason: &str) -> Vec<(String, String)> {
        let named = |r: &&Value| r["object"]["reason"] == reason && r["type"] == "ADDED";
        let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
        let object = |r: &Value| {
            let about = text(&r["object"]["involvedObject"]["name"]);
            (about, text(&r["object"]["message"]))
        };
        self.rows.iter().filter(named).map(object).collect()
    }

    /// The node that a Pod was given last; empty: none.
    pub fn node_of(&self, pod: &str) -> String {
        self.last(pod)["spec"]["nodeName"].as_str().unwrap_or_default().to_string()
    }

    /// The last that was seen of a Pod.
    pub fn last(&self, pod: &str) -> &Value {
        let of_pod =
            |r: &&Value| r["object"]["kind"] == "Pod" && r["object"]["metadata"]["name"] == pod;
        let seen = self.rows.iter().rev().find(of_pod);
        &seen.unwrap_or_else(|| panic!("no Pod {pod}: {:?}", self.kubectl_errors()))["object"]
    }

    /// When a Pod was first seen so.
    pub fn first(&self, pod: &str, is: impl Fn(&Value) -> bool) -> Option<f64> {
        let of_pod = |r: &&Value| {
            let object = &r["object"];
            object["kind"] == "Pod" && object["metadata"]["name"] == pod && is(object)
        };
        self.rows.iter().find(of_pod).and_then(|r| r["t"].as_f64())
    }

    /// The facts of the rules that were cited about a subject: `pod/web`.
    pub fn rules(&self, rule: &str, subject: &str) -> Vec<&Value> {
        let cited = |r: &&Value| r["rule"] == rule && r["subject"] == subject;
        self.rows.iter().filter(cited).map(|r| &r["facts"]).collect()
    }

    /// What kubectl wrote of errors.
    pub fn kubectl_errors(&self) -> Vec<&str> {
        let rows = self.rows.iter().filter(|r| r["type"] == "KUBECTL");
        rows.filter_map(|r| r["err"].as_str()).collect()
    }

    /// The moments at which an Event with this message was written or counted again.
    pub fn moments_of(&self, message: &str) -> Vec<f64> {
        let rows = self.rows.iter().filter(|r| r["object"]["message"] == message);
        rows.map(|r| r["t"].as_f64().unwrap_or_default()).collect()
    }

    /// The last status of a Pod.
    pub fn status(&self, pod: &str) -> &Value {
        &self.last(pod)["status"]
    }

    /// The state of the first container of `web`.
    pub fn state(&self) -> &Value {
        &self.status("web")["containerStatuses"][0]["state"]
    }
}
