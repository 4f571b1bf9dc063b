//! `lifepod grade EXERCISE FILE...`: which submissions reach the goals of an exercise.

use super::files::finish;
use crate::base::SimTime;
use crate::base::json::{Value, json};
use crate::session::exercise::{EditKind, Exercise, read};
use crate::session::grade::{Graded, Outcome, grade};
use std::io::Write;
use std::path::Path;

const USAGE: &str = "\
Grades submissions: a row a file, with the goals that it reaches and what was seen of the others.

usage: lifepod grade EXERCISE FILE... [-o table|json]

EXERCISE  the folder of an exercise, or its exercise.yaml
FILE      a learner's manifest; each is run by itself, in an empty cluster

RESULT    passed   every goal is reached
          missed   some goal is not; MISSED names it, when that was decided, and what was seen
          locked   something was changed that is not to be changed; it is not run
          refused  kubectl or the API server does not take it
exit code 0 all passed, 1 some did not, 2 wrong call, or a file cannot be read
";

/// Runs the command; gives its exit code.
pub fn run(args: &[String], out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    if args.iter().any(|arg| arg == "--help" || arg == "-h") {
        return finish(write!(out, "{USAGE}"), 0);
    }
    let graded = Asked::parse(args).and_then(|asked| Ok((exercise(&asked.exercise)?, asked)));
    let (exercise, asked) = match graded {
        Ok(read) => read,
        Err(message) => return finish(write!(err, "{message}\n\n{USAGE}"), 2),
    };
    let (mut rows, mut unread) = (Vec::new(), false);
    for file in &asked.files {
        match std::fs::read(file) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                rows.push((file.clone(), grade(&exercise, &text)));
            }
            Err(error) => {
                unread = true;
                let _ = writeln!(err, "error: {file}: {error}");
            }
        }
    }
    let written = match asked.json {
        true => writeln!(out, "{}", as_json(&exercise, &rows)),
        false => write!(out, "{}", as_table(&rows)),
    };
    let passed = rows.iter().all(|(_, graded)| graded.outcome() == Outcome::Passed);
    finish(written, if unread { 2 } else { i32::from(!passed) })
}

struct Asked {
    exercise: String,
    files: Vec<String>,
    json: bool,
}

impl Asked {
    fn parse(args: &[String]) -> Result<Self, String> {
        let (mut words, mut json) = (Vec::new(), false);
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "-o" | "--output" => match args.next().map(String::as_str) {
                    Some("json") => json = true,
                    Some("table") => json = false,
                    other => {
                        let what = other.unwrap_or_default();
                        return Err(format!(
                            "error: no output \"{what}\"; there are table and json"
                        ));
                    }
                },
                "-ojson" => json = true,
                flag if flag.starts_with('-') => {
                    return Err(format!("error: unknown flag: {flag}"));
                }
                word => words.push(word.to_string()),
            }
        }
        if words.len() < 2 {
            return Err("error: an exercise and at least one file".into());
        }
        Ok(Asked { exercise: words.remove(0), files: words, json })
    }
}

fn exercise(name: &str) -> Result<Exercise, String> {
    let path = Path::new(name);
    let path = if path.is_dir() { path.join("exercise.yaml") } else { path.to_path_buf() };
    let file = path.display();
    let bytes = std::fs::read(&path).map_err(|error| format!("error: {file}: {error}"))?;
    read(&String::from_utf8_lossy(&bytes)).map_err(|mistakes| {
        let told = mistakes.iter().map(|mistake| format!("error: {file}:{mistake}"));
        told.collect::<Vec<_>>().join("\n")
    })
}

fn as_table(rows: &[(String, Graded)]) -> String {
    let wide = rows.iter().map(|(file, _)| file.chars().count()).max().unwrap_or(0).max(4);
    let mut text = format!("{:wide$}   RESULT    GOALS   MISSED\n", "FILE");
    for (file, graded) in rows {
        let goals = format!("{}/{}", graded.reached(), graded.goals.len());
        let result = graded.outcome().word();
        let row = format!("{file:wide$}   {result:7}   {goals:5}   {}", missed(graded));
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

/// What a teacher needs to know to help, in one line.
fn missed(graded: &Graded) -> String {
    if !graded.edits.is_empty() {
        let told = graded.edits.iter().map(|edit| {
            let what = if edit.path.is_empty() { &edit.object } else { &edit.path };
            format!("line {}: {what} {}", edit.line, done(edit.kind, &edit.was))
        });
        return told.collect::<Vec<_>>().join("; ");
    }
    if let Some(words) = &graded.refused {
        return words.lines().next().unwrap_or_default().to_string();
    }
    let stopped = graded.stopped.map(|at| format!("stopped at {}: too much happens", time(at)));
    let told = graded.goals.iter().filter(|goal| !goal.passed).map(|goal| {
        match (goal.at, goal.saw.as_str()) {
            (None, "") => format!("{} (not seen)", goal.id),
            (None, saw) => format!("{} (last: {saw})", goal.id),
            (Some(at), saw) => format!("{} ({}: {saw})", goal.id, time(at)),
        }
    });
    stopped.into_iter().chain(told).collect::<Vec<_>>().join("; ")
}

fn done(kind: EditKind, was: &str) -> String {
    match kind {
        EditKind::Added => "may not be added".to_string(),
        EditKind::Removed => "may not be removed".to_string(),
        EditKind::Changed if was.is_empty() => "may not be changed".to_string(),
        EditKind::Changed => format!("may not be changed; it was {was}"),
    }
}

fn time(at: SimTime) -> String {
    format!("{}.{}s", at.as_secs(), at.as_ms() / 100 % 10)
}

fn as_json(exercise: &Exercise, rows: &[(String, Graded)]) -> Value {
    let results: Vec<Value> =
        rows.iter().map(|(file, graded)| one(exercise, file, graded)).collect();
    json!({"results": results})
}

fn one(exercise: &Exercise, file: &str, graded: &Graded) -> Value {
    let seconds = |at: SimTime| crate::session::jsonl::seconds(at);
    let told = exercise.goals.iter().zip(&graded.goals);
    let goals: Vec<Value> = told
        .map(|(goal, judged)| {
            let text = json!({"en": goal.text.en, "zh": goal.text.zh});
            json!({"id": judged.id, "passed": judged.passed, "at": judged.at.map(seconds),
                   "saw": judged.saw, "text": text})
        })
        .collect();
    let edit = |edit: &crate::session::exercise::Edit| {
        json!({"object": edit.object, "field": edit.path, "line": edit.line,
               "column": edit.column, "was": edit.was, "problem": done(edit.kind, &edit.was)})
    };
    let edits: Vec<Value> = graded.edits.iter().map(edit).collect();
    let outcome = graded.outcome();
    json!({"file": file, "result": outcome.word(), "passed": outcome == Outcome::Passed,
           "goals": goals, "locked": edits, "refused": graded.refused,
           "stopped": graded.stopped.map(seconds)})
}
