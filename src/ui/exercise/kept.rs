//! What the browser keeps of a learner's work at an exercise.

use crate::ui::browser;

/// A longer text is not kept.
const KEPT_BYTES: usize = 256 * 1024;

/// How far a learner is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Nothing was written yet.
    New,
    /// Something was.
    Begun,
    /// It was passed once.
    Passed,
}

fn key(name: &str, part: &str) -> String {
    ["exercise.", name, ".", part].concat()
}

fn recall(name: &str, part: &str) -> Option<String> {
    browser::recall(&key(name, part)).filter(|kept| !kept.is_empty())
}

/// How far the learner is.
pub fn progress(name: &str) -> Progress {
    match (recall(name, "passed"), recall(name, "text")) {
        (Some(_), _) => Progress::Passed,
        (None, Some(_)) => Progress::Begun,
        (None, None) => Progress::New,
    }
}

/// It is passed.
pub fn keep_passed(name: &str) {
    browser::keep(&key(name, "passed"), "1");
}

/// The text that the learner wrote.
pub fn text(name: &str) -> Option<String> {
    recall(name, "text")
}

/// Keeps the text that the learner writes.
pub fn keep_text(name: &str, text: &str) {
    if text.len() <= KEPT_BYTES {
        browser::keep(&key(name, "text"), text);
    }
}

/// How many hints the learner has had.
pub fn hints(name: &str) -> usize {
    recall(name, "hints").and_then(|kept| kept.parse().ok()).unwrap_or(0)
}

/// Keeps how many hints the learner has had.
pub fn keep_hints(name: &str, hints: usize) {
    browser::keep(&key(name, "hints"), &hints.to_string());
}

/// The text that stood there before the learner began again.
pub fn before(name: &str) -> Option<String> {
    recall(name, "before")
}

/// Another text comes in the place of the learner's, which is kept aside if there is one; whether
/// there was.
pub fn set_aside(name: &str, other: &str) -> bool {
    let mine = text(name).filter(|mine| mine != other);
    if let Some(mine) = &mine {
        browser::keep(&key(name, "before"), mine);
    }
    mine.is_some()
}

/// The learner begins again: the text is kept aside, and the rest forgotten.
pub fn begin_again(name: &str) {
    if let Some(text) = text(name) {
        browser::keep(&key(name, "before"), &text);
    }
    for part in ["text", "hints", "passed"] {
        browser::keep(&key(name, part), "");
    }
}
