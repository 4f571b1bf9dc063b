//! What the native build makes of the recorded scenarios, for the Wasm build to be held to.

use crate::project::Project;
use anyhow::{Context, Result};
use lifepod::session::simulate::run_scenario_jsonl;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Runs every scenario of `tests/golden` and writes a Rust list of name, text and a hash of each
/// line of its trace. `tests/web.rs` includes it.
pub fn write_native(project: &Project) -> Result<PathBuf> {
    let mut list = String::from("[\n");
    for scenario in scenarios(&project.root.join("tests/golden"))? {
        let name = scenario.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&scenario).with_context(|| format!("cannot read {name}"))?;
        let hashes: Vec<u64> = trace(&text).lines().map(hash).collect();
        writeln!(list, "({name:?}, {text:?}, &{hashes:?}),")?;
    }
    list.push(']');
    let file = project.target.join("native-traces.rs");
    fs::write(&file, list).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

fn scenarios(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).context("cannot read tests/golden")?;
    let files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let is_scenario =
        |file: &PathBuf| file.extension().is_some_and(|extension| extension == "yaml");
    let mut scenarios: Vec<PathBuf> = files.into_iter().filter(is_scenario).collect();
    scenarios.sort();
    Ok(scenarios)
}

/// A refusal is an answer too, and must be the same.
fn trace(text: &str) -> String {
    run_scenario_jsonl(text).unwrap_or_else(|refusal| refusal)
}

/// FNV-1a, as in `tests/web.rs`.
fn hash(line: &str) -> u64 {
    line.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
