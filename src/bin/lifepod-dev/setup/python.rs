//! Python, for the runner of upstream's end-to-end cases.

use super::debian;
use crate::process;
use crate::project::on_path;
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// Python 3 that can read YAML: the one on `PATH`, else Debian's packages.
pub fn python() -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    debian::install(&["python3", "python3-yaml"], "run upstream's end-to-end cases")?;
    find().context("no python3 with the module yaml after its installation")
}

/// Debian's own Python finds Debian's modules, which another one before it on `PATH` may not.
fn find() -> Option<PathBuf> {
    let on_path = on_path(&["python3"]);
    let all = on_path.into_iter().chain([PathBuf::from("/usr/bin/python3")]);
    all.into_iter().find(|python| {
        process::answer(Command::new(python).args(["-c", "import yaml; print(1)"])).is_some()
    })
}
