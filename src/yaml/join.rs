//! Joining the lines of a collection in brackets.
//!
//! DIFFERENCE: YAML 1.2, and so our parser, wants every line in brackets indented deeper than
//! what is around them; go-yaml takes any. A bracket closed right below its key is common:
//!
//! ```yaml
//! command: [
//!   sleep, "60"
//! ]
//! ```
//!
//! Line ends and comments become spaces, byte for byte, so that all places stay.

use crate::base::Span;

/// `text` with the lines of `span` joined; quoted text keeps its line ends.
pub(super) fn lines(text: &str, span: Span) -> String {
    let mut joined = String::with_capacity(text.len());
    joined.push_str(&text[..span.start]);
    let mut quote = None;
    let mut comment = false;
    let mut before = ' ';
    for c in text[span.start..span.end].chars() {
        let fresh = before.is_whitespace() || "[{,:".contains(before);
        before = c;
        match (quote, c) {
            (None, '\n' | '\r') => comment = false,
            _ if comment => {}
            (Some(q), _) if c == q => quote = None,
            (None, '#') if fresh => comment = true,
            (None, '"' | '\'') if fresh => quote = Some(c),
            _ => {}
        }
        let blank = comment || quote.is_none() && matches!(c, '\n' | '\r');
        if blank {
            joined.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            joined.push(c);
        }
    }
    joined.push_str(&text[span.end..]);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_places_stay() {
        let text = "a: [b, # é\n\"c\nd\"\n]\ne: f\n";
        let end = text.find(']').expect("it is there") + 1;
        let joined = lines(text, Span::new(3, end));
        assert_eq!(joined, "a: [b,      \"c\nd\" ]\ne: f\n");
        assert_eq!(joined.len(), text.len());
    }
}
