//! The command.

use super::measure::Bench;
use crate::browser::Driver;
use crate::page;
use crate::project::Project;
use crate::server::Server;
use crate::setup::Chromium;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// Ten thousand marks: a probe each second for that many seconds.
const MARKS: &str = "\
manifest: |
  apiVersion: v1
  kind: Pod
  metadata: {name: marks}
  spec:
    containers:
    - name: app
      image: busybox
      args: [sh, -c, touch /tmp/ok; sleep 100000]
      livenessProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 1}
";

/// A scenario of the bench in `dist/`, as long as it is measured.
struct Guest(PathBuf);

impl Drop for Guest {
    fn drop(&mut self) {
        // A guest that stays is no harm.
        let _ = fs::remove_file(&self.0);
    }
}

/// The command: it measures the page as it was built last. `--profile FILE` writes what Chromium
/// saw of the processor while the hundred Pods played, `--profile-seek FILE` while the day was
/// sought through; `--engine` measures only the engine's speed, five times.
pub fn run(args: &[String]) -> Result<()> {
    let project = Project::find()?;
    let html = fs::read_to_string(project.dist.join("index.html"))
        .context("no page in dist/ yet: cargo dev build --release")?;
    let guest = Guest(project.dist.join("static/scenarios/bench-marks.yaml"));
    fs::write(&guest.0, MARKS)?;
    let server = Server::start(&project.dist, 0, &page::policy(&html)?)?;
    let chromium = Chromium::ready()?;
    let driver = Driver::start(&chromium.driver, &chromium.browser)?;
    let session = driver.open()?;
    let bench = Bench::new(&session, server.url())?;
    bench.cold_start()?;
    if args.iter().any(|arg| arg == "--engine") {
        return (0..5).try_for_each(|_| bench.engine());
    }
    bench.engine()?;
    bench.profiled(crate::option(args, "--profile-seek"), || bench.seeking())?;
    bench.open("bench-marks")?;
    bench.seek(10_200)?;
    bench.playing("10,000 marks")?;
    bench.scrubbing("10,000 marks")?;
    bench.open("hundred-pods")?;
    let before = (2..=15).map(|nth| bench.seek(nth * 2)).sum::<Result<f64>>()?;
    println!("| 100 Pods on 10 nodes in Wasm, their first 30 s: processor | {before:.0} ms |");
    bench.profiled(crate::option(args, "--profile"), || bench.playing("100 Pods on 10 nodes"))?;
    bench.scrubbing("100 Pods on 10 nodes")
}
