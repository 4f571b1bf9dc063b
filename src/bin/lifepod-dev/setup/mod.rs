//! Finds or installs what a build or a test needs. Says what it installs before it does; what is
//! there is used as it is, so that a second call changes nothing.

mod chromium;
mod debian;
mod optimizer;
mod trunk;
mod wasm;

pub use chromium::Chromium;
pub use optimizer::wasm_opt;
pub use trunk::Trunk;
pub use wasm::WasmToolchain;

use crate::project::Project;
use anyhow::Result;

/// `cargo dev setup`: all of it, and nothing else.
pub fn run(args: &[String]) -> Result<()> {
    let project = Project::find()?;
    let wasm = WasmToolchain::ready()?;
    println!("Wasm target: {wasm}");
    let chromium = Chromium::ready()?;
    println!("browser: {} with {}", chromium.browser.display(), chromium.driver.display());
    match wasm_opt(&project) {
        Some(program) => println!("wasm-opt: {}", program.display()),
        None => println!("wasm-opt: none; release bundles are about a fifth larger"),
    }
    if crate::flag(args, "--trunk") {
        let trunk = Trunk::ready(&project)?;
        println!("Trunk: {}", trunk.program.display());
    }
    Ok(())
}
