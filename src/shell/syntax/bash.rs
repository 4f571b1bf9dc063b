//! What bash parses beside what ash does: `((…))`, `[[ … ]]`, arrays, more of `${…}`.

use std::rc::Rc;

use crate::shell::syntax::ast::{
    Bash, Command, Item, More, Param, ParamOp, Part, Redirect, RedirectKind, Simple, Target, Test,
    Word,
};
use crate::shell::syntax::brace;
use crate::shell::syntax::compound::{body, do_group, subshell};
use crate::shell::syntax::cursor::{Cursor, name_len};
use crate::shell::syntax::parser::{self, SyntaxError};
use crate::shell::syntax::word::{self, Place};

type Parsed = Result<Rc<Command>, SyntaxError>;

/// Whether a compound command of bash's own comes next.
pub fn starts(c: &Cursor) -> bool {
    c.rest().starts_with("((") || c.at_word("[[")
}

/// `((…))`, `[[ … ]]`, or a subshell that begins with another.
pub fn compound(c: &mut Cursor) -> Parsed {
    let line = c.line;
    if c.eat("[[") {
        let extended = std::mem::replace(&mut c.extended, true);
        let test = test(c, 0);
        c.extended = extended;
        let test = test?;
        c.skip_newlines();
        if !c.at_word("]]") {
            return Err(c.unexpected(None));
        }
        c.eat("]]");
        return Ok(Rc::new(Command::Bash(Bash::Test(test, line))));
    }
    let at = c.at;
    c.eat("((");
    if let Ok(inner) = word::word(c, Place::Arithmetic)
        && c.eat("))")
    {
        return Ok(Rc::new(Command::Bash(Bash::Arithmetic(inner, line))));
    }
    (c.at, c.line) = (at, line);
    subshell(c)
}

/// `for ((a; b; c)); do d; done`, after the `for`.
pub fn for_command(c: &mut Cursor) -> Parsed {
    c.eat("((");
    let inner = word::word(c, Place::Arithmetic)?;
    if !c.eat("))") {
        return Err(c.unexpected(None));
    }
    let mut words: [Word; 3] = Default::default();
    let mut at = 0;
    for part in inner.parts {
        let Part::Quoted(text) = &part else {
            words[at].parts.push(part);
            continue;
        };
        for (nth, piece) in text.split(';').enumerate() {
            at += usize::from(nth > 0);
            let Some(word) = words.get_mut(at) else { return Err(c.unexpected(None)) };
            word.parts.push(Part::Quoted(piece.to_string()));
        }
    }
    c.skip_blanks();
    c.eat(";");
    c.skip_newlines();
    let body = if c.at_word("{") {
        c.eat("{");
        let body = body(c)?;
        c.expect("}")?;
        body
    } else {
        do_group(c)?
    };
    Ok(Rc::new(Command::Bash(Bash::For(Box::new(words), body))))
}

/// `time -p a | b`
pub fn time(c: &mut Cursor) -> Parsed {
    c.eat("time");
    c.skip_blanks();
    let posix = c.at_word("-p") && c.eat("-p");
    c.skip_blanks();
    let inner = match c.peek() {
        None | Some('\n' | ';') => Rc::new(Command::Empty),
        _ => c.nested(parser::pipeline)?,
    };
    Ok(Rc::new(Command::Bash(Bash::Time(inner, posix))))
}

/// `a |& b`: what the last command says of errors goes the same way.
pub fn with_errors(commands: &mut [Rc<Command>]) {
    let word = Word { parts: vec![Part::Text("1".to_string())] };
    let redirect = Redirect { fd: 2, kind: RedirectKind::Duplicate, word };
    if let Some(last) = commands.last_mut() {
        *last = Rc::new(Command::Redirected(last.clone(), vec![redirect]));
    }
}

const BINARY: [&str; 15] = [
    "=", "==", "!=", "=~", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef",
];

/// `a || b` at level 0, `a && b` at level 1, then `! a` and the rest.
fn test(c: &mut Cursor, level: usize) -> Result<Test, SyntaxError> {
    let Some(join) = ["||", "&&"].get(level) else { return c.nested(single_test) };
    let mut left = test(c, level + 1)?;
    loop {
        c.skip_newlines();
        if !c.eat(join) {
            return Ok(left);
        }
        let sides = (Box::new(left), Box::new(test(c, level + 1)?));
        left = if level == 0 { Test::Or(sides.0, sides.1) } else { Test::And(sides.0, sides.1) };
    }
}

