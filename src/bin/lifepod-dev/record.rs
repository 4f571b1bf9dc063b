//! What real shells do: the tests of the simulated shell record it themselves, and this says where
//! the real ones are.

use anyhow::{Context, Result, ensure};
use std::process::Command;

/// Runs the shell's tests with `RECORD_SHELL`, `RECORD_DASH` and `RECORD_BASH` set; an argument
/// names one file of `tests/shell`, or `signals` for the table of signals.
pub fn run(args: &[String]) -> Result<()> {
    let which = |name: &str| {
        let found = ["/usr/bin/", "/bin/"].map(|dir| [dir, name].concat());
        let path = found.into_iter().find(|path| std::path::Path::new(path).exists());
        path.with_context(|| {
            format!("{name} is not installed (busybox-static, dash and bash are wanted)")
        })
    };
    let status = Command::new("cargo")
        .args(["test", "--test", "it", "--", "shell::"])
        .env("RECORD_SHELL", which("busybox")?)
        .env("RECORD_DASH", which("dash")?)
        .env("RECORD_BASH", which("bash")?)
        .env("RECORD_ONLY", args.first().map_or("", String::as_str))
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "the simulated shell differs from what was recorded");
    Ok(())
}
