//! JSON to YAML, as `kubectl get -o yaml` prints it.
//!
//! Source: sigs.k8s.io/yaml Marshal over goyaml.v2: sorter.go keyList (natural order of keys),
//! encode.go stringv (which text needs quotes), emitterc.go (styles, folding at 80 columns).

use std::cmp::Ordering;

use crate::base::json::{Map, Value};

use super::style::{Style, escaped, style};

/// Beyond this column a long text goes on in the next line, where it has a space.
const WIDTH: usize = 80;
/// A longer key is written with `? `.
const SIMPLE_KEY: usize = 128;

/// `value` as YAML, a line end behind it.
pub fn print(value: &Value) -> String {
    let mut printer = Printer::default();
    printer.node(value, Place { indent: 0, text: 2 });
    if !printer.out.ends_with('\n') {
        printer.out.push('\n');
    }
    printer.out
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place {
    /// The column in which its keys or items begin.
    indent: usize,
    /// The column in which the further lines of a text begin.
    text: usize,
}

#[derive(Default)]
struct Printer {
    out: String,
    column: usize,
}

impl Printer {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    /// A new line, unless one has begun already.
    fn line(&mut self, indent: usize) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.column = 0;
        self.put(&" ".repeat(indent));
    }

    /// A value whose first line has begun: behind `- `, `: `, or at the start.
    fn node(&mut self, value: &Value, place: Place) {
        match value {
            Value::Object(entries) if !entries.is_empty() => self.entries(entries, place.indent),
            Value::Array(items) if !items.is_empty() => self.items(items, place.indent),
            Value::Object(_) => self.put("{}"),
            Value::Array(_) => self.put("[]"),
            Value::String(text) => self.text(text, place.text, false),
            Value::Number(number) => self.put(&number.to_string()),
            Value::Bool(true) => self.put("true"),
            Value::Bool(false) => self.put("false"),
            Value::Null => self.put("null"),
        }
    }

    fn items(&mut self, items: &[Value], indent: usize) {
        for (nth, item) in items.iter().enumerate() {
            if nth > 0 {
                self.line(indent);
            }
            self.put("- ");
            self.node(item, Place { indent: indent + 2, text: indent + 2 });
        }
    }

    fn entries(&mut self, entries: &Map<String, Value>, indent: usize) {
        let mut keys: Vec<&String> = entries.keys().collect();
        crate::base::sort_by(&mut keys, |a, b| natural(a, b));
        for (nth, key) in keys.into_iter().enumerate() {
            if nth > 0 {
                self.line(indent);
            }
            self.entry(key, &entries[key], indent);
        }
    }

    fn entry(&mut self, key: &str, value: &Value, indent: usize) {
        let simple = key.len() <= SIMPLE_KEY && !key.contains('\n');
        if simple {
            self.text(key, indent, true);
        } else {
            self.put("? ");
            self.text(key, indent + 2, false);
            self.line(indent);
        }
        self.put(":");
        match value {
            Value::Object(entries) if !entries.is_empty() && simple => {
                self.line(indent + 2);
                self.entries(entries, indent + 2);
            }
            // A list under a key is not indented.
            Value::Array(items) if !items.is_empty() && simple => {
                self.line(indent);
                self.items(items, indent);
            }
            value => {
                self.put(" ");
                self.node(value, Place { indent: indent + 2, text: indent + 2 });
            }
        }
    }

    fn text(&mut self, text: &str, indent: usize, is_key: bool) {
        match style(text, is_key) {
            Style::Plain => self.folded(text, indent, !is_key, false),
            Style::Single => {
                self.put("'");
                self.folded(text, indent, !is_key, true);
                self.put("'");
            }
            Style::Double => self.double(text, indent, !is_key),
            Style::Literal => self.literal(text, indent),
        }
    }

    /// Plain or in single quotes: a lone space beyond the width becomes a line end.
    fn folded(&mut self, text: &str, indent: usize, may_fold: bool, quoted: bool) {
        let mut chars = text.char_indices().peekable();
        let mut spaces = false;
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            // In quotes neither the first nor the last letter may be a fold.
            let inner = !quoted || at > 0 && next.is_some();
            if c == ' ' && may_fold && !spaces && self.column > WIDTH && inner && next != Some(' ')
            {
                self.line(indent);
            } else if c == '\'' && quoted {
                self.put("''");
            } else {
                self.put(c.encode_utf8(&mut [0; 4]));
            }
            spaces = c == ' ';
        }
    }

    fn double(&mut self, text: &str, indent: usize, may_fold: bool) {
        self.put("\"");
        let mut chars = text.char_indices().peekable();
        let mut spaces = false;
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            if c == ' ' {
                if may_fold && !spaces && self.column > WIDTH && at > 0 && next.is_some() {
                    self.line(indent);
                    if next == Some(' ') {
                        self.put("\\");
                    }
                } else {
                    self.put(" ");
                }
            } else {
                self.put(&escaped(c));
            }
            spaces = c == ' ';
        }
        self.put("\"");
    }

    fn literal(&mut self, text: &str, indent: usize) {
        self.put("|");
        if text.starts_with([' ', '\n']) {
            self.put("2");
        }
        let ends = text.len() - text.trim_end_matches('\n').len();
        match ends {
            0 => self.put("-"),
            1 if text.len() > 1 => {}
            _ => self.put("+"),
        }
        self.out.push('\n');
        for line in text.split_inclusive('\n') {
            if line != "\n" {
                self.out.push_str(&" ".repeat(indent));
            }
            self.out.push_str(line);
        }
        self.column = 0;
    }
}

