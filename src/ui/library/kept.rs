//! What the browser remembers of a learner's way through the rules; it never leaves the browser.

use crate::base::Map;
use crate::ui::browser;

/// The rules that were shown.
pub fn seen() -> Vec<String> {
    let kept = browser::recall("seen").unwrap_or_default();
    kept.split_whitespace().map(str::to_string).collect()
}

/// Keeps the rules that were shown.
pub fn keep_seen(ids: &[String]) {
    browser::keep("seen", &ids.join(" "));
}

/// The predictions: an argument's id, and the choice.
pub fn predicted() -> Map<String, usize> {
    let kept = browser::recall("predicted").unwrap_or_default();
    let one = |word: &str| {
        let (id, choice) = word.split_once('=')?;
        Some((id.to_string(), choice.parse().ok()?))
    };
    kept.split_whitespace().filter_map(one).collect()
}

/// Keeps the predictions.
pub fn keep_predicted(all: &Map<String, usize>) {
    let words: Vec<String> =
        all.iter().map(|(id, choice)| [id, "=", &choice.to_string()].concat()).collect();
    browser::keep("predicted", &words.join(" "));
}
