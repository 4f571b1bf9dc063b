//! Expectations written under the line they are about: `#    ^^^^ error[rule]: message => help`.
//!
//! Carets stand under the culprit; where it starts in the first column, the `#` is the first of
//! them. `UPDATE_EXPECT=1 cargo test carets` writes the files anew: look at the difference.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use lifepod::base::{Lang, LineIndex, Texts};
use lifepod::manifest::{Diagnostic, Severity, read};

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::compiled(Lang::En));

pub fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manifests");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|e| e.expect("it can be listed").path()).collect();
    files.sort();
    files
}

fn is_expectation(line: &str) -> bool {
    let marks = line.trim_start_matches(['#', ' ', '\t']);
    line.starts_with('#') && marks.starts_with('^') && marks.contains("]: ")
}

/// The text without its expectations.
pub fn bare(text: &str) -> String {
    text.split_inclusive('\n').filter(|l| !is_expectation(l)).collect()
}

/// `text`, which has no expectations, with those that its diagnostics make.
fn annotated(text: &str) -> String {
    let index = LineIndex::new(text);
    let reading = read(text);
    let mut out = String::new();
    for (n, line) in text.split_inclusive('\n').enumerate() {
        out.push_str(line);
        let here = reading.diagnostics.iter().filter(|d| index.line(d.span.start) == n + 1);
        for diagnostic in here {
            if !out.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(&expectation(text, &index, diagnostic));
        }
    }
    out
}

fn expectation(text: &str, index: &LineIndex, d: &Diagnostic) -> String {
    let column = index.place(text, d.span.start).column - 1;
    let line = index.line_span(text, index.line(d.span.start));
    let on_line = &text[d.span.start.min(line.end)..d.span.end.min(line.end)];
    let width = on_line.chars().count().max(1);
    let carets = match column {
        0 => format!("#{}", "^".repeat(width.max(2) - 1)),
        _ => format!("#{}{}", " ".repeat(column - 1), "^".repeat(width)),
    };
    let word = if d.severity == Severity::Error { "error" } else { "warning" };
    let help = d.help().map(|h| format!(" => {}", h.tell(&ENGLISH))).unwrap_or_default();
    format!("{carets} {word}[{}]: {}{help}\n", d.rule, d.message().tell(&ENGLISH))
}

#[test]
fn every_diagnostic_stands_under_its_culprit() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut problems = Vec::new();
    for file in files() {
        let text = fs::read_to_string(&file).expect("a manifest is text");
        let got = annotated(&bare(&text));
        if got != text && update {
            fs::write(&file, &got).expect("the file can be written");
        } else if got != text {
            problems.push(format!("{}\n{got}", file.display()));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn every_message_is_there_in_both_languages() {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let (mut seen, chinese) = (0, Texts::compiled(Lang::Zh));
    for file in files() {
        let text = bare(&fs::read_to_string(&file).expect("a manifest is text"));
        for diagnostic in read(&text).diagnostics {
            seen += 1;
            let message = diagnostic.message().tell(&chinese);
            assert!(is_chinese(&message), "{}: {message}", file.display());
            let help = diagnostic.help();
            let says_nothing = |texts| help.iter().any(|help| help.tell(texts).is_empty());
            assert!(![&chinese, &ENGLISH].into_iter().any(says_nothing), "{}", file.display());
            assert!(!diagnostic.message().tell(&ENGLISH).is_empty());
        }
    }
    assert!(seen > 30, "only {seen} diagnostics");
}
