//! Checking a document against the schema, in the order in which the API server meets fields.
//!
//! Source: sigs.k8s.io/json (a strict encoding/json). kubectl sends objects with sorted keys,
//! so that order is by name; unknown fields are collected, the first wrong type wins over
//! them, and a bad quantity or time ends the reading.

use crate::base::json::{Map, Value};

use super::schema::{Schema, Shape, TypeCode};
use super::suggest;
use crate::api::quantity;
use crate::base::{FieldPath, PathStep};
use crate::yaml::limits::MAX_FINDINGS;

/// Something in a document that its schema does not have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The field.
    pub path: FieldPath,
    /// What is wrong with it.
    pub kind: FindingKind,
}

/// What is wrong with a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FindingKind {
    /// The type has no such field.
    UnknownField(UnknownField),
    /// The value is of another type.
    WrongType(WrongType),
    /// Not an amount.
    BadQuantity,
    /// Not a time.
    BadTime(String),
    /// Not base64.
    BadBase64(usize),
}

/// An unknown field, with what may have been meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownField {
    /// The type that has no such field.
    pub owner: &'static str,
    /// The fields that it has.
    pub known: Vec<&'static str>,
    /// The known field that is spelt most like it.
    pub nearest: Option<&'static str>,
    /// Where a field of that very name may belong instead.
    pub elsewhere: Vec<FieldPath>,
}

impl UnknownField {
    /// Whether it is spelt well and stands in the wrong place.
    pub fn is_misplaced(&self) -> bool {
        self.nearest.is_none() && !self.elsewhere.is_empty()
    }
}

/// A value of a wrong type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrongType {
    /// The type that has the field.
    pub owner: &'static str,
    /// The path as the API server names it: fields only.
    pub go_path: String,
    /// The type wanted, as the API server names it.
    pub go_type: String,
    /// What stands there: `string`, `number`, `number 1.5`, `bool`, `array`, `object`.
    pub found: String,
    /// The type wanted.
    pub wanted: Shape,
    /// Whether the reading ends here.
    pub ends: bool,
}

/// All findings in `value`, an object of type `kind`.
pub fn decode(schema: &Schema, kind: &'static str, value: &Value) -> Vec<Finding> {
    let mut decoder =
        Decoder { schema, findings: Vec::new(), path: FieldPath::root(), owners: Vec::new() };
    decoder.object(kind, value);
    decoder.findings
}

/// A type on the way down, and how long the path to its object is.
pub(super) struct Owner {
    pub(super) name: &'static str,
    pub(super) depth: usize,
}

struct Decoder<'s> {
    schema: &'s Schema,
    findings: Vec<Finding>,
    path: FieldPath,
    owners: Vec<Owner>,
}

