//! `cargo dev serve`: the page on 127.0.0.1, built anew when a source changes.

use crate::page::{self, Profile};
use crate::progress::Progress;
use crate::project::Project;
use crate::server::Server;
use crate::setup::WasmToolchain;
use anyhow::{Context, Result};
use std::path::Path;
use std::time::{Duration, SystemTime};
use std::{fs, thread};

const FIRST_PORT: u16 = 8080;
/// How many ports above the wished one are tried.
const PORTS: u16 = 20;
/// What the page is made of.
const SOURCES: [&str; 4] = ["src", "static", "index.html", "Cargo.toml"];
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The command; it returns only with an error.
pub fn run(args: &[String]) -> Result<()> {
    let project = Project::find()?;
    let port = crate::option(args, "--port").map_or(Ok(FIRST_PORT), str::parse);
    let port = port.context("--port takes a number")?;
    let profile = Profile::of(args);
    let mut progress = Progress::new(3);
    progress.step("the Wasm toolchain");
    let wasm = WasmToolchain::ready()?;
    progress.step("the page");
    let built_from = newest(&project);
    page::build(&project, wasm, profile)?;
    progress.step("the server");
    let server = start(&project, port)?;
    println!("Lifepod is on {} (ready after {})", server.url(), progress.elapsed());
    println!("The page is built again when a source changes; Ctrl+C ends it.");
    keep_fresh(&project, built_from, || page::build(&project, wasm, profile))
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

/// Builds again whenever a source is newer than the last build. A build that fails leaves the
/// old page in its place.
fn keep_fresh(
    project: &Project,
    mut built_from: SystemTime,
    build: impl Fn() -> Result<()>,
) -> Result<()> {
    loop {
        thread::sleep(LOOK_EVERY);
        let now = newest(project);
        if now > built_from {
            built_from = now;
            match build() {
                Ok(()) => println!("built again; reload the page"),
                Err(error) => eprintln!("error: {error:#}"),
            }
        }
    }
}

/// When a source was last changed.
fn newest(project: &Project) -> SystemTime {
    let times = SOURCES.iter().map(|source| newest_in(&project.root.join(source)));
    times.max().unwrap_or(SystemTime::UNIX_EPOCH)
}

fn newest_in(path: &Path) -> SystemTime {
    let own = fs::metadata(path).and_then(|meta| meta.modified());
    let own = own.unwrap_or(SystemTime::UNIX_EPOCH);
    let Ok(entries) = fs::read_dir(path) else { return own };
    entries.flatten().map(|entry| newest_in(&entry.path())).fold(own, SystemTime::max)
}
