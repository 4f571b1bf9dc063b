//! `sed -n -E -e 's/a/b/g' -i file`

use std::collections::VecDeque;

use crate::base::Map;
use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::lines::Lines;
use crate::shell::commands::regex::Regex;
use crate::shell::commands::sed_script::{self, Action, Address, Command, Flags};
use crate::shell::limits;
use crate::shell::sys::Sys;
use crate::shell::sys_files::OpenMode;

/// `sed`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sed {
    quiet: bool,
    /// With `-i` the suffix of the backup, which may be empty.
    in_place: Option<String>,
    script: Vec<Command>,
    lines: Lines,
    /// Lines read and not yet used; the last of them may be the last of all.
    /// Each with whether a newline ended it.
    queue: VecDeque<(String, bool)>,
    ended: bool,
    /// Whether a newline ended the line being worked on.
    whole: bool,
    /// Whether the output stands in the middle of a line.
    open: bool,
    /// The command that runs next, inside a cycle.
    at: Option<usize>,
    pattern: String,
    hold: String,
    line: u64,
    substituted: bool,
    /// What `a` and `r` print after the cycle.
    after: Vec<(String, bool)>,
    last_regex: Option<Regex>,
    name: String,
    written: String,
    /// What it writes to, and whether that stands in the middle of a line.
    files: Map<String, (u32, bool)>,
    /// What it writes to `/dev/stdout` as to a file, which comes last.
    late: String,
    exit: Option<i32>,
    steps: u32,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let args: Vec<String> = call
        .args
        .iter()
        .map(|a| if a.starts_with("-i") { "-i".to_string() } else { a.clone() })
        .collect();
    let suffix = call.args.iter().find_map(|a| a.strip_prefix("-i")).map(str::to_string);
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    if args.iter().any(|a| a == "--version") {
        call.out("This is not GNU sed version 4.0\n");
        return Err(0);
    }
    let options = call.options("nirEe:f:")?;
    let mut rest = options.rest.clone();
    let text = source(&mut call, &options, &mut rest)?;
    if suffix.is_some() && rest.is_empty() {
        return Err(call.fail("-i requires an argument"));
    }
    let extended = options.has('E') || options.has('r');
    let script = match sed_script::parse(&text, extended) {
        Ok(script) => script,
        Err(message) => return Err(call.fail(message)),
    };
    let mut sed = Sed {
        quiet: options.has('n') || text.starts_with("#n\n"),
        in_place: suffix,
        script,
        lines: Lines::default(),
        queue: VecDeque::new(),
        ended: false,
        whole: true,
        open: false,
        at: None,
        pattern: String::new(),
        hold: String::new(),
        line: 0,
        substituted: false,
        after: Vec::new(),
        last_regex: None,
        name: String::new(),
        written: String::new(),
        files: Map::default(),
        late: String::new(),
        exit: None,
        steps: 0,
    };
    for command in &sed.script {
        match &command.action {
            Action::Text('w', file) => open(&mut sed.files, call.sys, file),
            Action::Substitute(_, _, Flags { file: Some(file), .. }) => {
                open(&mut sed.files, call.sys, file);
            }
            _ => {}
        }
    }
    Ok((Kind::Sed(Box::new(sed)), rest))
}

/// The script: of `-e` and `-f`, or the first argument.
fn source(call: &mut Call, options: &Options, rest: &mut Vec<String>) -> Result<String, i32> {
    let mut text = String::new();
    for (letter, value) in &options.flags {
        match letter {
            'e' => text.push_str(value),
            'f' => match call.sys.read_script(value) {
                Ok(bytes) => text.push_str(&String::from_utf8_lossy(&bytes)),
                Err(error) => return Err(call.fail_path("can't open ", value, error)),
            },
            _ => continue,
        }
        text.push('\n');
    }
    if !options.has('e') && !options.has('f') {
        if rest.is_empty() {
            return Err(call.usage("sed [-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]..."));
        }
        text = rest.remove(0);
    }
    Ok(text)
}

/// What a command came to.
enum Next {
    Go,
    To(usize),
    /// The cycle ends; whether the pattern is printed.
    Cycle(bool),
    /// The next line must come first.
    Wait,
}

impl Sed {
    fn print(&mut self, sys: &mut Sys, text: &str) {
        if self.in_place.is_some() {
            self.written.push_str(text);
        } else {
            sys.out(text);
        }
    }