/// The order of keys: as of text, but letters behind other signs and numbers by their value.
fn natural(a: &str, b: &str) -> Ordering {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let Some(at) = (0..a.len().min(b.len())).find(|i| a[*i] != b[*i]) else {
        return a.len().cmp(&b.len());
    };
    // DIFFERENCE: all signs beyond ASCII count as letters; Go asks Unicode's tables.
    let letter = |c: char| c.is_ascii_alphabetic() || !c.is_ascii();
    match (letter(a[at]), letter(b[at])) {
        (true, true) => return a[at].cmp(&b[at]),
        (false, true) => return Ordering::Less,
        (true, false) => return Ordering::Greater,
        (false, false) => {}
    }
    // A zero counts behind another digit only.
    let zero = a[at] == '0' || b[at] == '0';
    let digits = a[..at].iter().rev().take_while(|c| c.is_ascii_digit());
    let base = u64::from(zero && digits.into_iter().any(|c| *c != '0'));
    let number = |of: &[char]| {
        let digits = of[at..].iter().map_while(|c| c.to_digit(10));
        let fold =
            |(n, len): (u64, usize), d: u32| (n.wrapping_mul(10).wrapping_add(d.into()), len + 1);
        digits.fold((base, 0), fold)
    };
    number(&a).cmp(&number(&b)).then(a[at].cmp(&b[at]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    fn check(value: Value, want: &str) {
        assert_eq!(print(&value), want);
    }

    #[test]
    fn objects_and_lists_stand_as_kubectl_prints_them() {
        check(json!({}), "{}\n");
        check(json!([]), "[]\n");
        check(json!(null), "null\n");
        check(
            json!({"spec": {"containers": [{"name": "a", "args": ["x", "z"], "env": []}, {}]},
                   "apiVersion": "v1", "metadata": {"labels": {}}}),
            "apiVersion: v1\nmetadata:\n  labels: {}\nspec:\n  containers:\n  - args:\n    - x\n    \
             - z\n    env: []\n    name: a\n  - {}\n",
        );
        check(json!([["a", ["b"]], {"c": 1}]), "- - a\n  - - b\n- c: 1\n");
    }

    #[test]
    fn text_is_quoted_where_it_would_be_read_as_something_else() {
        for (text, want) in [
            ("nginx:1.27", "nginx:1.27"),
            ("", "\"\""),
            ("yes", "\"yes\""),
            ("010", "\"010\""),
            ("1e3", "\"1e3\""),
            ("2026-01-02T03:04:05Z", "\"2026-01-02T03:04:05Z\""),
            ("2026-01-02", "\"2026-01-02\""),
            ("2026-13-02", "2026-13-02"),
            ("1:30", "\"1:30\""),
            ("1:75", "1:75"),
            ("a: b", "'a: b'"),
            ("it's # b", "'it''s # b'"),
            ("[a]", "'[a]'"),
            ("-a", "-a"),
            ("- a", "'- a'"),
            (" a", "' a'"),
            ("a\tb", "\"a\\tb\""),
            ("期望", "期望"),
            ("😀", "\"\\U0001F600\""),
            ("a\nb\n", "|\n  a\n  b"),
            ("a\nb", "|-\n  a\n  b"),
            ("a\n\n", "|+\n  a\n"),
            (" a\nb", "|2-\n   a\n  b"),
            ("a \nb", "\"a \\nb\""),
        ] {
            check(json!(text), &format!("{want}\n"));
        }
        check(json!({"on": 1, "b c": 2}), "b c: 2\n\"on\": 1\n");
    }

    #[test]
    fn a_long_text_goes_on_in_the_next_line() {
        let words = "word ".repeat(30);
        let printed = print(&json!({"a": {"message": words.trim_end(), "z": 1}}));
        let lines: Vec<&str> = printed.lines().collect();
        assert_eq!(lines.len(), 4, "{printed}");
        assert_eq!(lines[1].len(), 85, "the word that passes column 80 is the last");
        assert!(lines[2].starts_with("    word"), "{printed}");
    }

    #[test]
    fn keys_are_sorted_as_people_count() {
        let keys = ["a10", "a2", "a", "b", "B", "a-b", "a1", "a02"];
        let object: Map<String, Value> = keys.iter().map(|k| (k.to_string(), json!(1))).collect();
        let printed = print(&Value::Object(object));
        let order: Vec<&str> = printed.lines().map(|l| l.trim_end_matches(": 1")).collect();
        assert_eq!(order, ["B", "a", "a-b", "a1", "a2", "a02", "a10", "b"]);
    }
}
