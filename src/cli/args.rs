//! Which command was asked for.

use std::io::Write;

const USAGE: &str = "\
Lifepod runs Kubernetes Pods in virtual time and says which rule made each step so.

usage: lifepod run FILE [--until 120s] [--seed N] [-o table|jsonl|watch]
       lifepod apply FILE [--diagnostics] [--lang en|zh]
       lifepod get [KIND [NAME...]] -f OBJECTS.json [-o wide|yaml|json|name] [--now T]
       lifepod describe [KIND [NAME...]] -f OBJECTS.json [--now T]
       lifepod grade EXERCISE FILE... [-o table|json]
       lifepod link FILE [--at 20s]
       lifepod bench
";

/// Runs a command line (without the program's name); gives its exit code.
pub fn main(args: &[String], out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    match args.split_first() {
        Some((verb, rest)) if verb == "run" => super::run::run(rest, out, err),
        Some((verb, rest)) if verb == "grade" => super::grade::run(rest, out, err),
        Some((verb, rest)) if verb == "link" => super::link::run(rest, out, err),
        Some((verb, [])) if verb == "bench" => super::bench::run(out, err),
        Some((verb, rest)) if verb == "apply" => super::apply::run(rest, out, err),
        Some((verb, rest)) if ["get", "describe", "events"].contains(&verb.as_str()) => {
            super::objects::run(verb, rest, out, err)
        }
        Some((verb, _)) if ["help", "-h", "--help"].contains(&verb.as_str()) => {
            i32::from(write!(out, "{USAGE}").is_err())
        }
        _ => {
            let _ = write!(err, "{USAGE}");
            2
        }
    }
}
