//! The script of `sed`: addresses and commands.

use crate::shell::commands::regex::{Regex, bad_regex};

/// A command with its addresses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Command {
    /// The line, or the first of a range.
    pub from: Option<Address>,
    /// The last of a range.
    pub to: Option<Address>,
    /// `!`
    pub negate: bool,
    /// The line a range ends at, while it goes on.
    pub inside: Option<u64>,
    /// Whether a range from a line has begun, which it does once.
    pub done: bool,
    /// What it does.
    pub action: Action,
}

/// Which lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Address {
    /// `3`
    Line(u64),
    /// `$`
    Last,
    /// `/a/`
    Match(Option<Regex>),
    /// `+3`, after a comma
    More(u64),
}

/// What a command does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// One of `p d D q = g G h H x n N P l`.
    Letter(char),
    /// `s/a/b/`: expression (the last one, if empty), replacement and flags.
    Substitute(Option<Regex>, String, Flags),
    /// `y/a/b/`
    Translate(Vec<char>, Vec<char>),
    /// `a i c` with a text, `r w` with a file.
    Text(char, String),
    /// `b`, `t` with a label, `:` sets one; an empty label is the end.
    Label(char, String),
    /// `{` with the index of its `}`; 0 if it has none, which is met when it is jumped over.
    Open(usize),
    /// `}`
    Close,
}

/// The flags of `s`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Flags {
    /// `p`
    pub print: bool,
    /// Which match is replaced, from 1; 0 for all.
    pub nth: usize,
    /// `w file`
    pub file: Option<String>,
}

/// Parses a script. Errors: the message after the applet's name.
pub fn parse(text: &str, extended: bool) -> Result<Vec<Command>, String> {
    let mut parser = Parser {
        chars: text.chars().collect(),
        at: 0,
        extended,
        commands: Vec::new(),
        open: Vec::new(),
    };
    loop {
        parser.skip(|c| c.is_whitespace() || c == ';');
        match parser.peek() {
            None => break,
            Some('#') => parser.skip(|c| c != '\n'),
            Some(_) => parser.command()?,
        }
    }
    Ok(parser.commands)
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    extended: bool,
    commands: Vec<Command>,
    open: Vec<usize>,
}

