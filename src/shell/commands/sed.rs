//! `sed -n -e 's/a/b/g' -e '/x/d' -i`: the commands `s p d q =`, with addresses.

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::lines::Lines;
use crate::shell::commands::regex::Regex;
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;

/// `sed`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sed {
    quiet: bool,
    in_place: bool,
    script: Vec<Command>,
    lines: Lines,
    /// The line before the one being read: only then is it known which is the last.
    held: Option<String>,
    line: u64,
    name: String,
    written: String,
    done: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Command {
    from: Option<Address>,
    to: Option<Address>,
    negate: bool,
    /// Whether a range has begun.
    inside: bool,
    action: Action,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Address {
    Line(u64),
    Last,
    Match(Regex),
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Action {
    Print,
    Delete,
    Quit,
    Number,
    /// Expression, replacement, every one, and print.
    Substitute(Regex, Vec<Piece>, bool, bool),
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Piece {
    Text(String),
    Group(usize),
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("nirEe:f:s")?;
    let mut rest = options.rest.clone();
    let mut scripts: Vec<String> =
        options.flags.iter().filter(|(l, _)| *l == 'e').map(|(_, v)| v.clone()).collect();
    if scripts.is_empty() {
        if rest.is_empty() {
            return Err(call.usage("sed [-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]..."));
        }
        scripts.push(rest.remove(0));
    }
    let extended = options.has('E') || options.has('r');
    let mut script = Vec::new();
    for text in &scripts {
        match (Parser { chars: text.chars().collect(), at: 0, extended }).script() {
            Some(commands) => script.extend(commands),
            None => {
                call.unsupported(&format!("'{text}'"));
                return Err(call.fail(format!("unsupported command {text}")));
            }
        }
    }
    let sed = Sed {
        quiet: options.has('n'),
        in_place: options.has('i'),
        script,
        lines: Lines::default(),
        held: None,
        line: 0,
        name: String::new(),
        written: String::new(),
        done: false,
    };
    Ok((Kind::Sed(sed), rest))
}

impl Sed {
    fn print(&mut self, sys: &mut Sys, text: &str) {
        if self.in_place {
            self.written.push_str(text);
            self.written.push('\n');
        } else {
            sys.out(format!("{text}\n"));
        }
    }

    fn run(&mut self, sys: &mut Sys, line: String, last: bool) {
        self.line += 1;
        sys.spend(1 + line.len() as u64 / 64);
        let mut line = line;
        let mut script = std::mem::take(&mut self.script);
        let mut deleted = false;
        for command in &mut script {
            if !command.applies(&line, self.line, last) {
                continue;
            }
            match &command.action {
                Action::Print => self.print(sys, &line),
                Action::Number => self.print(sys, &self.line.to_string()),
                Action::Delete => deleted = true,
                Action::Quit => self.done = true,
                Action::Substitute(regex, pieces, all, print) => {
                    if let Some(new) = substitute(&line, regex, pieces, *all) {
                        line = new;
                        if *print {
                            self.print(sys, &line);
                        }
                    }
                }
            }
            if deleted || self.done {
                break;
            }
        }
        self.script = script;
        if !deleted && !self.quiet {
            self.print(sys, &line);
        }
    }
}

impl Command {
    fn applies(&mut self, line: &str, number: u64, last: bool) -> bool {
        let hit = |address: &Address| match address {
            Address::Line(n) => *n == number,
            Address::Last => last,
            Address::Match(regex) => regex.is_match(line),
        };
        let applies = match (&self.from, &self.to) {
            (None, _) => true,
            (Some(from), None) => hit(from),
            (Some(_), Some(to)) if self.inside => {
                let past = matches!(to, Address::Line(n) if number >= *n);
                self.inside = !(past || hit(to));
                true
            }
            (Some(from), Some(to)) => {
                let begins = hit(from);
                self.inside = begins && !matches!(to, Address::Line(n) if number >= *n);
                begins
            }
        };
        applies != self.negate
    }
}

fn substitute(line: &str, regex: &Regex, pieces: &[Piece], all: bool) -> Option<String> {
    let (mut out, mut at, mut found) = (String::new(), 0, false);
    while at <= line.len() {
        let Some(groups) = regex.captures(line, at) else { break };
        let Some((start, end)) = groups[0] else { break };
        found = true;
        out.push_str(&line[at..start]);
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Group(nth) => {
                    if let Some(Some((start, end))) = groups.get(*nth) {
                        out.push_str(&line[*start..*end]);
                    }
                }
            }
        }
        at = end;
        if end == start {
            let c = line[at..].chars().next();
            out.extend(c);
            at += c.map_or(1, char::len_utf8);
        }
        if !all {
            break;
        }
    }
    out.push_str(line.get(at..).unwrap_or(""));
    found.then_some(out)
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    extended: bool,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn script(&mut self) -> Option<Vec<Command>> {
        let mut commands = Vec::new();
        loop {
            while self.peek().is_some_and(|c| c.is_whitespace() || c == ';') {
                self.at += 1;
            }
            if self.peek().is_none() {
                return Some(commands);
            }
            commands.push(self.command()?);
        }
    }

    fn command(&mut self) -> Option<Command> {
        let from = self.address()?;
        let mut to = None;
        if from.is_some() && self.peek() == Some(',') {
            self.at += 1;
            to = Some(self.address()??);
        }
        while self.peek() == Some(' ') {
            self.at += 1;
        }
        let negate = self.peek() == Some('!');
        self.at += usize::from(negate);
        let letter = self.peek()?;
        self.at += 1;
        let action = match letter {
            'p' => Action::Print,
            'd' => Action::Delete,
            'q' => Action::Quit,
            '=' => Action::Number,
            's' => self.substitution()?,
            _ => return None,
        };
        Some(Command { from, to, negate, inside: false, action })
    }

    /// An address, if one comes; `None` outside means a malformed one.
    fn address(&mut self) -> Option<Option<Address>> {
        Some(match self.peek() {
            Some('$') => {
                self.at += 1;
                Some(Address::Last)
            }
            Some('/') => {
                self.at += 1;
                let source = self.until('/')?;
                Some(Address::Match(Regex::new(&source, self.extended, false)?))
            }
            Some(c) if c.is_ascii_digit() => {
                let mut digits = String::new();
                while let Some(c) = self.peek().filter(char::is_ascii_digit) {
                    digits.push(c);
                    self.at += 1;
                }
                Some(Address::Line(digits.parse().ok()?))
            }
            _ => None,
        })
    }

    /// The text up to an unescaped delimiter, which is taken.
    fn until(&mut self, delimiter: char) -> Option<String> {
        let mut text = String::new();
        loop {
            let c = self.peek()?;
            self.at += 1;
            match c {
                c if c == delimiter => return Some(text),
                '\\' if self.peek() == Some(delimiter) => {
                    self.at += 1;
                    text.push(delimiter);
                }
                '\\' => {
                    text.push('\\');
                    text.extend(self.peek());
                    self.at += 1;
                }
                c => text.push(c),
            }
        }
    }

    fn substitution(&mut self) -> Option<Action> {
        let delimiter = self.peek()?;
        self.at += 1;
        let source = self.until(delimiter)?;
        let replacement = self.until(delimiter)?;
        let (mut all, mut print, mut fold) = (false, false, false);
        while let Some(c) = self.peek().filter(|c| !matches!(c, ';' | '\n' | ' ')) {
            self.at += 1;
            match c {
                'g' => all = true,
                'p' => print = true,
                'i' | 'I' => fold = true,
                _ => return None,
            }
        }
        let regex = Regex::new(&source, self.extended, fold)?;
        Some(Action::Substitute(regex, pieces(&replacement), all, print))
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = vec![Piece::Text(String::new())];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let next = if c == '\\' { chars.next() } else { None };
        let plain = match (c, next) {
            ('&', _) => {
                pieces.push(Piece::Group(0));
                pieces.push(Piece::Text(String::new()));
                continue;
            }
            (_, Some(digit @ '0'..='9')) => {
                pieces.push(Piece::Group(digit as usize - '0' as usize));
                pieces.push(Piece::Text(String::new()));
                continue;
            }
            (_, Some('n')) => '\n',
            (_, Some('t')) => '\t',
            (_, Some(other)) => other,
            (c, None) => c,
        };
        if let Some(Piece::Text(last)) = pieces.last_mut() {
            last.push(plain);
        }
    }
    pieces
}

impl Stage for Sed {
    fn begin(&mut self, _sys: &mut Sys, name: &str) {
        self.name = name.to_string();
        if self.in_place {
            self.line = 0;
        }
    }

    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        for line in self.lines.feed(data) {
            if let Some(before) = self.held.replace(line) {
                self.run(sys, before, false);
            }
            if self.done {
                return Flow::Exit(0);
            }
        }
        Flow::More
    }

    fn end_file(&mut self, sys: &mut Sys) {
        if let Some(line) = self.lines.rest()
            && let Some(before) = self.held.replace(line)
        {
            self.run(sys, before, false);
        }
        if !self.in_place {
            return;
        }
        if let Some(line) = self.held.take() {
            self.run(sys, line, true);
        }
        let text = std::mem::take(&mut self.written);
        if let Ok(file) = sys.open(&self.name, OpenMode::Write) {
            let fd = sys.free_descriptor(3);
            sys.set_descriptor(fd, file);
            let _ = sys.write(fd, text);
            sys.close(fd);
        }
    }

    fn finish(&mut self, sys: &mut Sys) -> i32 {
        if let Some(line) = self.held.take().filter(|_| !self.done) {
            self.run(sys, line, true);
        }
        0
    }
}
