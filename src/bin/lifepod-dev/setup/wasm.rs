//! The compiler for `wasm32-unknown-unknown`.

use super::debian;
use crate::process;
use crate::project::{Project, on_path};
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;
use std::{env, fmt, fs};

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_STD: &str = "/usr/lib/rustlib/src/rust/library/std";
const DEBIAN_LINKER: &str = "wasm-ld-22";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
/// The oldest Rust that the package builds with (`rust-version` in Cargo.toml).
const OLDEST_MINOR: u32 = 95;
/// Overrides the choice: `rustup` or `debian`.
const CHOICE: &str = "LIFEPOD_WASM_TOOLCHAIN";

/// How Wasm is compiled on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmToolchain {
    /// The current toolchain has the target.
    Rustup,
    /// Debian's compiler, which builds the target's standard library from source.
    Debian,
}

impl fmt::Display for WasmToolchain {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WasmToolchain::Rustup => out.write_str("the current toolchain has it"),
            WasmToolchain::Debian => out.write_str("Debian's rustc with std built from source"),
        }
    }
}

impl WasmToolchain {
    /// Takes the one that is there; else asks rustup for the target; else installs Debian's.
    pub fn ready() -> Result<WasmToolchain> {
        match env::var(CHOICE).as_deref() {
            Ok("rustup") if has_target() || add_target() => return Ok(WasmToolchain::Rustup),
            Ok("rustup") => bail!("{CHOICE}=rustup, but rustup cannot add {TARGET}"),
            Ok("debian") => return debian(),
            Ok(other) => bail!("{CHOICE}={other}: rustup or debian"),
            Err(_) => {}
        }
        if has_target() {
            return Ok(WasmToolchain::Rustup);
        }
        if debian_is_complete() || !add_target() {
            return debian();
        }
        Ok(WasmToolchain::Rustup)
    }

    /// A cargo that builds for the target when it is told `--target`, in its own folder.
    pub fn cargo(self, project: &Project) -> Command {
        let mut command = match self {
            WasmToolchain::Rustup => process::cargo(),
            WasmToolchain::Debian => process::clean(Command::new(DEBIAN_CARGO)),
        };
        self.prepare(&mut command, project);
        command
    }

    /// Lets any program that calls `cargo` (Trunk) use this compiler.
    pub fn prepare(self, command: &mut Command, project: &Project) {
        command.current_dir(&project.root).env("CARGO_TARGET_DIR", &project.wasm_target);
        if self == WasmToolchain::Debian {
            command
                .env("CARGO", DEBIAN_CARGO)
                .env("RUSTC", DEBIAN_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                .env_remove("RUSTUP_TOOLCHAIN")
                .env_remove("LD_LIBRARY_PATH");
        }
    }

    /// Puts the cargo of this toolchain into `folder`, for programs that look for one on `PATH`.
    pub fn link_cargo(self, folder: &Path) -> Result<()> {
        let link = folder.join("cargo");
        if link.symlink_metadata().is_ok() {
            fs::remove_file(&link)?;
        }
        if self == WasmToolchain::Debian {
            std::os::unix::fs::symlink(DEBIAN_CARGO, &link)
                .with_context(|| format!("cannot write {}", link.display()))?;
        }
        Ok(())
    }
}

fn has_target() -> bool {
    let sysroot = process::answer(Command::new("rustc").args(["--print", "sysroot"]));
    sysroot
        .is_some_and(|root| Path::new(&root).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

fn add_target() -> bool {
    if on_path(&["rustup"]).is_none() {
        return false;
    }
    eprintln!("adding the Rust target {TARGET} with rustup");
    process::run(Command::new("rustup").args(["target", "add", TARGET])).is_ok()
}

fn debian() -> Result<WasmToolchain> {
    if !debian_is_complete() {
        let why = "compile to Wasm, since rustup has no standard library for it here";
        debian::install(&DEBIAN_PACKAGES, why)?;
    }
    if !debian_is_complete() {
        bail!("Debian's packages do not bring a Rust 1.{OLDEST_MINOR} that can compile to Wasm");
    }
    Ok(WasmToolchain::Debian)
}

fn debian_is_complete() -> bool {
    let version = process::answer(Command::new(DEBIAN_RUSTC).arg("--version"));
    version.as_deref().and_then(minor).is_some_and(|minor| minor >= OLDEST_MINOR)
        && [DEBIAN_CARGO, DEBIAN_STD].iter().all(|path| Path::new(path).exists())
        && on_path(&[DEBIAN_LINKER]).is_some()
}

/// The 96 of `rustc 1.96.0 (…)`.
fn minor(version: &str) -> Option<u32> {
    version.strip_prefix("rustc 1.")?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(minor("rustc 1.96.0 (ac68faa20 2026-05-25)"), Some(96));
        assert_eq!(minor("rustc 1.63.0"), Some(63));
        assert_eq!(minor("clang 14"), None);
    }
}