type Parsed<T> = Result<T, String>;

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let start = self.at;
        self.skip(wanted);
        self.chars[start..self.at].iter().collect()
    }

    fn number(&mut self) -> Option<u64> {
        self.take(|c| c.is_ascii_digit()).parse().ok()
    }

    fn command(&mut self) -> Parsed<()> {
        let from = self.address()?;
        let mut to = None;
        if from.is_some() && self.peek() == Some(',') {
            self.at += 1;
            self.skip(|c| c == ' ');
            to = self.address()?;
            if to.is_none() {
                return Err("no address after comma".to_string());
            }
        }
        self.skip(|c| c == ' ');
        let negate = self.peek() == Some('!');
        self.skip(|c| c == '!' || c == ' ');
        let Some(letter) = self.peek().filter(|c| *c != '\n') else {
            return Err("missing command".to_string());
        };
        self.at += 1;
        if to.is_some() && matches!(letter, 'a' | 'i' | 'r') {
            return Err(format!("command '{letter}' uses only one address"));
        }
        let action = self.action(letter)?;
        self.commands.push(Command { from, to, negate, inside: None, done: false, action });
        self.skip(|c| c == ' ');
        Ok(())
    }

    fn action(&mut self, letter: char) -> Parsed<Action> {
        Ok(match letter {
            'p' | 'd' | 'D' | 'q' | '=' | 'g' | 'G' | 'h' | 'H' | 'x' | 'n' | 'N' | 'P' | 'l' => {
                Action::Letter(letter)
            }
            's' => self.substitution()?,
            'y' => {
                let (_, a, b) = self.two_texts("y")?;
                let (a, b) = (unescaped(&a), unescaped(&b));
                if a.len() != b.len() {
                    return Err("bad y command".to_string());
                }
                Action::Translate(a, b)
            }
            'a' | 'i' | 'c' => Action::Text(letter, self.text()),
            'r' | 'w' => {
                self.skip(|c| c == ' ');
                Action::Text(letter, self.take(|c| c != '\n'))
            }
            'b' | 't' | 'T' | ':' => {
                self.skip(|c| c == ' ');
                let name = self.take(|c| !matches!(c, '\n' | ';' | '}' | ' '));
                Action::Label(letter, name)
            }
            '{' => {
                self.open.push(self.commands.len());
                Action::Open(0)
            }
            '}' => {
                let Some(open) = self.open.pop() else { return Err("unexpected '}'".to_string()) };
                self.commands[open].action = Action::Open(self.commands.len());
                Action::Close
            }
            other => return Err(format!("unsupported command {other}")),
        })
    }

    /// The text of `a`, `i` and `c`: to the end of the line, and on where that ends with `\`.
    fn text(&mut self) -> String {
        self.skip(|c| c == ' ');
        if self.peek() == Some('\\') {
            self.at += 1;
            let start = self.at;
            self.skip(|c| c == ' ');
            self.at = if self.peek() == Some('\n') { self.at + 1 } else { start };
        }
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '\n' => break,
                '\\' => {
                    text.extend(self.peek().map(|c| escape(c).unwrap_or(c)));
                    self.at += 1;
                }
                c => text.push(c),
            }
        }
        text
    }

    /// An address, if one comes.
    fn address(&mut self) -> Parsed<Option<Address>> {
        Ok(Some(match self.peek() {
            Some('$') => {
                self.at += 1;
                Address::Last
            }
            Some('+') => {
                self.at += 1;
                Address::More(self.number().unwrap_or(0))
            }
            Some('/') | Some('\\') => {
                self.at += usize::from(self.peek() == Some('\\'));
                let delimiter = self.peek().unwrap_or('/');
                self.at += 1;
                let source = self.until(delimiter)?;
                Address::Match(self.regex(&source, false)?)
            }
            Some(c) if c.is_ascii_digit() => Address::Line(self.number().unwrap_or(0)),
            _ => return Ok(None),
        }))
    }

    /// An expression; none means the last one used.
    fn regex(&self, source: &str, fold: bool) -> Parsed<Option<Regex>> {
        if source.is_empty() {
            return Ok(None);
        }
        let regex = Regex::new(source, self.extended, fold);
        regex.map(Some).ok_or_else(|| bad_regex(source))
    }

    /// The text up to an unescaped delimiter, which is taken.
    fn until(&mut self, delimiter: char) -> Parsed<String> {
        let mut text = String::new();
        let mut class = false;
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                c if c == delimiter && !class => return Ok(text),
                '\\' if self.peek() == Some(delimiter) => {
                    self.at += 1;
                    text.push(delimiter);
                }
                '\\' if self.peek().and_then(escape).is_some() => {
                    text.extend(self.peek().and_then(escape));
                    self.at += 1;
                }
                '\\' => {
                    text.push('\\');
                    text.extend(self.peek());
                    self.at += 1;
                }
                c => {
                    class = c == '[' || class && c != ']';
                    text.push(c);
                }
            }
        }
        Err(unmatched(delimiter))
    }

    fn two_texts(&mut self, what: &str) -> Parsed<(char, String, String)> {
        let Some(delimiter) = self.peek() else { return Err(["bad ", what, " command"].concat()) };
        self.at += 1;
        let first = self.until(delimiter)?;
        let mut second = String::new();
        loop {
            let Some(c) = self.peek() else {
                return Err(unmatched(delimiter));
            };
            self.at += 1;
            match c {
                c if c == delimiter => return Ok((delimiter, first, second)),
                '\\' => {
                    let next = self.peek().unwrap_or('\\');
                    self.at += 1;
                    if next != delimiter || next == '&' {
                        second.push('\\');
                    }
                    second.push(next);
                }
                c => second.push(c),
            }
        }
    }

    fn substitution(&mut self) -> Parsed<Action> {
        let (_, source, replacement) = self.two_texts("s")?;
        let mut flags = Flags { nth: 1, ..Flags::default() };
        let mut fold = false;
        loop {
            match self.peek() {
                Some('g') => flags.nth = 0,
                Some('p') => flags.print = true,
                Some('i' | 'I') => fold = true,
                Some('w') => {
                    self.at += 1;
                    self.skip(|c| c == ' ');
                    flags.file = Some(self.take(|c| c != '\n'));
                    break;
                }
                Some(c) if c.is_ascii_digit() => {
                    flags.nth = self.number().unwrap_or(1).max(1) as usize;
                    continue;
                }
                None | Some(';' | '\n' | ' ' | '}' | '#') => break,
                Some(_) => return Err("bad option in substitution expression".to_string()),
            }
            self.at += 1;
        }
        Ok(Action::Substitute(self.regex(&source, fold)?, replacement, flags))
    }
}

/// What stands for a control character after a backslash.
fn escape(c: char) -> Option<char> {
    "ntr".find(c).map(|at| ['\n', '\t', '\r'][at])
}

/// The characters of `y`.
fn unescaped(text: &str) -> Vec<char> {
    let mut chars = text.chars();
    let mut out = Vec::new();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some(next)) if next == '\\' || escape(next).is_some() => {
                out.push(escape(next).unwrap_or(next));
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

fn unmatched(delimiter: char) -> String {
    format!("unmatched '{delimiter}'")
}
