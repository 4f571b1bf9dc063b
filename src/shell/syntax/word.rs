//! Words: quoting, `$…` and backquotes.

use std::rc::Rc;

use crate::shell::syntax::ast::{Command, Param, ParamOp, Part, Word};
use crate::shell::syntax::bash;
use crate::shell::syntax::cursor::{Cursor, is_end, name_len};
use crate::shell::syntax::parser::{self, SyntaxError};

/// Where a word is, which decides what ends it and what is special in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// On a command line.
    Plain,
    /// Inside double quotes.
    Quotes,
    /// Inside `${x-…}`.
    Brace,
    /// Inside `"${x-…}"`.
    BraceInQuotes,
    /// Inside `$((…))`.
    Arithmetic,
    /// The body of a here-document.
    Here,
    /// The pattern of `${x/…/}`: as Brace, and ends at a `/` that is not its first character.
    Pattern,
    /// The offset of `${x:…:}`: as Brace, and ends at `:`.
    Offset,
    /// Between the brackets of `a[…]` in bash.
    Index,
    /// The right side of `=~` in bash: blanks in parentheses are part of it.
    Regex,
}

impl Place {
    fn is_quoted(self) -> bool {
        matches!(self, Place::Quotes | Place::BraceInQuotes | Place::Arithmetic | Place::Here)
    }
}

/// Parses a word up to what ends it at this place; the end itself is not taken.
pub fn word(c: &mut Cursor, place: Place) -> Result<Word, SyntaxError> {
    c.nested(|c| {
        let mut parts = Parts::default();
        if c.bash
            && place == Place::Plain
            && let Some(target) = bash::target(c)?
        {
            let whole = target.items.is_some();
            parts.done.push(Part::Assign(Rc::new(target)));
            if whole {
                return Ok(Word { parts: parts.done });
            }
        }
        let (start, mut parens) = (c.at, 0);
        if matches!(place, Place::Plain | Place::Brace) {
            tilde(c, &mut parts);
        }
        while let Some(next) = c.peek() {
            if ends(c, place, next, parens, c.at == start) {
                break;
            }
            match place {
                Place::Arithmetic | Place::Regex => {
                    parens += i32::from(next == '(') - i32::from(next == ')');
                }
                Place::Index => parens += i32::from(next == '[') - i32::from(next == ']'),
                _ if bash::group(c, place, &mut parens) => {}
                _ => {}
            }
            piece(c, place, next, &mut parts)?;
        }
        Ok(Word { parts: parts.done })
    })
}

fn ends(c: &Cursor, place: Place, next: char, parens: i32, first: bool) -> bool {
    match place {
        Place::Plain if parens > 0 => false,
        Place::Plain if c.extended && bash::is_group(c) => false,
        Place::Plain => is_end(next) && !is_process(c),
        Place::Index => next == ']' && parens == 0,
        Place::Regex => parens == 0 && matches!(next, ' ' | '\t' | '\n' | ')' | ';' | '&'),
        Place::Quotes => next == '"',
        Place::Arithmetic => parens == 0 && c.sees("))") || parens < 0,
        Place::Here => false,
        Place::Pattern if next == '/' && !first => true,
        Place::Offset if next == ':' => true,
        _ => next == '}',
    }
}

/// Whether a process substitution comes next: `<(` or `>(`.
pub fn is_process(c: &Cursor) -> bool {
    c.rest().starts_with("<(") || c.rest().starts_with(">(")
}

/// Parts being collected; neighbouring text is joined.
#[derive(Default)]
struct Parts {
    done: Vec<Part>,
}

impl Parts {
    fn add(&mut self, text: &str, quoted: bool) {
        match (self.done.last_mut(), quoted) {
            (Some(Part::Text(last)), false) | (Some(Part::Quoted(last)), true) => {
                last.push_str(text);
            }
            (_, true) => self.done.push(Part::Quoted(text.to_string())),
            (_, false) => self.done.push(Part::Text(text.to_string())),
        }
    }

    fn add_char(&mut self, c: char, quoted: bool) {
        self.add(c.encode_utf8(&mut [0; 4]), quoted);
    }
}

