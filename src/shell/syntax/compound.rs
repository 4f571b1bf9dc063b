//! Compound commands: `if`, loops, `case`, groups and functions.

use std::rc::Rc;

use crate::shell::syntax::ast::{Arm, Command, End};
use crate::shell::syntax::cursor::{Cursor, is_end, name_len};
use crate::shell::syntax::parser::{self, SyntaxError};
use crate::shell::syntax::redirect;
use crate::shell::syntax::word::{self, Place};
use crate::shell::syntax::{bash, brace};

type Parsed = Result<Rc<Command>, SyntaxError>;

/// Parses a compound command, or nothing if none starts here.
pub fn compound(c: &mut Cursor) -> Result<Option<Rc<Command>>, SyntaxError> {
    let body = match c.reserved() {
        Some("if") => if_command(c)?,
        Some("while") => loop_command(c, "while")?,
        Some("until") => loop_command(c, "until")?,
        Some("for") => for_command(c)?,
        Some("case") => case_command(c)?,
        Some("{") => {
            c.eat("{");
            let body = body(c)?;
            c.expect("}")?;
            body
        }
        _ if c.at_word("function") => return function(c).map(Some),
        _ if c.bash && bash::starts(c) => bash::compound(c)?,
        _ if c.peek() == Some('(') => subshell(c)?,
        _ => return Ok(None),
    };
    let redirects = redirect::redirects(c)?;
    Ok(Some(if redirects.is_empty() {
        body
    } else {
        Rc::new(Command::Redirected(body, redirects))
    }))
}

/// `function name { … }`, as ash takes it from bash.
fn function(c: &mut Cursor) -> Parsed {
    c.eat("function");
    c.skip_blanks();
    let end = |ch: char| is_end(ch) || matches!(ch, '{' | '}');
    let len = match c.bash {
        true => c.rest().find(end).unwrap_or(c.rest().len()),
        false => name_len(c.rest()),
    };
    let name = c.rest()[..len].to_string();
    c.at += len;
    c.skip_blanks();
    if c.eat("(") {
        c.skip_blanks();
        c.eat(")");
    }
    c.skip_newlines();
    let body = c.nested(compound)?;
    match body.filter(|_| len > 0) {
        Some(body) => Ok(Rc::new(Command::Function(name, body))),
        None => Err(c.unexpected(None)),
    }
}

/// A list that may not be empty.
pub(super) fn body(c: &mut Cursor) -> Parsed {
    let list = c.nested(parser::list)?;
    // At the end of the text the closing word is what is missing.
    if *list == Command::Empty && c.peek().is_some() {
        return Err(c.unexpected(None));
    }
    Ok(list)
}

pub(super) fn subshell(c: &mut Cursor) -> Parsed {
    c.eat("(");
    let body = body(c)?;
    if !c.eat(")") {
        return Err(c.unexpected(Some(")")));
    }
    Ok(Rc::new(Command::Subshell(body)))
}

fn if_command(c: &mut Cursor) -> Parsed {
    c.eat("if");
    if_rest(c)
}

fn if_rest(c: &mut Cursor) -> Parsed {
    let test = body(c)?;
    c.expect("then")?;
    let then = body(c)?;
    c.skip_newlines();
    let otherwise = match c.reserved() {
        Some("elif") => {
            c.eat("elif");
            return Ok(Rc::new(Command::If(test, then, Some(c.nested(if_rest)?))));
        }
        Some("else") => {
            c.eat("else");
            Some(body(c)?)
        }
        _ => None,
    };
    c.expect("fi")?;
    Ok(Rc::new(Command::If(test, then, otherwise)))
}

fn loop_command(c: &mut Cursor, word: &str) -> Parsed {
    c.eat(word);
    let test = body(c)?;
    let body = do_group(c)?;
    Ok(Rc::new(Command::Loop(word == "until", test, body)))
}

pub(super) fn do_group(c: &mut Cursor) -> Parsed {
    c.expect("do")?;
    let body = body(c)?;
    c.expect("done")?;
    Ok(body)
}

fn for_command(c: &mut Cursor) -> Parsed {
    c.eat("for");
    c.skip_blanks();
    if c.bash && c.rest().starts_with("((") {
        return bash::for_command(c);
    }
    let len = name_len(c.rest());
    let name = c.rest()[..len].to_string();
    c.at += len;
    if len == 0 {
        return Err(c.error("bad for loop variable"));
    }
    c.skip_newlines();
    let mut words = None;
    if c.at_word("in") {
        c.eat("in");
        let mut list = Vec::new();
        loop {
            c.skip_blanks();
            match c.peek() {
                Some(';') if !c.sees(";;") => {
                    c.take();
                    break;
                }
                Some('\n') => break,
                _ => {}
            }
            let word = word::word(c, Place::Plain)?;
            if word.parts.is_empty() {
                return Err(c.unexpected(None));
            }
            match c.bash {
                true => list.extend(brace::expanded(word)),
                false => list.push(word),
            }
        }
        words = Some(list);
    } else {
        c.eat(";");
    }
    let body = do_group(c)?;
    Ok(Rc::new(Command::For(name, words, body)))
}

fn case_command(c: &mut Cursor) -> Parsed {
    c.eat("case");
    c.skip_blanks();
    let subject = word::word(c, Place::Plain)?;
    if subject.parts.is_empty() {
        return Err(c.unexpected(None));
    }
    c.expect("in")?;
    let mut arms = Vec::new();
    loop {
        c.skip_newlines();
        if c.at_word("esac") {
            c.eat("esac");
            return Ok(Rc::new(Command::Case(subject, arms)));
        }
        arms.push(arm(c)?);
        c.skip_newlines();
        if c.bash && (c.rest().starts_with(";;&") || c.rest().starts_with(";&")) {
            let end = if c.eat(";&") { End::Next } else { End::Test };
            if end == End::Test {
                c.eat(";;&");
            }
            arms.last_mut().into_iter().for_each(|arm| arm.end = end);
            continue;
        }
        if !c.eat(";;") {
            c.expect("esac").map_err(|_| c.unexpected(Some(";;")))?;
            return Ok(Rc::new(Command::Case(subject, arms)));
        }
    }
}

fn arm(c: &mut Cursor) -> Result<Arm, SyntaxError> {
    c.eat("(");
    let mut patterns = Vec::new();
    loop {
        c.skip_blanks();
        let pattern = word::word(c, Place::Plain)?;
        if pattern.parts.is_empty() {
            return Err(c.unexpected(c.rest().is_empty().then_some(")")));
        }
        patterns.push(pattern);
        c.skip_blanks();
        if c.eat("|") {
            continue;
        }
        if c.eat(")") {
            break;
        }
        return Err(c.unexpected(Some(")")));
    }
    let body = c.nested(parser::list)?;
    Ok(Arm { patterns, body, end: End::Stop })
}
