//! Runs other programs, reads their test counts.

use anyhow::{Context, Result, bail};
use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// The hidden command by which `cargo test` hands a Wasm test to this binary.
pub const WASM_TEST_RUNNER: &str = "wasm-bindgen-test-runner";

/// Passed and failed checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Checks that held.
    pub passed: u64,
    /// Checks that did not.
    pub failed: u64,
}

impl Count {
    /// One check.
    pub fn one(held: bool) -> Count {
        Count { passed: u64::from(held), failed: u64::from(!held) }
    }

    /// Adds `other`.
    pub fn add(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The project's own cargo: the one that runs this binary.
pub fn cargo() -> Command {
    clean(Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into())))
}

/// Takes away what an outer `cargo run` tells about the package: build scripts that look at it
/// would run again each time.
pub fn clean(mut command: Command) -> Command {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|head| text.starts_with(head))
        {
            command.env_remove(&name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// Runs `command`; an error names it.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", name(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", name(command));
    }
    Ok(())
}

/// What `command` writes to its standard output, trimmed; `None` if it fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a test command, shows its output, adds up its `test result:` lines.
/// A command that fails without a failed test (it did not compile) counts as one failure.
pub fn run_tests(command: &mut Command) -> Count {
    let mut count = Count::default();
    let held = show_and_read(command, |line| count.add(test_result(line).unwrap_or_default()));
    match held {
        Ok(true) => {}
        Ok(false) => count.failed = count.failed.max(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            count.failed += 1;
        }
    }
    count
}

fn show_and_read(command: &mut Command, mut read: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", name(command)))?;
    let out = child.stdout.take().context("the output was not piped")?;
    for line in BufReader::new(out).lines() {
        let line = line?;
        println!("{line}");
        read(&line);
    }
    Ok(child.wait()?.success())
}

/// The counts in `test result: ok. 3 passed; 0 failed; …`.
fn test_result(line: &str) -> Option<Count> {
    let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    let number = |word: &str| {
        counts.split(';').find_map(|part| part.strip_suffix(word)?.trim().parse::<u64>().ok())
    };
    Some(Count { passed: number("passed")?, failed: number("failed")? })
}

fn name(command: &Command) -> String {
    let args = command.get_args().map(|arg| arg.to_string_lossy());
    let words: Vec<_> = [command.get_program().to_string_lossy()].into_iter().chain(args).collect();
    format!("`{}`", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_results_are_added_up() {
        let line =
            "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(test_result(line), Some(Count { passed: 12, failed: 3 }));
        assert_eq!(test_result("test a ... ok"), None);
    }

    #[test]
    fn a_command_that_fails_without_a_test_is_one_failure() {
        assert_eq!(run_tests(&mut Command::new("false")), Count { passed: 0, failed: 1 });
        let mut two = Command::new("sh");
        two.args(["-c", "echo 'test result: FAILED. 1 passed; 2 failed;'; exit 1"]);
        assert_eq!(run_tests(&mut two), Count { passed: 1, failed: 2 });
    }
}
