//! The case files.

use lifepod::base::json::Value;
use lifepod::{manifest, yaml};
use std::path::{Path, PathBuf};

/// A script and what it must do.
pub struct Case {
    pub name: String,
    pub script: String,
    pub expected: Outcome,
    /// What dash does, where it differs; the simulator follows busybox.
    pub dash: Option<Outcome>,
}

/// What a script did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    pub stdout: String,
    pub stderr: String,
    pub exit: i64,
}

/// All case files, by name.
pub fn files() -> Vec<PathBuf> {
    let entries = std::fs::read_dir("tests/shell").expect("the folder of cases");
    let mut files: Vec<PathBuf> = entries
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "yaml"))
        .collect();
    files.sort();
    files
}

/// The shell that runs the cases of a file: that of its name, or `sh`.
pub fn shell(path: &Path) -> &'static str {
    let bash = path.file_stem().is_some_and(|name| name == "bash");
    if bash { "bash" } else { "sh" }
}

/// The cases of a file; what was not yet recorded is empty.
pub fn read(path: &PathBuf) -> Vec<Case> {
    let text = std::fs::read_to_string(path).unwrap();
    let chunk = yaml::split(&text)[0];
    let (tree, problems) = yaml::parse(&text, chunk);
    assert!(problems.is_empty(), "{}: {problems:?}", path.display());
    let Value::Array(items) = manifest::json::convert(&tree).value else {
        panic!("{}: not a list", path.display());
    };
    items.iter().map(case).collect()
}

fn case(item: &Value) -> Case {
    let text = |key: &str| item[key].as_str().unwrap_or_default().to_string();
    let expected = Outcome {
        stdout: text("stdout"),
        stderr: text("stderr"),
        exit: item["exit"].as_i64().unwrap_or(-1),
    };
    let dash = item["dash"].as_object().map(|_| Outcome {
        stdout: item["dash"]["stdout"].as_str().unwrap_or_default().to_string(),
        stderr: String::new(),
        exit: item["dash"]["exit"].as_i64().unwrap_or(-1),
    });
    Case { name: text("name"), script: text("script"), expected, dash }
}
