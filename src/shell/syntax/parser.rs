//! Lists, pipelines and simple commands.

use std::rc::Rc;

use crate::base::Map;
use crate::shell::syntax::ast::{Command, Join, Part, Simple, Word};
use crate::shell::syntax::cursor::{Cursor, is_name, name_len};
use crate::shell::syntax::redirect;
use crate::shell::syntax::word::{self, Place};
use crate::shell::syntax::{bash, brace, compound};

/// Why a script cannot be parsed, in ash's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// On which line.
    pub line: u32,
    /// Not an error: from here to there the text is the name of an alias, to be put in.
    pub alias: Option<(usize, usize)>,
}

type Parsed = Result<Rc<Command>, SyntaxError>;

/// Parses the next complete command of a script (up to the end of its line) from byte `at` on
/// line `line`; `None` at the end. Also where the next one starts, with its line. `spliced` are
/// the aliases whose texts are in it already, each with its end; the last two tell whether it is
/// one of bash, and whether `@(a|b)` is a pattern in it.
pub fn next_command(
    text: &str,
    at: usize,
    line: u32,
    aliases: &Map<String, String>,
    spliced: &[(String, usize)],
    (bash, extended): (bool, bool),
) -> Result<(Option<Rc<Command>>, usize, u32), SyntaxError> {
    let mut c = Cursor::new(text, at, line);
    (c.aliases, c.spliced) = (Some(aliases), spliced);
    (c.bash, c.extended) = (bash, extended);
    c.skip_newlines();
    if c.peek().is_none() {
        return Ok((None, c.at, c.line));
    }
    let mut items = Vec::new();
    loop {
        items.push(item(&mut c)?);
        c.skip_blanks();
        match c.peek() {
            None => break,
            Some('\n') => {
                c.take();
                break;
            }
            Some(_) if separated(items.last()) || c.at > 0 && ended(&c) => {}
            Some(_) => return Err(c.unexpected(None)),
        }
    }
    Ok((Some(joined(items)), c.at, c.line))
}

fn separated(last: Option<&Rc<Command>>) -> bool {
    matches!(last.map(|l| &**l), Some(Command::Background(_)))
}

/// Whether the last item was ended by a `;` just before here.
fn ended(c: &Cursor) -> bool {
    c.text[..c.at].trim_end_matches([' ', '\t']).ends_with(';')
}

/// Parses commands over several lines, up to `)`, a closing reserved word, `;;` or the end.
pub fn list(c: &mut Cursor) -> Parsed {
    let mut items = Vec::new();
    loop {
        c.skip_newlines();
        if is_list_end(c) {
            return Ok(joined(items));
        }
        items.push(item(c)?);
        c.skip_blanks();
        let more = match c.peek() {
            Some('\n') => true,
            _ => separated(items.last()) || ended(c),
        };
        if !more && !is_list_end(c) {
            return Err(c.unexpected(None));
        }
    }
}

fn is_list_end(c: &Cursor) -> bool {
    c.peek().is_none_or(|p| p == ')')
        || c.sees(";;")
        || c.bash && c.sees(";&")
        || matches!(
            c.reserved(),
            Some("then" | "else" | "elif" | "fi" | "do" | "done" | "esac" | "}")
        )
}

fn joined(mut items: Vec<Rc<Command>>) -> Rc<Command> {
    match items.len() {
        0 => Rc::new(Command::Empty),
        1 => items.remove(0),
        _ => Rc::new(Command::List(items)),
    }
}

/// `a && b` with the `;` or `&` after it.
fn item(c: &mut Cursor) -> Parsed {
    let command = and_or(c)?;
    c.skip_blanks();
    if c.sees("&&") || c.sees(";;") || c.bash && c.sees(";&") {
        return Ok(command);
    }
    if c.eat("&") {
        return Ok(Rc::new(Command::Background(command)));
    }
    c.eat(";");
    Ok(command)
}

fn and_or(c: &mut Cursor) -> Parsed {
    let first = pipeline(c)?;
    let mut more = Vec::new();
    loop {
        c.skip_blanks();
        let join = if c.eat("&&") {
            Join::And
        } else if c.eat("||") {
            Join::Or
        } else {
            break;
        };
        c.skip_newlines();
        more.push((join, pipeline(c)?));
    }
    Ok(if more.is_empty() { first } else { Rc::new(Command::AndOr(first, more)) })
}

pub(super) fn pipeline(c: &mut Cursor) -> Parsed {
    c.skip_blanks();
    if c.at_word("!") {
        c.eat("!");
        c.skip_blanks();
        if c.at_word("!") {
            return Err(c.unexpected(None));
        }
        return Ok(Rc::new(Command::Not(c.nested(pipeline)?)));
    }
    if c.bash && c.at_word("time") {
        return bash::time(c);
    }
    let mut commands = vec![c.nested(command)?];
    loop {
        c.skip_blanks();
        if c.sees("||") || !c.eat("|") {
            break;
        }
        if c.bash && c.eat("&") {
            bash::with_errors(&mut commands);
        }
        c.skip_newlines();
        commands.push(c.nested(command)?);
    }
    Ok(if commands.len() == 1 { commands.remove(0) } else { Rc::new(Command::Pipeline(commands)) })
}

fn command(c: &mut Cursor) -> Parsed {
    c.skip_blanks();
    if let Some(compound) = compound::compound(c)? {
        return Ok(compound);
    }
    if c.reserved().is_some_and(|w| !matches!(w, "in" | "!")) {
        return Err(c.unexpected(None));
    }
    simple(c)
}

