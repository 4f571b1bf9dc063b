//! `lifepod link FILE`: the fragment behind the page's address that opens a scenario.

use crate::session::simulate::parse_time;
use crate::session::{Shared, link};
use std::io::Write;

const USAGE: &str = "usage: lifepod link FILE [--at 20s]";

/// Runs the command; gives its exit code: 0 done, 2 bad usage.
pub fn run(args: &[String], out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    match made(args) {
        Ok(link) => i32::from(writeln!(out, "#{link}").is_err()),
        Err(message) => {
            let _ = writeln!(err, "{message}\n{USAGE}");
            2
        }
    }
}

fn made(args: &[String]) -> Result<String, String> {
    let (file, at) = match args {
        [file] => (file, "0s"),
        [file, flag, at] if flag == "--at" => (file, at.as_str()),
        _ => return Err("error: one file, and perhaps a moment".into()),
    };
    let at =
        parse_time(at).ok_or_else(|| format!("error: \"{at}\" is no time; write it like 20s"))?;
    let text = std::fs::read_to_string(file).map_err(|e| format!("error: {file}: {e}"))?;
    Ok(link::of(&Shared { at, ..Shared::of_scenario(&text) }))
}
