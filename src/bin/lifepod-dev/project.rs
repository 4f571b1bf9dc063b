//! Where things are.

use anyhow::{Context, Result};
use std::env;
use std::path::{Path, PathBuf};

/// The folders of the project.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder with `Cargo.toml`.
    pub root: PathBuf,
    /// Native builds.
    pub target: PathBuf,
    /// Wasm builds. Apart from the native ones: with Debian's toolchain the compilers differ, and
    /// in one folder each would throw away what the other built.
    pub wasm_target: PathBuf,
    /// The built page.
    pub dist: PathBuf,
    /// Tools that belong to this folder only (Trunk, wasm-opt).
    pub tools: PathBuf,
}

impl Project {
    /// The project of the current folder.
    pub fn find() -> Result<Project> {
        let here = env::current_dir().context("the current folder cannot be read")?;
        let root = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(root) => PathBuf::from(root),
            None => here
                .ancestors()
                .find(|folder| folder.join("Cargo.toml").is_file())
                .context("no Cargo.toml here or above")?
                .to_owned(),
        };
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |target| here.join(target));
        Ok(Project {
            wasm_target: target.join("wasm"),
            dist: root.join("dist"),
            tools: root.join(".tools"),
            target,
            root,
        })
    }
}

/// The first of `names` that is a file in a folder of `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}
