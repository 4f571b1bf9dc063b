//! Shell patterns: `*`, `?`, `[a-z]`. Matching follows all ways at once, so it takes time in
//! proportion to text times pattern, whatever the pattern.

use crate::shell::sh::bash::extended;

/// A pattern. A backslash in its source makes the next character plain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    tokens: Vec<Token>,
}

/// What a pattern is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Token {
    /// This character.
    Char(char),
    /// `?`
    Any,
    /// `*`
    Star,
    /// `[a-z]`; with the flag `[!a-z]`
    Set(bool, Vec<(char, char)>),
    /// `@(a|b)` of bash, by its first character
    Group(char, Vec<Pattern>),
}

impl Pattern {
    /// Reads a pattern.
    pub fn new(source: &str) -> Pattern {
        Pattern::with(source, false)
    }

    /// Reads a pattern; `extended` ones have groups like `@(a|b)`.
    pub fn with(source: &str, extended: bool) -> Pattern {
        let chars: Vec<char> = source.chars().collect();
        Pattern::read(&chars, if extended { 10 } else { 0 })
    }

    fn read(chars: &[char], depth: usize) -> Pattern {
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let group = if depth > 0 { group(chars, at, depth) } else { None };
            let (token, next) = group.unwrap_or_else(|| token(chars, at));
            if token != Token::Star || tokens.last() != Some(&Token::Star) {
                tokens.push(token);
            }
            at = next;
        }
        Pattern { tokens }
    }

    /// What it is made of.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    fn has_groups(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Group(..)))
    }

    /// Whether anything in it is special.
    pub fn is_special(&self) -> bool {
        self.tokens.iter().any(|t| !matches!(t, Token::Char(_)))
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        self.prefixes(text).last() == Some(&text.len())
    }

    /// The lengths in bytes of all prefixes of `text` that match, shortest first.
    pub fn prefixes(&self, text: &str) -> Vec<usize> {
        if self.has_groups() {
            return self.grouped(text, 0);
        }
        lengths(&self.tokens, text.char_indices().map(|(at, c)| (at + c.len_utf8(), c)))
    }

    /// Where all suffixes of `text` that match start, shortest suffix first.
    pub fn suffixes(&self, text: &str) -> Vec<usize> {
        if self.has_groups() {
            let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).rev();
            let whole =
                |at: &usize| self.grouped(&text[*at..], 0).last() == Some(&(text.len() - at));
            return starts.filter(whole).collect();
        }
        let reversed: Vec<Token> = self.tokens.iter().rev().cloned().collect();
        let back = text.char_indices().rev().map(|(at, c)| (text.len() - at, c));
        lengths(&reversed, back).into_iter().map(|len| text.len() - len).collect()
    }
}

impl Pattern {
    fn grouped(&self, text: &str, from: usize) -> Vec<usize> {
        let chars: Vec<char> = text.chars().collect();
        let mut start = vec![false; chars.len() + 1];
        start[from] = true;
        let reached = extended::ends(self, &chars, start);
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        places.zip(reached).filter(|(_, on)| *on).map(|(at, _)| at).collect()
    }
}

/// `@(a|b)` that begins here, and where it ends.
fn group(chars: &[char], start: usize, depth: usize) -> Option<(Token, usize)> {
    let kind = *chars.get(start).filter(|c| "?*+@!".contains(**c))?;
    if chars.get(start + 1) != Some(&'(') {
        return None;
    }
    let (mut open, mut from, mut all) = (0, start + 2, Vec::new());
    let mut at = from;
    loop {
        let c = *chars.get(at)?;
        match c {
            '\\' => at += 1,
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            '|' | ')' if open == 0 => {
                all.push(Pattern::read(&chars[from..at], depth - 1));
                from = at + 1;
                if c == ')' {
                    return Some((Token::Group(kind, all), from));
                }
            }
            _ => {}
        }
        at += 1;
    }
}

fn lengths(tokens: &[Token], text: impl Iterator<Item = (usize, char)>) -> Vec<usize> {
    let mut now = vec![false; tokens.len() + 1];
    now[0] = true;
    spread(tokens, &mut now);
    let mut found = Vec::new();
    if now[tokens.len()] {
        found.push(0);
    }
    for (end, c) in text {
        let mut next = vec![false; tokens.len() + 1];
        for (at, token) in tokens.iter().enumerate().filter(|(at, _)| now[*at]) {
            match token {
                Token::Star => next[at] = true,
                token if fits(token, c) => next[at + 1] = true,
                _ => {}
            }
        }
        spread(tokens, &mut next);
        now = next;
        if now[tokens.len()] {
            found.push(end);
        }
        if !now.contains(&true) {
            break;
        }
    }
    found
}

