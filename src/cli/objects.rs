//! `lifepod get` and `lifepod describe`: what kubectl prints about the objects of a file.
#![expect(clippy::disallowed_types, reason = "ages are counted to now, unless a moment is given")]

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use super::files::{finish, text_of};
use crate::session::objects::{ask, read, read_now};

const USAGE: &str = "usage: lifepod get|describe [KIND [NAME...]] -f OBJECTS.json [--now T] \
    [-o wide|yaml|json|name|jsonpath=...|custom-columns=...] [-l SELECTOR]";

/// Runs `verb`; gives its exit code: 0, 1 for what kubectl refuses, 2 bad usage.
pub fn run(verb: &str, args: &[String], out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    let Some(asked) = Asked::parse(args) else {
        return finish(writeln!(err, "{USAGE}"), 2);
    };
    let text = match text_of(&asked.file) {
        Ok(text) => text,
        Err(told) => return finish(writeln!(err, "{told}"), 1),
    };
    let objects = match read(&text) {
        Ok(objects) => objects,
        Err(problem) => {
            let words = format!("error: unable to decode \"{}\": {problem}", asked.file);
            return finish(writeln!(err, "{words}"), 1);
        }
    };
    let answer = ask(verb, &asked.words, &objects, asked.now);
    let written = write!(out, "{}", answer.out).and(write!(err, "{}", answer.err));
    finish(written, answer.code)
}

struct Asked {
    file: String,
    now: i64,
    words: Vec<String>,
}

impl Asked {
    /// Takes the file and the moment out; the other words are kubectl's.
    fn parse(args: &[String]) -> Option<Self> {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        let mut now = i64::try_from(since_1970).unwrap_or(i64::MAX);
        let (mut file, mut words) = (None, Vec::new());
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let (name, given) = match arg.split_once('=') {
                Some((name, value)) if arg.starts_with("--") => (name, Some(value.to_string())),
                _ => (arg.as_str(), None),
            };
            let mut value = || given.clone().or_else(|| args.next().cloned());
            match name {
                "-f" | "--filename" => file = Some(value()?),
                "--now" => now = read_now(&value()?)?,
                _ => words.push(arg.clone()),
            }
        }
        Some(Asked { file: file?, now, words })
    }
}
