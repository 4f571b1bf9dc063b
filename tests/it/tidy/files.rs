//! What each file must have, and which files nothing reaches.

use super::source::{Source, has_word};
use std::fs;
use std::path::Path;

/// Every text file below a folder of the package, with its path from the root. Pictures and other
/// files that are not text are left out; a folder that is not there has none.
pub fn texts_below(folder: &str) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) else {
        return Vec::new();
    };
    let mut texts = Vec::new();
    for entry in entries {
        let entry = entry.expect("a folder can be listed");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            texts.extend(texts_below(&path));
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            texts.push((path, text));
        }
    }
    texts.sort();
    texts
}

/// A file of code that does not begin with what it is.
pub fn check_module_doc(source: &Source) -> Vec<String> {
    let said = source.text.starts_with("//! ");
    if said { Vec::new() } else { vec![format!("{}: does not begin with //!", source.path)] }
}

/// A `mod.rs` of the library that does more than list its modules.
pub fn check_mod_file(source: &Source) -> Vec<String> {
    let mods = source.path.starts_with("src/") && source.path.ends_with("/mod.rs");
    let logic = mods && has_word(source.shipped(), "fn");
    if logic { vec![format!("{}: a mod.rs holds no functions", source.path)] } else { Vec::new() }
}

/// Files that no other declares as its module.
pub fn dead(sources: &[Source]) -> Vec<String> {
    let declared = |source: &&Source| !is_root(&source.path) && !is_declared(source, sources);
    sources.iter().filter(declared).map(|s| format!("{}: no file declares it", s.path)).collect()
}

/// What Cargo builds by itself.
fn is_root(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    matches!(
        parts[..],
        ["src", "lib.rs"]
            | ["src", "bin", _]
            | ["src", "bin", _, "main.rs"]
            | ["tests", _]
            | ["tests", _, "main.rs"]
    )
}

fn is_declared(source: &Source, sources: &[Source]) -> bool {
    let path = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
    let Some((folder, name)) = path.rsplit_once('/') else { return false };
    let parents = ["mod.rs", "lib.rs", "main.rs"].map(|file| format!("{folder}/{file}"));
    let beside = format!("{folder}.rs");
    let declaration = format!("mod {name};");
    sources.iter().any(|parent| {
        let is_parent = parents.contains(&parent.path) || parent.path == beside;
        is_parent && parent.code.contains(&declaration)
    })
}

#[test]
fn a_file_without_doc_or_a_mod_with_logic_is_found() {
    assert_eq!(check_module_doc(&Source::new("src/api/a.rs", "use x;")).len(), 1);
    assert_eq!(check_module_doc(&Source::new("src/api/a.rs", "//! A.\n")).len(), 0);
    assert_eq!(check_mod_file(&Source::new("src/api/mod.rs", "mod a;\npub fn f() {}")).len(), 1);
    assert_eq!(check_mod_file(&Source::new("src/api/a.rs", "pub fn f() {}")).len(), 0);
}

#[test]
fn a_file_nobody_declares_is_found() {
    let sources = [
        Source::new("src/lib.rs", "pub mod api;"),
        Source::new("src/api/mod.rs", "mod pod;\n// mod meta;"),
        Source::new("src/api/pod.rs", ""),
        Source::new("src/api/meta.rs", ""),
        Source::new("tests/it/main.rs", "mod tidy;"),
        Source::new("tests/it/tidy/mod.rs", ""),
    ];
    assert_eq!(dead(&sources), ["src/api/meta.rs: no file declares it"]);
}