/// A star may match nothing.
fn spread(tokens: &[Token], states: &mut [bool]) {
    for (at, token) in tokens.iter().enumerate() {
        if states[at] && *token == Token::Star {
            states[at + 1] = true;
        }
    }
}

/// Whether a token matches a character.
pub fn fits(token: &Token, c: char) -> bool {
    match token {
        Token::Char(wanted) => *wanted == c,
        Token::Any | Token::Star => true,
        Token::Group(..) => false,
        Token::Set(negated, ranges) => {
            ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != *negated
        }
    }
}

fn token(chars: &[char], at: usize) -> (Token, usize) {
    match chars[at] {
        '\\' if at + 1 < chars.len() => (Token::Char(chars[at + 1]), at + 2),
        '*' => (Token::Star, at + 1),
        '?' => (Token::Any, at + 1),
        '[' => set(chars, at).unwrap_or((Token::Char('['), at + 1)),
        c => (Token::Char(c), at + 1),
    }
}

fn set(chars: &[char], start: usize) -> Option<(Token, usize)> {
    let mut at = start + 1;
    let negated = matches!(chars.get(at), Some('!' | '^'));
    at += usize::from(negated);
    let first = at;
    let mut ranges = Vec::new();
    loop {
        let c = *chars.get(at)?;
        if c == ']' && at > first {
            return Some((Token::Set(negated, ranges), at + 1));
        }
        if c == '[' && chars.get(at + 1) == Some(&':') {
            let end = (at + 2..chars.len().saturating_sub(1))
                .find(|i| chars[*i] == ':' && chars[*i + 1] == ']')?;
            let name: String = chars[at + 2..end].iter().collect();
            ranges.extend(class(&name));
            at = end + 2;
            continue;
        }
        let (low, next) = literal(chars, at)?;
        let ranged =
            chars.get(next) == Some(&'-') && chars.get(next + 1).is_some_and(|c| *c != ']');
        let (high, next) = if ranged { literal(chars, next + 1)? } else { (low, next) };
        ranges.push((low, high));
        at = next;
    }
}

fn literal(chars: &[char], at: usize) -> Option<(char, usize)> {
    match chars.get(at)? {
        '\\' => Some((*chars.get(at + 1)?, at + 2)),
        c => Some((*c, at + 1)),
    }
}

/// The ranges of a class like `[:alpha:]`; none for an unknown one.
pub fn class(name: &str) -> Vec<(char, char)> {
    match name {
        "alpha" => vec![('A', 'Z'), ('a', 'z')],
        "digit" => vec![('0', '9')],
        "alnum" => vec![('0', '9'), ('A', 'Z'), ('a', 'z')],
        "upper" => vec![('A', 'Z')],
        "lower" => vec![('a', 'z')],
        "space" => vec![('\t', '\r'), (' ', ' ')],
        "blank" => vec![('\t', '\t'), (' ', ' ')],
        "punct" => vec![('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "xdigit" => vec![('0', '9'), ('A', 'F'), ('a', 'f')],
        "cntrl" => vec![('\0', '\u{1f}'), ('\u{7f}', '\u{7f}')],
        "print" => vec![(' ', '~')],
        "graph" => vec![('!', '~')],
        _ => vec![],
    }
}

/// The text with a backslash before everything special, so that it matches only itself.
pub fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '\\' | '-' | '!' | '^' | '(' | ')' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_as_fnmatch() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a*c", "abbd", false),
            ("?", "é", true),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("[]a]", "]", true),
            ("[[:digit:]]*", "7up", true),
            ("\\*", "*", true),
            ("\\*", "a", false),
            ("[", "[", true),
            ("a[", "a[", true),
            ("*.*.txt", "a.b.txt", true),
        ] {
            assert_eq!(Pattern::new(pattern).matches(text), expected, "{pattern} {text}");
        }
        assert_eq!(Pattern::new("*/").prefixes("a/b/c"), vec![2, 4]);
        assert_eq!(Pattern::new("/*").suffixes("a/b/c"), vec![3, 1]);
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = Pattern::new(&"*a".repeat(60));
        assert!(!pattern.matches(&"a".repeat(59)));
        assert!(pattern.matches(&"ab".repeat(5000).replace('b', "aa")));
    }
}