fn single_test(c: &mut Cursor) -> Result<Test, SyntaxError> {
    c.skip_newlines();
    if c.at_word("!") {
        c.eat("!");
        return Ok(Test::Not(Box::new(c.nested(single_test)?)));
    }
    if c.eat("(") {
        let inner = test(c, 0)?;
        c.skip_newlines();
        return if c.eat(")") { Ok(inner) } else { Err(c.unexpected(Some(")"))) };
    }
    let left = operand(c)?;
    let letter = left.plain().and_then(|text| text.strip_prefix('-')).filter(|l| l.len() == 1);
    let letter = letter.and_then(|l| l.chars().next()).filter(char::is_ascii_alphabetic);
    c.skip_blanks();
    if let Some(letter) = letter
        && !ends_test(c)
    {
        return Ok(Test::Unary(letter, operand(c)?));
    }
    if ends_test(c) {
        return Ok(Test::Filled(left));
    }
    let operator = match c.peek() {
        Some('<' | '>') => c.take().map(String::from),
        _ => word::word(c, Place::Plain)?.plain().map(str::to_string),
    };
    let Some(operator) = operator.filter(|op| BINARY.contains(&op.as_str())) else {
        return Err(c.error("conditional binary operator expected"));
    };
    c.skip_blanks();
    let right = if operator == "=~" { word::word(c, Place::Regex)? } else { operand(c)? };
    Ok(Test::Binary(left, operator, right))
}

fn ends_test(c: &Cursor) -> bool {
    let rest = c.rest();
    c.at_word("]]") || ["&&", "||", ")", "\n"].iter().any(|end| rest.starts_with(end))
}

fn operand(c: &mut Cursor) -> Result<Word, SyntaxError> {
    c.skip_blanks();
    let word = word::word(c, Place::Plain)?;
    if word.parts.is_empty() { Err(c.unexpected(None)) } else { Ok(word) }
}

/// Whether `@(`, `?(` … comes next.
pub fn is_group(c: &Cursor) -> bool {
    matches!(c.peek(), Some('?' | '*' | '+' | '@' | '!')) && c.peek_second() == Some('(')
}

/// Counts the parentheses of `@(a|b)`; whether this is a place for one.
pub fn group(c: &Cursor, place: Place, open: &mut i32) -> bool {
    if place != Place::Plain || !c.extended || *open == 0 && !is_group(c) {
        return false;
    }
    let begun = c.text[..c.at].ends_with(['?', '*', '+', '@', '!']);
    match c.peek() {
        Some(')') => *open -= 1,
        Some('(') if !begun => *open += 1,
        _ => *open += i32::from(is_group(c)),
    }
    true
}

/// `a[1]=`, `a+=`, `a=(…)`, if one comes next; a plain `a=` is none.
pub fn target(c: &mut Cursor) -> Result<Option<Target>, SyntaxError> {
    let (at, line) = (c.at, c.line);
    let len = name_len(c.rest());
    if len == 0 || !c.rest()[len..].starts_with(['[', '+', '=']) {
        return Ok(None);
    }
    let name = c.rest()[..len].to_string();
    c.at += len;
    let index = if c.peek() == Some('[') { subscript(c).ok() } else { None };
    let append = c.eat("+=");
    let assigns = append || c.eat("=");
    let items = match index.is_none() && assigns && c.peek() == Some('(') {
        true => Some(items(c)?),
        false => None,
    };
    if !assigns || index.is_none() && !append && items.is_none() {
        (c.at, c.line) = (at, line);
        return Ok(None);
    }
    Ok(Some(Target { name, index, append, items }))
}

/// `[…]` after a name, or after `$`.
pub fn subscript(c: &mut Cursor) -> Result<Word, SyntaxError> {
    c.eat("[");
    let index = word::word(c, Place::Index)?;
    if c.eat("]") { Ok(index) } else { Err(c.unexpected(Some("]"))) }
}

fn items(c: &mut Cursor) -> Result<Vec<Item>, SyntaxError> {
    c.eat("(");
    let mut items = Vec::new();
    loop {
        c.skip_newlines();
        if c.eat(")") {
            return Ok(items);
        }
        let (at, line) = (c.at, c.line);
        if c.peek() == Some('[')
            && let Ok(index) = subscript(c)
            && (c.rest().starts_with('=') || c.rest().starts_with("+="))
        {
            let append = c.eat("+");
            c.eat("=");
            let value = word::word(c, Place::Plain)?;
            items.push(Item { target: Some((index, append)), value });
            continue;
        }
        (c.at, c.line) = (at, line);
        let value = word::word(c, Place::Plain)?;
        if value.parts.is_empty() {
            return Err(c.unexpected(c.peek().is_none().then_some(")")));
        }
        let values = brace::expanded(value).into_iter();
        items.extend(values.map(|value| Item { target: None, value }));
    }
}

/// `$(< file)` gives what is in the file.
pub fn reads_file(command: Rc<Command>) -> Rc<Command> {
    match &*command {
        Command::Simple(simple)
            if simple.words.is_empty()
                && simple.assignments.is_empty()
                && matches!(simple.redirects.as_slice(), [one] if one.kind == RedirectKind::Read) =>
        {
            let word = Word { parts: vec![Part::Text("cat".to_string())] };
            Rc::new(Command::Simple(Simple { words: vec![word], ..simple.clone() }))
        }
        _ => command,
    }
}

