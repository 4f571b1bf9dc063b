//! From sources to `dist/`.

use super::{Profile, compile, html, layout, sizes};
use crate::progress::Progress;
use crate::project::Project;
use crate::setup::WasmToolchain;
use anyhow::{Context, Result};
use std::fs;

/// `cargo dev build`.
pub fn run(args: &[String]) -> Result<()> {
    let project = Project::find()?;
    let profile = Profile::of(args);
    let mut progress = Progress::new(2);
    progress.step("the Wasm toolchain");
    let wasm = WasmToolchain::ready()?;
    progress.step("the page");
    build(&project, wasm, profile)?;
    println!("{} after {}", project.dist.display(), progress.elapsed());
    Ok(())
}

/// Builds the page into `dist/`. The old `dist/` stays until the new one is complete.
pub fn build(project: &Project, wasm: WasmToolchain, profile: Profile) -> Result<()> {
    let index = project.root.join("index.html");
    let source = fs::read_to_string(&index).context("cannot read index.html")?;
    let assets = html::assets(&source)?;
    let program = compile::program(project, wasm, profile, html::rust(&assets)?)?;
    let new = project.wasm_target.join("dist-new");
    layout::lay_out(project, &source, &assets, &program, &new)?;
    if profile == Profile::Release {
        sizes::print(&new)?;
    }
    replace(&project.dist, &new)
}

fn replace(dist: &std::path::Path, new: &std::path::Path) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(|| format!("cannot clear {}", dist.display()))?;
    }
    // A plain rename fails when target/ is on another disk.
    if fs::rename(new, dist).is_err() {
        layout::copy_folder(new, dist)?;
    }
    Ok(())
}
