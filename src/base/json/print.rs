//! Prints JSON, in one line or (`{:#}`) indented.

use super::Value;
use std::fmt::{self, Display, Formatter, Write};

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        print(self, f.alternate().then_some(0), &mut out);
        f.write_str(&out)
    }
}

/// Prints into `out`; with a depth, indented.
fn print(value: &Value, depth: Option<usize>, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => quote(text, out),
        Value::Array(items) => {
            out.push('[');
            for (nth, item) in items.iter().enumerate() {
                between(nth, depth, out);
                print(item, depth.map(|depth| depth + 1), out);
            }
            end(items.is_empty(), depth, out);
            out.push(']');
        }
        Value::Object(entries) => {
            out.push('{');
            for (nth, (key, item)) in entries.iter().enumerate() {
                between(nth, depth, out);
                quote(key, out);
                out.push_str(if depth.is_some() { ": " } else { ":" });
                print(item, depth.map(|depth| depth + 1), out);
            }
            end(entries.is_empty(), depth, out);
            out.push('}');
        }
    }
}

fn between(nth: usize, depth: Option<usize>, out: &mut String) {
    if nth > 0 {
        out.push(',');
    }
    if let Some(depth) = depth {
        line(depth + 1, out);
    }
}

fn end(empty: bool, depth: Option<usize>, out: &mut String) {
    if let Some(depth) = depth.filter(|_| !empty) {
        line(depth, out);
    }
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            // Writing to a string cannot fail.
            ..' ' => _ = write!(out, "\\u{:04x}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out.push('"');
}