fn piece(c: &mut Cursor, place: Place, next: char, parts: &mut Parts) -> Result<(), SyntaxError> {
    let quoted = place.is_quoted();
    match next {
        '\\' => backslash(c, place, parts),
        '\'' if !quoted => {
            c.take();
            let text = until_quote(c)?;
            parts.add(&text, true);
        }
        '"' if !matches!(place, Place::Here | Place::Arithmetic) => {
            c.take();
            double_quotes(c, parts)?;
        }
        '$' => dollar(c, place, parts)?,
        '<' | '>' if place == Place::Plain && is_process(c) => {
            c.take();
            let command = in_parentheses(c)?;
            parts.done.push(Part::Process(command, next == '>'));
        }
        '`' => {
            let command = backquotes(c, place)?;
            parts.done.push(Part::Substitution(command, quoted));
        }
        other => {
            c.take();
            parts.add_char(other, quoted);
            if place == Place::Plain && matches!(other, '=' | ':') && is_assignment(parts) {
                tilde(c, parts);
            }
        }
    }
    Ok(())
}

fn is_assignment(parts: &Parts) -> bool {
    match parts.done.first() {
        Some(Part::Text(text)) => {
            let len = name_len(text);
            len > 0 && text[len..].starts_with('=')
        }
        _ => false,
    }
}

fn backslash(c: &mut Cursor, place: Place, parts: &mut Parts) {
    c.take();
    let quoted = place.is_quoted();
    match c.peek() {
        Some('\n') => {
            c.take();
        }
        None => parts.add("\\", true),
        Some(next) => {
            let special = match place {
                Place::Quotes => matches!(next, '$' | '`' | '"' | '\\'),
                Place::BraceInQuotes => matches!(next, '$' | '`' | '"' | '\\' | '}'),
                Place::Here | Place::Arithmetic => matches!(next, '$' | '`' | '\\'),
                _ => true,
            };
            if !special {
                parts.add("\\", quoted);
            }
            c.take();
            parts.add_char(next, true);
        }
    }
}

fn until_quote(c: &mut Cursor) -> Result<String, SyntaxError> {
    let mut text = String::new();
    let begun = c.line;
    loop {
        match c.take() {
            Some('\'') => return Ok(text),
            Some(next) => text.push(next),
            None => return Err(open_quote(c, '\'', begun)),
        }
    }
}

/// The error that a quote has no end.
fn open_quote(c: &Cursor, quote: char, begun: u32) -> SyntaxError {
    if !c.bash {
        return c.error("unterminated quoted string");
    }
    let message = format!("unexpected EOF while looking for matching `{quote}'");
    SyntaxError { line: begun, ..c.error(message) }
}

fn double_quotes(c: &mut Cursor, parts: &mut Parts) -> Result<(), SyntaxError> {
    let begun = c.line;
    let inner = word(c, Place::Quotes)?;
    if !c.eat("\"") {
        return Err(open_quote(c, '"', begun));
    }
    if inner.parts.is_empty() {
        parts.add("", true);
    }
    for part in inner.parts {
        match part {
            Part::Quoted(text) => parts.add(&text, true),
            other => parts.done.push(other),
        }
    }
    Ok(())
}

fn tilde(c: &mut Cursor, parts: &mut Parts) {
    if c.peek() != Some('~') {
        return;
    }
    let rest = &c.rest()[1..];
    let end = rest.find(|ch: char| is_end(ch) || matches!(ch, '/' | ':' | '}'));
    let name = rest[..end.unwrap_or(rest.len())].to_string();
    if name.chars().all(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '_' | '-' | '.')) {
        c.take();
        c.eat(&name);
        parts.done.push(Part::Tilde(name));
    }
}

