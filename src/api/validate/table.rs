//! Constraints as a table: a paragraph a type, a line a field, in upstream's order.
//!
//! A paragraph (`constraints.txt`) starts with a tab, the type's name and the rule that errors
//! break (`.` keeps the rule of the owner). A line is a field (`.` the object itself) and what
//! holds for it, checked from left to right:
//!
//! - `@rule` another rule for this line
//! - `! words` it must be set, or the line ends
//! - `x words` it may not be set
//! - `=A|B` it must be set to one of these; `?A|B` it may be empty, `~A|B` absent; `+A|B` as `=`,
//!   but an empty one is an unsupported value and not a missing one
//! - `:form` if not empty it has a form that [`names`](super::names) knows; `::form` always
//! - `#1..9` if set, it is in this range
//! - `0` it is not negative; `1` if set, it is positive
//! - `<9` it is a list of at most so many items
//! - `^` no other item of the list has the same; `^^` this counts for sound values only
//! - `{Type` it is such an object, if it is there; `{{Type` even if it is not
//! - `[Type`, `[:form`, `[#1..9`, `[%name` each item is such
//! - `%name` what words of this kind cannot say: a function of [`special`]

use crate::base::json::Value;

use super::errors::Errors;
use super::special::special;

const TABLE: &str = include_str!("constraints.txt");

/// Validates the object at the present place as a `kind` of the table.
pub(super) fn check<'v>(e: &mut Errors<'v>, kind: &str, object: &'v Value) {
    // One sign to look for: a table is gone through for every object.
    let paragraphs = TABLE.split('\t');
    let mut found = paragraphs.filter_map(|p| p.strip_prefix(kind)?.strip_prefix(' '));
    let Some(paragraph) = found.next() else { return };
    let mut lines = paragraph.lines();
    let owner = e.rule;
    let rule = lines.next().filter(|r| *r != ".").unwrap_or(owner);
    for line in lines.filter(|line| !line.is_empty()) {
        let (field, ops) = line.split_once(' ').unwrap_or((line, ""));
        let depth = e.depth();
        let value = if field == "." { object } else { &object[field] };
        e.enter(field);
        e.rule = rule;
        self::line(e, ops, value);
        e.leave(depth);
    }
    e.rule = owner;
}

fn line<'v>(e: &mut Errors<'v>, ops: &'static str, value: &'v Value) {
    let before = e.count();
    let mut rest = ops;
    while !rest.is_empty() {
        let (op, others) = rest.split_once(' ').unwrap_or((rest, ""));
        let word = op.get(1..).unwrap_or_default();
        let text = value.as_str().unwrap_or_default();
        rest = others;
        match op.as_bytes()[0] {
            b'@' => e.rule = word,
            b'!' => {
                let words = if others.starts_with([':', '#', '{', '[', '%']) { "" } else { others };
                if is_empty(value) {
                    return e.required("", words);
                }
                if !words.is_empty() {
                    return;
                }
            }
            b'x' => {
                if !value.is_null() {
                    e.invalid("", value, others);
                }
                return;
            }
            b'^' => taken(e, value, word.is_empty() || e.count() == before && !text.is_empty()),
            _ => one(e, op, value, text),
        }
    }
}

fn taken<'v>(e: &mut Errors<'v>, value: &'v Value, counts: bool) {
    let text = value.as_str().unwrap_or_default();
    if counts && e.taken.contains(&text) {
        e.duplicate("", &Value::from(text));
    } else if counts {
        e.taken.push(text);
    }
}

// tidy: dispatch
fn one<'v>(e: &mut Errors<'v>, op: &'static str, value: &'v Value, text: &str) {
    let word = &op[1..];
    let is_one_of = || word.split('|').any(|s| s == text);
    match op.as_bytes()[0] {
        b'=' if text.is_empty() => e.required("", ""),
        b'=' | b'+' if !is_one_of() => e.not_supported("", &text.into(), word),
        b'?' if !text.is_empty() && !is_one_of() => e.not_supported("", value, word),
        b'~' if !value.is_null() && !is_one_of() => e.not_supported("", value, word),
        b':' => match word.strip_prefix(':') {
            Some(form) => e.form(form, text),
            None if !text.is_empty() => e.form(word, text),
            None => {}
        },
        b'#' => range(e, word, value),
        b'0' if value.as_i64().is_some_and(|n| n < 0) => {
            e.invalid("", value, "must be greater than or equal to 0");
        }
        b'1' if value.as_i64().is_some_and(|n| n <= 0) => {
            e.invalid("", value, "must be greater than 0");
        }
        b'<' => {
            let has = value.as_array().map_or(0, Vec::len);
            if has > word.parse().unwrap_or_default() {
                e.too_many(has, word);
            }
        }
        b'{' => match word.strip_prefix('{') {
            Some(kind) => check(e, kind, value),
            None if !value.is_null() => check(e, word, value),
            None => {}
        },
        b'[' => {
            let rule = e.rule;
            e.each(value, &mut |e, item| {
                e.rule = rule;
                match word.as_bytes()[0] {
                    b':' | b'#' | b'%' => one(e, word, item, item.as_str().unwrap_or_default()),
                    _ => check(e, word, item),
                }
            });
            e.rule = rule;
        }
        b'%' => {
            if let Some(special) = special(word) {
                special(e, value);
            }
        }
        _ => {}
    }
}

fn range(e: &mut Errors, word: &str, value: &Value) {
    let (low, high) = word.split_once("..").unwrap_or_default();
    let Some(number) = value.as_i64() else { return };
    let inside = |low: i64, high: i64| (low..=high).contains(&number);
    if !inside(low.parse().unwrap_or_default(), high.parse().unwrap_or_default()) {
        e.invalid("", value, &format!("must be between {low} and {high}, inclusive"));
    }
}

/// Whether Go would call the value empty.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Number(number) => number.as_i64() == Some(0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table with a word that nobody knows would silently check nothing.
    #[test]
    fn the_table_names_only_what_is_there() {
        let kinds: Vec<&str> =
            TABLE.split("\n\n").filter_map(|p| p.split_whitespace().next()).collect();
        for line in TABLE.lines().filter(|l| l.contains(' ')) {
            for op in line.split(' ').skip(1) {
                let inner = op.trim_start_matches('[').replace("{{", "{");
                match inner.as_bytes().first() {
                    Some(b'%') => assert!(special(&inner[1..]).is_some(), "{line}"),
                    Some(b'{') => assert!(kinds.contains(&&inner[1..]), "{line}"),
                    Some(b'A'..=b'Z') if inner != op => {
                        assert!(kinds.contains(&inner.as_str()), "{line}");
                    }
                    _ => {}
                }
            }
        }
    }
}
