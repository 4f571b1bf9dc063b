//! What the processes of Pods do on the node: whole runs, looked at through the trace.

mod execs;
mod init;
mod limits;
mod namespaces;
mod random;

use crate::float::AsF64;
use lifepod::base::json::Value;

/// A run of a scenario.
pub struct Run {
    rows: Vec<Value>,
}

impl Run {
    /// Runs a Pod called `web`, whose spec is given as YAML without indent.
    pub fn pod(spec: &str, actions: &str, until: u32) -> Run {
        let spec: String = spec.lines().map(|line| format!("    {line}\n")).collect();
        Run::scenario(&format!(
            "manifest: |\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web\n  spec:\n{spec}\
             actions: [{actions}]\nuntil: {until}s\n"
        ))
    }

    /// Runs a scenario.
    pub fn scenario(text: &str) -> Run {
        let trace = lifepod::cli::run_scenario_jsonl(text).expect("the scenario is sound");
        Run { rows: trace.lines().map(|line| lifepod::base::json::parse(line).unwrap()).collect() }
    }

    /// The log lines of a container.
    pub fn logs(&self, container: &str) -> Vec<&str> {
        let of = |row: &&Value| row["type"] == "LOG" && row["container"] == container;
        self.rows.iter().filter(of).filter_map(|row| row["line"].as_str()).collect()
    }

    /// The facts of each citation of a rule, with the second it happened in.
    pub fn rules(&self, rule: &str) -> Vec<(f64, &Value)> {
        let of = |row: &&Value| row["type"] == "RULE" && row["rule"] == rule;
        self.rows.iter().filter(of).map(|row| (second(row), &row["facts"])).collect()
    }

    /// The seconds of a container's log lines.
    pub fn times(&self, container: &str) -> Vec<f64> {
        let of = |row: &&Value| row["type"] == "LOG" && row["container"] == container;
        self.rows.iter().filter(of).map(second).collect()
    }

    /// The messages of the Events with this reason.
    pub fn events(&self, reason: &str) -> Vec<&str> {
        let objects = self.rows.iter().map(|row| &row["object"]);
        let of = objects.filter(|o| o["kind"] == "Event" && o["reason"] == reason);
        of.filter_map(|event| event["message"].as_str()).collect()
    }

    /// Reason and message of each Event about a container, in order, repeats among them.
    pub fn told_of(&self, container: &str) -> Vec<(&str, &str)> {
        let path = format!("spec.containers{{{container}}}");
        let objects = self.rows.iter().map(|row| &row["object"]);
        let of = objects.filter(|o| o["involvedObject"]["fieldPath"] == path.as_str());
        of.filter_map(|e| Some((e["reason"].as_str()?, e["message"].as_str()?))).collect()
    }

    /// The messages of containers that wait for this reason.
    pub fn messages(&self, reason: &str) -> Vec<&str> {
        let pods = self.rows.iter().filter(|row| row["object"]["kind"] == "Pod");
        let lists = pods.filter_map(|row| row["object"]["status"]["containerStatuses"].as_array());
        let waiting = lists.flatten().map(|status| &status["state"]["waiting"]);
        waiting.filter(|w| w["reason"] == reason).filter_map(|w| w["message"].as_str()).collect()
    }

    /// The last status of a container.
    pub fn status(&self, container: &str) -> &Value {
        let pods = self.rows.iter().rev().filter(|row| row["object"]["kind"] == "Pod");
        let lists = pods.filter_map(|row| row["object"]["status"]["containerStatuses"].as_array());
        let mut all = lists.flatten();
        all.find(|status| status["name"] == container).expect("the container has a status")
    }
}

fn second(row: &Value) -> f64 {
    row["t"].as_f64().expect("every row has a time")
}
