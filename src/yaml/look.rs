//! Looking back from where a parser stumbled to what a person must mend.
//!
//! Guesses from the letters alone; they only choose what a message points at.

use crate::base::Span;

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

/// The last `[` or `{` before byte `at` that nothing closes, if it is on an earlier line.
pub fn open_bracket(text: &str, at: usize) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut quote = None;
    let mut comment = false;
    let mut before = ' ';
    for (place, c) in text[..at].char_indices() {
        let fresh = before.is_whitespace() || "[{,:".contains(before);
        before = c;
        match (quote, c) {
            _ if comment => comment = c != '\n',
            (Some(q), _) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '#') if fresh => comment = true,
            (None, '"' | '\'') if fresh => quote = Some(c),
            (None, '[' | '{') if fresh || !open.is_empty() => open.push(place),
            (None, ']' | '}') => drop(open.pop()),
            _ => {}
        }
    }
    let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
    open.last().copied().filter(|place| *place < line)
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
