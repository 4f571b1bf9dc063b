//! Running what only bash has: `((…))`, `for ((…))`, `[[ … ]]`, `time`, assignments to arrays.

use std::rc::Rc;

use crate::shell::commands::xargs;
use crate::shell::process::Step;
use crate::shell::sh::arith;
use crate::shell::sh::bash::arrays::Given;
use crate::shell::sh::bash::messages::FATAL;
use crate::shell::sh::bash::quote;
use crate::shell::sh::expand::{Expansion, Stop};
use crate::shell::sh::frame::{Flags, Frame, Pending};
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::ast::{Bash, Part, Target};
use crate::shell::syntax::{Command, Word};
use crate::shell::sys::Sys;

/// What marks the value of `declare a=(…)` among the arguments as a list.
pub const LIST: &str = "(\u{1}";

/// Where a `for ((…))` is: before its beginning, its test or its step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// The first expression is next.
    Begin,
    /// The second one is.
    Test,
    /// The third one is.
    Step,
}

impl Shell {
    /// Begins a command that only bash has.
    pub(in crate::shell::sh) fn bash_command(
        &mut self,
        sys: &Sys,
        command: Rc<Command>,
        flags: Flags,
    ) {
        let Command::Bash(bash) = &*command else { return };
        match bash {
            Bash::Time(inner, posix) => {
                self.frames.push(Frame::Timed(sys.now().as_ms(), *posix));
                self.frames.push(Frame::Eval(inner.clone(), flags.not_last()));
            }
            Bash::For(..) => {
                self.status = 0;
                let flags = flags.not_last();
                self.frames.push(Frame::Counted(command, flags, Pending::default(), Turn::Begin));
            }
            Bash::Arithmetic(_, line) | Bash::Test(_, line) => {
                self.line = *line;
                self.frames.push(Frame::Check(flags));
                self.frames.push(Frame::Asked(command, Pending::default()));
            }
        }
    }

    /// `((…))`, `[[ … ]]`
    pub(in crate::shell::sh) fn asked(
        &mut self,
        sys: &mut Sys,
        command: Rc<Command>,
        mut pending: Pending,
    ) -> Step {
        let Command::Bash(bash) = &*command else { return Step::Continue };
        let answer = self.attempt(sys, &mut pending, true, |e| match bash {
            Bash::Arithmetic(word, _) => {
                let text = e.text(word)?;
                if e.shell.options.on('x') {
                    e.shell.trace_line(e.sys, &["(( ", &text, " ))"].concat());
                }
                e.number(&text).map(|value| value != 0)
            }
            Bash::Test(test, _) => e.test(test),
            _ => Ok(true),
        });
        match answer {
            Ok(answer) => self.status = i32::from(!answer),
            Err(Stop::Fail(message)) => {
                let arithmetic = matches!(bash, Bash::Arithmetic(..));
                if message.is_empty() {
                    self.status = 2;
                } else if message.starts_with(FATAL) {
                    return self.raise(sys, &message);
                } else {
                    self.complain(sys, Some(if arithmetic { "((" } else { "[[" }), &message);
                    self.status = 1;
                }
            }
            Err(stop) => return self.stopped(sys, Frame::Asked(command, pending), stop),
        }
        Step::Continue
    }

    /// The next turn of a `for ((…))`.
    pub(in crate::shell::sh) fn counted(
        &mut self,
        sys: &mut Sys,
        command: Rc<Command>,
        flags: Flags,
        mut pending: Pending,
        turn: Turn,
    ) -> Step {
        let Command::Bash(Bash::For(words, body)) = &*command else { return Step::Continue };
        let word = &words[turn as usize];
        let value = self.attempt(sys, &mut pending, true, |e| {
            let text = e.text(word)?;
            // Nothing is a test that holds.
            let none = i64::from(turn == Turn::Test);
            if text.trim().is_empty() { Ok(none) } else { e.number(&text) }
        });
        let next = match (turn, value) {
            (_, Err(Stop::Fail(message))) => {
                self.complain(sys, Some("(("), &message);
                self.status = 1;
                return Step::Continue;
            }
            (_, Err(stop)) => {
                return self.stopped(sys, Frame::Counted(command, flags, pending, turn), stop);
            }
            (Turn::Test, Ok(0)) => return Step::Continue,
            (Turn::Test, _) => Turn::Step,
            _ => Turn::Test,
        };
        let body = body.clone();
        self.frames.push(Frame::Counted(command, flags, Pending::default(), next));
        if next == Turn::Step {
            self.frames.push(Frame::Eval(body, flags));
        }
        Step::Continue
    }

