//! What must not be written, and where.

use super::source::{Source, has_word};

/// Crates that need a browser.
const WEB_CRATES: [&str; 5] = ["yew", "web_sys", "js_sys", "wasm_bindgen", "gloo_timers"];

/// Names that would let something but the inputs decide what a run does.
const UNSTEADY: [&str; 15] = [
    "HashMap",
    "HashSet",
    "Instant",
    "SystemTime",
    "f32",
    "f64",
    "RefCell",
    "Cell",
    "OnceCell",
    "OnceLock",
    "LazyLock",
    "Mutex",
    "RwLock",
    "thread_local",
    "AtomicU64",
];

/// What is compiled anew for each type, and large; `base` has one for all.
const BULKY: [&str; 2] = ["BTreeMap", "BTreeSet"];

/// The standard library's sorts: they are bulky too.
const SORTS: [&str; 4] = [".sort(", ".sort_by", ".sort_unstable", ".sort_by_cached"];

/// Rooms that talk to the world outside and may measure it.
const OUTER_ROOMS: [&str; 3] = ["cli", "ui", "bin"];

/// Web crates outside the page, and outside the tool that builds it.
pub fn check_web_crates(source: &Source) -> Vec<String> {
    let page = ["src/ui/", "src/bin/web.rs", "src/bin/lifepod-dev/"];
    let page = page.iter().any(|place| source.path.starts_with(place));
    let ours = source.path.starts_with("src/") && !page;
    find_words(source, if ours { &source.code } else { "" }, &WEB_CRATES)
}

/// Clocks, floats, unordered maps and globals in the rooms below the front ends.
pub fn check_rooms(source: &Source) -> Vec<String> {
    if source.room().is_none_or(|room| OUTER_ROOMS.contains(&room)) {
        return Vec::new();
    }
    let mut problems = find_words(source, source.shipped(), &UNSTEADY);
    problems.extend(find_texts(
        source,
        source.shipped(),
        &["std::thread", "static mut", "std::env"],
    ));
    problems
}

/// What would make the page's Wasm large for nothing, where it gets into it.
pub fn check_bulk(source: &Source) -> Vec<String> {
    if source.room().is_none_or(|room| ["base", "cli", "bin"].contains(&room)) {
        return Vec::new();
    }
    let mut problems = find_words(source, source.shipped(), &BULKY);
    problems.extend(find_texts(source, source.shipped(), &SORTS));
    problems
}

/// Code that says it is not done, and tests that do not run.
pub fn check_unfinished(source: &Source) -> Vec<String> {
    let mut problems =
        find_texts(source, &source.code, &["todo!", "unimplemented!", "dbg!", "#[ignore"]);
    let comments = ["TO DO", "FIX ME"].map(|words| format!("// {}", words.replace(' ', "")));
    problems.extend(find_texts(source, &source.text, &comments.each_ref().map(String::as_str)));
    problems
}

/// `unwrap()` outside of tests: the reason it cannot fail belongs in an `expect`.
pub fn check_unwrap(source: &Source) -> Vec<String> {
    let ours = source.path.starts_with("src/");
    find_texts(source, if ours { source.shipped() } else { "" }, &[".unwrap()"])
}

/// Paths out of the repository, in any file.
pub fn check_outside(path: &str, text: &str) -> Vec<String> {
    let outside = [["..", "shared"].join("/"), ["", "work", "shared"].join("/")];
    let lines = text.lines().enumerate();
    let found = lines.filter(|(_, line)| outside.iter().any(|place| line.contains(place)));
    found.map(|(nth, _)| format!("{path}:{}: names a place outside", nth + 1)).collect()
}

fn find_words(source: &Source, code: &str, words: &[&str]) -> Vec<String> {
    find(source, code, words, has_word)
}

fn find_texts(source: &Source, code: &str, texts: &[&str]) -> Vec<String> {
    find(source, code, texts, |line, text| line.contains(text))
}

fn find(source: &Source, code: &str, what: &[&str], is: fn(&str, &str) -> bool) -> Vec<String> {
    let mut problems = Vec::new();
    for (nth, line) in code.lines().enumerate() {
        for word in what.iter().filter(|word| is(line, word)) {
            problems.push(format!("{}:{}: `{word}` is banned here", source.path, nth + 1));
        }
    }
    problems
}

#[test]
fn a_planted_word_is_found_where_it_is_banned() {
    type Check = fn(&Source) -> Vec<String>;
    let cases: [(Check, &str, &str, usize); 16] = [
        (check_web_crates, "src/session/a.rs", "use yew::prelude::*;", 1),
        (check_web_crates, "src/ui/a.rs", "use yew::prelude::*;", 0),
        (check_rooms, "src/engine/a.rs", "fn f(x: f64) {}", 1),
        (check_rooms, "src/engine/a.rs", "/// Not an f64.\nfn f() {}", 0),
        (check_rooms, "src/engine/a.rs", "use std::cell::RefCell;", 1),
        (check_rooms, "src/session/a.rs", "static mut N: u32 = 0;", 1),
        (check_rooms, "src/session/a.rs", "fn f() { std::thread::yield_now() }", 1),
        (check_rooms, "src/cli/a.rs", "fn f(x: f64) {}", 0),
        (check_bulk, "src/ui/a.rs", "fn f(x: BTreeMap<u8, u8>) { y.sort_by_key(g); }", 2),
        (check_bulk, "src/ui/a.rs", "fn f(mut y: Vec<u8>) { sort(&mut y); }", 0),
        (check_rooms, "src/engine/a.rs", "#[test]\nfn f() { let x: f64 = 1.0; }", 0),
        (check_unfinished, "tests/it/a.rs", "fn f() { todo!() }", 1),
        (check_unfinished, "tests/it/a.rs", "#[ignore]\nfn f() {}", 1),
        (check_unfinished, "src/api/a.rs", concat!("// TO", "DO later"), 1),
        (check_unwrap, "src/api/a.rs", "fn f() { g().unwrap() }", 1),
        (check_unwrap, "src/api/a.rs", "#[test]\nfn f() { g().unwrap() }", 0),
    ];
    for (check, path, text, count) in cases {
        assert_eq!(check(&Source::new(path, text)).len(), count, "{path}: {text}");
    }
}

#[test]
fn a_path_out_of_the_repository_is_found() {
    assert_eq!(check_outside("a", concat!("x\ninclude_str!(\"../", "../sha", "red/x\")")).len(), 1);
    assert_eq!(check_outside("a", "see ../tests/golden").len(), 0);
}
