//! The recordings kept in `tests/golden`.

use super::Story;
use std::fs;
use std::path::{Path, PathBuf};

/// A scenario and what a watcher of a real cluster saw of it, several times.
pub struct Golden {
    /// File name without extension.
    pub name: String,
    /// The scenario file's text.
    pub scenario: String,
    /// One story for each recording.
    pub recordings: Vec<Story>,
}

/// Where the recordings are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Every scenario of the folder, by name. A file that cannot be read fails the test.
pub fn all() -> Vec<Golden> {
    let files = fs::read_dir(folder()).expect("tests/golden is there");
    let files = files.map(|file| file.expect("a folder can be listed").path());
    let mut scenarios: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|ext| ext == "yaml")).collect();
    scenarios.sort();
    scenarios.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Golden {
    let name = path.file_stem().unwrap().to_str().unwrap().to_string();
    let scenario = fs::read_to_string(path).unwrap();
    let stories = fs::read_to_string(path.with_extension("stories.jsonl"))
        .unwrap_or_else(|problem| panic!("stories of {name}: {problem}"));
    let recordings = stories.lines().map(|line| {
        let value = lifepod::base::json::parse(line).unwrap();
        Story::of_condensed(&value).unwrap_or_else(|| panic!("{name}: not a story: {line}"))
    });
    let recordings = recordings.collect();
    Golden { name, scenario, recordings }
}