    /// What `time` says when its command has ended. The commands here take no time of their own.
    pub(in crate::shell::sh) fn timed(&mut self, sys: &mut Sys, began: u64, posix: bool) -> Step {
        let ms = sys.now().as_ms().saturating_sub(began);
        let (secs, rest) = (ms / 1000, ms % 1000);
        sys.err(match posix {
            true => xargs::posix_time(ms / 10),
            false => {
                let (minutes, secs) = (secs / 60, secs % 60);
                format!("\nreal\t{minutes}m{secs}.{rest:03}s\nuser\t0m0.000s\nsys\t0m0.000s\n")
            }
        });
        Step::Continue
    }

    /// Tells the variables of bash what may have changed since the last command.
    pub(in crate::shell::sh) fn tell_bash(&mut self, sys: &Sys) {
        let (now, line) = ((sys.now().as_ms(), sys.wall_secs()), self.line);
        let (pid, depth) = (sys.pid().0, u32::from(sys.pid() != self.shell_pid));
        if let Some(state) = self.vars.state() {
            state.now = now;
            state.line = line;
            if state.process.0 != pid {
                state.process = (pid, state.process.1 + depth);
            }
        }
    }
}

impl Expansion<'_, '_> {
    /// Carries out an assignment of bash's own.
    pub(in crate::shell::sh) fn assign(
        &mut self,
        target: &Target,
        rest: &[Part],
    ) -> Result<(), Stop> {
        let name = &target.name;
        if target.items.is_some() {
            let given = self.given_items(target)?;
            return self.shell.vars.fill(name, given, target.append).map_err(Stop::Fail);
        }
        let value = self.text(&Word { parts: rest.to_vec() })?;
        let index = match &target.index {
            Some(index) => Some(self.text(index)?),
            None => None,
        };
        let vars = &mut self.shell.vars;
        match index {
            Some(index) if index.is_empty() && !vars.is_keyed(name) => {
                Err(format!("{name}[{index}]: bad array subscript"))
            }
            Some(index) => vars.put(name, &index, &value, target.append),
            None => vars.append(name, &value),
        }
        .map_err(Stop::Fail)
    }

    fn given_items(&mut self, target: &Target) -> Result<Vec<Given>, Stop> {
        let mut given = Vec::new();
        for item in target.items.iter().flatten() {
            match &item.target {
                Some((index, append)) => {
                    let index = self.text(index)?;
                    given.push((Some((index, *append)), self.text(&item.value)?));
                }
                None => given.extend(self.fields(&item.value)?.into_iter().map(|v| (None, v))),
            }
            if given.len() > crate::shell::limits::ARGUMENTS {
                return Err(Stop::Fail("too many elements".to_string()));
            }
        }
        Ok(given)
    }

    /// The argument that `declare a=(…)` gets: the list is quoted, so that it can be read again.
    pub(in crate::shell::sh) fn declared(
        &mut self,
        target: &Target,
        rest: &[Part],
    ) -> Result<String, Stop> {
        let sign = if target.append { "+=" } else { "=" };
        if target.items.is_none() {
            let value = self.text(&Word { parts: rest.to_vec() })?;
            let index = match &target.index {
                Some(index) => format!("[{}]", self.text(index)?),
                None => String::new(),
            };
            return Ok([&target.name, &index, sign, &value].concat());
        }
        let given = self.given_items(target)?.into_iter().map(|(index, value)| match index {
            Some((index, append)) => {
                let sign = if append { "+=" } else { "=" };
                ["[", &quote::single(&index), "]", sign, &quote::single(&value)].concat()
            }
            None => quote::single(&value),
        });
        let given: Vec<String> = given.collect();
        Ok([&target.name, sign, LIST, &given.join(" "), ")"].concat())
    }

    /// The value of an expression for `let`, with its message in bash's form.
    pub(in crate::shell::sh) fn number(&mut self, text: &str) -> Result<i64, Stop> {
        arith::evaluate(text, &mut self.shell.vars).map_err(Stop::Fail)
    }
}
