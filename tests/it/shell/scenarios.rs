//! Every script of the recorded scenarios runs: it parses, and no command in it is unknown.

use super::simulate::Machine;
use lifepod::base::SimTime;
use lifepod::base::json::Value;
use lifepod::shell::NoteKind;
use lifepod::{manifest, yaml};
use std::path::Path;

/// Commands that scenarios miss on purpose.
const MISSING: [&str; 1] = ["nosuchcommand"];

/// The command lines in a document: `command` with the `args` beside it, or each alone.
fn command_lines(value: &Value, found: &mut Vec<Vec<String>>) {
    let texts = |value: &Value| -> Option<Vec<String>> {
        let Value::Array(items) = value else { return None };
        items.iter().map(|item| item.as_str().map(str::to_string)).collect()
    };
    match value {
        Value::Array(items) => items.iter().for_each(|item| command_lines(item, found)),
        Value::Object(fields) => {
            let words = ["command", "args"].map(|key| fields.get(key).and_then(texts));
            let line: Vec<String> = words.into_iter().flatten().flatten().collect();
            if !line.is_empty() {
                found.push(line);
            }
            fields.values().for_each(|value| command_lines(value, found));
        }
        // A manifest inside of a case.
        Value::String(text) if text.contains("kind:") => documents(text, found),
        _ => {}
    }
}

fn documents(text: &str, found: &mut Vec<Vec<String>>) {
    for chunk in yaml::split(text) {
        command_lines(&manifest::json::convert(&yaml::parse(text, chunk).0).value, found);
    }
}

fn scripts(folder: &str) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    let Ok(entries) = std::fs::read_dir(Path::new("tests").join(folder)) else { return all };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut lines = Vec::new();
        documents(&text, &mut lines);
        all.extend(lines.into_iter().map(|line| (name.clone(), line)));
    }
    all
}

#[test]
fn scripts_of_scenarios_run() {
    let all: Vec<_> = ["golden", "conformance/cases"].into_iter().flat_map(scripts).collect();
    let mut tried = 0;
    for (name, line) in all {
        let [shell, option, script, ..] = line.as_slice() else { continue };
        if !shell.ends_with("sh") || !option.ends_with('c') {
            continue;
        }
        // Kubernetes itself expands these before the shell sees them.
        let script = &script.replace("$(TEST_VAR)", "value");
        tried += 1;
        let mut machine = Machine::new(&["sh", "-c", script]);
        for _ in 0..200 {
            machine.run_now(20_000);
            for note in machine.kernel.take_notes() {
                let unknown = match &note.kind {
                    NoteKind::UnknownCommand(command) => !MISSING.contains(&command.as_str()),
                    _ => false,
                };
                assert!(!unknown, "{name}: {script}: {:?}", note.kind);
            }
            match machine.next() {
                Some(wake) if wake < SimTime::secs(120) => machine.now = machine.now.max(wake),
                _ => break,
            }
        }
        assert!(!machine.err.contains("syntax error"), "{name}: {script}: {}", machine.err);
    }
    assert!(tried > 60, "only {tried} scripts were found");
}