fn dollar(c: &mut Cursor, place: Place, parts: &mut Parts) -> Result<(), SyntaxError> {
    let quoted = place.is_quoted();
    c.take();
    c.join();
    match c.peek() {
        Some('(') => parts.done.push(parenthesis(c, quoted)?),
        Some('{') => {
            let param = brace(c, quoted)?;
            parts.done.push(Part::Param(Rc::new(param), quoted));
        }
        Some('[') if c.bash => {
            let index = bash::subscript(c)?;
            parts.done.push(Part::Arithmetic(index, quoted));
        }
        Some('\'') if !quoted => {
            c.take();
            let text = ansi_quotes(c)?;
            parts.add(&text, true);
        }
        Some(_) => match param_name(c, false) {
            Some(name) => {
                let param = Param { name, index: None, indirect: false, op: ParamOp::Value };
                parts.done.push(Part::Param(Rc::new(param), quoted));
            }
            None => parts.add("$", quoted),
        },
        None => parts.add("$", quoted),
    }
    Ok(())
}

fn parenthesis(c: &mut Cursor, quoted: bool) -> Result<Part, SyntaxError> {
    if c.sees("((") {
        let (at, line) = (c.at, c.line);
        c.eat("((");
        let inner = word(c, Place::Arithmetic)?;
        if c.eat("))") {
            return Ok(Part::Arithmetic(inner, quoted));
        }
        (c.at, c.line) = (at, line);
        let missing = c.error("missing '))'");
        return match in_parentheses(c) {
            Ok(command) => Ok(Part::Substitution(command, quoted)),
            Err(error) if error.alias.is_some() => Err(error),
            Err(_) => Err(missing),
        };
    }
    let command = in_parentheses(c)?;
    let command = if c.bash { bash::reads_file(command) } else { command };
    Ok(Part::Substitution(command, quoted))
}

fn in_parentheses(c: &mut Cursor) -> Result<Rc<Command>, SyntaxError> {
    c.eat("(");
    let command = c.nested(parser::list)?;
    if !c.eat(")") {
        return Err(c.unexpected(Some(")")));
    }
    Ok(command)
}

/// `` `…` ``: inside, a backslash quotes `$`, `` ` `` and itself.
fn backquotes(c: &mut Cursor, place: Place) -> Result<Rc<Command>, SyntaxError> {
    c.take();
    let mut text = String::new();
    loop {
        match c.take() {
            Some('`') => break,
            Some('\\') => match c.peek() {
                Some(next @ ('$' | '`' | '\\')) => {
                    c.take();
                    text.push(next);
                }
                Some('"') if place.is_quoted() => {
                    c.take();
                    text.push('"');
                }
                _ => text.push('\\'),
            },
            Some(next) => text.push(next),
            None => return Err(c.error("EOF in backquote substitution")),
        }
    }
    let mut inner = c.inner(&text);
    let command = inner.nested(parser::list)?;
    if inner.peek().is_some() {
        return Err(inner.unexpected(None));
    }
    Ok(command)
}

pub(super) fn param_name(c: &mut Cursor, braces: bool) -> Option<String> {
    c.join();
    let rest = c.rest();
    let len = match rest.chars().next()? {
        '@' | '*' | '#' | '?' | '-' | '$' | '!' => 1,
        '0'..='9' if braces => rest.bytes().take_while(u8::is_ascii_digit).count(),
        '0'..='9' => 1,
        _ => name_len(rest),
    };
    if len == 0 {
        return None;
    }
    let mut name = rest[..len].to_string();
    c.at += len;
    let joins = name.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic());
    while (joins || braces) && c.rest().starts_with("\\\n") {
        c.join();
        let rest = c.rest();
        let more = rest.find(|ch: char| !joins || ch != '_' && !ch.is_ascii_alphanumeric());
        let more = more.unwrap_or(rest.len());
        name.push_str(&rest[..more]);
        c.at += more;
    }
    Some(name)
}

fn brace(c: &mut Cursor, quoted: bool) -> Result<Param, SyntaxError> {
    c.eat("{");
    if c.bash {
        return bash::brace(c, quoted);
    }
    c.join();
    let length = c.peek() == Some('#') && !matches!(c.peek_second(), Some('}'));
    if length {
        let at = c.at;
        c.take();
        if let Some(name) = param_name(c, true)
            && c.eat("}")
        {
            return Ok(Param { name, index: None, indirect: false, op: ParamOp::Length });
        }
        c.at = at;
    }
    // `${#=}` asks for the length of what is no parameter.
    let odd = length && c.rest().chars().nth(2) == Some('}');
    let name = param_name(c, true).filter(|_| !odd);
    if name.is_some() && c.eat("}") {
        return Ok(Param {
            name: name.unwrap_or_default(),
            index: None,
            indirect: false,
            op: ParamOp::Value,
        });
    }
    let op = match name {
        Some(_) => operator(c, quoted)?,
        None => bad(c, quoted)?,
    };
    if !c.eat("}") {
        return Err(c.error(if quoted { "unterminated quoted string" } else { "missing '}'" }));
    }
    Ok(Param { name: name.unwrap_or_default(), index: None, indirect: false, op })
}

