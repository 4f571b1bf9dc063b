//! Texts with holes that an object's values fill: how most of what kubectl prints is written here.
//!
//! `{path}` is the value there; a sign before the path says how it is written, and what follows
//! `?` stands if nothing is there, what follows `|` also if it is empty.

use super::values::{at, date, go, is_set, items, join, labels, quantity, selector, since};
use crate::api::time::Timestamp;
use crate::base::json::Value;

/// Fills a template. A line that begins with `~path~` is there only if that path is set.
pub fn fill(template: &str, object: &Value, now: Timestamp, out: &mut String) {
    for line in template.split_inclusive('\n') {
        let (condition, text) = match line.strip_prefix('~').and_then(|l| l.split_once('~')) {
            Some((path, text)) => (Some(path), text),
            None => (None, line),
        };
        if condition.is_none_or(|path| is_set(at(object, path))) {
            fill_line(text, object, now, out);
        }
    }
}

/// The same as a text of its own.
pub fn filled(template: &str, object: &Value, now: Timestamp) -> String {
    let mut out = String::new();
    fill(template, object, now, &mut out);
    out
}

fn fill_line(mut text: &str, object: &Value, now: Timestamp, out: &mut String) {
    while let Some((before, rest)) = text.split_once('{') {
        out.push_str(before);
        let (hole, behind) = rest.split_once('}').unwrap_or((rest, ""));
        out.push_str(&value(hole, object, now));
        text = behind;
    }
    out.push_str(text);
}

fn value(hole: &str, object: &Value, now: Timestamp) -> String {
    let end = hole.find(['?', '|']).unwrap_or(hole.len());
    let (place, other) = hole.split_at(end);
    let sign = place.chars().next().filter(|c| c.is_ascii_punctuation());
    let found = at(object, place.trim_start_matches(|c| Some(c) == sign));
    let text = written(sign, found, now);
    match other.chars().next() {
        Some('?') if found.is_null() => other[1..].to_string(),
        Some('|') if text.is_empty() || !is_set(found) => other[1..].to_string(),
        _ => text,
    }
}

fn written(sign: Option<char>, found: &Value, now: Timestamp) -> String {
    match sign {
        Some('@') => since(found, now),
        Some('#') => date(found),
        Some('%') => quantity(found),
        Some(',') => join(found, ","),
        Some('$') => selector(found),
        Some('&') => labels(found),
        Some('=') => {
            let entries = found.as_object().map(|entries| entries.len());
            entries.unwrap_or(items(found).count()).to_string()
        }
        Some('^') => match is_set(found) {
            // Source: k8s.io/api core/v1 generated.pb.go LocalObjectReference.String
            true => ["&LocalObjectReference{Name:", &go(&found["name"]), ",}"].concat(),
            false => "nil".to_string(),
        },
        _ => go(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn holes_are_filled_and_lines_without_their_condition_are_left_out() {
        let object = json!({"metadata": {"name": "web", "creationTimestamp": "2026-01-01T00:00:00Z"},
            "spec": {"empty": "", "list": ["a", "b"], "n": 0, "ref": {"name": "x"}}});
        let now = Timestamp::parse("2026-01-01T00:01:05Z").expect("a time");
        let template = "{metadata.name} {@metadata.creationTimestamp}\n~spec.no~no\n~spec.n~n {spec.n}\n\
            {spec.empty|<none>},{spec.empty?<unset>},{spec.no?<unset>} {,spec.list} {=spec.list}\n\
            {^spec.ref} {^spec.no}";
        let want = "web 65s\nn 0\n<none>,,<unset> a,b 2\n&LocalObjectReference{Name:x,} nil";
        assert_eq!(filled(template, &object, now), want);
    }
}
