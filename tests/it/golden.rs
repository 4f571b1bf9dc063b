//! The engine held against the recordings of a real node, scenario by scenario.

use crate::judge::{Part, Story, Verdict, judge};
use crate::traces::{RUNS, Run};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Scenarios that must agree, whatever the list of those that do not yet says.
const AGREED: [&str; 18] = [
    "live-exec-classic",
    "live-exec-trap",
    "live-defaults",
    "live-ignores-term",
    "rp-never-exit0",
    "rp-never-exit3",
    "rp-onfailure-exit0",
    "rp-always-exit1-long",
    "rp-always-exit0",
    "del-trap-slow",
    "del-ignores-term-default",
    "del-sleep-pid1",
    "del-grace-override",
    "del-force",
    "del-now",
    "del-spec-grace-10",
    "ready-never",
    "ready-success-threshold",
];

/// Scenarios that do not agree yet, a name a line.
const NOT_AGREED: &str = include_str!("../golden/not-agreed.txt");

/// Where the figures are told.
const TOLD_IN: [(&str, &str); 3] = [
    ("README.md", include_str!("../../README.md")),
    ("README.zh.md", include_str!("../../README.zh.md")),
    ("docs/FIDELITY.md", include_str!("../../docs/FIDELITY.md")),
];

/// What the engine made of a scenario: a verdict, or why there is no trace.
type Outcome = Result<Verdict, String>;

fn outcome(run: &Run) -> Outcome {
    let trace = run.trace.as_ref().map_err(String::clone)?;
    let recordings: Vec<&Story> = run.golden.recordings.iter().collect();
    Ok(judge(&recordings, &Story::of_trace(trace)?))
}

fn agrees(outcome: &Outcome) -> bool {
    outcome.as_ref().is_ok_and(|verdict| verdict.values().all(Vec::is_empty))
}

fn not_agreed() -> Vec<&'static str> {
    let names = NOT_AGREED.lines().map(str::trim);
    names.filter(|name| !name.is_empty() && !name.starts_with('#')).collect()
}

