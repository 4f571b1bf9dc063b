//! Colours one line of YAML, for the eye only: it never fails and decides nothing.

use std::ops::Range;

/// What a piece of a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// Anything else.
    Plain,
    /// A key and its colon.
    Key,
    /// `-`, `---`, `|`, `>`, brackets.
    Mark,
    /// A number, boolean or null.
    Literal,
    /// In quotes.
    Quoted,
    /// A comment.
    Comment,
}

/// The pieces of `line`, in order, without gaps.
pub fn tint(line: &str) -> Vec<(Range<usize>, Ink)> {
    let mut pieces = Vec::new();
    let (code, comment) = line.split_at(comment_start(line));
    let mut at = marks(code, &mut pieces);
    if let Some(length) = key_length(&code[at..]) {
        pieces.push((at..at + length, Ink::Key));
        at += length;
    }
    if at < code.len() {
        pieces.push((at..code.len(), value_ink(code[at..].trim())));
    }
    if !comment.is_empty() {
        pieces.push((code.len()..line.len(), Ink::Comment));
    }
    pieces
}

/// Leading spaces and dashes; the byte after them.
fn marks(code: &str, pieces: &mut Vec<(Range<usize>, Ink)>) -> usize {
    let mut at = 0;
    loop {
        let spaces = code[at..].len() - code[at..].trim_start_matches(' ').len();
        if spaces > 0 {
            pieces.push((at..at + spaces, Ink::Plain));
            at += spaces;
        }
        let rest = &code[at..];
        if rest == "-" || rest.starts_with("- ") {
            pieces.push((at..at + 1, Ink::Mark));
            at += 1;
        } else {
            return at;
        }
    }
}

/// The bytes of `key:` at the start of `text`, if there is one.
fn key_length(text: &str) -> Option<usize> {
    let colon = text.find(": ").or_else(|| text.ends_with(':').then(|| text.len() - 1))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/\"'".contains(c);
    let key = &text[..colon];
    let quote = key.chars().next().filter(|c| "\"'".contains(*c));
    let closed = quote.is_none_or(|quote| key.len() > 1 && key.ends_with(quote));
    (!key.is_empty() && closed && key.chars().all(plain)).then_some(colon + 1)
}

/// Where ` #` begins outside of quotes, or the end of the line.
fn comment_start(line: &str) -> usize {
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '#' && before == ' ' => return at,
            None if (c == '"' || c == '\'') && " [{,".contains(before) => quote = Some(c),
            None => {}
        }
        before = c;
    }
    line.len()
}

fn value_ink(value: &str) -> Ink {
    let first = value.chars().next().unwrap_or(' ');
    match value {
        "true" | "false" | "null" | "~" => Ink::Literal,
        "|" | ">" | "|-" | ">-" | "---" | "..." | "[]" | "{}" => Ink::Mark,
        _ if first == '"' || first == '\'' => Ink::Quoted,
        _ if first.is_ascii_digit() && value.chars().all(|c| "0123456789.".contains(c)) => {
            Ink::Literal
        }
        _ => Ink::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inks(line: &str) -> String {
        let pieces = tint(line);
        let joined: String = pieces.iter().map(|(r, _)| &line[r.clone()]).collect();
        assert_eq!(joined, line, "no gaps");
        let letter = |ink: &Ink| match ink {
            Ink::Plain => 'p',
            Ink::Key => 'k',
            Ink::Mark => 'm',
            Ink::Literal => 'l',
            Ink::Quoted => 'q',
            Ink::Comment => 'c',
        };
        pieces.iter().map(|(_, ink)| letter(ink)).collect()
    }

    #[test]
    fn a_line_is_cut_into_what_it_is_made_of() {
        for (line, expected) in [
            ("kind: Pod", "kp"),
            ("  - name: web", "pmpkp"),
            ("periodSeconds: 5 # why", "klc"),
            ("# all of it", "c"),
            ("- \"a: b # c\"", "mpq"),
            ("image: nginx#1", "kp"),
            ("ready: true", "kl"),
            ("---", "m"),
            ("", ""),
            ("- -", "mpm"),
            ("期: é", "p"),
        ] {
            assert_eq!(inks(line), expected, "{line}");
        }
    }
}
