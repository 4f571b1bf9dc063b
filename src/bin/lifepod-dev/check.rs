//! `cargo dev check`: formatting, and lints for each set of features.

use crate::process::{self, Count};
use crate::progress::Progress;
use anyhow::Result;
use std::process::{Command, ExitCode};

/// What clippy looks at: the command line, everything native, and the page as it is shipped.
const FEATURE_SETS: [&[&str]; 3] = [
    &["--all-targets"],
    &["--all-targets", "--features", "ui-test,dev"],
    &["--no-default-features", "--features", "web", "--lib", "--bin", "web"],
];

/// The command.
pub fn run() -> Result<ExitCode> {
    let mut progress = Progress::new(2);
    progress.step("formatting");
    let mut count = formatting();
    progress.step("lints");
    count.add(lints());
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `cargo fmt --check`.
pub fn formatting() -> Count {
    let mut fmt = process::cargo();
    fmt.args(["fmt", "--check"]);
    one(&mut fmt)
}

/// `cargo clippy`, warnings are errors.
pub fn lints() -> Count {
    let mut count = Count::default();
    for features in FEATURE_SETS {
        let mut clippy = process::cargo();
        clippy.arg("clippy").args(features).args(["--", "-D", "warnings"]);
        count.add(one(&mut clippy));
    }
    count
}

fn one(command: &mut Command) -> Count {
    let result = process::run(command);
    if let Err(error) = &result {
        eprintln!("error: {error:#}");
    }
    Count::one(result.is_ok())
}
