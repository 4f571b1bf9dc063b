//! From expanded runs of text to fields: splitting at `$IFS`.

use crate::shell::sh::pattern;

/// A piece of an expanded word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Run {
    /// Unquoted text of the script: not split, may be a pattern.
    Literal(String),
    /// Quoted text: neither.
    Quoted(String),
    /// The value of an unquoted expansion: split, may be a pattern.
    Split(String),
    /// The border between two positional parameters.
    Break,
}

impl Run {
    /// How long its text is.
    pub fn bytes(&self) -> usize {
        match self {
            Run::Literal(text) | Run::Quoted(text) | Run::Split(text) => text.len(),
            Run::Break => 1,
        }
    }
}

/// A field: its text, and the pattern it is for file names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Field {
    /// The text.
    pub text: String,
    /// The text with everything quoted escaped.
    pub pattern: String,
}

impl Field {
    fn literal(&mut self, text: &str) {
        self.text.push_str(text);
        self.pattern.push_str(text);
    }

    fn quoted(&mut self, text: &str) {
        self.text.push_str(text);
        self.pattern.push_str(&pattern::escape(text));
    }

    /// A backslash in a value quotes in the pattern. Source: busybox ash, memtodest.
    fn value(&mut self, c: char) {
        self.text.push(c);
        self.pattern.push(c);
    }
}

/// The fields the runs make. Source: POSIX, Shell Command Language, 2.6.5 Field Splitting.
pub fn split(runs: &[Run], ifs: &str) -> Vec<Field> {
    let mut splitter = Splitter { ifs, done: Vec::new(), open: None, blank_ended: false };
    for run in runs {
        match run {
            Run::Literal(text) if text.is_empty() => {}
            Run::Literal(text) => splitter.field().literal(text),
            Run::Quoted(text) => splitter.field().quoted(text),
            Run::Split(text) => splitter.value(text),
            Run::Break => splitter.end(),
        }
    }
    splitter.end();
    splitter.done
}

struct Splitter<'a> {
    ifs: &'a str,
    done: Vec<Field>,
    open: Option<Field>,
    /// Whether blanks have just ended a field, so that a following `:` does not end another.
    blank_ended: bool,
}

impl Splitter<'_> {
    fn field(&mut self) -> &mut Field {
        self.blank_ended = false;
        self.open.get_or_insert_default()
    }

    fn end(&mut self) {
        self.done.extend(self.open.take());
        self.blank_ended = false;
    }

    fn value(&mut self, text: &str) {
        for c in text.chars() {
            if !self.ifs.contains(c) {
                self.field().value(c);
            } else if matches!(c, ' ' | '\t' | '\n') {
                if self.open.is_some() {
                    self.end();
                    self.blank_ended = true;
                }
            } else if self.open.is_some() {
                self.end();
            } else if self.blank_ended {
                self.blank_ended = false;
            } else {
                self.done.push(Field::default());
            }
        }
    }
}

/// The runs as one text, without splitting.
pub fn join(runs: &[Run], separator: &str) -> String {
    let text = |run: &Run| match run {
        Run::Literal(t) | Run::Quoted(t) | Run::Split(t) => t.clone(),
        Run::Break => separator.to_string(),
    };
    runs.iter().map(text).collect()
}

/// The runs as one pattern: what is quoted matches only itself.
pub fn as_pattern(runs: &[Run], separator: &str) -> String {
    let text = |run: &Run| match run {
        Run::Literal(t) | Run::Split(t) => t.clone(),
        Run::Quoted(t) => pattern::escape(t),
        Run::Break => separator.to_string(),
    };
    runs.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, ifs: &str, expected: &[&str]) {
        let fields = split(&[Run::Split(value.to_string())], ifs);
        let texts: Vec<&str> = fields.iter().map(|f| f.text.as_str()).collect();
        assert_eq!(texts, expected, "{value:?} by {ifs:?}");
    }

    #[test]
    fn splits_as_posix_says() {
        check("  a  b ", " \t\n", &["a", "b"]);
        check("a:b", ":", &["a", "b"]);
        check(":a::b:", ":", &["", "a", "", "b"]);
        check("a : b", " :", &["a", "b"]);
        check("", " ", &[]);
        check("a b", "", &["a b"]);
    }
}
