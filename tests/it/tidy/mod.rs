//! The code's own rules, held by tests: who may use whom, what is banned where, how large things
//! grow.
//!
//! Each check takes the text of a file and answers with what it finds, so that each is tested with
//! a planted violation beside it.

mod banned;
mod files;
mod layering;
mod sizes;
mod source;
mod styles;
mod words;

pub use files::texts_below;
use source::Source;

/// Every Rust file of the package.
fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    for folder in ["src", "tests"] {
        for (path, text) in files::texts_below(folder) {
            if path.ends_with(".rs") {
                sources.push(Source::new(&path, &text));
            }
        }
    }
    sources
}

fn holds(check: impl Fn(&Source) -> Vec<String>) {
    let problems: Vec<String> = sources().iter().flat_map(check).collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn rooms_use_only_the_rooms_above_them() {
    holds(layering::check_rooms);
}

#[test]
fn components_of_the_engine_do_not_name_each_other() {
    holds(layering::check_components);
}

#[test]
fn web_crates_stay_in_the_page() {
    holds(banned::check_web_crates);
}

#[test]
fn the_rooms_have_no_clock_no_float_no_unordered_map_no_global() {
    holds(banned::check_rooms);
}

#[test]
fn what_gets_into_the_wasm_uses_the_small_maps_and_sorts() {
    holds(banned::check_bulk);
}

#[test]
fn nothing_is_left_unfinished() {
    holds(banned::check_unfinished);
}

#[test]
fn rooms_do_not_unwrap() {
    holds(banned::check_unwrap);
}

#[test]
fn lines_functions_and_files_stay_small() {
    holds(sizes::check);
}

#[test]
fn the_typical_function_and_file_are_small() {
    let sources: Vec<Source> =
        sources().into_iter().filter(|s| s.path.starts_with("src/")).collect();
    let (function, file) = sizes::medians(&sources);
    println!("median function {function} lines, median file {file} lines");
    assert!(function < 10, "median function has {function} lines");
    assert!(file < 300, "median file has {file} lines");
}

#[test]
fn what_the_page_says_stands_in_the_catalogue() {
    let mut used = Vec::new();
    let problems: Vec<String> =
        sources().iter().flat_map(|source| words::check_words(source, &mut used)).collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    assert_eq!(words::not_used(&used), Vec::<&str>::new(), "kept, but no file has them");
}

#[test]
fn a_class_is_dressed_in_one_sheet() {
    let problems = styles::dressed_twice(&texts_below("static/css"));
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    holds(files::check_module_doc);
}

#[test]
fn mod_files_hold_no_logic() {
    holds(files::check_mod_file);
}

#[test]
fn no_file_is_dead() {
    let problems = files::dead(&sources());
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn nothing_reaches_outside_the_repository() {
    let texts = ["src", "tests", "static", "docs"].into_iter().flat_map(files::texts_below);
    let problems: Vec<String> =
        texts.flat_map(|(path, text)| banned::check_outside(&path, &text)).collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