/// Goes to the end of something that cannot be expanded.
fn bad(c: &mut Cursor, quoted: bool) -> Result<ParamOp, SyntaxError> {
    word(c, if quoted { Place::BraceInQuotes } else { Place::Brace })?;
    Ok(ParamOp::Bad)
}

/// What is done to a parameter.
pub(super) fn operator(c: &mut Cursor, quoted: bool) -> Result<ParamOp, SyntaxError> {
    let text = if quoted { Place::BraceInQuotes } else { Place::Brace };
    let colon = c.peek() == Some(':') && matches!(c.peek_second(), Some('-' | '=' | '?' | '+'));
    if colon {
        c.take();
    }
    let Some(operator) = c.take() else { return Ok(ParamOp::Bad) };
    Ok(match operator {
        '-' => ParamOp::Default(colon, word(c, text)?),
        '=' => ParamOp::Assign(colon, word(c, text)?),
        '?' => ParamOp::Error(colon, word(c, text)?),
        '+' => ParamOp::Alternative(colon, word(c, text)?),
        '#' => ParamOp::RemovePrefix(c.eat("#"), word(c, Place::Brace)?),
        '%' => ParamOp::RemoveSuffix(c.eat("%"), word(c, Place::Brace)?),
        ':' => {
            let offset = word(c, Place::Offset)?;
            if offset.parts.is_empty() && c.peek() == Some('}') {
                return Err(c.error("missing '}'"));
            }
            let length = if c.eat(":") { Some(word(c, Place::Brace)?) } else { None };
            ParamOp::Substring(offset, length)
        }
        '/' => {
            let all = c.eat("/");
            let pattern = word(c, Place::Pattern)?;
            let new = if c.eat("/") { word(c, Place::Brace)? } else { Word::default() };
            ParamOp::Replace(all, pattern, new)
        }
        _ => bad(c, quoted)?,
    })
}

/// `$'…'` with the escapes of C.
fn ansi_quotes(c: &mut Cursor) -> Result<String, SyntaxError> {
    let mut text = String::new();
    loop {
        match c.take() {
            Some('\'') => return Ok(text),
            Some('\\') => match c.take() {
                Some(escape @ ('e' | 'E' | '?' | 'u' | 'U')) if c.bash => match escape {
                    'e' | 'E' => text.push('\u{1b}'),
                    '?' => text.push('?'),
                    _ => text.push_str(&bash::unicode(c, escape)),
                },
                Some('x') if c.peek().is_some_and(|next| next.is_ascii_hexdigit()) => {
                    text.extend(code(c, 16, 2));
                }
                Some(digit @ '0'..='7') => {
                    c.at -= digit.len_utf8();
                    text.extend(code(c, 8, 3));
                }
                Some(c @ ('\\' | '\'' | '"')) => text.push(c),
                Some(letter) => match "abfnrtv".find(letter) {
                    Some(at) => {
                        text.push(['\u{7}', '\u{8}', '\u{c}', '\n', '\r', '\t', '\u{b}'][at])
                    }
                    None => text.extend(['\\', letter]),
                },
                None => return Err(c.error("unterminated quoted string")),
            },
            Some(next) => text.push(next),
            None => return Err(c.error("unterminated quoted string")),
        }
    }
}

/// A character by its number in octal or hexadecimal; none for 0.
fn code(c: &mut Cursor, radix: u32, most: usize) -> Option<char> {
    let mut value = 0;
    for _ in 0..most {
        let Some(digit) = c.peek().and_then(|next| next.to_digit(radix)) else { break };
        value = value * radix + digit;
        c.take();
    }
    Some(char::from(value as u8)).filter(|c| *c != '\0')
}