    fn print_line(&mut self, sys: &mut Sys, text: &str, whole: bool) {
        let line = joined(&mut self.open, text, whole);
        self.print(sys, &line);
    }

    /// Whether the line being worked on is the last.
    fn is_last(&self) -> bool {
        self.ended && self.queue.is_empty()
    }

    /// The next line, if it is there and known to be the last or not.
    fn next_line(&mut self) -> Option<String> {
        if self.queue.len() < 2 && !self.ended {
            return None;
        }
        let (line, whole) = self.queue.pop_front()?;
        self.line += 1;
        self.whole = whole;
        Some(line)
    }

    /// Works as far as the lines go.
    fn work(&mut self, sys: &mut Sys) {
        while self.exit.is_none() {
            let mut at = match self.at {
                Some(at) => at,
                None => {
                    let Some(line) = self.next_line() else { return };
                    sys.spend(1 + line.len() as u64 / 64);
                    self.pattern = line;
                    self.substituted = false;
                    self.steps = 0;
                    0
                }
            };
            let shown = loop {
                if at >= self.script.len() {
                    break !self.quiet;
                }
                self.steps += 1;
                if self.steps > 100_000 || self.pattern.len() > limits::TEXT_BYTES {
                    self.exit = Some(1);
                    break false;
                }
                match self.command(sys, at) {
                    Next::Go => at += 1,
                    Next::To(to) => at = to,
                    Next::Cycle(shown) => break shown && !self.quiet,
                    Next::Wait => {
                        self.at = Some(at);
                        return;
                    }
                }
            };
            self.at = None;
            self.end_cycle(sys, shown);
        }
    }

    fn end_cycle(&mut self, sys: &mut Sys, shown: bool) {
        if shown {
            let (text, whole) = (self.pattern.clone(), self.whole);
            self.print_line(sys, &text, whole);
        }
        self.append(sys);
    }

    /// Prints what comes after the cycle.
    fn append(&mut self, sys: &mut Sys) {
        for (text, whole) in std::mem::take(&mut self.after) {
            self.print_line(sys, &text, whole);
        }
    }

    fn applies(&mut self, at: usize) -> bool {
        let (line, last) = (self.line, self.is_last());
        let command = &self.script[at];
        let hit = |address: &Address| match address {
            Address::Line(n) => *n == line,
            Address::Last => last,
            Address::Match(regex) => regex
                .as_ref()
                .or(self.last_regex.as_ref())
                .is_some_and(|r| r.is_match(&self.pattern)),
            Address::More(_) => false,
        };
        let (mut inside, mut done) = (command.inside, command.done);
        let applies = match (&command.from, &command.to) {
            (None, _) => true,
            (Some(from), None) => hit(from),
            (Some(from), Some(to)) => {
                // Source: busybox 1.35, measured: a range from a line begins once, and late if
                // that line was passed over.
                let begins = match from {
                    _ if inside.is_some() => false,
                    Address::Line(first) => !command.done && *first > 0 && *first <= line,
                    from => hit(from),
                };
                let goes_on = inside.is_some();
                done |= begins;
                if begins {
                    inside = match to {
                        Address::Line(n) if *n <= line => None,
                        Address::Line(n) => Some(*n),
                        Address::More(0) => None,
                        Address::More(n) => Some(line + n),
                        _ => Some(u64::MAX),
                    };
                } else if let Some(end) = inside
                    && (line >= end || hit(to))
                {
                    inside = None;
                }
                begins || goes_on
            }
        };
        if let Some(Address::Match(Some(regex))) = &command.from {
            self.last_regex = Some(regex.clone());
        }
        let negate = command.negate;
        (self.script[at].inside, self.script[at].done) = (inside, done);
        applies != negate
    }

