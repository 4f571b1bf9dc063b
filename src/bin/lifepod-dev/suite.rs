//! `cargo dev test`: everything that can fail, in one go.

use crate::browser::CHROME_ARGS;
use crate::check;
use crate::page::{self, Profile};
use crate::process::{self, Count};
use crate::progress::Progress;
use crate::project::Project;
use crate::setup::{Chromium, Trunk, WasmToolchain};
use anyhow::{Context, Result};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

/// What the parts need.
struct Ground {
    project: Project,
    wasm: WasmToolchain,
    chromium: Chromium,
}

/// The command: every part runs, whatever the ones before it did.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let with_trunk = wants_trunk(args);
    let mut progress = Progress::new(if with_trunk { 9 } else { 7 });
    progress.step("what is missing");
    let ground = Ground {
        project: Project::find()?,
        wasm: WasmToolchain::ready()?,
        chromium: Chromium::ready()?,
    };
    let mut total = Count::default();
    let mut part = |what: &str, run: &dyn Fn(&Ground) -> Count| {
        progress.step(what);
        total.add(run(&ground));
    };
    part("formatting", &|_| check::formatting());
    part("lints: command line, tests, page", &|_| check::lints());
    part("native tests", &|_| native());
    part("Wasm tests in headless Chromium", &wasm_tests);
    part("the page, release", &|ground| {
        settle(page::build(&ground.project, ground.wasm, Profile::Release))
    });
    part("the page in Chromium, end to end", &|ground| {
        end_to_end(ground, &ground.project.dist, "")
    });
    if with_trunk {
        let dist = ground.project.wasm_target.join("dist-trunk");
        part("the page as Trunk builds it", &|ground| settle(trunk_build(ground, &dist)));
        part("Trunk's page in Chromium", &|ground| end_to_end(ground, &dist, "smoke"));
    }
    println!("\nall parts took {}", progress.elapsed());
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `--trunk`, `--no-trunk`; without either, only where `CI` is set: Trunk takes minutes to build.
fn wants_trunk(args: &[String]) -> bool {
    let ci = env::var("CI").is_ok_and(|value| value == "true");
    crate::flag(args, "--trunk") || (ci && !crate::flag(args, "--no-trunk"))
}

fn settle(result: Result<()>) -> Count {
    if let Err(error) = &result {
        eprintln!("error: {error:#}");
    }
    Count::one(result.is_ok())
}

/// The rooms with all that renders natively, then this tool's own tests.
fn native() -> Count {
    let mut count = Count::default();
    for what in [&["--features", "ui-test"][..], &["--features", "dev", "--bin", "lifepod-dev"]] {
        let mut test = process::cargo();
        test.args(["test", "--no-fail-fast"]).args(what);
        count.add(process::run_tests(&mut test));
    }
    count
}

/// `tests/web.rs`: compiled to Wasm, run in the browser by this very binary.
fn wasm_tests(ground: &Ground) -> Count {
    match wasm_test_command(ground) {
        Ok(mut command) => process::run_tests(&mut command),
        Err(error) => settle(Err(error)),
    }
}

fn wasm_test_command(ground: &Ground) -> Result<Command> {
    let this = env::current_exe().context("this program's path is unknown")?;
    let runner = json!([this, process::WASM_TEST_RUNNER]);
    let mut test = ground.wasm.cargo(&ground.project);
    test.arg("--config").arg(format!("target.wasm32-unknown-unknown.runner={runner}"));
    test.args(["test", "--target", "wasm32-unknown-unknown", "--profile", "wasm-dev"]);
    test.args(["--no-default-features", "--features", "web", "--test", "web"]);
    test.env("CHROMEDRIVER", &ground.chromium.driver);
    test.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver_json(ground)?);
    test.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    for other in ["GECKODRIVER", "GECKODRIVER_REMOTE", "SAFARIDRIVER", "CHROMEDRIVER_REMOTE"] {
        test.env_remove(other);
    }
    Ok(test)
}

fn webdriver_json(ground: &Ground) -> Result<PathBuf> {
    let file = ground.project.target.join("webdriver.json");
    let options = json!({ "binary": ground.chromium.browser, "args": CHROME_ARGS });
    fs::write(&file, json!({ "goog:chromeOptions": options }).to_string())?;
    Ok(file)
}

/// `tests/e2e/`, those whose name contains `filter`, against the page in `dist`. One at a time:
/// a browser, its driver and the page fill two cores.
fn end_to_end(ground: &Ground, dist: &Path, filter: &str) -> Count {
    let mut test = process::cargo();
    test.args(["test", "--features", "dev", "--test", "e2e", "--", "--test-threads=1", filter]);
    // The modules that it shares with this tool have been tested natively.
    test.args(["--skip", "browser::", "--skip", "html::", "--skip", "server::"]);
    test.env("CHROME", &ground.chromium.browser);
    test.env("CHROMEDRIVER", &ground.chromium.driver);
    test.env("LIFEPOD_DIST", dist);
    process::run_tests(&mut test)
}

fn trunk_build(ground: &Ground, dist: &Path) -> Result<()> {
    let trunk = Trunk::ready(&ground.project)?;
    trunk.build(&ground.project, ground.wasm, dist)
}
