//! What a value must be.

use crate::base::json::Value;

/// A test of one value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Test {
    /// Equal; in texts `*` stands for any text.
    Is(Value),
    /// Not equal.
    IsNot(Value),
    /// One of these.
    OneOf(Vec<Value>),
    /// A number, at least this.
    AtLeast(i64),
    /// A number, at most this.
    AtMost(i64),
    /// A text with this in it.
    Contains(String),
    /// There is a value, or there is none.
    Exists(bool),
}

impl Test {
    /// Whether the values found at a place pass. Of several one must pass; of none, only what
    /// asks for nothing to be there.
    pub fn passes(&self, found: &[&Value]) -> bool {
        match self {
            Test::Exists(there) => found.is_empty() != *there,
            Test::IsNot(unwanted) => !found.iter().any(|value| same(value, unwanted)),
            _ => found.iter().any(|value| self.passes_one(value)),
        }
    }

    /// Whether one number passes.
    pub fn passes_number(&self, number: usize) -> bool {
        let number = Value::from(i64::try_from(number).unwrap_or(i64::MAX));
        self.passes(&[&number])
    }

    fn passes_one(&self, value: &Value) -> bool {
        match self {
            Test::Is(wanted) => same(value, wanted),
            Test::OneOf(list) => list.iter().any(|wanted| same(value, wanted)),
            Test::AtLeast(least) => value.as_i64().is_some_and(|n| n >= *least),
            Test::AtMost(most) => value.as_i64().is_some_and(|n| n <= *most),
            Test::Contains(part) => value.as_str().is_some_and(|text| text.contains(part)),
            Test::IsNot(_) | Test::Exists(_) => false,
        }
    }
}

fn same(value: &Value, wanted: &Value) -> bool {
    match (value.as_str(), wanted.as_str()) {
        (Some(text), Some(pattern)) => matches(text, pattern),
        _ => value == wanted,
    }
}

/// Whether `text` is as `pattern` says; `*` stands for any text.
pub fn matches(text: &str, pattern: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else { return text == pattern };
    let Some(rest) = text.strip_prefix(head) else { return false };
    (0..=rest.len()).any(|i| rest.is_char_boundary(i) && matches(&rest[i..], tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(matches("web-7d4b9-x2x", "web-*"));
        assert!(matches("web", "*"));
        assert!(matches("pod/web/app", "pod/*/app"));
        assert!(!matches("pod/web/app2", "pod/*/app"));
        assert!(!matches("web", "web-*"));
    }

    #[test]
    fn nothing_passes_only_what_asks_for_nothing() {
        let zero = Value::from(0_i64);
        assert!(Test::Exists(false).passes(&[]) && !Test::Exists(true).passes(&[]));
        assert!(Test::IsNot(zero.clone()).passes(&[]) && !Test::AtMost(3).passes(&[]));
        assert!(Test::AtMost(3).passes(&[&zero]) && !Test::AtLeast(1).passes(&[&zero]));
    }
}