    fn command(&mut self, sys: &mut Sys, at: usize) -> Next {
        let applies = self.applies(at);
        let action = self.script[at].action.clone();
        if !applies {
            return match action {
                Action::Open(0) => {
                    sys.err("sed: unterminated {\n");
                    self.exit = Some(1);
                    Next::Cycle(false)
                }
                Action::Open(close) => Next::To(close + 1),
                _ => Next::Go,
            };
        }
        match action {
            Action::Letter(letter) => return self.letter(sys, letter),
            Action::Substitute(regex, new, flags) => self.substitute(sys, regex, &new, &flags),
            Action::Translate(from, to) => {
                let turned = |c| from.iter().position(|f| *f == c).map_or(c, |at| to[at]);
                self.pattern = self.pattern.chars().map(turned).collect();
            }
            Action::Text('a', text) => self.after.push((text, true)),
            Action::Text('i', text) => self.print_line(sys, &text, true),
            Action::Text('c', text) => {
                let command = &self.script[at];
                if command.to.is_none() || command.inside.is_none() || command.negate {
                    self.print_line(sys, &text, true);
                }
                return Next::Cycle(false);
            }
            Action::Text('r', file) => {
                if let Ok(bytes) = sys.read_whole(&file) {
                    let text = String::from_utf8_lossy(&bytes);
                    let body = text.strip_suffix('\n').unwrap_or(&text);
                    if !text.is_empty() {
                        self.after.push((body.to_string(), true));
                    }
                }
            }
            Action::Text(_, file) => self.write(sys, &file),
            Action::Label(':', _) | Action::Open(_) | Action::Close => {}
            Action::Label(letter, label) => {
                let done = self.substituted;
                self.substituted = done && letter == 'b';
                if letter == 'b' || done == (letter == 't') {
                    let found = self.script.iter().position(
                        |c| matches!(&c.action, Action::Label(':', name) if *name == label),
                    );
                    if found.is_none() && !label.is_empty() {
                        sys.err(["sed: can't find label for jump to '", &label, "'\n"].concat());
                        self.exit = Some(1);
                        return Next::Cycle(false);
                    }
                    return Next::To(found.filter(|_| !label.is_empty()).unwrap_or(usize::MAX));
                }
            }
        }
        Next::Go
    }

    // tidy: dispatch
    fn letter(&mut self, sys: &mut Sys, letter: char) -> Next {
        match letter {
            'p' => {
                let (text, whole) = (self.pattern.clone(), self.whole);
                self.print_line(sys, &text, whole);
            }
            'P' => {
                let first = self.pattern.split('\n').next().unwrap_or("").to_string();
                self.print_line(sys, &first, true);
            }
            // Source: busybox 1.35, measured: it is taken and does nothing.
            'l' => {}
            '=' => self.print(sys, &format!("{}\n", self.line)),
            'd' => return Next::Cycle(false),
            'D' => match self.pattern.find('\n') {
                None => return Next::Cycle(false),
                Some(end) => {
                    self.pattern.drain(..=end);
                    self.append(sys);
                    return Next::To(0);
                }
            },
            'q' => {
                self.exit = Some(0);
                return Next::Cycle(true);
            }
            'g' => self.pattern = self.hold.clone(),
            'G' => {
                self.pattern = [&self.pattern, "\n", &self.hold].concat();
                self.whole = true;
            }
            'h' => self.hold = self.pattern.clone(),
            'H' => self.hold = [&self.hold, "\n", &self.pattern].concat(),
            'x' => {
                std::mem::swap(&mut self.pattern, &mut self.hold);
                self.whole = true;
            }
            _ if self.is_last() => {
                // Source: busybox: without a next line, `n` and `N` print and end.
                // A file that is changed in place has no next line, the next file has.
                self.exit = self.in_place.is_none().then_some(0);
                return Next::Cycle(true);
            }
            _ => {
                let whole = self.whole;
                let Some(line) = self.next_line() else { return Next::Wait };
                if letter == 'N' {
                    self.pattern = [&self.pattern, "\n", &line].concat();
                } else {
                    let next = std::mem::replace(&mut self.whole, whole);
                    self.end_cycle(sys, !self.quiet);
                    (self.pattern, self.whole) = (line, next);
                }
            }
        }
        Next::Go
    }

    fn substitute(&mut self, sys: &mut Sys, regex: Option<Regex>, new: &str, flags: &Flags) {
        let Some(regex) = regex.or_else(|| self.last_regex.clone()) else { return };
        self.steps = self.steps.saturating_add(self.pattern.len() as u32 / 64);
        let found = replaced(&self.pattern, &regex, new, flags);
        self.last_regex = Some(regex);
        let Some(text) = found else { return };
        self.pattern = text;
        self.substituted = true;
        if flags.print {
            self.letter(sys, 'p');
        }
        if let Some(file) = &flags.file {
            self.write(sys, file);
        }
    }

