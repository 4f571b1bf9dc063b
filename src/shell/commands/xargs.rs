//! `xargs -n 1 -I {} command`: runs a command with arguments from standard input.

use crate::shell::commands::call::Call;
use crate::shell::commands::task::Work;
use crate::shell::exec;
use crate::shell::limits;
use crate::shell::process::{State, Step};
use crate::shell::sys::{Read, Sys};
use crate::shell::types::Pid;

/// `xargs`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Xargs {
    command: Vec<String>,
    /// At most so many words for one command.
    most: usize,
    /// What is replaced by a line (`-I`).
    mark: Option<String>,
    /// Do not run without words.
    only_if_any: bool,
    text: Vec<u8>,
    words: Option<Vec<String>>,
    next: usize,
    ran: bool,
    child: Option<Pid>,
    status: i32,
}

/// Reads the command line: options end where the command begins.
pub fn start(call: &mut Call) -> Result<Work, Option<i32>> {
    let mut xargs = Xargs {
        command: Vec::new(),
        most: limits::ARGUMENTS,
        mark: None,
        only_if_any: false,
        text: Vec::new(),
        words: None,
        next: 0,
        ran: false,
        child: None,
        status: 0,
    };
    let mut args = call.args.iter();
    while let Some(arg) = args.next() {
        let value = |args: &mut std::slice::Iter<String>| match &arg[2..] {
            "" => args.next().cloned().unwrap_or_default(),
            inline => inline.to_string(),
        };
        match arg.get(..2) {
            Some("-n" | "-L") => {
                xargs.most = value(&mut args).parse().ok().filter(|n| *n > 0).unwrap_or(1);
            }
            Some("-I") => xargs.mark = Some(value(&mut args)),
            Some("-r") => xargs.only_if_any = true,
            Some("-P") => drop(value(&mut args)),
            Some(option) if option.starts_with('-') => {
                let option = arg.clone();
                call.unsupported(&option);
            }
            _ => {
                xargs.command.push(arg.clone());
                xargs.command.extend(args.cloned());
                break;
            }
        }
    }
    if xargs.command.is_empty() {
        xargs.command.push("echo".to_string());
    }
    Ok(Work::Xargs(Box::new(xargs)))
}

impl Xargs {
    /// Reads, runs the next command, or waits for it.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        let Some(words) = &self.words else { return self.read(sys) };
        if let Some(child) = self.child {
            return self.wait(sys, child);
        }
        let count = if self.mark.is_some() { 1 } else { self.most };
        let batch: Vec<String> = words.iter().skip(self.next).take(count).cloned().collect();
        let idle = self.ran || self.only_if_any || self.mark.is_some();
        if batch.is_empty() && idle {
            return Step::Exit(self.status);
        }
        self.next += batch.len();
        self.ran = true;
        self.run(sys, batch)
    }

    fn read(&mut self, sys: &mut Sys) -> Step {
        match sys.read(0, 4096) {
            Read::Data(data) if self.text.len() < limits::TEXT_BYTES => self.text.extend(data),
            Read::Wait(state) => return Step::Block(state),
            _ => {
                let text = String::from_utf8_lossy(&self.text);
                self.words = Some(match self.mark {
                    Some(_) => text.lines().map(|l| l.trim_start().to_string()).collect(),
                    None => words(&text),
                });
            }
        }
        Step::Continue
    }

    fn run(&mut self, sys: &mut Sys, batch: Vec<String>) -> Step {
        let argv: Vec<String> = match &self.mark {
            Some(mark) => self.command.iter().map(|w| w.replace(mark, &batch[0])).collect(),
            None => self.command.iter().cloned().chain(batch).collect(),
        };
        let env = sys.me().env.clone();
        let path = env.iter().find(|(n, _)| n == "PATH").map_or(exec::DEFAULT_PATH, |(_, v)| v);
        let started = exec::search(sys, &argv[0], path)
            .and_then(|file| exec::load(sys, &file, argv.clone()))
            .and_then(|program| sys.fork(program));
        match started {
            Ok(pid) => {
                if let Some(child) = sys.child_mut(pid) {
                    child.argv = argv;
                }
                self.child = Some(pid);
                Step::Continue
            }
            Err(error) => {
                sys.err(format!("xargs: can't execute '{}': {error}\n", argv[0]));
                Step::Exit(127)
            }
        }
    }

    fn wait(&mut self, sys: &mut Sys, child: Pid) -> Step {
        while let Some((pid, exit)) = sys.reap() {
            if pid != child {
                continue;
            }
            self.child = None;
            match exit.code {
                0 => {}
                255 => return Step::Exit(124),
                126 | 127 => return Step::Exit(exit.code),
                _ if exit.signal.is_some() => return Step::Exit(125),
                _ => self.status = 123,
            }
            return Step::Continue;
        }
        Step::Block(State::Child(Some(child)))
    }
}

/// Words separated by blanks, with quotes.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().extend(chars.next()),
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
