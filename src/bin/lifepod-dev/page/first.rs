//! `cargo dev first`: writes which functions the page's first moment does without.

use super::{Profile, compile, html, layout, split};
use crate::browser::{Driver, Session};
use crate::project::Project;
use crate::server::Server;
use crate::setup::{Chromium, WasmToolchain};
use anyhow::{Context, Result};
use std::path::Path;
use std::time::Duration;
use std::{fs, thread};

/// The list, from the project's folder.
const LIST: &str = "src/bin/lifepod-dev/page/split/later.txt";
/// The second file never comes, so the page stays at its first moment.
const NEVER: &str = "const load = window.fetch; window.fetch = (from, ...more) => \
    String(from).includes('lifepod_rest') ? new Promise(() => {}) : load(from, ...more);";
const VISITED: &str = "try { localStorage.setItem('lifepod.tour', '1') } catch {}";
/// How long the first moment may take.
const MOMENT: Duration = Duration::from_secs(4);
/// How many times slower than it is the processor is made to look: what runs in which turn, and
/// so what is called at all, is up to that.
const SLOWER: [u32; 2] = [1, 4];

/// How the page may be opened: its address and size. A fragment means a first visit.
const OPENED: [(&str, (u32, u32)); 8] = [
    ("?lang=en", (1440, 900)),
    ("?lang=zh&theme=dark", (1440, 900)),
    ("?lang=en&autoplay=0", (820, 1180)),
    ("?lang=zh", (390, 844)),
    ("?lang=en#", (1440, 900)),
    ("?lang=en&embed=1", (800, 450)),
    ("?lang=zh&embed=1&panes=stage,why", (800, 450)),
    ("?lang=en&embed=1&panes=timeline,editor&readonly=1", (800, 450)),
];

/// The command.
pub fn run() -> Result<()> {
    let project = Project::find()?;
    let index = fs::read_to_string(project.root.join("index.html")).context("no index.html")?;
    let assets = html::assets(&index)?;
    let wasm = WasmToolchain::ready()?;
    let program = compile::named(&project, wasm, Profile::Release, html::rust(&assets)?)?;
    let file = program.join("lifepod_bg.wasm");
    let whole = fs::read(&file)?;
    let page = project.wasm_target.join("dist-first");
    fs::write(&file, split::traced(&whole)?)?;
    with_import(&program.join("lifepod.js"))?;
    fs::write(program.join(compile::REST), b"")?;
    layout::lay_out(&project, &index, &assets, &program, &page)?;
    let called = called(&page, &index)?;
    let lines = split::list(&whole, &called)?;
    fs::write(project.root.join(LIST), lines.join("\n") + "\n")?;
    println!(
        "{LIST}: {} lines; {} functions called",
        lines.len(),
        called.iter().filter(|c| **c).count()
    );
    Ok(())
}

fn with_import(glue: &Path) -> Result<()> {
    let text = fs::read_to_string(glue)?;
    let (before, after) =
        text.split_once("const import0 = {").context("the glue has no imports")?;
    fs::write(glue, format!("{before}const import0 = {{ {}{after}", split::IMPORT))?;
    Ok(())
}

/// Which functions the page calls, in the module's order.
fn called(page: &Path, index: &str) -> Result<Vec<bool>> {
    let server = Server::start(page, 0, &html::policy(index)?)?;
    let chromium = Chromium::ready()?;
    let driver = Driver::start(&chromium.driver, &chromium.browser)?;
    let mut called = vec![false; 1 << 17];
    for (slower, (address, size)) in SLOWER.iter().flat_map(|by| OPENED.map(|it| (by, it))) {
        let session = driver.open()?;
        let rate = serde_json::json!({ "rate": slower });
        session.devtools("Emulation.setCPUThrottlingRate", rate)?;
        for nth in called_by(&session, &format!("{}{address}", server.url()), size)? {
            called[nth] = true;
        }
    }
    Ok(called)
}

fn called_by(session: &Session, address: &str, (width, height): (u32, u32)) -> Result<Vec<usize>> {
    for code in [split::BEFORE, NEVER, if address.ends_with('#') { "" } else { VISITED }] {
        let code = serde_json::json!({ "source": code });
        session.devtools("Page.addScriptToEvaluateOnNewDocument", code)?;
    }
    session.resize(width, height)?;
    session.go(address)?;
    thread::sleep(MOMENT);
    session.find("[data-testid=app]")?.context("the page did not appear")?;
    let code = "return [...lifepodCalled.keys()].filter(n => lifepodCalled[n])";
    let places = session.script(code)?;
    let places = places.as_array().context("no list")?.iter();
    Ok(places.filter_map(|n| n.as_u64()).filter_map(|n| usize::try_from(n).ok()).collect())
}