/// The name, if the word is an assignment of bash's own.
pub fn assignment(word: &Word) -> Option<(String, Word)> {
    match word.parts.first() {
        Some(Part::Assign(target)) => Some((target.name.clone(), word.clone())),
        _ => None,
    }
}

/// The inside of `${…}`; what cannot be understood is an error only when it is needed.
pub fn brace(c: &mut Cursor, quoted: bool) -> Result<Param, SyntaxError> {
    let (at, line) = (c.at, c.line);
    if let Some(param) = known(c, quoted)? {
        return Ok(param);
    }
    (c.at, c.line) = (at, line);
    let text = c.rest();
    let Some(end) = text.find('}') else {
        return Err(SyntaxError {
            line,
            ..c.error("unexpected EOF while looking for matching `}'")
        });
    };
    let shown = ["${", &text[..=end]].concat();
    c.eat(&text[..=end]);
    let op = ParamOp::Bash(More::Bad(shown));
    Ok(Param { name: String::new(), index: None, indirect: false, op })
}

fn known(c: &mut Cursor, quoted: bool) -> Result<Option<Param>, SyntaxError> {
    let at = c.at;
    if c.peek() == Some('#') && !matches!(c.peek_second(), Some('}')) {
        c.take();
        if let Some((name, index)) = parameter(c)?
            && c.eat("}")
        {
            return Ok(Some(Param { name, index, indirect: false, op: ParamOp::Length }));
        }
        c.at = at;
    }
    let second = c.peek_second().unwrap_or('}');
    let named = second.is_ascii_alphanumeric() || matches!(second, '_' | '#' | '@' | '*');
    let mut indirect = c.peek() == Some('!') && named;
    if indirect {
        c.take();
    }
    let Some((name, index)) = parameter(c)? else { return Ok(None) };
    let all = index.as_ref().and_then(Word::plain).is_some_and(|i| matches!(i, "@" | "*"));
    let op = if indirect && index.is_none() && (c.eat("@}") || c.eat("*}")) {
        c.at -= 1;
        indirect = false;
        ParamOp::Bash(More::Names)
    } else if indirect && all && c.peek() == Some('}') {
        indirect = false;
        ParamOp::Bash(More::Keys)
    } else {
        match operator(c, quoted)? {
            Some(op) => op,
            None => return Ok(None),
        }
    };
    Ok(c.eat("}").then_some(Param { name, index, indirect, op }))
}

fn parameter(c: &mut Cursor) -> Result<Option<(String, Option<Word>)>, SyntaxError> {
    let Some(name) = word::param_name(c, true) else { return Ok(None) };
    let has_index = c.peek() == Some('[') && name_len(&name) > 0;
    let index = if has_index { Some(subscript(c)?) } else { None };
    Ok(Some((name, index)))
}

fn operator(c: &mut Cursor, quoted: bool) -> Result<Option<ParamOp>, SyntaxError> {
    let next = c.peek().unwrap_or('}');
    Ok(Some(match next {
        '}' => ParamOp::Value,
        '^' | ',' => {
            c.take();
            let all = c.eat(next.encode_utf8(&mut [0; 4]));
            ParamOp::Bash(More::Case(next == '^', all, word::word(c, Place::Brace)?))
        }
        '@' => {
            c.take();
            let letter = c.take().filter(|l| "QEPAaULuKk".contains(*l));
            let Some(letter) = letter else { return Ok(None) };
            ParamOp::Bash(More::Transform(letter))
        }
        '/' if matches!(c.peek_second(), Some('#' | '%')) => {
            c.take();
            let end = c.take().unwrap_or('#');
            // Nothing before the second slash: the very start or end.
            let none = c.peek() == Some('/');
            let pattern = if none { Word::default() } else { word::word(c, Place::Pattern)? };
            let text = if quoted { Place::BraceInQuotes } else { Place::Brace };
            let new = if c.eat("/") { word::word(c, text)? } else { Word::default() };
            ParamOp::Bash(More::ReplaceAt(end, pattern, new))
        }
        _ => {
            let op = word::operator(c, quoted)?;
            return Ok((op != ParamOp::Bad).then_some(op));
        }
    }))
}

/// `\u41` in `$'…'`: without a locale only what is ASCII becomes a character.
pub fn unicode(c: &mut Cursor, letter: char) -> String {
    let most = if letter == 'u' { 4 } else { 8 };
    let mut value = 0_u32;
    for _ in 0..most {
        let Some(digit) = c.peek().and_then(|next| next.to_digit(16)) else { break };
        value = value.wrapping_mul(16).wrapping_add(digit);
        c.take();
    }
    match char::from_u32(value).filter(char::is_ascii) {
        Some(c) => c.to_string(),
        None if value < 0x1_0000 => format!("\\u{value:04X}"),
        None => format!("\\U{value:08X}"),
    }
}
