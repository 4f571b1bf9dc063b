//! Values as the API server prints them in errors: its own structures, in their order, with
//! their names, and with all that is not set.
//!
//! Source: apimachinery util/validation/field/errors.go, which prints JSON since 1.34, and
//! pkg/apis/core/types.go, whose structures have no names for JSON.

use crate::base::json::Value;

use super::errors::Errors;

/// A line a structure: its name, then `Name:kind` a field. Kinds: `s` a text, `n` a number, `b`
/// a boolean, `?` anything or `null`, `T` a structure, `*T` one or `null`, `[T` a list of such or
/// `null`, `~T` one whose fields stand among the others, `o` anything that has a name for JSON and
/// is left out when it is empty. After `=` the field's name in a
/// manifest, where it is not the Go name with small initials.
const TYPES: &str = include_str!("go_types.txt");

/// The present field has a `value` of structure `kind` that is not acceptable.
pub(super) fn invalid(e: &mut Errors, kind: &str, value: &Value, detail: &str) {
    e.bad_structure(super::ErrorKind::Invalid, compact(kind, value), detail);
}

/// The present field has a `value` of structure `kind` that stands somewhere else already.
pub(super) fn duplicate(e: &mut Errors, kind: &str, value: &Value) {
    twice(e, kind, value, "");
}

/// As [`duplicate`], with a `detail`.
pub(super) fn twice(e: &mut Errors, kind: &str, value: &Value, detail: &str) {
    e.bad_structure(super::ErrorKind::Duplicate, compact(kind, value), detail);
}

/// The present field's `value` of structure `kind` is none of those `supported`.
pub(super) fn not_supported(e: &mut Errors, kind: &str, value: &Value, supported: &str) {
    let quoted: Vec<String> = supported.split('|').map(|s| format!("\"{s}\"")).collect();
    let detail = format!("supported values: {}", quoted.join(", "));
    e.bad_structure(super::ErrorKind::NotSupported, compact(kind, value), &detail);
}

/// The present field has a list of structures `kind` that is not acceptable.
pub(super) fn invalid_list(e: &mut Errors, kind: &str, list: &[Value], detail: &str) {
    let printed: Vec<String> = list.iter().map(|one| compact(kind, one)).collect();
    let printed = format!("[{}]", printed.join(","));
    e.bad_structure(super::ErrorKind::Invalid, printed, detail);
}

fn is_empty(value: &Value) -> bool {
    value.is_null()
        || value.as_array().is_some_and(Vec::is_empty)
        || value.as_object().is_some_and(|map| map.is_empty())
}

/// Whether two specs differ, an empty list being as good as none.
pub(super) fn differ(one: &Value, other: &Value) -> bool {
    let is_none = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            keys.into_iter().any(|key| differ(&one[key], &other[key]))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() != b.len() || a.iter().zip(b).any(|(a, b)| differ(a, b))
        }
        _ => one != other && !(is_none(one) && is_none(other)),
    }
}

/// A `value` of structure `kind` in one line.
pub(super) fn compact(kind: &str, value: &Value) -> String {
    let mut writer = Writer { out: String::new(), indent: None };
    writer.structure(kind, value);
    writer.out
}

struct Writer {
    out: String,
    /// Levels of indentation; none for one line.
    indent: Option<usize>,
}

impl Writer {
    fn line(&mut self, deeper: bool) {
        let Some(levels) = &mut self.indent else { return };
        *levels = if deeper { *levels + 1 } else { *levels - 1 };
        self.again();
    }

    fn again(&mut self) {
        if let Some(levels) = self.indent {
            self.out.push('\n');
            self.out.push_str(&"  ".repeat(levels));
        }
    }

    fn structure(&mut self, kind: &str, value: &Value) {
        self.out.push('{');
        self.line(true);
        self.fields(kind, value);
        self.line(false);
        self.out.push('}');
    }

