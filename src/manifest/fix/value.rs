//! Fixes of values: another type, another way to write an amount.

use super::Fix;
use super::lines::{block_end, line_start};
use crate::api::quantity::Quantity;
use crate::base::{FieldPath, PathStep, Span, TextEdit};
use crate::manifest::Document;
use crate::manifest::decode::WrongType;
use crate::manifest::schema::Shape;
use crate::manifest::texts::*;

/// The value in quotes.
pub fn quoted(text: &str, span: Span) -> Fix {
    let raw = text.get(span.start..span.end).unwrap_or_default();
    Fix::write(span, &["\"", raw, "\""].concat())
}

/// The value as its field wants it.
pub fn of_type(
    text: &str,
    document: &Document,
    path: &FieldPath,
    wrong: &WrongType,
) -> Option<Fix> {
    let span = document.source_map.get(path)?.value;
    let raw = text.get(span.start..span.end)?;
    let bare = raw.trim_matches(['"', '\'']);
    match (wrong.wanted, wrong.found.as_str()) {
        (Shape::Text | Shape::Bytes, "number" | "bool") => Some(quoted(text, span)),
        (Shape::Int32 | Shape::Int64, "string") => {
            let number = bare.strip_suffix('s').unwrap_or(bare).trim();
            number.parse::<i64>().ok()?;
            Some(Fix::write(span, number))
        }
        (Shape::Bool, "string") => Some(Fix::write(span, truth(bare)?)),
        (Shape::List(_), "object") => dashed(text, span),
        (Shape::Object(_), "array") => undashed(text, document, path, span),
        (Shape::List(_), "string" | "number" | "bool") if !raw.contains('\n') => {
            let is_command = matches!(path.0.last(), Some(PathStep::Field(f)) if f == "command");
            let item = if raw.starts_with(['"', '\'']) { raw.into() } else { json(raw) };
            let list = match is_command && bare.contains(' ') {
                true => ["[\"sh\", \"-c\", ", &item, "]"].concat(),
                false => ["[", &item, "]"].concat(),
            };
            Some(Fix::write(span, &list))
        }
        _ => None,
    }
}

fn json(text: &str) -> String {
    crate::base::json::Value::from(text).to_string()
}

fn truth(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" => Some("true"),
        "false" | "no" | "off" | "n" => Some("false"),
        _ => None,
    }
}

/// A mapping made the only item of a list.
fn dashed(text: &str, span: Span) -> Option<Fix> {
    let start = line_start(text, span.start);
    let block = text[start..span.start].bytes().all(|b| b == b' ');
    if !block {
        let raw = text.get(span.start..span.end).filter(|raw| raw.starts_with('{'))?;
        return Some(Fix::write(span, &["[", raw, "]"].concat()));
    }
    let spans = crate::manifest::FieldSpans { key: None, value: span };
    let end = block_end(text, spans);
    let column = span.start - start;
    let mut lines = super::lines::shifted(&text[start..end], column, column + 2);
    lines.replace_range(column..column + 1, "-");
    Some(Fix::new(FIX_DASH, &[], TextEdit::new(start, end, lines)))
}

/// The only item of a list in the list's place.
fn undashed(text: &str, document: &Document, path: &FieldPath, span: Span) -> Option<Fix> {
    let inner = document.source_map.get(&path.index(0))?.value;
    let only = document.source_map.get(&path.index(1)).is_none();
    let dash = text.get(span.start..inner.start)?;
    let is_dash = dash.starts_with('-') && dash[1..].bytes().all(|b| b == b' ');
    let edit = TextEdit::new(span.start, inner.start, " ".repeat(dash.len()));
    (only && is_dash).then(|| Fix::new(FIX_NO_DASH, &[], edit))
}

/// Endings of amounts as people write them, and as Kubernetes does.
const UNITS: [(&str, &str); 12] = [
    ("kib", "Ki"),
    ("mib", "Mi"),
    ("gib", "Gi"),
    ("ki", "Ki"),
    ("mi", "Mi"),
    ("gi", "Gi"),
    ("kb", "k"),
    ("mb", "M"),
    ("gb", "G"),
    ("k", "k"),
    ("g", "G"),
    ("b", ""),
];

/// The amount in a unit that there is.
pub fn amount(text: &str, span: Span) -> Option<Fix> {
    let raw = text.get(span.start..span.end)?.trim_matches(['"', '\'']);
    let plain: String = raw.chars().filter(|c| *c != ' ').collect();
    let number = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = plain[number.len()..].to_ascii_lowercase();
    let unit = UNITS.iter().find(|(written, _)| *written == unit)?.1;
    let amount = [number, unit].concat();
    Quantity::parse(&amount)?;
    Some(Fix::write(span, &amount))
}
