//! `lifepod apply FILE`: what `kubectl apply -f FILE` answers.

use std::io::Write;

use crate::base::Lang;
use crate::session::apply_answer::answer;
use crate::session::diagnostic_text::diagnostics;

const USAGE: &str = "usage: lifepod apply FILE [--diagnostics] [--lang en|zh]";

/// Runs the command; gives its exit code: 0 taken, 1 refused, 2 bad usage.
pub fn run(args: &[String], out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    let Some(asked) = Asked::parse(args) else {
        return finish(writeln!(err, "{USAGE}"), 2);
    };
    let bytes = match std::fs::read(&asked.file) {
        Ok(bytes) => bytes,
        Err(_) => {
            let words = format!("error: the path \"{}\" does not exist", asked.file);
            return finish(writeln!(err, "{words}"), 1);
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let answer = answer(&text, &asked.file);
    let mut written = write!(out, "{}", answer.stdout).and(write!(err, "{}", answer.stderr));
    if asked.diagnostics {
        let lines = diagnostics(&text, &asked.file, asked.lang);
        written = written.and(write!(err, "{lines}"));
    }
    finish(written, answer.code)
}

/// A reader that went away (`| head`) is no reason to complain.
fn finish(_written: std::io::Result<()>, code: i32) -> i32 {
    code
}

struct Asked {
    file: String,
    diagnostics: bool,
    lang: Lang,
}

impl Asked {
    fn parse(args: &[String]) -> Option<Self> {
        let mut file = None;
        let (mut diagnostics, mut lang) = (false, Lang::En);
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--diagnostics" => diagnostics = true,
                "--lang" => lang = Lang::from_code(args.next()?)?,
                "-f" | "--filename" => file = Some(args.next()?.clone()),
                other if other.starts_with('-') || file.is_some() => return None,
                other => file = Some(other.to_string()),
            }
        }
        Some(Asked { file: file?, diagnostics, lang })
    }
}
