//! `cargo dev …`: sets up what is missing, builds, serves and tests the page.
//!
//! A developer's tool outside the rooms: it may use clocks, threads and processes.
//!
//! | module | what it does |
//! |---|---|
//! | [`project`] | where things are |
//! | [`process`] | runs other programs, reads their test counts |
//! | [`progress`] | says what is being done and how long it took |
//! | [`setup`] | finds or installs the Wasm target, Chromium, Python, Trunk |
//! | [`page`] | compiles the page and lays out `dist/` |
//! | [`server`] | serves a folder as production would |
//! | [`browser`] | drives Chromium over WebDriver |
//! | [`traces`] | what the native engine makes of the scenarios, for Wasm to be held to |
//! | [`conformance`] | runs upstream's end-to-end cases |
//! | [`rules`] | writes `RULES.md` |
//! | [`record`] | what real shells do, for the simulated one to be held to |
//! | [`states`] | the states of the page, and how each is reached |
//! | [`check`], [`serve`], [`suite`], [`shots`], [`frames`] | the commands made of these |
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "real time, threads and processes are this tool's work; the rooms stay without"
)]

#[allow(dead_code, unused_imports, reason = "the end-to-end tests use the rest")]
mod browser;
mod check;
mod conformance;
mod frames;
mod page;
mod process;
mod progress;
mod project;
mod record;
mod rules;
mod serve;
mod server;
mod setup;
mod shots;
mod states;
mod suite;
mod traces;

use anyhow::{Result, bail};
use std::env;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
cargo dev serve [--port N] [--release]   set up, build and serve the page on 127.0.0.1
cargo dev test [--trunk] [PART]...       set up and run every test, or only these parts:
                                         format lint native wasm page e2e trunk
cargo dev build [--release]              build the page into dist/
cargo dev size [--top N]                 its release Wasm by room, its N largest functions
cargo dev first                          what the page's first file can do without, found anew
cargo dev check                          formatting and lints
cargo dev setup [--trunk]                only install what is missing
cargo dev rules                          write RULES.md from static/catalogue
cargo dev record [FILE]                  record tests/shell anew with busybox, dash, bash (as root)
cargo dev frames [--profile[-seek] FILE] what the page in dist/ costs in Chromium
cargo dev shots DIR [--query Q] [--fragment F] [--dark] [--first] [--click TESTID]...
                                         pictures of the page in four sizes and two languages
cargo dev shots DIR --all [STATE] [--like 390x844-zh-dark] [--media FEATURE=VALUE] [--text 200]
                                         of every state worth looking at, in both themes too";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().collect();
    match run(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<ExitCode> {
    if called_as(args, "wasm-bindgen") {
        return done(wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args));
    }
    let rest = args.get(2..).unwrap_or_default();
    match args.get(1).map(String::as_str) {
        Some("serve") => done(serve::run(rest)),
        Some("test") => suite::run(rest),
        Some("build") => done(page::run(rest)),
        Some("size") => done(page::size(rest)),
        Some("first") => done(page::first()),
        Some("check") => check::run(),
        Some("setup") => done(setup::run(rest)),
        Some("record") => done(record::run(rest)),
        Some("rules") => done(rules::run()),
        Some("frames") => done(frames::run(rest)),
        Some("shots") => done(shots::run(rest)),
        Some(process::WASM_TEST_RUNNER) => {
            done(wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(&args[1..]))
        }
        Some("help" | "--help") => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!("which command?\n{USAGE}"),
    }
}

fn done(result: Result<()>) -> Result<ExitCode> {
    result.map(|()| ExitCode::SUCCESS)
}

/// Trunk looks for a program `wasm-bindgen`; a link of that name to this binary is one.
fn called_as(args: &[String], name: &str) -> bool {
    args.first().and_then(|arg| Path::new(arg).file_stem()).is_some_and(|stem| stem == name)
}

/// The value after `--name`, if it is there.
fn option<'a>(args: &'a [String], name: &str) -> Option<&'a str> {
    let at = args.iter().position(|arg| arg == name)?;
    args.get(at + 1).map(String::as_str)
}

fn flag(args: &[String], name: &str) -> bool {
    args.iter().any(|arg| arg == name)
}
