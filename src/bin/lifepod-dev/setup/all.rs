//! Everything, and nothing else.

use super::{Chromium, Trunk, WasmToolchain, wasm_opt};
use crate::project::Project;
use anyhow::Result;

/// `cargo dev setup`: sets up without building.
pub fn run(args: &[String]) -> Result<()> {
    let project = Project::find()?;
    let wasm = WasmToolchain::ready()?;
    println!("Wasm target: {wasm}");
    let chromium = Chromium::ready()?;
    println!("browser: {} with {}", chromium.browser.display(), chromium.driver.display());
    match wasm_opt(&project) {
        Some(program) => println!("wasm-opt: {}", program.display()),
        None => println!("wasm-opt: none; the release bundle is larger than it could be"),
    }
    if crate::flag(args, "--trunk") {
        let trunk = Trunk::ready(&project)?;
        println!("Trunk: {}", trunk.program.display());
    }
    Ok(())
}
