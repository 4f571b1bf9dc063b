//! Upstream's end-to-end tests of the Pod lifecycle, as data: `tests/conformance`.

use crate::process::{self, Count};
use crate::project::Project;
use crate::setup;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs every case. One that fails must be listed as disputed, with the reason why the case and
/// not the engine is wrong; one that is listed must fail.
pub fn run(project: &Project) -> Result<Count> {
    let python = setup::python()?;
    process::run(process::cargo().args(["build", "--quiet", "--bin", "lifepod"]))?;
    let folder = project.root.join("tests/conformance");
    let report = project.target.join("conformance.json");
    let lifepod = project.target.join("debug/lifepod");
    let mut runner = Command::new(python);
    runner.arg(folder.join("conform.py"));
    runner.arg(format!("'{}' run {{file}} -o jsonl", lifepod.display()));
    runner.arg("--cases").arg(folder.join("cases")).arg("--json").arg(&report);
    runner.args(["--report", "-q", "-j", "2"]);
    process::run(&mut runner)?;
    let text = fs::read_to_string(&report).context("the runner leaves no report")?;
    compare(&text, &disputed(&folder)?)
}

/// The ids of the cases that are known to be wrong.
fn disputed(folder: &Path) -> Result<BTreeSet<String>> {
    let text = fs::read_to_string(folder.join("disputed.txt"))?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Ok(lines.filter_map(|line| line.split_whitespace().next()).map(str::to_string).collect())
}

fn compare(report: &str, disputed: &BTreeSet<String>) -> Result<Count> {
    let report: Value = serde_json::from_str(report)?;
    let Some(cases) = report["results"].as_array() else {
        bail!("the runner's report has no results");
    };
    let mut count = Count::default();
    for case in cases {
        let id = case["id"].as_str().unwrap_or_default();
        let (passed, listed) = (case["status"] == "pass", disputed.contains(id));
        if passed && listed {
            println!("{id} passes: take it off tests/conformance/disputed.txt");
        }
        count.add(Count::one(passed != listed));
    }
    println!("{} cases, {} of them disputed", cases.len(), disputed.len());
    Ok(count)
}
