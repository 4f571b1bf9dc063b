//! The STATUS column: every row of document 001's table is printed in a run, or the rule's card
//! names what is printed instead, and its run prints that.

use crate::content::rows_of;
use lifepod::api::Timestamp;
use lifepod::api::print::pod::pod_row;
use lifepod::base::SimTime;
use lifepod::base::json::{Value, parse};
use std::collections::BTreeSet;

/// The table: the string, the phase as the document has it (`-`: it leaves the cell empty), the
/// rule of the catalogue in `status`, the scenario, and what kubectl of 1.36 prints instead, if it
/// is not the same: each of these, with that phase, and never what the document says.
const TABLE: &str = "\
Completed Succeeded completed phase-succeeded
ContainerCreating Pending container-creating phase-slow-image
CrashLoopBackOff Running crash-loop-back-off restart-crash-loop
CreateContainerConfigError Pending create-container-config-error phase-three-kinds-of-pending
ErrImagePull - err-image-pull phase-one-bad-image
ImagePullBackOff - image-pull-back-off phase-one-bad-image
Init:ImagePullBackOff - init-image-pull-back-off status-init-counter
InvalidImageName Pending invalid-image-name status-cannot-start
Error Failed error restart-matrix
Evicted Failed evicted status-refused
Init:0/1 Pending init-counter phase-three-kinds-of-pending
Init:CrashLoopBackOff Pending init-crash-loop-or-error status-init-counter
Init:Error Pending init-crash-loop-or-error status-init-counter
OOMKilled Running oom-killed oom-policies
StartError Running start-error status-cannot-start RunContainerError CrashLoopBackOff
Unknown Running unknown-node-not-ready node-lost Running Terminating
OutOfCpu Failed out-of-cpu-memory status-cannot-start OutOfcpu
OutOfMemory Failed out-of-cpu-memory status-refused OutOfmemory
";

/// A row of the table.
struct Row {
    status: &'static str,
    phase: &'static str,
    rule: String,
    scenario: &'static str,
    instead: Vec<&'static str>,
}

fn table() -> Vec<Row> {
    let row = |line: &'static str| {
        let mut cells = line.split(' ');
        let mut cell = || cells.next().expect("four cells");
        let (status, phase, rule, scenario) = (cell(), cell(), cell(), cell());
        let instead = cells.collect();
        let rule = format!("status.{rule}");
        Row { status, phase: phase.trim_matches('-'), rule, scenario, instead }
    };
    TABLE.lines().map(row).collect()
}

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
    for Row { status, phase, rule, scenario, instead } in table() {
        let printed = printed(scenario);
        let has = |status: &str, phase: &str| {
            printed.iter().any(|(s, p)| s == status && (phase.is_empty() || p == phase))
        };
        assert_eq!(has(status, phase), instead.is_empty(), "{status} in {scenario}: {printed:?}");
        for other in instead {
            assert!(has(other, phase), "{other} is not in {scenario}: {printed:?}");
            for notes in &notes {
                let note = notes[&rule]["today"].as_str().unwrap_or_default();
                assert!(note.contains(other), "{rule} does not name {other}: {note}");
            }
        }
    }
}

/// The card's "show me" leads to the run that the row names.
#[test]
fn the_catalogue_names_the_runs_of_the_status_table() {
    let rules = parse(include_str!("../../static/catalogue/rules.json")).unwrap();
    for Row { status, rule: id, scenario, .. } in table() {
        let rule = rules.as_array().unwrap().iter().find(|rule| rule["id"] == id.as_str()).unwrap();
        let shown = rule["shown"].as_array().unwrap();
        let named = shown.iter().any(|one| one["scenario"] == scenario);
        assert!(named || status == "Init:0/1", "{id}: {scenario}");
    }
}