/// Both ways: what is said to agree agrees, and what is said not to agree yet does not.
#[test]
fn the_engine_tells_what_the_node_told() {
    let not_agreed = not_agreed();
    let outcomes: Vec<(String, Outcome)> =
        RUNS.iter().map(|run| (run.golden.name.clone(), outcome(run))).collect();
    let mut problems = String::new();
    for (name, outcome) in &outcomes {
        match (agrees(outcome), not_agreed.contains(&name.as_str())) {
            (true, true) => writeln!(problems, "{name} agrees: take it off the list").unwrap(),
            (false, false) => writeln!(problems, "{name} differs:\n{}", told(outcome)).unwrap(),
            _ => {}
        }
    }
    let figures = figures(&outcomes);
    println!("{figures}");
    for (file, text) in TOLD_IN {
        let (all, count) = (outcomes.len(), outcomes.iter().filter(|(_, o)| agrees(o)).count());
        let short = format!("{count}/{all}");
        let words = if file.ends_with("FIDELITY.md") { figures.as_str() } else { &short };
        if !text.contains(words) {
            writeln!(problems, "{file} must say:\n{words}").unwrap();
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

/// What is random in them apart, the scenarios that do not agree do: the last letters of the names
/// of a Deployment's Pods, and addresses. In how fast a rollout goes the recordings differ by
/// seconds themselves.
#[test]
fn what_does_not_agree_does_so_but_for_names_and_addresses() {
    for run in RUNS.iter().filter(|run| not_agreed().contains(&run.golden.name.as_str())) {
        let ours = Story::of_trace(run.trace.as_deref().expect("it runs")).expect("it is a trace");
        let theirs: Vec<Story> = run.golden.recordings.iter().map(Story::in_one_form).collect();
        let mut verdict = judge(&theirs.iter().collect::<Vec<_>>(), &ours.in_one_form());
        if run.golden.name == "deploy-rollout-ok" {
            verdict.remove(&Part::Timing);
        }
        let good = verdict.values().all(Vec::is_empty);
        assert!(good, "{}:\n{}", run.golden.name, told(&Ok(verdict)));
    }
}

#[test]
fn the_lists_name_recordings_and_no_required_one_is_missing() {
    for name in not_agreed().iter().chain(&AGREED) {
        assert!(RUNS.iter().any(|run| run.golden.name == *name), "{name} is no recording");
    }
    for name in AGREED {
        assert!(!not_agreed().contains(&name), "{name} must agree");
    }
}

/// A table as Markdown has it: how many scenarios agree, in each part and in all.
fn figures(outcomes: &[(String, Outcome)]) -> String {
    let all = outcomes.len();
    let mut table = "| part | scenarios that agree |\n|---|---|\n".to_string();
    for part in Part::ALL {
        let is_good = |outcome: &Outcome| outcome.as_ref().is_ok_and(|v| v[&part].is_empty());
        let count = outcomes.iter().filter(|(_, outcome)| is_good(outcome)).count();
        writeln!(table, "| {} | {count}/{all} |", format!("{part:?}").to_lowercase()).unwrap();
    }
    let count = outcomes.iter().filter(|(_, outcome)| agrees(outcome)).count();
    write!(table, "| **all seven** | **{count}/{all}** |").unwrap();
    table
}

/// The differences of each part, the first of them.
fn told(outcome: &Outcome) -> String {
    let verdict = match outcome {
        Ok(verdict) => verdict,
        Err(problem) => return format!("    no trace: {problem}"),
    };
    let mut lines = Vec::new();
    for (part, differences) in verdict {
        lines.extend(differences.iter().take(8).map(|words| format!("    {part:?}: {words}")));
    }
    lines.join("\n")
}

/// Agreement is lenient at the end of a recording: what happens there may be missing. A scenario
/// that agrees without ever showing what all its recordings show is named in the ledger.
#[test]
fn scenarios_that_agree_by_leniency_alone_are_in_the_ledger() {
    let agreed = RUNS.iter().filter(|run| !not_agreed().contains(&run.golden.name.as_str()));
    let lacking: BTreeSet<&str> = agreed
        .filter(|run| !never_shown(run).is_empty())
        .map(|run| run.golden.name.as_str())
        .collect();
    let ledger = include_str!("../../docs/FIDELITY.md");
    let told = ledger.split("## ").find(|part| part.starts_with("Agreement by leniency"));
    let rows = told.unwrap_or("").lines().filter_map(|line| line.strip_prefix("| `"));
    let told: BTreeSet<&str> = rows.filter_map(|row| row.split('`').next()).collect();
    assert_eq!(told, lacking);
}

/// Phases, container states and Events that every recording shows and the trace does not.
fn never_shown(run: &Run) -> BTreeSet<String> {
    let trace = run.trace.as_deref().unwrap_or_default();
    let ours = shown(&Story::of_trace(trace).unwrap_or_default());
    let mut theirs = run.golden.recordings.iter().map(shown);
    let first = theirs.next().unwrap_or_default();
    let all = theirs.fold(first, |all, one| &all & &one);
    &all - &ours
}

fn shown(story: &Story) -> BTreeSet<String> {
    let tracks = story.phase.iter().chain(&story.containers);
    let states = tracks
        .flat_map(|(who, track)| track.iter().map(move |step| format!("{who} {}", step.state)));
    states.chain(story.events.keys().cloned()).collect()
}

/// A file that says DIFFERENCE is told in the ledger, and the ledger tells no other.
#[test]
fn every_known_difference_is_in_the_ledger() {
    let ledger = include_str!("../../docs/FIDELITY.md");
    let told: BTreeSet<&str> =
        ledger.lines().filter_map(|line| line.strip_prefix("| `src/")?.split('`').next()).collect();
    let sources = crate::tidy::texts_below("src");
    let differs = sources.iter().filter(|(_, text)| text.contains("DIFFERENCE"));
    let differs: BTreeSet<&str> =
        differs.filter_map(|(path, _)| path.strip_prefix("src/")).collect();
    assert_eq!(told, differs);
}
