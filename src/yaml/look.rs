//! Looking back from where a parser stumbled to what a person must mend.
//!
//! Guesses from the letters alone; they only choose what a message points at.

use crate::base::Span;

/// The tab in the indentation of the line of byte `at`, or of an empty line just before it.
pub fn tab_that_indents(text: &str, at: usize) -> Option<Span> {
    let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let blank_before = text[..line].trim_end_matches([' ', '\t', '\r', '\n']).len();
    let from = text[..blank_before].rfind('\n').map_or(0, |_| blank_before);
    let tab = next_tab_that_indents(text, from).or_else(|| next_tab_that_indents(text, line))?;
    let end = text[line..].find('\n').map_or(text.len(), |n| line + n);
    (tab < end).then(|| Span::new(tab, tab + 1))
}

/// The first tab at or behind byte `from` that has nothing but blanks before it on its line.
pub fn next_tab_that_indents(text: &str, from: usize) -> Option<usize> {
    let tabs = text[from..].match_indices('\t').map(|(n, _)| from + n);
    tabs.into_iter().find(|tab| {
        let line = text[..*tab].rfind('\n').map_or(0, |n| n + 1);
        text[line..*tab].bytes().all(|b| b == b' ' || b == b'\t')
    })
}

/// The line that go-yaml names for a quote opened at byte `at` that is not closed where it
/// should be: that of the end of the text, or of what it stumbles over behind the next quote.
pub fn end_of_quote(text: &str, at: usize) -> usize {
    let lines = |upto: usize| text[..upto].matches('\n').count() + 1;
    let quote = text[at..].chars().next().unwrap_or('"');
    let next = text[at..].char_indices().skip(1).find(|(_, c)| *c == quote);
    let Some((next, _)) = next else { return lines(text.len()) };
    let behind = at + next + quote.len_utf8();
    match colon(text, behind) {
        Some(colon) => lines(colon),
        None => lines(behind).saturating_sub(1),
    }
}

/// The line that go-yaml names for the bracket at byte `at` that is not closed: the one before
/// that of the next key on a later line, or of the end.
pub fn end_of_bracket(text: &str, at: usize) -> usize {
    let next_line = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
    match colon(text, next_line) {
        Some(key) => text[..key].matches('\n').count(),
        None => text.lines().count(),
    }
}

/// The first `:` behind byte `from` that ends a key.
fn colon(text: &str, from: usize) -> Option<usize> {
    let ends = |at: usize| text[at + 1..].chars().next().is_none_or(char::is_whitespace);
    text[from..].match_indices(':').map(|(n, _)| from + n).find(|at| ends(*at))
}

/// The content of the line before byte `at`, if it holds a word and no colon.
pub fn line_without_colon(text: &str, at: usize) -> Option<Span> {
    let here = text[..at].rfind('\n')?;
    let before = text[..here].trim_end();
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    let line = &before[start..];
    let content = line.trim_start().trim_start_matches("- ");
    let plain = !content.is_empty() && !content.contains(':') && !content.starts_with('#');
    plain.then(|| Span::new(before.len() - content.len(), before.len()))
}

/// The last `[` or `{` before byte `at` that nothing closes, if it is on an earlier line, or if
/// nothing but blanks follows `at`.
pub fn open_bracket(text: &str, at: usize) -> Option<usize> {
    let at_end = text[at..].trim().is_empty();
    let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
    unclosed(text, 0, at).last().copied().filter(|place| *place < line || at_end)
}

/// The first `[` or `{` from byte `from` on that nothing closes before byte `at`.
pub fn first_bracket(text: &str, from: usize, at: usize) -> Option<usize> {
    unclosed(text, from.min(at), at).first().copied()
}

/// The brackets that are open at byte `at`, of those from byte `from` on.
fn unclosed(text: &str, from: usize, at: usize) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    for (place, c) in Bare::new(text, from) {
        if place >= at {
            break;
        }
        match c {
            '[' | '{' => open.push(place),
            _ => drop(open.pop()),
        }
    }
    open
}

/// One past the bracket that closes the one at byte `start`.
pub fn closing_bracket(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0;
    for (place, c) in Bare::new(text, start) {
        depth = if matches!(c, '[' | '{') { depth + 1 } else { depth - 1 };
        if depth == 0 {
            return Some(place + 1);
        }
    }
    None
}

/// The brackets of a text that are neither quoted, nor in a comment, nor inside a word.
struct Bare<'t> {
    rest: std::str::CharIndices<'t>,
    from: usize,
    quote: Option<char>,
    comment: bool,
    before: char,
    depth: usize,
}

impl<'t> Bare<'t> {
    fn new(text: &'t str, from: usize) -> Self {
        let rest = text[from..].char_indices();
        Bare { rest, from, quote: None, comment: false, before: ' ', depth: 0 }
    }
}

impl Iterator for Bare<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let (place, c) = self.rest.next()?;
            let fresh = self.before.is_whitespace() || "[{,:".contains(self.before);
            self.before = c;
            match (self.quote, c) {
                _ if self.comment => self.comment = c != '\n',
                (Some(quote), _) if c == quote => self.quote = None,
                (Some(_), _) => {}
                (None, '#') if fresh => self.comment = true,
                (None, '"' | '\'') if fresh => self.quote = Some(c),
                (None, '[' | '{') if fresh || self.depth > 0 => {
                    self.depth += 1;
                    return Some((self.from + place, c));
                }
                (None, ']' | '}') if self.depth > 0 => {
                    self.depth -= 1;
                    return Some((self.from + place, c));
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_culprit_is_looked_for_before_the_stumble() {
        let text = "a: b\nspec\n  c: []\n";
        let line = line_without_colon(text, text.find("c:").expect("it is there"));
        assert_eq!(line.map(|s| &text[s.start..s.end]), Some("spec"));
        assert_eq!(line_without_colon("a: b\nc: d\n", 6), None);
        for (text, want) in [
            ("a: [b,\n c\nd: e", Some(3)),
            ("a: [b]\nd: e", None),
            ("a: '['\n# [\nd: e", None),
            ("a: x[y\nd: e", None),
            ("a: {b: [c]\nd: e", Some(3)),
        ] {
            assert_eq!(open_bracket(text, text.len()), want, "{text:?}");
        }
    }
}
