//! The pieces that descriptions are made of: titles with values, labels, annotations.

use crate::api::print::template::fill;
use crate::api::print::values::{entries, go};
use crate::api::time::Timestamp;
use crate::base::json::Value;

/// A longer annotation goes to a line of its own.
const ANNOTATION_MAX: usize = 140;
/// Never shown. Source: skipAnnotations
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// A description under way; tabs stand between its columns.
pub struct Text {
    /// What is written so far.
    pub out: String,
    /// The moment that ages are counted to.
    pub now: Timestamp,
    /// Whether kubectl 1.36 speaks, not 1.32.
    pub newer: bool,
}

impl Text {
    /// Writes as it is.
    pub fn put(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.out.push_str(part));
    }

    /// Writes a template that `object` fills.
    pub fn fill(&mut self, template: &str, object: &Value) {
        fill(template, object, self.now, &mut self.out);
    }

    /// A title and lines, the first beside it, the others below that one; `<none>` for no lines.
    /// Source: printLabelsMultilineWithIndent and its siblings
    pub fn list(&mut self, title: &str, lines: &[String]) {
        self.put(&[title, ":\t"]);
        for (nth, line) in lines.iter().enumerate() {
            self.put(&[if nth > 0 { "\t" } else { "" }, line, "\n"]);
        }
        if lines.is_empty() {
            self.put(&["<none>\n"]);
        }
    }

    /// Labels, a line each. Source: printLabelsMultiline
    pub fn labels(&mut self, title: &str, map: &Value) {
        let line = |(key, value): (&str, String)| [key, "=", &value].concat();
        self.list(title, &entries(map).map(line).collect::<Vec<_>>());
    }

    /// Annotations, a line each, long ones below their keys. Source: printAnnotationsMultiline
    pub fn annotations(&mut self, title: &str, map: &Value) {
        let mut lines = Vec::new();
        for (key, value) in entries(map).filter(|(key, _)| *key != LAST_APPLIED) {
            let value = value.strip_suffix('\n').unwrap_or(&value);
            if value.len() + key.len() + 2 <= ANNOTATION_MAX && !value.contains('\n') {
                lines.push([key, ": ", value].concat());
                continue;
            }
            lines.push([key, ":"].concat());
            let short = |line| ["  ", &shortened(line, ANNOTATION_MAX - 2)].concat();
            lines.extend(value.split('\n').map(short));
        }
        self.list(title, &lines);
    }

    /// The labels and annotations of an object.
    pub fn marks(&mut self, object: &Value) {
        self.labels("Labels", &object["metadata"]["labels"]);
        self.annotations("Annotations", &object["metadata"]["annotations"]);
    }
}

/// A text of at most `max` bytes, with dots behind it if something is cut off.
fn shortened(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_string();
    }
    // Cutting inside a character would be no text: Go's output has half a character there.
    let end = (0..=max).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    [&text[..end], "..."].concat()
}

/// Quoted as Go's `%q` does, for plain text.
pub fn quoted(value: &Value) -> String {
    format!("{:?}", go(value))
}
