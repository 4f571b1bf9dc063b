//! Reads JSON text.

use super::{Map, Number, Value};
use std::fmt;

/// Deeper nesting is refused.
const DEPTH_MAX: usize = 128;

/// Why a text is not JSON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// What is wrong, and where.
    pub message: String,
    /// Whether the text ends too early.
    pub at_end: bool,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Reads JSON text.
///
/// # Errors
/// What is wrong, and where.
pub fn parse(text: &str) -> Result<Value, ParseError> {
    let mut reader = Reader { text, at: 0 };
    let whole = reader.value(0).and_then(|value| match reader.next() {
        None => Ok(value),
        Some(_) => Err("trailing characters"),
    });
    whole.map_err(|what| {
        let before = &text[..reader.at];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let at_end = text[reader.at..].trim().is_empty();
        ParseError { message: format!("{what} at line {line} column {column}"), at_end }
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

type Read<T> = Result<T, &'static str>;

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The byte behind the white space.
    fn next(&mut self) -> Option<u8> {
        let blank = self.rest().bytes().take_while(|b| b" \t\n\r".contains(b)).count();
        self.at += blank;
        self.rest().bytes().next()
    }

    /// Takes `text` if it comes next.
    fn takes(&mut self, text: &str) -> bool {
        let there = self.next().is_some() && self.rest().starts_with(text);
        self.at += if there { text.len() } else { 0 };
        there
    }

    fn value(&mut self, depth: usize) -> Read<Value> {
        if depth > DEPTH_MAX {
            return Err("recursion limit exceeded");
        }
        match self.next() {
            Some(b'{') => self.object(depth).map(Value::Object),
            Some(b'[') => self.array(depth).map(Value::Array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.takes("null") => Ok(Value::Null),
            _ if self.takes("true") => Ok(Value::Bool(true)),
            _ if self.takes("false") => Ok(Value::Bool(false)),
            _ => Err("expected value"),
        }
    }

    fn array(&mut self, depth: usize) -> Read<Vec<Value>> {
        let mut items = Vec::new();
        self.at += 1;
        if self.takes("]") {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.takes("]") {
                return Ok(items);
            }
            if !self.takes(",") {
                return Err("expected `,` or `]`");
            }
        }
    }

    fn object(&mut self, depth: usize) -> Read<Map<String, Value>> {
        let mut entries = Map::new();
        self.at += 1;
        if self.takes("}") {
            return Ok(entries);
        }
        loop {
            if self.next() != Some(b'"') {
                return Err("key must be a string");
            }
            let key = self.string()?;
            if !self.takes(":") {
                return Err("expected `:`");
            }
            entries.insert(key, self.value(depth + 1)?);
            if self.takes("}") {
                return Ok(entries);
            }
            if !self.takes(",") {
                return Err("expected `,` or `}`");
            }
        }
    }

    fn number(&mut self) -> Read<Value> {
        let of_number = |b: &u8| b"+-.eE".contains(b) || b.is_ascii_digit();
        let text = &self.rest()[..self.rest().bytes().take_while(of_number).count()];
        let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
        if matches!(digits, [b'0', b'0'..=b'9', ..]) || text.ends_with('.') {
            return Err("invalid number");
        }
        let number = Number::parse(text).ok_or("invalid number")?;
        self.at += text.len();
        Ok(Value::Number(number))
    }

    fn string(&mut self) -> Read<String> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let plain = self.rest().find(|c| matches!(c, '"' | '\\' | ..' '));
            text.push_str(&self.rest()[..plain.unwrap_or(self.rest().len())]);
            self.at += plain.unwrap_or(self.rest().len());
            match self.rest().bytes().next() {
                None => return Err("EOF while parsing a string"),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err("control character in a string"),
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let letter = self.rest().as_bytes().get(1).copied().ok_or("EOF while parsing a string")?;
        if letter == b'u' {
            return self.unicode();
        }
        let meant = match letter {
            b'"' | b'\\' | b'/' => letter,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            _ => return Err("invalid escape"),
        };
        self.at += 2;
        Ok(char::from(meant))
    }

    /// `\u0041`, or a pair of them.
    fn unicode(&mut self) -> Read<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or("lone surrogate");
        }
        let second = self.unit()?;
        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or("lone surrogate")?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low).ok_or("lone surrogate")
    }

    fn unit(&mut self) -> Read<u32> {
        let digits = self.rest().strip_prefix("\\u").and_then(|rest| rest.get(..4));
        let digits = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let unit = unit.ok_or("invalid escape")?;
        self.at += 6;
        Ok(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::json;

    #[test]
    fn what_is_printed_reads_back() {
        let value = json!({"a": [1, -2, null, true, [], {}], "b": {"c": "\"\\/\n\t\u{1}é水𝄞"},
                           "d": "0.5", "e": u64::MAX, "f": i64::MIN});
        assert_eq!(parse(&value.to_string()), Ok(value.clone()));
        assert_eq!(parse(&format!(" {value:#}\n")), Ok(value));
        let escapes = r#"["\u00e9\ud834\udd1e\/\b\f", 1.50, 1E2, -0]"#;
        assert_eq!(parse(escapes).unwrap().to_string(), "[\"é𝄞/\\b\\f\",1.5,100,0]");
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        let rows = [
            ("", "expected value at line 1 column 1", true),
            ("{\"a\": 1,\n  b}", "key must be a string at line 2 column 3", false),
            ("[1, 2", "expected `,` or `]` at line 1 column 6", true),
            ("[1] x", "trailing characters at line 1 column 5", false),
            ("\"ab", "EOF while parsing a string at line 1 column 4", true),
            ("[01]", "invalid number at line 1 column 2", false),
        ];
        for (text, message, at_end) in rows {
            let error = ParseError { message: message.to_string(), at_end };
            assert_eq!(parse(text), Err(error), "{text}");
        }
        for text in ["[1,]", "{\"a\" 1}", "nul", "\"\\ud800\"", "\"\\x\"", "1.", "\"\n\"", "+1"] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}
