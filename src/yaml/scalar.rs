//! What a plain scalar means, as kubectl reads it: YAML 1.1 booleans, octals, underscores.
//!
//! Source: sigs.k8s.io/yaml goyaml.v2 resolve.go, and the JSON that is made of it.

use crate::base::json::{Number, Value};

/// The JSON value of the plain scalar `text`.
///
/// `yes`, `on`, `y` and their opposites are booleans, `010` is eight, `1_000` a thousand, and
/// a whole number written with a fraction (`5.0`) is that whole number. Dates stay text.
pub fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Value::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Value::Bool(false);
        }
        _ => {}
    }
    number(text).map_or_else(|| Value::String(text.to_string()), Value::Number)
}

/// The number that the plain scalar `text` is, if it is one.
pub fn number(text: &str) -> Option<Number> {
    let first = text.bytes().next()?;
    if first == b'.' {
        return decimal(text);
    }
    if !first.is_ascii_digit() && first != b'+' && first != b'-' {
        return None;
    }
    let plain: String = text.chars().filter(|c| *c != '_').collect();
    integer(&plain).or_else(|| decimal(&plain))
}

fn integer(text: &str) -> Option<Number> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = magnitude(digits)?;
    if !negative {
        return Some(Number::from(magnitude));
    }
    let value = i64::try_from(-i128::from(magnitude)).ok()?;
    Some(Number::from(value))
}

fn magnitude(digits: &str) -> Option<u64> {
    let lower = digits.as_bytes().get(..2).map(|p| [p[0], p[1].to_ascii_lowercase()]);
    let (radix, body) = match lower {
        Some([b'0', b'x']) => (16, &digits[2..]),
        Some([b'0', b'o']) => (8, &digits[2..]),
        Some([b'0', b'b']) => (2, &digits[2..]),
        Some([b'0', _]) => (8, &digits[1..]),
        _ => (10, digits),
    };
    let all_digits = !body.is_empty() && body.bytes().all(|b| b.is_ascii_alphanumeric());
    if all_digits { u64::from_str_radix(body, radix).ok() } else { None }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, as JSON has it.
fn decimal(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_digits = exponent.map(|e| e.strip_prefix(['-', '+']).unwrap_or(e));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let shaped = digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent_digits.is_none_or(|e| !e.is_empty() && digits(e));
    if !shaped {
        return None;
    }
    let exponent = exponent.unwrap_or("0").parse::<i32>().ok()?;
    Number::decimal(text.starts_with('-'), whole, fraction, exponent.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, json: &str) {
        assert_eq!(resolve(text).to_string(), json, "{text}");
    }

    #[test]
    fn words_of_yaml_1_1_are_booleans() {
        for text in ["y", "Yes", "on", "TRUE"] {
            check(text, "true");
        }
        for text in ["n", "NO", "off", "False"] {
            check(text, "false");
        }
        for text in ["yEs", "maybe", "none", "<<", ".", "-"] {
            check(text, &format!("{text:?}"));
        }
        for text in ["", "~", "null"] {
            check(text, "null");
        }
    }

    #[test]
    fn numbers_come_in_many_spellings() {
        let rows = [
            ("0", "0"),
            ("-5", "-5"),
            ("+5", "5"),
            ("010", "8"),
            ("0o10", "8"),
            ("0x1F", "31"),
            ("0b101", "5"),
            ("1_000", "1000"),
            ("18446744073709551615", "18446744073709551615"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("1.5", "1.5"),
            ("5.0", "5"),
            ("5.", "5"),
            (".5", "0.5"),
            ("1e3", "1000"),
            ("-1.25e-1", "-0.125"),
            ("09", "9"),
        ];
        for (text, json) in rows {
            check(text, json);
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_text() {
        for text in ["5s", "1.2.3", "10.0.0.1", "0x", "0xZZ", "1e", "-", "2026-01-02", "8080/TCP"] {
            check(text, &format!("{text:?}"));
        }
    }
}
