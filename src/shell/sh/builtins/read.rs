//! `read -r a b`

use std::rc::Rc;

use crate::shell::limits;
use crate::shell::process::Step;
use crate::shell::sh::builtins::Done;
use crate::shell::sh::frame::Frame;
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::cursor::is_name;
use crate::shell::sys::{Read, Sys};

/// Starts `read`.
pub fn read(shell: &Shell, sys: &mut Sys, args: &[String]) -> Done {
    let mut raw = false;
    let mut names = args.iter().peekable();
    while let Some(option) = names.next_if(|a| a.starts_with('-') && a.len() > 1) {
        match option.as_str() {
            "-r" => raw = true,
            "-p" | "-t" | "-u" | "-d" => {
                names.next();
            }
            "--" => break,
            other => return Done::Fail(format!("illegal option {other}")),
        }
    }
    let mut names: Vec<String> = names.cloned().collect();
    if let Some(bad) = names.iter().find(|n| !is_name(n)) {
        let text = format!("{}: read: '{bad}': bad variable name\n", shell.applet());
        sys.err(text);
        return Done::Status(1);
    }
    if names.is_empty() {
        names.push("REPLY".to_string());
    }
    Done::Push(Frame::Read(raw, Rc::new(names), Vec::new()))
}

impl Shell {
    /// Goes on reading a line byte by byte, so that what follows it stays for others.
    pub(in crate::shell::sh) fn read(
        &mut self,
        sys: &mut Sys,
        raw: bool,
        names: Rc<Vec<String>>,
        mut line: Vec<u8>,
    ) -> Step {
        let status = loop {
            if line.len() >= limits::TEXT_BYTES {
                break 0;
            }
            match sys.read(0, 1) {
                Read::Data(byte) if byte == b"\n" => {
                    let escaped = line.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
                    if raw || !escaped {
                        break 0;
                    }
                    line.pop();
                }
                Read::Data(byte) => line.extend(byte),
                Read::Wait(state) => {
                    self.frames.push(Frame::Read(raw, names, line));
                    return Step::Block(state);
                }
                Read::End | Read::Failed(_) => break 1,
            }
        };
        self.assign_line(sys, &String::from_utf8_lossy(&line), raw, &names, status)
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
