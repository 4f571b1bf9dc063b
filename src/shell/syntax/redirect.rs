//! Redirections: `2> file`, `>&2`, `<< END`.

use crate::shell::syntax::ast::{Part, Redirect, RedirectKind};
use crate::shell::syntax::cursor::Cursor;
use crate::shell::syntax::here;
use crate::shell::syntax::parser::SyntaxError;
use crate::shell::syntax::word::{self, Place};

const OPERATORS: [(&str, RedirectKind, u32); 13] = [
    ("<<<", RedirectKind::Here, 0),
    ("<<-", RedirectKind::Here, 0),
    ("<<", RedirectKind::Here, 0),
    ("<&", RedirectKind::Duplicate, 0),
    ("<>", RedirectKind::ReadWrite, 0),
    ("<", RedirectKind::Read, 0),
    ("&>>", RedirectKind::BothAppend, 1),
    ("&>", RedirectKind::Both, 1),
    (">>", RedirectKind::Append, 1),
    (">&", RedirectKind::Duplicate, 1),
    (">|", RedirectKind::Clobber, 1),
    (">", RedirectKind::Write, 1),
    ("", RedirectKind::Write, 1),
];

/// Whether a redirection comes next.
pub fn is_next(c: &Cursor) -> bool {
    if word::is_process(c) {
        return false;
    }
    let rest = c.rest();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits <= 4 && rest[digits..].starts_with(['<', '>']) || rest.starts_with("&>")
}

/// Parses a redirection, or nothing if none comes next.
pub fn redirect(c: &mut Cursor) -> Result<Option<Redirect>, SyntaxError> {
    if !is_next(c) {
        return Ok(None);
    }
    let digits = c.rest().bytes().take_while(u8::is_ascii_digit).count();
    let number = c.rest()[..digits].parse().ok();
    c.at += digits;
    let Some(&(text, kind, default)) = OPERATORS
        .iter()
        .find(|(text, ..)| (c.bash || !matches!(*text, "<<<" | "&>>")) && c.eat(text))
    else {
        return Err(c.unexpected(None));
    };
    let fd = number.unwrap_or(default);
    if text == "<<<" {
        c.skip_blanks();
        let mut word = word::word(c, Place::Plain)?;
        word.parts.push(Part::Quoted("\n".to_string()));
        return Ok(Some(Redirect { fd, kind, word }));
    }
    if kind == RedirectKind::Here {
        let word = here::document(c, text == "<<-")?;
        return Ok(Some(Redirect { fd, kind, word }));
    }
    c.skip_blanks();
    let word = word::word(c, Place::Plain)?;
    if word.parts.is_empty() {
        return Err(c.unexpected(None));
    }
    let descriptor = word.plain().is_some_and(|w| w == "-" || w.parse::<u32>().is_ok());
    let kind = match (kind, text) {
        (RedirectKind::Duplicate, ">&")
            if number.is_none() && !descriptor && word.plain().is_some() =>
        {
            RedirectKind::Both
        }
        _ => kind,
    };
    Ok(Some(Redirect { fd, kind, word }))
}

/// All redirections that come next.
pub fn redirects(c: &mut Cursor) -> Result<Vec<Redirect>, SyntaxError> {
    let mut all = Vec::new();
    loop {
        c.skip_blanks();
        match redirect(c)? {
            Some(one) => all.push(one),
            None => return Ok(all),
        }
    }
}
