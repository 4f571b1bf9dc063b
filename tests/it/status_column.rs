//! The STATUS column: every row of document 001's table is printed in a run, or the rule's card
//! names what is printed instead, and its run prints that.

use crate::content::rows_of;
use lifepod::api::Timestamp;
use lifepod::api::print::pod::pod_row;
use lifepod::base::SimTime;
use lifepod::base::json::{Value, parse};
use std::collections::BTreeSet;

/// A row of the table: the string and the phase as the document has them (an empty phase: it
/// leaves the cell empty), the rule of the catalogue, the scenario.
struct Row(&'static str, &'static str, &'static str, &'static str, Printed);

/// What kubectl of 1.36 prints, with the phase.
enum Printed {
    /// The same.
    Same,
    /// Something else: each of these, and never what the document says.
    Instead(&'static [(&'static str, &'static str)]),
}
use Printed::{Instead, Same};

const ROWS: &[Row] = &[
    Row("Completed", "Succeeded", "status.completed", "phase-succeeded", Same),
    Row("ContainerCreating", "Pending", "status.container-creating", "phase-slow-image", Same),
    Row("CrashLoopBackOff", "Running", "status.crash-loop-back-off", "restart-crash-loop", Same),
    Row(
        "CreateContainerConfigError",
        "Pending",
        "status.create-container-config-error",
        "phase-three-kinds-of-pending",
        Same,
    ),
    Row("ErrImagePull", "", "status.err-image-pull", "phase-one-bad-image", Same),
    Row("ImagePullBackOff", "", "status.image-pull-back-off", "phase-one-bad-image", Same),
    Row(
        "Init:ImagePullBackOff",
        "",
        "status.init-image-pull-back-off",
        "status-init-counter",
        Same,
    ),
    Row("InvalidImageName", "Pending", "status.invalid-image-name", "status-cannot-start", Same),
    Row("Error", "Failed", "status.error", "restart-matrix", Same),
    Row("Evicted", "Failed", "status.evicted", "status-refused", Same),
    Row("Init:0/1", "Pending", "status.init-counter", "phase-three-kinds-of-pending", Same),
    Row(
        "Init:CrashLoopBackOff",
        "Pending",
        "status.init-crash-loop-or-error",
        "status-init-counter",
        Same,
    ),
    Row("Init:Error", "Pending", "status.init-crash-loop-or-error", "status-init-counter", Same),
    Row("OOMKilled", "Running", "status.oom-killed", "oom-policies", Same),
    Row(
        "StartError",
        "Running",
        "status.start-error",
        "status-cannot-start",
        Instead(&[("RunContainerError", "Running"), ("CrashLoopBackOff", "Running")]),
    ),
    Row(
        "Unknown",
        "Running",
        "status.unknown-node-not-ready",
        "node-lost",
        Instead(&[("Running", "Running"), ("Terminating", "Running")]),
    ),
    Row(
        "OutOfCpu",
        "Failed",
        "status.out-of-cpu-memory",
        "status-cannot-start",
        Instead(&[("OutOfcpu", "Failed")]),
    ),
    Row(
        "OutOfMemory",
        "Failed",
        "status.out-of-cpu-memory",
        "status-refused",
        Instead(&[("OutOfmemory", "Failed")]),
    ),
];

/// STATUS and phase of every Pod at every moment of a run.
fn printed(scenario: &str) -> BTreeSet<(String, String)> {
    let rows = rows_of(scenario).unwrap_or_else(|| panic!("no scenario {scenario}"));
    let now = Timestamp::at(SimTime::ZERO);
    let pods = (0..rows.len()).filter_map(|at| {
        let object = &rows.row(at)?["object"];
        (object["kind"] == "Pod").then(|| {
            let phase = object["status"]["phase"].as_str().unwrap_or_default();
            (pod_row(object, now).status, phase.to_string())
        })
    });
    pods.collect()
}

fn notes(lang: &str) -> Value {
    let file = format!("{}/static/catalogue/{lang}.json", env!("CARGO_MANIFEST_DIR"));
    parse(&std::fs::read_to_string(file).unwrap()).unwrap()["rules"].clone()
}

#[test]
fn every_row_of_the_status_table_is_printed_or_its_card_says_what_is() {
    let notes = [notes("en"), notes("zh")];
    for Row(status, phase, rule, scenario, what) in ROWS {
        let printed = printed(scenario);
        let has = |status: &str, phase: &str| {
            printed.iter().any(|(s, p)| s == status && (phase.is_empty() || p == phase))
        };
        match what {
            Same => assert!(has(status, phase), "{status} is not in {scenario}: {printed:?}"),
            Instead(others) => {
                assert!(!has(status, phase), "{status} is in {scenario} after all");
                for (other, phase) in *others {
                    assert!(has(other, phase), "{other} is not in {scenario}: {printed:?}");
                    for notes in &notes {
                        let note = notes[*rule]["today"].as_str().unwrap_or_default();
                        assert!(note.contains(other), "{rule} does not name {other}: {note}");
                    }
                }
            }
        }
    }
}

/// The card's "show me" leads to the run that the row names.
#[test]
fn the_catalogue_names_the_runs_of_the_status_table() {
    let rules = parse(include_str!("../../static/catalogue/rules.json")).unwrap();
    for Row(status, _, id, scenario, _) in ROWS {
        let rule = rules.as_array().unwrap().iter().find(|rule| rule["id"] == *id).unwrap();
        let shown = rule["shown"].as_array().unwrap();
        let named = shown.iter().any(|one| one["scenario"] == *scenario);
        assert!(named || *status == "Init:0/1", "{id}: {scenario}");
    }
}