impl Decoder<'_> {
    fn object(&mut self, name: &'static str, value: &Value) {
        let Value::Object(entries) = value else { return };
        if self.findings.len() >= MAX_FINDINGS {
            return;
        }
        self.owners.push(Owner { name, depth: self.path.0.len() });
        for (key, value) in entries {
            self.path.0.push(PathStep::Field(key.clone()));
            match self.schema.field(name, key) {
                Some(field) => self.value(field.code, value),
                None => self.unknown(name, key, entries),
            }
            self.path.0.pop();
        }
        self.owners.pop();
    }

    fn unknown(&mut self, owner: &'static str, key: &str, here: &Map<String, Value>) {
        if self.findings.len() >= MAX_FINDINGS {
            return;
        }
        let known: Vec<_> = self.schema.fields(owner).map(|f| f.name).collect();
        let nearest = suggest::nearest(key, known.iter().copied());
        let elsewhere = suggest::elsewhere(self.schema, &self.owners, &self.path, here, key);
        let kind = UnknownField { owner, known, nearest, elsewhere };
        self.find(FindingKind::UnknownField(kind));
    }

    fn value(&mut self, code: TypeCode, value: &Value) {
        if value.is_null() {
            return;
        }
        match (code.shape(), value) {
            (Shape::Object(name), Value::Object(_)) => self.object(name, value),
            (Shape::List(item), Value::Array(items)) => self.items(item, items),
            (Shape::Map(item), Value::Object(entries)) => {
                for (key, value) in entries {
                    self.path.0.push(PathStep::Key(key.clone()));
                    self.value(item, value);
                    self.path.0.pop();
                }
            }
            (shape, value) => self.scalar(code, shape, value),
        }
    }

    fn items(&mut self, code: TypeCode, items: &[Value]) {
        for (i, item) in items.iter().enumerate() {
            self.path.0.push(PathStep::Index(i));
            self.value(code, item);
            self.path.0.pop();
        }
    }

    fn scalar(&mut self, code: TypeCode, shape: Shape, value: &Value) {
        match (shape, value) {
            (Shape::Any, _) | (Shape::Text, Value::String(_)) | (Shape::Bool, Value::Bool(_)) => {}
            (Shape::IntOrString, Value::String(_)) => {}
            (Shape::Int32 | Shape::IntOrString, Value::Number(n)) => {
                let fits = n.as_i64().is_some_and(|n| i32::try_from(n).is_ok());
                self.whole(code, shape, value, fits);
            }
            (Shape::Int64, Value::Number(n)) => {
                self.whole(code, shape, value, n.as_i64().is_some())
            }
            (Shape::Quantity, value) => self.quantity(value),
            (Shape::Time, Value::String(text)) => self.time(text),
            (Shape::Bytes, Value::String(text)) => self.bytes(text),
            (shape, value) => self.wrong(code, shape, type_word(value).to_string()),
        }
    }

    fn whole(&mut self, code: TypeCode, shape: Shape, value: &Value, fits: bool) {
        if !fits {
            self.wrong(code, shape, format!("number {value}"));
        }
    }

    fn quantity(&mut self, value: &Value) {
        let text = match value {
            Value::String(text) => text.trim().to_string(),
            other => other.to_string(),
        };
        if quantity::Quantity::parse(&text).is_none() {
            self.find(FindingKind::BadQuantity);
        }
    }

    fn time(&mut self, text: &str) {
        if !is_time(text) {
            self.find(FindingKind::BadTime(text.to_string()));
        }
    }

    fn bytes(&mut self, text: &str) {
        if let Some(at) = bad_base64(text) {
            self.find(FindingKind::BadBase64(at));
        }
    }

    fn wrong(&mut self, code: TypeCode, wanted: Shape, found: String) {
        let fields = self.path.0.iter().filter_map(|step| match step {
            PathStep::Field(name) => Some(name.as_str()),
            _ => None,
        });
        let go_path = fields.collect::<Vec<_>>().join(".");
        let owner = self.owners.last().map_or("", |o| o.name);
        let go_type = code.go_type();
        let ends = matches!(wanted, Shape::IntOrString | Shape::Time);
        let wrong = WrongType { owner, go_path, go_type, found, wanted, ends };
        self.find(FindingKind::WrongType(wrong));
    }

    fn find(&mut self, kind: FindingKind) {
        self.findings.push(Finding { path: self.path.clone(), kind });
    }
}

/// The JSON type of `value`, as the API server calls it.
pub fn type_word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Whether `text` has the form `2026-01-02T03:04:05Z` (fractions and offsets allowed).
fn is_time(text: &str) -> bool {
    let shape: String =
        text.chars().take(19).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let zone = text.get(19..).unwrap_or_default().trim_start_matches(['.', ',']);
    let zone = zone.trim_start_matches(|c: char| c.is_ascii_digit());
    shape == "0000-00-00T00:00:00" && (zone == "Z" || zone.len() == 6 && zone.contains(':'))
}

/// The byte at which `text` stops being base64; `None` if it is sound.
fn bad_base64(text: &str) -> Option<usize> {
    let mut symbols = 0;
    let mut padding = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' | b'\r' => {}
            b'=' if symbols % 4 >= 2 && padding < 2 => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => symbols += 1,
            _ => return Some(at),
        }
    }
    if (symbols + padding) % 4 == 0 { None } else { Some(text.len() / 4 * 4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_base64_are_told_from_other_text() {
        assert!(is_time("2026-01-02T03:04:05Z") && is_time("2026-01-02T03:04:05.5+01:00"));
        assert!(!is_time("2026-01-02") && !is_time("soon"));
        assert_eq!(bad_base64("aGVsbG8="), None);
        assert_eq!(bad_base64("hello!"), Some(5));
        assert_eq!(bad_base64("abc"), Some(0));
    }
}
