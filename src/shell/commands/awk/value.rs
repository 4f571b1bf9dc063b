//! Values: numbers, texts, and texts from input that look like numbers.

use std::cmp::Ordering;

use crate::shell::commands::decimal::{self, ONE};

/// A value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Value {
    /// Not set: empty and 0.
    #[default]
    Unset,
    /// A number, in billionths.
    Number(i128),
    /// A text.
    Text(String),
    /// A text from input: it compares as a number if it looks like one.
    Input(String),
}

impl Value {
    /// `1` or `0`.
    pub fn truth(yes: bool) -> Value {
        Value::Number(if yes { ONE } else { 0 })
    }

    /// From a whole number.
    pub fn whole(number: usize) -> Value {
        Value::Number(number as i128 * ONE)
    }

    /// As a number, in billionths.
    pub fn number(&self) -> i128 {
        match self {
            Value::Unset => 0,
            Value::Number(number) => *number,
            Value::Text(text) | Value::Input(text) => decimal::leading(text),
        }
    }

    /// As a whole number.
    pub fn int(&self) -> i64 {
        i64::try_from(self.number() / ONE).unwrap_or(i64::MAX)
    }

    /// As a text.
    pub fn text(&self) -> String {
        match self {
            Value::Unset => String::new(),
            Value::Number(number) if number % ONE == 0 && i64::try_from(number / ONE).is_ok() => {
                (number / ONE).to_string()
            }
            Value::Number(number) => decimal::general(*number, 6),
            Value::Text(text) | Value::Input(text) => text.clone(),
        }
    }

    /// As a number, if it counts as one.
    pub fn as_number(&self) -> Option<i128> {
        match self {
            Value::Text(_) => None,
            Value::Input(text) => decimal::exact(text),
            other => Some(other.number()),
        }
    }

    /// Whether it counts as true.
    pub fn is_true(&self) -> bool {
        match self {
            Value::Text(text) => !text.is_empty(),
            Value::Input(text) => decimal::exact(text).map_or(!text.is_empty(), |n| n != 0),
            other => other.number() != 0,
        }
    }

    /// Numbers by value, everything else by text.
    pub fn compare(&self, other: &Value) -> Ordering {
        match (self.as_number(), other.as_number()) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => self.text().cmp(&other.text()),
        }
    }
}
