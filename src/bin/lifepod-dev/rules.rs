//! `RULES.md`: the test that holds it to the catalogue writes it.

use anyhow::{Context, Result, ensure};
use std::process::Command;

/// Writes `RULES.md` anew.
pub fn run() -> Result<()> {
    let status = Command::new("cargo")
        .args(["test", "--test", "it", "--", "rule_table::"])
        .env("WRITE_RULES", "1")
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "the catalogue is not sound");
    Ok(())
}
