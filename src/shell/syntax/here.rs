//! Here-documents: `<< END` takes the lines after the current one.

use crate::shell::syntax::ast::{Part, Word};
use crate::shell::syntax::cursor::{Cursor, is_end};
use crate::shell::syntax::parser::SyntaxError;
use crate::shell::syntax::word::{self, Place};

/// Parses what follows `<<` or `<<-`: takes the delimiter from this line and the text from below.
pub fn document(c: &mut Cursor, strip_tabs: bool) -> Result<Word, SyntaxError> {
    c.skip_blanks();
    let (delimiter, quoted) = delimiter(c)?;
    let start = match c.bodies {
        Some((_, end)) => end,
        None => {
            let newline = end_of_line(c);
            c.bodies = Some((newline, (newline + 1).min(c.text.len())));
            (newline + 1).min(c.text.len())
        }
    };
    let (text, end) = body(c.text, start, &delimiter, strip_tabs, quoted);
    if let Some((_, bodies_end)) = &mut c.bodies {
        *bodies_end = end;
    }
    if quoted {
        return Ok(Word { parts: vec![Part::Quoted(text)] });
    }
    word::word(&mut c.inner(&text), Place::Here)
}

fn delimiter(c: &mut Cursor) -> Result<(String, bool), SyntaxError> {
    let mut text = String::new();
    let mut quoted = false;
    while let Some(next) = c.peek().filter(|n| !is_end(*n)) {
        c.take();
        match next {
            '\\' if c.peek() == Some('\n') => {
                c.take();
            }
            '\\' => {
                quoted = true;
                text.extend(c.take());
            }
            '\'' | '"' => {
                quoted = true;
                while let Some(inner) = c.take().filter(|i| *i != next) {
                    if inner == '\\' && next == '"' && c.eat("\n") {
                        continue;
                    }
                    let escapes = inner == '\\'
                        && next == '"'
                        && matches!(c.peek(), Some('\\' | '"' | '$' | '`'));
                    text.extend(if escapes { c.take() } else { Some(inner) });
                }
            }
            '`' => {
                quoted = true;
                text.push(next);
            }
            other => text.push(other),
        }
    }
    if text.is_empty() && !quoted {
        return Err(c.unexpected(None));
    }
    Ok((text, quoted))
}

/// Where the current line ends, outside of quotes (the newline or the end of the text). A comment
/// is as a quote that the newline closes.
fn end_of_line(c: &Cursor) -> usize {
    let mut quote = None;
    let (mut skip, mut blank) = (false, false);
    for (offset, ch) in c.rest().char_indices() {
        match (quote, ch) {
            _ if skip => skip = false,
            (None | Some('"'), '\\') => skip = true,
            (None, '\n') => return c.at + offset,
            (None, '#') if blank => quote = Some('\n'),
            (Some('\n'), '\n') => return c.at + offset,
            (None, '\'' | '"') => quote = Some(ch),
            (Some(open), ch) if open == ch => quote = None,
            _ => {}
        }
        blank = matches!(ch, ' ' | '\t' | ';');
    }
    c.text.len()
}

/// The text up to the line that is the delimiter, and where what follows starts. Unless it is
/// quoted, a line may be continued, and a continued one is no delimiter.
fn body(
    text: &str,
    start: usize,
    delimiter: &str,
    strip_tabs: bool,
    quoted: bool,
) -> (String, usize) {
    let mut out = String::new();
    let (mut at, mut first) = (start, 0);
    let mut continued = false;
    for line in text[start..].split_inclusive('\n') {
        at += line.len();
        let strips = strip_tabs && !continued;
        first = if continued { first } else { out.len() };
        out.push_str(if strips { line.trim_start_matches('\t') } else { line });
        let bare = line.trim_end_matches('\n');
        continued = !quoted && (bare.len() - bare.trim_end_matches('\\').len()) % 2 == 1;
        let whole = out[first..].strip_suffix('\n').unwrap_or(&out[first..]);
        if !continued && whole == delimiter {
            out.truncate(first);
            return (out, at);
        }
    }
    (out, at)
}