    fn write(&mut self, sys: &mut Sys, file: &str) {
        if file == "/dev/stdout" {
            let mut open = !self.late.is_empty() && !self.late.ends_with('\n');
            self.late.push_str(&joined(&mut open, &self.pattern, self.whole));
            return;
        }
        if let Some((fd, open)) = self.files.get_mut(file) {
            let _ = sys.write(*fd, joined(open, &self.pattern, self.whole));
        }
    }

    fn end(&mut self, sys: &mut Sys) {
        self.ended = true;
        self.work(sys);
        sys.out(std::mem::take(&mut self.late));
    }
}

/// Opens a file to write to, once.
fn open(files: &mut Map<String, (u32, bool)>, sys: &mut Sys, file: &str) {
    if file != "/dev/stdout"
        && !files.contains_key(file)
        && let Ok(open) = sys.open(file, OpenMode::Write)
    {
        let fd = sys.free_descriptor(3);
        sys.set_descriptor(fd, open);
        files.insert(file.to_string(), (fd, false));
    }
}

/// A line to print: the one before is ended first, as the last of a file may have no newline.
fn joined(open: &mut bool, text: &str, whole: bool) -> String {
    let before = if std::mem::replace(open, !whole) { "\n" } else { "" };
    [before, text, if whole { "\n" } else { "" }].concat()
}

fn replaced(line: &str, regex: &Regex, new: &str, flags: &Flags) -> Option<String> {
    let (mut out, mut at, mut count, mut found) = (String::new(), 0, 0, false);
    let mut last = None;
    while at <= line.len() {
        let Some(groups) = regex.captures(line, at) else { break };
        let Some((start, end)) = groups[0] else { break };
        out.push_str(&line[at..start]);
        // Nothing is not found again right after something.
        if start < end || last != Some(start) {
            count += 1;
            if flags.nth == 0 || count == flags.nth {
                found = true;
                fill(&mut out, line, &groups, new);
            } else {
                out.push_str(&line[start..end]);
            }
        }
        (at, last) = (end, (start < end && found).then_some(end));
        if end == start {
            let c = line[at..].chars().next();
            out.extend(c);
            at += c.map_or(1, char::len_utf8);
        }
        if found && flags.nth > 0 || out.len() > limits::TEXT_BYTES {
            break;
        }
    }
    out.push_str(line.get(at..).unwrap_or(""));
    found.then_some(out)
}

fn fill(out: &mut String, line: &str, groups: &[Option<(usize, usize)>], new: &str) {
    let mut chars = new.chars();
    let group = |out: &mut String, nth: usize| {
        if let Some(Some((start, end))) = groups.get(nth) {
            out.push_str(&line[*start..*end]);
        }
    };
    while let Some(c) = chars.next() {
        match c {
            '&' => group(out, 0),
            '\\' => match chars.next() {
                Some(digit @ '0'..='9') => group(out, digit as usize - '0' as usize),
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                other => out.extend(other),
            },
            c => out.push(c),
        }
    }
}

impl Stage for Sed {
    fn begin(&mut self, _sys: &mut Sys, name: &str) {
        self.name = name.to_string();
    }

    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        let lines = self.lines.feed(data);
        self.queue.extend(lines.into_iter().map(|line| (line, true)));
        self.work(sys);
        match self.exit {
            Some(code) if self.in_place.is_none() => {
                sys.out(std::mem::take(&mut self.late));
                Flow::Exit(code)
            }
            Some(_) => Flow::NextFile,
            None => Flow::More,
        }
    }

    fn end_file(&mut self, sys: &mut Sys) {
        if let Some(line) = self.lines.rest() {
            self.queue.push_back((line, false));
        }
        let Some(suffix) = self.in_place.clone() else { return };
        self.end(sys);
        self.ended = false;
        for (line, whole) in std::mem::take(&mut self.queue) {
            self.print_line(sys, &line, whole);
        }
        (self.line, self.open) = (0, false);
        for command in &mut self.script {
            (command.inside, command.done) = (None, false);
        }
        let text = std::mem::take(&mut self.written);
        if !suffix.is_empty() {
            let _ = sys.rename(&self.name, &[self.name.as_str(), &suffix].concat());
        }
        if let Ok(file) = sys.open(&self.name, OpenMode::Write) {
            let fd = sys.free_descriptor(3);
            sys.set_descriptor(fd, file);
            let _ = sys.write(fd, text);
            sys.close(fd);
        }
    }

    fn finish(&mut self, sys: &mut Sys) -> i32 {
        self.end(sys);
        self.exit.unwrap_or(0)
    }
}
