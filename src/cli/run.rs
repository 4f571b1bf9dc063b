//! `lifepod run FILE`: runs a scenario and prints what a watcher of the cluster would see.

use super::files::finish;
use crate::base::SimTime;
use crate::session::history::History;
use crate::session::simulate::{parse_time, simulate};
use crate::session::{jsonl, table};
use std::io::Write;

pub use crate::session::simulate::run_scenario_jsonl;

const USAGE: &str = "usage: lifepod run FILE [--until 120s] [--seed N] [-o table|jsonl|watch]";

/// Runs the command; gives its exit code: 0 done, 1 the manifest was refused, 2 bad usage.
pub fn run(args: &[String], out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    let asked = match Asked::parse(args) {
        Ok(asked) => asked,
        Err(message) => return finish(writeln!(err, "{message}\n{USAGE}"), 2),
    };
    let bytes = match std::fs::read(&asked.file) {
        Ok(bytes) => bytes,
        Err(error) => return finish(writeln!(err, "error: {}: {error}", asked.file), 2),
    };
    let text = String::from_utf8_lossy(&bytes);
    match simulate(&text, asked.until, asked.seed) {
        Ok(history) => print(&history, asked.output, out),
        Err(message) => finish(write!(err, "{message}"), 1),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    Table,
    Jsonl,
    Watch,
}

struct Asked {
    file: String,
    until: Option<SimTime>,
    seed: Option<u64>,
    output: Output,
}

impl Asked {
    fn parse(args: &[String]) -> Result<Self, String> {
        let mut asked =
            Asked { file: String::new(), until: None, seed: None, output: Output::Table };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().map(String::as_str).unwrap_or_default();
            match arg.as_str() {
                "--until" => asked.until = Some(time(value())?),
                "--seed" => asked.seed = Some(number(value())?),
                "-o" | "--output" => asked.output = output(value())?,
                other if other.starts_with('-') => {
                    return Err(format!("error: unknown flag: {other}"));
                }
                file if asked.file.is_empty() => asked.file = file.to_string(),
                other => return Err(format!("error: one file at a time, not also {other}")),
            }
        }
        if asked.file.is_empty() { Err("error: no file given".into()) } else { Ok(asked) }
    }
}

fn time(text: &str) -> Result<SimTime, String> {
    parse_time(text).ok_or_else(|| format!("error: \"{text}\" is no time; write it like 120s"))
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("error: \"{text}\" is no seed; it is a whole number"))
}

fn output(text: &str) -> Result<Output, String> {
    match text {
        "table" => Ok(Output::Table),
        "jsonl" => Ok(Output::Jsonl),
        "watch" => Ok(Output::Watch),
        other => Err(format!("error: no output \"{other}\"; there are table, jsonl and watch")),
    }
}

fn print(history: &History, output: Output, out: &mut dyn Write) -> i32 {
    let trace = history.trace();
    let written = match output {
        Output::Jsonl => jsonl::print_jsonl(trace, out),
        Output::Table => table::print_records(trace, out),
        Output::Watch => table::print_watch(trace, out),
    };
    finish(written, 0)
}
