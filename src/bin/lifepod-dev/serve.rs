//! `cargo dev serve`: the page on 127.0.0.1.

use crate::page::{self, Profile};
use crate::progress::Progress;
use crate::project::Project;
use crate::server::Server;
use crate::setup::WasmToolchain;
use anyhow::{Context, Result};
use std::{fs, thread};

const FIRST_PORT: u16 = 8080;
/// How many ports above the wished one are tried.
const PORTS: u16 = 20;

/// The command; it returns only with an error.
pub fn run(args: &[String]) -> Result<()> {
    let project = Project::find()?;
    let port = crate::option(args, "--port").map_or(Ok(FIRST_PORT), str::parse);
    let port = port.context("--port takes a number")?;
    let mut progress = Progress::new(3);
    progress.step("the Wasm toolchain");
    let wasm = WasmToolchain::ready()?;
    progress.step("the page");
    page::build(&project, wasm, Profile::of(args))?;
    progress.step("the server");
    let server = start(&project, port)?;
    println!("Lifepod is on {} (ready after {}; Ctrl+C ends it)", server.url(), progress.elapsed());
    loop {
        thread::park();
    }
}

fn start(project: &Project, wished: u16) -> Result<Server> {
    let html = fs::read_to_string(project.dist.join("index.html"))?;
    let policy = page::policy(&html)?;
    let ports = wished..=wished.saturating_add(PORTS);
    ports
        .filter_map(|port| {
            Server::start(&project.dist, port, &policy)
                .inspect_err(|error| eprintln!("{error}"))
                .ok()
        })
        .next()
        .with_context(|| format!("no free port from {wished} on"))
}
