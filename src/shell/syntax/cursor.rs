//! Reading the text of a script: where we are, what comes next, and how errors are said.

use crate::base::Map;
use crate::shell::limits;
use crate::shell::syntax::parser::SyntaxError;

/// A place in a script being parsed.
pub struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) line: u32,
    depth: usize,
    /// Where the bodies of the here-documents of this line start (the newline) and end.
    pub(super) bodies: Option<(usize, usize)>,
    /// Whether the script is one of bash.
    pub(super) bash: bool,
    /// Whether `@(a|b)` is a pattern.
    pub(super) extended: bool,
    /// What names of commands stand for.
    pub(super) aliases: Option<&'a Map<String, String>>,
    /// Aliases whose text was put in, each with the byte where that text ends.
    pub(super) spliced: &'a [(String, usize)],
}

/// Words that mean something where a command may start.
pub const RESERVED: [&str; 16] = [
    "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then",
    "until", "while",
];

impl<'a> Cursor<'a> {
    /// Starts at byte `at`, which is on line `line`.
    pub fn new(text: &'a str, at: usize, line: u32) -> Cursor<'a> {
        let (depth, bodies, aliases) = (0, None, None);
        let (bash, extended) = (false, false);
        Cursor { text, at, line, depth, bodies, bash, extended, aliases, spliced: &[] }
    }

    /// A cursor on another text at the same depth.
    pub fn inner<'b>(&self, text: &'b str) -> Cursor<'b> {
        let (bash, extended, depth) = (self.bash, self.extended, self.depth + 1);
        Cursor { depth, bash, extended, ..Cursor::new(text, 0, self.line) }
    }

    /// From here on the text is one of bash.
    pub fn set_bash(&mut self) {
        self.bash = true;
    }

    /// The rest of the text.
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character after the next.
    pub fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    /// Takes the next character; after a newline it skips here-document bodies.
    pub fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        let here = self.at;
        self.at += c.len_utf8();
        if c == '\n' {
            self.line += 1;
            if let Some((_, end)) = self.bodies.filter(|(start, _)| *start == here) {
                self.line += self.text[self.at..end].matches('\n').count() as u32;
                self.at = end;
                self.bodies = None;
            }
        }
        Some(c)
    }

    /// How many bytes of what comes next are `text`; lines may be continued inside of it.
    fn extent(&self, text: &str) -> Option<usize> {
        let mut rest = self.rest();
        for c in text.chars() {
            rest = rest.trim_start_matches("\\\n").strip_prefix(c)?;
        }
        Some(self.rest().len() - rest.len())
    }

    /// Whether `text` comes next.
    pub fn sees(&self, text: &str) -> bool {
        self.extent(text).is_some()
    }

    /// Takes `text` if it comes next.
    pub fn eat(&mut self, text: &str) -> bool {
        let Some(len) = self.extent(text) else { return false };
        let end = self.at + len;
        while self.at < end {
            self.take();
        }
        true
    }

    /// Goes past the end of a continued line.
    pub fn join(&mut self) {
        while self.rest().starts_with("\\\n") {
            self.take();
            self.take();
        }
    }

    /// Skips blanks, line continuations and a comment, but no newline.
    pub fn skip_blanks(&mut self) {
        loop {
            match self.peek() {
                Some(' ' | '\t') => {
                    self.take();
                }
                Some('\\') if self.peek_second() == Some('\n') => {
                    self.take();
                    self.take();
                }
                Some('#') => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.take();
                    }
                    return;
                }
                _ => return,
            }
        }
    }

    /// Skips blanks, comments and newlines.
    pub fn skip_newlines(&mut self) {
        self.skip_blanks();
        while self.peek() == Some('\n') {
            self.take();
            self.skip_blanks();
        }
    }

    /// Whether the reserved word `word` comes next, as a word of its own.
    pub fn at_word(&self, word: &str) -> bool {
        let after = |len: usize| self.rest()[len..].trim_start_matches("\\\n").chars().next();
        self.extent(word).is_some_and(|len| after(len).is_none_or(is_end))
    }

    /// The reserved word that comes next.
    pub fn reserved(&self) -> Option<&'static str> {
        RESERVED.iter().copied().find(|w| self.at_word(w))
    }

    /// Takes a reserved word that must come next.
    pub fn expect(&mut self, word: &str) -> Result<(), SyntaxError> {
        self.skip_newlines();
        if self.at_word(word) {
            self.eat(word);
            return Ok(());
        }
        Err(self.unexpected(Some(word)))
    }

    /// Goes one level deeper while `parse` runs.
    pub fn nested<R>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<R, SyntaxError>,
    ) -> Result<R, SyntaxError> {
        if self.depth >= limits::PARSE_DEPTH {
            return Err(self.error("nesting too deep"));
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    /// Whether the word `name` that starts at `start` stands for something else: as the name of a
    /// command, or after an alias that ends with a blank.
    pub fn is_alias(&self, name: &str, start: usize, first: bool) -> bool {
        let Some(value) = self.aliases.and_then(|all| all.get(name)) else { return false };
        let after = |(_, end): &(String, usize)| {
            let gap = self.text.get(end.saturating_sub(1)..start);
            gap.is_some_and(|gap| !gap.is_empty() && gap.trim().is_empty())
        };
        let inside = self.spliced.iter().any(|(inner, end)| inner == name && start < *end);
        !inside && name != value && (first || self.spliced.iter().any(after))
    }

    /// An error here.
    pub fn error(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError { message: message.into(), line: self.line, alias: None }
    }

    /// The error that what comes next may not come here. Source: busybox ash, synexpect.
    pub fn unexpected(&self, expected: Option<&str>) -> SyntaxError {
        if self.bash {
            return self.unexpected_in_bash();
        }
        let found = self.token_name();
        self.error(match expected {
            Some(expected) => format!("unexpected {found} (expecting \"{expected}\")"),
            None => format!("unexpected {found}"),
        })
    }

    fn unexpected_in_bash(&self) -> SyntaxError {
        let rest = self.rest();
        let operators = [";;", "&&", "||", ";", "&", "|", "(", ")", "<", ">"];
        let end = rest.find(is_end).unwrap_or(rest.len());
        let token = match operators.into_iter().find(|operator| rest.starts_with(operator)) {
            Some(operator) => operator,
            None if rest.starts_with('\n') => "newline",
            None => &rest[..end],
        };
        if rest.is_empty() {
            // The end of the file is a line of its own.
            let line = self.line + u32::from(!self.text.ends_with('\n'));
            return SyntaxError { line, ..self.error("syntax error: unexpected end of file") };
        }
        self.error(["syntax error near unexpected token `", token, "'"].concat())
    }

    fn token_name(&self) -> String {
        let rest = self.rest();
        for operator in [";;", "&&", "||", ";", "&", "|", "(", ")"] {
            if rest.starts_with(operator) {
                return format!("\"{operator}\"");
            }
        }
        match self.peek() {
            None => "end of file".to_string(),
            Some('\n') => "newline".to_string(),
            Some('<' | '>') => "redirection".to_string(),
            Some(_) => self.reserved().map_or("word".to_string(), |w| format!("\"{w}\"")),
        }
    }
}

/// Whether a word ends before this character.
pub fn is_end(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')')
}

/// Whether this is a name a variable may have.
pub fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_ascii_alphabetic())
        && chars.all(|c| c == '_' || c.is_ascii_alphanumeric())
}

/// How many bytes of a name `text` starts with.
pub fn name_len(text: &str) -> usize {
    let len = text.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    if is_name(&text[..len]) { len } else { 0 }
}