fn simple(c: &mut Cursor) -> Parsed {
    let mut simple = Simple { line: c.line, ..Simple::default() };
    let start = c.at;
    loop {
        c.skip_blanks();
        if let Some(redirect) = redirect::redirect(c)? {
            simple.redirects.push(redirect);
            continue;
        }
        let start = c.at;
        let mut word = word::word(c, Place::Plain)?;
        if word.plain().is_some_and(|name| c.is_alias(name, start, simple.words.is_empty())) {
            return Err(SyntaxError { alias: Some((start, c.at)), ..c.error("") });
        }
        if word.parts.is_empty() && is_double_bracket(&simple) {
            word.parts.extend(bracket_operator(c));
        }
        if word.parts.is_empty() {
            break;
        }
        let assigned = bash::assignment(&word).or_else(|| assignment(&word));
        match assigned {
            Some(assignment) if simple.words.is_empty() => simple.assignments.push(assignment),
            _ if c.bash => simple.words.extend(brace::expanded(word)),
            _ => simple.words.push(word),
        }
        if let Some(function) = function(c, &simple)? {
            return Ok(function);
        }
    }
    if c.at == start || c.peek() == Some('(') || is_empty(&simple) {
        return Err(c.unexpected(None));
    }
    Ok(Rc::new(Command::Simple(simple)))
}

/// Whether an open `[[` makes operators plain words.
fn is_double_bracket(simple: &Simple) -> bool {
    let plain = |word: Option<&Word>, text: &str| word.and_then(Word::plain) == Some(text);
    plain(simple.words.first(), "[[") && !plain(simple.words.last(), "]]")
}

fn bracket_operator(c: &mut Cursor) -> Option<Part> {
    let operator = ["&&", "||", "(", ")"].into_iter().find(|text| c.eat(text))?;
    Some(Part::Quoted(operator.to_string()))
}

fn is_empty(simple: &Simple) -> bool {
    simple.words.is_empty() && simple.assignments.is_empty() && simple.redirects.is_empty()
}

/// `name=word`, taken apart.
pub fn assignment(word: &Word) -> Option<(String, Word)> {
    let Some(Part::Text(text)) = word.parts.first() else { return None };
    let len = name_len(text);
    let value = text[len..].strip_prefix('=')?;
    if len == 0 {
        return None;
    }
    let mut parts = Vec::new();
    if !value.is_empty() {
        parts.push(Part::Text(value.to_string()));
    }
    parts.extend(word.parts[1..].iter().cloned());
    Some((text[..len].to_string(), Word { parts }))
}

/// `name() { … }`, if `()` follows the first word.
fn function(c: &mut Cursor, simple: &Simple) -> Result<Option<Rc<Command>>, SyntaxError> {
    let [word] = simple.words.as_slice() else { return Ok(None) };
    let alone = simple.assignments.is_empty() && simple.redirects.is_empty();
    c.skip_blanks();
    if !alone || c.peek() != Some('(') {
        return Ok(None);
    }
    c.take();
    c.skip_blanks();
    if !c.eat(")") {
        return Err(c.unexpected(Some(")")));
    }
    let Some(name) = word.plain().filter(|n| c.bash || is_name(n)) else {
        return Err(c.error("bad function name"));
    };
    c.skip_newlines();
    let body = c.nested(command)?;
    Ok(Some(Rc::new(Command::Function(name.to_string(), body))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<Rc<Command>>, String> {
        let (mut at, mut line, mut out) = (0, 1, Vec::new());
        loop {
            match next_command(text, at, line, &Map::default(), &[], (false, false)) {
                Ok((Some(command), next, next_line)) => {
                    assert!(next > at, "no progress in {text:?} at {at}");
                    out.push(command);
                    (at, line) = (next, next_line);
                }
                Ok((None, ..)) => return Ok(out),
                Err(error) => return Err(error.message),
            }
        }
    }

    #[test]
    fn reads_one_complete_command_at_a_time() {
        assert_eq!(all("echo a; echo b\necho c\n").unwrap().len(), 2);
        assert_eq!(all("if a\nthen b\nfi\n\n# no\nc &\n").unwrap().len(), 2);
        assert_eq!(all("cat <<A <<B | wc\na\nA\nb\nB\necho x").unwrap().len(), 2);
        assert_eq!(all("").unwrap().len(), 0);
    }

    #[test]
    fn errors_are_ashs() {
        for (text, message) in [
            ("echo )", "unexpected \")\""),
            ("echo \"a", "unterminated quoted string"),
            ("if true; then", "unexpected end of file (expecting \"fi\")"),
            ("fi", "unexpected \"fi\""),
            ("a ;; b", "unexpected \";;\""),
            ("echo a | | b", "unexpected \"|\""),
            ("&& a", "unexpected \"&&\""),
            ("while true; done", "unexpected \"done\" (expecting \"do\")"),
            ("echo >", "unexpected end of file"),
            ("echo >\n", "unexpected newline"),
            ("${", "missing '}'"),
            ("( )", "unexpected \")\""),
        ] {
            assert_eq!(all(text), Err(message.to_string()), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        for unit in ["(", "$(", "{ ", "if ", "${x:-", "\"$(", "! ", "$((", "`"] {
            let _ = all(&format!("echo {}", unit.repeat(20_000)));
            let _ = all(&unit.repeat(20_000));
        }
    }

    #[test]
    fn any_text_is_parsed_or_refused() {
        let alphabet = "a $'\"`(){}[];|&<>\n\\#=!*?~-1é:/%+ifdo";
        let symbols: Vec<char> = alphabet.chars().collect();
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..24 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                text.push(symbols[(state >> 33) as usize % symbols.len()]);
            }
            let _ = all(&text);
        }
    }
}
