//! Rust → Wasm and its JavaScript glue.

use super::html::Asset;
use super::split;
use crate::process;
use crate::project::Project;
use crate::setup::{self, WasmToolchain};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";
/// What the compiler's output uses; wasm-opt accepts nothing else by itself.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// After LLVM's `opt-level = "z"`, more would save bytes that brotli finds anyway and make the rest
/// less regular: measured, `-Oz` gives 3 % fewer raw bytes and 1 % more compressed ones.
const LEVEL: [&str; 5] =
    ["-O1", "--shrink-level", "2", "--strip-producers", "--strip-target-features"];

/// Beside the flags of `.cargo/config.toml`.
const RELOCATIONS: &str = "target.wasm32-unknown-unknown.rustflags = ['-Clink-arg=--emit-relocs']";

/// The name of the second half of a program ([`split`]).
pub const REST: &str = "lifepod_rest.wasm";

/// How much the compiler tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Built soon: `[profile.wasm-dev]`.
    Quick,
    /// Small: `[profile.release]`, in two halves, then wasm-opt.
    Release,
}

impl Profile {
    /// `--release` or not.
    pub fn of(args: &[String]) -> Profile {
        if crate::flag(args, "--release") { Profile::Release } else { Profile::Quick }
    }

    /// Its name for cargo, and the folder it builds into.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Quick => "wasm-dev",
            Profile::Release => "release",
        }
    }
}

/// The folder with `lifepod.js`, `lifepod_bg.wasm`, `snippets/` and, of a release, the second half
/// of the program ([`REST`]).
pub fn program(
    project: &Project,
    wasm: WasmToolchain,
    profile: Profile,
    rust: &Asset,
) -> Result<PathBuf> {
    let out = made(project, wasm, profile, rust)?;
    if profile == Profile::Release {
        let (whole, rest) = (out.join("lifepod_bg.wasm"), out.join(REST));
        let linked = fs::read(linked(project, profile, rust)?)?;
        let halves = split::split(&fs::read(&whole)?, &linked, false);
        let halves = halves.context("splitting the Wasm")?;
        fs::write(&whole, halves.first)?;
        fs::write(&rest, halves.rest)?;
        optimize(project, &[whole, rest])?;
    }
    Ok(out)
}

/// The same in one file and before wasm-opt, its functions with names.
pub fn named(
    project: &Project,
    wasm: WasmToolchain,
    profile: Profile,
    rust: &Asset,
) -> Result<PathBuf> {
    made(project, wasm, profile, rust)
}

/// Compiles, and makes the JavaScript glue.
fn made(project: &Project, wasm: WasmToolchain, profile: Profile, rust: &Asset) -> Result<PathBuf> {
    let linked = linked(project, profile, rust)?;
    process::run(&mut cargo_build(project, wasm, profile, rust, bin(rust)?))?;
    let out = linked.with_file_name("page");
    bindgen(&linked, &out)?;
    Ok(out)
}

fn bin(rust: &Asset) -> Result<&str> {
    rust.attribute("data-bin").context("index.html: data-bin is missing")
}

/// Where the linker leaves the program.
pub fn linked(project: &Project, profile: Profile, rust: &Asset) -> Result<PathBuf> {
    let folder = project.wasm_target.join(TARGET).join(profile.name());
    Ok(folder.join(bin(rust)?).with_extension("wasm"))
}

fn cargo_build(
    project: &Project,
    wasm: WasmToolchain,
    profile: Profile,
    rust: &Asset,
    bin: &str,
) -> Command {
    let mut build = wasm.cargo(project);
    build.args(["build", "--target", TARGET, "--profile", profile.name(), "--bin", bin]);
    if profile == Profile::Release {
        // The linker's word on which function names which data: what can come later is found by it.
        build.args(["--config", RELOCATIONS]);
    }
    if rust.attribute("data-cargo-no-default-features").is_some() {
        build.arg("--no-default-features");
    }
    if let Some(features) = rust.attribute("data-cargo-features") {
        build.args(["--features", features]);
    }
    build
}

fn bindgen(compiled: &Path, out: &Path) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    let mut args: Vec<std::ffi::OsString> =
        ["wasm-bindgen", "--target=web", "--no-typescript", "--out-name=lifepod", "--out-dir"]
            .map(Into::into)
            .to_vec();
    args.extend([out.into(), compiled.into()]);
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args).context("wasm-bindgen")
}

fn optimize(project: &Project, files: &[PathBuf]) -> Result<()> {
    let Some(program) = setup::wasm_opt(project) else {
        eprintln!("no wasm-opt (binaryen 120 or newer): the bundle is larger than it could be");
        return Ok(());
    };
    for file in files {
        let mut optimize = Command::new(&program);
        optimize.args(LEVEL).args(WASM_FEATURES).arg(file).arg("-o").arg(file);
        process::run(&mut optimize)?;
    }
    Ok(())
}