    fn fields(&mut self, kind: &str, value: &Value) {
        let lines = TYPES.lines();
        let Some(fields) = lines.filter_map(|l| l.strip_prefix(kind)?.strip_prefix(' ')).next()
        else {
            return;
        };
        let mut first = true;
        for field in fields.split(' ') {
            let (names, code) = field.split_once(':').unwrap_or((field, "?"));
            if code == "o" && is_empty(&value[names]) {
                continue;
            }
            if !std::mem::take(&mut first) {
                self.out.push(',');
                self.again();
            }
            if let Some(inner) = code.strip_prefix('~') {
                self.fields(inner, value);
                continue;
            }
            let (name, own) = names.split_once('=').unwrap_or((names, ""));
            let key = if own.is_empty() { small_initials(name) } else { own.to_string() };
            self.name(name);
            self.value(code, &value[key.as_str()]);
        }
    }

    fn name(&mut self, name: &str) {
        self.text(name);
        self.out.push_str(if self.indent.is_some() { ": " } else { ":" });
    }

    fn value(&mut self, code: &str, value: &Value) {
        match code.as_bytes()[0] {
            b's' if value.is_null() => self.out.push_str("\"\""),
            b'n' if value.is_null() => self.out.push('0'),
            b'b' if value.is_null() => self.out.push_str("false"),
            b's' | b'n' | b'b' | b'?' | b'o' => self.any(value),
            b'*' | b'[' if value.is_null() => self.out.push_str("null"),
            b'*' => self.structure(&code[1..], value),
            b'[' => self.list(value, |w, item| w.structure(&code[1..], item)),
            _ => self.structure(code, value),
        }
    }

    fn list(&mut self, value: &Value, mut item: impl FnMut(&mut Self, &Value)) {
        let items = value.as_array().map_or(&[][..], Vec::as_slice);
        self.out.push('[');
        for (i, one) in items.iter().enumerate() {
            if i > 0 {
                self.out.push(',');
                self.again();
            } else {
                self.line(true);
            }
            item(self, one);
        }
        if !items.is_empty() {
            self.line(false);
        }
        self.out.push(']');
    }

    fn any(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(_) => self.list(value, Self::any),
            Value::Object(map) if map.is_empty() => self.out.push_str("{}"),
            Value::Object(map) => {
                self.out.push('{');
                self.line(true);
                for (i, (key, value)) in map.iter().enumerate() {
                    if i > 0 {
                        self.out.push(',');
                        self.again();
                    }
                    self.name(key);
                    self.any(value);
                }
                self.line(false);
                self.out.push('}');
            }
            other => self.out.push_str(&other.to_string()),
        }
    }

    /// Go writes `<`, `>` and `&` by their numbers.
    fn text(&mut self, text: &str) {
        for c in Value::from(text).to_string().chars() {
            match c {
                '<' => self.out.push_str("\\u003c"),
                '>' => self.out.push_str("\\u003e"),
                '&' => self.out.push_str("\\u0026"),
                c => self.out.push(c),
            }
        }
    }
}

/// `RunAsUser` → `runAsUser`, `HTTPGet` → `httpGet`, `FSGroup` → `fsGroup`, `TTY` → `tty`.
fn small_initials(name: &str) -> String {
    let capitals = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let small = if capitals > 1 && capitals < name.len() { capitals - 1 } else { capitals };
    let (head, rest) = name.split_at(small);
    head.to_ascii_lowercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn structures_are_printed_whole_and_in_their_own_order() {
        let port = json!({"port": 80, "protocol": "TCP"});
        let want = "{\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,\
            \"TargetPort\":0,\"NodePort\":0}";
        assert_eq!(compact("ServicePort", &port), want);
        let selector = json!({"matchExpressions": [], "matchLabels": {"a": "c"}});
        assert_eq!(compact("LabelSelector", &selector), "{\"matchLabels\":{\"a\":\"c\"}}");
        assert_eq!(compact("LabelSelector", &json!({})), "{}");
        for (name, want) in [("FSGroup", "fsGroup"), ("TTY", "tty"), ("Name", "name")] {
            assert_eq!(small_initials(name), want);
        }
    }
}
