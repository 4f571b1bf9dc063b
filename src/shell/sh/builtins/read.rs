//! `read -r a b`

use crate::base::SimTime;
use crate::shell::commands::{Call, numbers};
use crate::shell::limits;
use crate::shell::process::{State, Step};
use crate::shell::sh::builtins::Done;
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
    /// Then it gives up (`-t`).
    until: Option<SimTime>,
}

/// Starts `read`.
pub fn read(shell: &Shell, sys: &mut Sys, args: &[String]) -> Done {
    let mut reading = Reading {
        raw: false,
        names: Vec::new(),
        line: Vec::new(),
        fd: 0,
        end: b'\n',
        most: limits::TEXT_BYTES,
        until: None,
    };
    let applet = shell.applet().to_string();
    let mut call = Call { sys, applet: &applet, name: "read", args };
    let options = match call.leading_options("rsp:t:u:d:n:") {
        Ok(options) => options,
        Err(_) => return Done::Status(2),
    };
    for (letter, value) in &options.flags {
        match letter {
            'r' => reading.raw = true,
            'd' => reading.end = value.bytes().next().unwrap_or(0),
            'n' => reading.most = value.parse().unwrap_or(limits::TEXT_BYTES),
            'u' => reading.fd = value.parse().unwrap_or(0),
            't' => match numbers::thousandths(value) {
                Some(ms) => reading.until = Some(sys.now() + SimTime::ms(ms)),
                None => return Done::Fail("invalid timeout".to_string()),
            },
            _ => {}
        }
    }
    reading.names = options.rest;
    if let Some(bad) = reading.names.iter().find(|n| !is_name(n)) {
        sys.err([&applet, ": read: '", bad, "': bad variable name\n"].concat());
        return Done::Status(1);
    }
    if reading.names.is_empty() {
        reading.names.push("REPLY".to_string());
    }
    Done::Push(Frame::Read(Box::new(reading)))
}

impl Shell {
    /// Goes on reading a line byte by byte, so that what follows it stays for others.
    pub(in crate::shell::sh) fn read(&mut self, sys: &mut Sys, mut r: Box<Reading>) -> Step {
        let status = loop {
            if r.line.len() >= r.most {
                break 0;
            }
            match sys.read(r.fd, 1) {
                Read::Data(byte) if byte[0] == r.end => {
                    let escaped = r.line.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
                    if r.raw || !escaped {
                        break 0;
                    }
                    r.line.pop();
                }
                Read::Data(byte) => r.line.extend(byte.into_iter().filter(|b| *b != 0)),
                Read::Wait(state) => {
                    let state = match (r.until, state) {
                        (Some(until), _) if until <= sys.now() => break 1,
                        (Some(until), State::Reading(file)) => State::ReadingUntil(file, until),
                        (_, state) => state,
                    };
                    self.frames.push(Frame::Read(r));
                    return Step::Block(state);
                }
                Read::End | Read::Failed(_) => break 1,
            }
        };
        let line = String::from_utf8_lossy(&r.line).into_owned();
        self.assign_line(sys, &line, r.raw, &r.names, status)
    }

    fn assign_line(
        &mut self,
        sys: &mut Sys,
        line: &str,
        raw: bool,
        names: &[String],
        status: i32,
    ) -> Step {
        let values = split(line, raw, &self.ifs(), names.len());
        for (at, name) in names.iter().enumerate() {
            if let Err(message) = self.vars.set(name, values.get(at).map_or("", |v| v)) {
                self.complain(sys, Some("read"), &message);
                self.status = 2;
                return Step::Continue;
            }
        }
        self.status = status;
        Step::Continue
    }
}

/// The line in at most `count` values; the last takes the rest.
fn split(line: &str, raw: bool, ifs: &str, count: usize) -> Vec<String> {
    let blank = |c: char| ifs.contains(c) && matches!(c, ' ' | '\t' | '\n');
    let mut chars = line.trim_start_matches(blank).chars().peekable();
    let mut values = vec![String::new()];
    // Bytes of the last value that may not be trimmed, because they were escaped.
    let mut kept = 0;
    while let Some(c) = chars.next() {
        let open = values.len() < count;
        let Some(value) = values.last_mut() else { break };
        if c == '\\' && !raw {
            value.extend(chars.next());
            kept = value.len();
        } else if ifs.contains(c) && open {
            while chars.next_if(|n| blank(*n)).is_some() {}
            if blank(c) && chars.next_if(|n| ifs.contains(*n)).is_some() {
                while chars.next_if(|n| blank(*n)).is_some() {}
            }
            values.push(String::new());
            kept = 0;
        } else {
            value.push(c);
        }
    }
    if let Some(last) = values.last_mut() {
        let end = last.trim_end_matches(blank).len().max(kept);
        last.truncate(end);
    }
    values
}
