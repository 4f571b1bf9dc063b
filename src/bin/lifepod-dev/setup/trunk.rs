//! Trunk, for proving that people who use it get the same page.

use super::wasm::WasmToolchain;
use crate::process;
use crate::project::{Project, on_path};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const VERSION: &str = "0.21.14";

/// A Trunk of the version that the project is checked with.
#[derive(Clone, Debug)]
pub struct Trunk {
    /// The program.
    pub program: PathBuf,
}

impl Trunk {
    /// The one on `PATH`, else the one in `.tools/`, else compiles it into `.tools/`.
    pub fn ready(project: &Project) -> Result<Trunk> {
        let own = project.tools.join("bin/trunk");
        if let Some(program) =
            on_path(&["trunk"]).into_iter().chain([own.clone()]).find(|p| fits(p))
        {
            return Ok(Trunk { program });
        }
        eprintln!("installing trunk {VERSION} into .tools/ (several minutes, once)");
        let folder = project.target.join("trunk");
        process::run(&mut install(project, &folder))?;
        fs::remove_dir_all(&folder).context("cannot clear what trunk was built in")?;
        Ok(Trunk { program: own })
    }

    /// Builds the page as `trunk build --release` does, into `dist`, without any download:
    /// `wasm-bindgen` on its `PATH` is this very binary.
    pub fn build(&self, project: &Project, wasm: WasmToolchain, dist: &Path) -> Result<()> {
        let links = project.tools.join("links");
        fs::create_dir_all(&links)?;
        link_self(&links.join("wasm-bindgen"))?;
        wasm.link_cargo(&links)?;
        let mut build = process::clean(Command::new(&self.program));
        wasm.prepare(&mut build, project);
        build.args(["build", "--release", "--offline", "--dist"]).arg(dist);
        build.env("PATH", first_on_path(&links)?).env_remove("NO_COLOR");
        process::run(&mut build)
    }
}

/// Without its TLS and update check, unoptimised: a fifth of the time, and it only runs here.
fn install(project: &Project, folder: &Path) -> Command {
    let mut install = process::cargo();
    install.args(["install", "trunk", "--locked", "--version", VERSION, "--debug"]);
    install.args(["--no-default-features", "--root"]).arg(&project.tools);
    install.env("CARGO_TARGET_DIR", folder).env("CARGO_PROFILE_DEV_DEBUG", "0");
    install
}

fn fits(program: &Path) -> bool {
    let version = process::answer(Command::new(program).arg("--version"));
    version.is_some_and(|version| version == format!("trunk {VERSION}"))
}

fn link_self(link: &Path) -> Result<()> {
    if link.symlink_metadata().is_ok() {
        fs::remove_file(link)?;
    }
    let this = env::current_exe().context("this program's path is unknown")?;
    std::os::unix::fs::symlink(this, link)
        .with_context(|| format!("cannot write {}", link.display()))
}

fn first_on_path(folder: &Path) -> Result<std::ffi::OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths([folder.to_owned()].into_iter().chain(env::split_paths(&path)))?)
}
