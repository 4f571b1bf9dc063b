//! `read -r a b`

use crate::base::SimTime;
use crate::shell::commands::numbers;
use crate::shell::limits;
use crate::shell::process::{State, Step};
use crate::shell::sh::builtins::Done;
use crate::shell::sh::builtins::letters::letters;
use crate::shell::sh::frame::Frame;
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::cursor::is_name;
use crate::shell::sys::{Read, Sys};

/// How a `read` reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// A backslash is plain (`-r`).
    raw: bool,
    names: Vec<String>,
    line: Vec<u8>,
    fd: u32,
    /// What ends the line (`-d`).
    end: u8,
    /// So many bytes are enough (`-n`).
    most: usize,
    /// They are read whatever they are (`-N`).
    exact: bool,
    /// The words go to this array (`-a`).
    array: Option<String>,
    /// Then it gives up (`-t`).
    until: Option<SimTime>,
    /// It only tells whether there is something to be read (`-t 0`).
    asks: bool,
}

/// Starts `read`.
pub fn read(shell: &Shell, sys: &mut Sys, args: &[String]) -> Result<Done, Done> {
    let (found, names) =
        letters(args, if shell.vars.is_bash() { "rsep:t:u:d:n:a:N:i:" } else { "rsp:t:u:d:n:" })?;
    let mut reading = Reading {
        raw: false,
        names: names.to_vec(),
        line: Vec::new(),
        fd: 0,
        end: b'\n',
        most: limits::TEXT_BYTES,
        exact: false,
        array: None,
        until: None,
        asks: false,
    };
    for (letter, value) in &found {
        let bad = |what: &str| Done::Fail(["invalid ", what].concat());
        match letter {
            'r' => reading.raw = true,
            'a' => reading.array = Some(value.clone()),
            'N' => {
                reading.exact = true;
                reading.most = value.parse().map_err(|_| bad("count"))?;
            }
            'd' => reading.end = value.bytes().next().unwrap_or(0),
            'n' => match value.parse().map_err(|_| bad("count"))? {
                0 => {}
                most => reading.most = most,
            },
            'u' => reading.fd = value.parse().map_err(|_| bad("file descriptor"))?,
            't' => {
                let ms = numbers::thousandths(value).ok_or_else(|| bad("timeout"))?;
                reading.until = Some(sys.now() + SimTime::ms(ms));
                reading.asks = ms == 0;
            }
            _ => {}
        }
    }
    if let Some(bad) = names.iter().find(|n| !is_name(n)) {
        sys.err([shell.applet(), ": read: '", bad, "': bad variable name\n"].concat());
        return Ok(Done::Status(1));
    }
    Ok(Done::Push(Frame::Read(Box::new(reading))))
}

impl Shell {
    /// Goes on reading a line byte by byte, so that what follows it stays for others.
    pub(in crate::shell::sh) fn read(&mut self, sys: &mut Sys, mut r: Box<Reading>) -> Step {
        let status = loop {
            if r.line.len() >= r.most {
                break 0;
            }
            match sys.read(r.fd, 1) {
                Read::Data(_) if r.asks => return self.end_read(0),
                Read::Data(byte) if byte[0] == r.end && !r.exact => {
                    let escaped = r.line.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
                    if r.raw || !escaped {
                        break 0;
                    }
                    r.line.pop();
                }
                Read::Data(byte) => r.line.extend(byte.into_iter().filter(|b| *b != 0)),
                Read::Wait(state) => {
                    let state = match (r.until, state) {
                        (Some(until), _) if until <= sys.now() => {
                            return self.end_read(if self.vars.is_bash() { 142 } else { 1 });
                        }
                        (Some(until), State::Reading(file)) => State::ReadingUntil(file, until),
                        (_, state) => state,
                    };
                    self.frames.push(Frame::Read(r));
                    return Step::Block(state);
                }
                Read::End if r.asks => return self.end_read(0),
                Read::End | Read::Failed(_) => break 1,
            }
        };
        let line = String::from_utf8_lossy(&r.line).into_owned();
        if let Some(name) = &r.array {
            return self.assign_words(sys, &line, r.raw, name, status);
        }
        let (names, ifs) = match r.names.as_slice() {
            // Without a name the line stays as it is.
            [] => (&["REPLY".to_string()][..], String::new()),
            names if r.exact => (names, String::new()),
            names => (names, self.ifs()),
        };
        let values = split(&line, r.raw, &ifs, names.len());
        for (at, name) in names.iter().enumerate() {
            if let Err(message) = self.vars.set(name, values.get(at).map_or("", |v| v)) {
                self.complain(sys, Some("read"), &message);
                return self.end_read(2);
            }
        }
        self.end_read(status)
    }

    /// `read -a`
    fn assign_words(
        &mut self,
        sys: &mut Sys,
        line: &str,
        raw: bool,
        name: &str,
        status: i32,
    ) -> Step {
        let mut words = split(line, raw, &self.ifs(), usize::MAX);
        if words.last().is_some_and(String::is_empty) {
            words.pop();
        }
        let given = words.into_iter().map(|word| (None, word)).collect();
        self.status = status;
        let made = self.vars.make_array(name, false);
        if let Err(message) = made.and_then(|()| self.vars.fill(name, given, false)) {
            self.complain(sys, Some("read"), &message);
            self.status = 1;
        }
        Step::Continue
    }

    fn end_read(&mut self, status: i32) -> Step {
        self.status = status;
        Step::Continue
    }
}

/// The line in at most `count` values; the last takes the rest.
fn split(line: &str, raw: bool, ifs: &str, count: usize) -> Vec<String> {
    let blank = |c: char| ifs.contains(c) && matches!(c, ' ' | '\t' | '\n');
    let other = |c: char| ifs.contains(c) && !blank(c);
    let mut chars = line.trim_start_matches(blank).chars().peekable();
    let mut values = vec![String::new()];
    while let Some(c) = chars.next() {
        let open = values.len() < count;
        let Some(value) = values.last_mut() else { break };
        if c == '\\' && !raw {
            value.extend(chars.next());
        } else if ifs.contains(c) && open {
            while chars.next_if(|n| blank(*n)).is_some() {}
            if blank(c) && chars.next_if(|n| other(*n)).is_some() {
                while chars.next_if(|n| blank(*n)).is_some() {}
            }
            values.push(String::new());
        } else {
            value.push(c);
        }
    }
    if let Some(last) = values.last_mut() {
        last.truncate(last.trim_end_matches(blank).len());
        // What ends the only field left does not count.
        let alone = last.strip_suffix(other).map(|field| field.trim_end_matches(blank).len());
        if let Some(len) = alone.filter(|len| !last[..*len].contains(|c| ifs.contains(c))) {
            last.truncate(len);
        }
    }
    values
}
