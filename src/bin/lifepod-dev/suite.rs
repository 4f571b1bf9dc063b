//! `cargo dev test`: everything that can fail, in one go.

use crate::browser::CHROME_ARGS;
use crate::check;
use crate::conformance;
use crate::page::{self, Profile};
use crate::process::{self, Count};
use crate::progress::Progress;
use crate::project::Project;
use crate::setup::{Chromium, Trunk, WasmToolchain};
use crate::traces;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

/// What the parts need. A tool that is missing fails the parts that need it, not the others.
struct Ground {
    project: Project,
    wasm: Option<WasmToolchain>,
    chromium: Option<Chromium>,
}

impl Ground {
    fn prepare() -> Result<Ground> {
        Ok(Ground {
            project: Project::find()?,
            wasm: said(WasmToolchain::ready()),
            chromium: said(Chromium::ready()),
        })
    }

    fn wasm(&self) -> Result<WasmToolchain> {
        self.wasm.context("no compiler for Wasm, see step 1")
    }

    fn chromium(&self) -> Result<&Chromium> {
        self.chromium.as_ref().context("no Chromium, see step 1")
    }
}

/// A part of the tests.
struct Part {
    name: &'static str,
    title: &'static str,
    run: fn(&Ground) -> Result<Count>,
}

const PARTS: [Part; 9] = [
    Part { name: "format", title: "formatting", run: |_| Ok(check::formatting()) },
    Part { name: "lint", title: "lints: command line, tests, page", run: |_| Ok(check::lints()) },
    Part { name: "native", title: "native tests", run: |_| Ok(native()) },
    Part {
        name: "conformance",
        title: "upstream's end-to-end cases",
        run: |ground| conformance::run(&ground.project),
    },
    Part { name: "simulation", title: "random runs", run: |_| Ok(random_runs()) },
    Part { name: "wasm", title: "Wasm tests in headless Chromium", run: wasm_tests },
    Part { name: "page", title: "the page, release", run: release_page },
    Part {
        name: "e2e",
        title: "the page in Chromium, end to end",
        run: |ground| end_to_end(ground, &ground.project.dist, ""),
    },
    Part { name: "trunk", title: "the page as Trunk builds it, in Chromium", run: trunk_page },
];

/// The command: every part runs, whatever the ones before it did.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let parts = chosen(args)?;
    let mut progress = Progress::new(1 + parts.len());
    progress.step("what is missing");
    let ground = Ground::prepare()?;
    let mut total = Count::default();
    for part in parts {
        progress.step(part.title);
        total.add(said((part.run)(&ground)).unwrap_or(Count::one(false)));
    }
    println!("\nall parts took {}", progress.elapsed());
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The parts that `args` name; without a name all, Trunk's only with `--trunk` or where `CI` is
/// set, since Trunk itself takes minutes to build.
fn chosen(args: &[String]) -> Result<Vec<&'static Part>> {
    let names: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    if let Some(name) = names.iter().find(|name| !PARTS.iter().any(|part| part.name == **name)) {
        let known = PARTS.each_ref().map(|part| part.name).join(" ");
        bail!("no part `{name}`; there are: {known}");
    }
    let ci = env::var("CI").is_ok_and(|value| value == "true");
    let trunk = crate::flag(args, "--trunk") || (ci && !crate::flag(args, "--no-trunk"));
    let is_chosen = |part: &&Part| match names.is_empty() {
        true => part.name != "trunk" || trunk,
        false => names.iter().any(|name| *name == part.name),
    };
    Ok(PARTS.iter().filter(is_chosen).collect())
}

/// Prints the error, if it is one.
fn said<T>(result: Result<T>) -> Option<T> {
    result.inspect_err(|error| eprintln!("error: {error:#}")).ok()
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

/// `tests/simulation/`: many more runs than `cargo test` makes.
fn random_runs() -> Count {
    let mut test = process::cargo();
    test.args(["test", "--test", "simulation"]).env("LIFEPOD_SIMULATIONS", "10000");
    process::run_tests(&mut test)
}

/// `tests/web.rs`: compiled to Wasm, run in the browser by this very binary.
fn wasm_tests(ground: &Ground) -> Result<Count> {
    let this = env::current_exe().context("this program's path is unknown")?;
    let runner = json!([this, process::WASM_TEST_RUNNER]);
    let mut test = ground.wasm()?.cargo(&ground.project);
    test.arg("--config").arg(format!("target.wasm32-unknown-unknown.runner={runner}"));
    test.args(["test", "--target", "wasm32-unknown-unknown", "--profile", "wasm-dev"]);
    test.args(["--no-default-features", "--features", "web", "--test", "web"]);
    test.env("CHROMEDRIVER", &ground.chromium()?.driver);
    test.env("LIFEPOD_NATIVE_TRACES", traces::write_native(&ground.project)?);
    test.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver_json(ground)?);
    test.env("WASM_BINDGEN_TEST_TIMEOUT", "300").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    for other in ["GECKODRIVER", "GECKODRIVER_REMOTE", "SAFARIDRIVER", "CHROMEDRIVER_REMOTE"] {
        test.env_remove(other);
    }
    Ok(process::run_tests(&mut test))
}

fn webdriver_json(ground: &Ground) -> Result<PathBuf> {
    let file = ground.project.target.join("webdriver.json");
    let options = json!({ "binary": ground.chromium()?.browser, "args": CHROME_ARGS });
    fs::write(&file, json!({ "goog:chromeOptions": options }).to_string())?;
    Ok(file)
}

fn release_page(ground: &Ground) -> Result<Count> {
    page::build(&ground.project, ground.wasm()?, Profile::Release)?;
    Ok(Count::one(true))
}

/// `tests/e2e/`, those whose name contains `filter`, against the page in `dist`. One at a time:
/// a browser, its driver and the page fill two cores.
fn end_to_end(ground: &Ground, dist: &Path, filter: &str) -> Result<Count> {
    let chromium = ground.chromium()?;
    let mut test = process::cargo();
    test.args(["test", "--features", "dev", "--test", "e2e", "--", "--test-threads=1", filter]);
    // The modules that it shares with this tool have been tested natively.
    test.args(["--skip", "browser::", "--skip", "html::", "--skip", "server::"]);
    test.env("CHROME", &chromium.browser).env("CHROMEDRIVER", &chromium.driver);
    test.env("LIFEPOD_DIST", dist);
    Ok(process::run_tests(&mut test))
}

/// The same `index.html` through Trunk gives a page that starts as well.
fn trunk_page(ground: &Ground) -> Result<Count> {
    let dist = ground.project.wasm_target.join("dist-trunk");
    let trunk = Trunk::ready(&ground.project)?;
    trunk.build(&ground.project, ground.wasm()?, &dist)?;
    let mut count = Count::one(true);
    count.add(end_to_end(ground, &dist, "smoke")?);
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_chosen_by_name() {
        let names = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|arg| arg.to_string()).collect();
            chosen(&args).map(|parts| parts.iter().map(|part| part.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["e2e", "format"]).unwrap(), ["format", "e2e"]);
        assert_eq!(names(&["--no-trunk"]).unwrap().len(), PARTS.len() - 1);
        assert_eq!(names(&["--trunk"]).unwrap().len(), PARTS.len());
        assert!(names(&["everything"]).is_err());
    }
}
