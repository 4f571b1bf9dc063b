//! Running commands: what each frame does.
//!
//! Source: busybox ash, evaltree and its helpers.

use std::rc::Rc;

use crate::shell::process::{Program, Step};
use crate::shell::sh::expand::{Expansion, Stop};
use crate::shell::sh::frame::{Flags, Frame, Pending};
use crate::shell::sh::redirect::opening;
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::ast::End;
use crate::shell::syntax::{Command, Join, Redirect, RedirectKind, Word};
use crate::shell::sys::Sys;

impl Shell {
    /// Goes on with a frame.
    pub(super) fn resume(&mut self, sys: &mut Sys, frame: Frame) -> Step {
        // tidy: dispatch
        match frame {
            Frame::Source(source) => self.source(sys, source),
            Frame::Eval(command, flags) => self.eval(sys, command, flags),
            Frame::List(command, at, flags) => self.list(&command, at, flags),
            Frame::AndOr(command, at, flags) => self.and_or(&command, at, flags),
            Frame::Guard => Step::Continue,
            Frame::Not => {
                self.status = i32::from(self.status == 0);
                Step::Continue
            }
            Frame::If(command, flags) => self.branch(&command, flags),
            Frame::LoopTest(command, flags, ran) => self.loop_test(command, flags, ran),
            Frame::LoopBody(command, flags, status) => self.loop_body(command, flags, status),
            Frame::ForWords(command, flags, pending) => {
                self.for_words(sys, command, flags, pending)
            }
            Frame::For(command, words, at, flags) => self.for_next(sys, command, words, at, flags),
            Frame::Case(command, flags, pending, from) => {
                self.case(sys, command, flags, pending, from)
            }
            Frame::Arm(command, flags, at) => {
                self.arm(&command, flags, at);
                Step::Continue
            }
            Frame::Simple(command, flags, pending) => self.simple(sys, command, flags, pending),
            Frame::Redirected(command, flags, pending) => {
                self.redirected(sys, command, flags, pending)
            }
            Frame::Check(flags) => self.check(sys, flags),
            Frame::Capture(job, fd, text) => self.capture(sys, job, fd, text),
            Frame::Captured(job, text) => self.captured(sys, job, text),
            Frame::Foreground(job) => self.foreground(sys, job),
            Frame::Wait(pids) => self.wait(sys, pids),
            Frame::WaitNext(jobs) => self.wait_next(sys, jobs),
            Frame::Read(reading) => self.read(sys, reading),
            Frame::Opened(opened) => self.opened(sys, opened),
            Frame::Asked(command, pending) => self.asked(sys, command, pending),
            Frame::Counted(command, flags, pending, turn) => {
                self.counted(sys, command, flags, pending, turn)
            }
            Frame::Timed(began, posix) => self.timed(sys, began, posix),
            Frame::Lines(lines) => self.read_lines(sys, lines),
            Frame::Input(input) => self.input(sys, input),
            Frame::End(status) => Step::Exit(status),
            Frame::Failed(status) => self.end_if_asked(sys, status),
            Frame::TrapEnd(status) => {
                self.status = status;
                Step::Continue
            }
            frame @ (Frame::Restore(_)
            | Frame::Variables(_)
            | Frame::Arguments(_)
            | Frame::Call(..)) => {
                self.undo(sys, frame);
                Step::Continue
            }
        }
    }

    fn eval(&mut self, sys: &mut Sys, command: Rc<Command>, flags: Flags) -> Step {
        if self.options.on('n') {
            return Step::Continue;
        }
        match &*command {
            Command::Empty => self.status = 0,
            Command::Simple(simple) => {
                self.line = simple.line;
                self.substituted = None;
                self.frames.push(Frame::Check(flags));
                self.frames.push(Frame::Simple(command, flags, Pending::default()));
            }
            Command::Not(inner) => {
                self.frames.push(Frame::Not);
                self.frames.push(Frame::Eval(inner.clone(), Flags::TESTED));
            }
            Command::List(_) => self.frames.push(Frame::List(command, 0, flags)),
            Command::AndOr(first, _) => {
                let first = first.clone();
                self.frames.push(Frame::AndOr(command, 0, flags));
                self.frames.push(Frame::Eval(first, Flags::TESTED));
            }
            Command::If(test, ..) => {
                let test = test.clone();
                self.frames.push(Frame::If(command, flags));
                self.frames.push(Frame::Eval(test, Flags::TESTED));
            }
            Command::Loop(..) => {
                self.frames.push(Frame::LoopTest(command, flags.not_last(), false))
            }
            Command::For(..) => {
                self.frames.push(Frame::ForWords(command, flags.not_last(), Pending::default()));
            }
            Command::Case(..) => {
                self.frames.push(Frame::Case(command, flags, Pending::default(), 0));
            }
            Command::Bash(_) => self.bash_command(sys, command, flags),
            Command::Function(name, body) => {
                Rc::make_mut(&mut self.functions).insert(name.clone(), body.clone());
                self.status = 0;
            }
            Command::Redirected(..) => {
                self.frames.push(Frame::Check(Flags { tested: true, ..flags }));
                self.frames.push(Frame::Redirected(command, flags, Pending::default()));
            }
            Command::Subshell(body) => return self.subshell(sys, body.clone(), flags),
            Command::Background(body) => return self.background(sys, body),
            Command::Pipeline(commands) => return self.pipeline(sys, commands, flags),
        }
        Step::Continue
    }

    fn list(&mut self, command: &Rc<Command>, at: usize, flags: Flags) -> Step {
        let Command::List(items) = &**command else { return Step::Continue };
        if let Some(item) = items.get(at) {
            let last = at + 1 == items.len();
            if !last {
                self.frames.push(Frame::List(command.clone(), at + 1, flags));
            }
            let flags = if last { flags } else { flags.not_last() };
            self.frames.push(Frame::Eval(item.clone(), flags));
        }
        Step::Continue
    }

    fn and_or(&mut self, command: &Rc<Command>, at: usize, flags: Flags) -> Step {
        let Command::AndOr(_, more) = &**command else { return Step::Continue };
        let Some((join, next)) = more.get(at) else { return Step::Continue };
        let last = at + 1 == more.len();
        if !last {
            self.frames.push(Frame::AndOr(command.clone(), at + 1, flags));
        }
        if (*join == Join::And) == (self.status == 0) {
            let flags = if last { flags } else { Flags::TESTED };
            self.frames.push(Frame::Eval(next.clone(), flags));
        }
        Step::Continue
    }

    fn branch(&mut self, command: &Command, flags: Flags) -> Step {
        let Command::If(_, then, otherwise) = command else { return Step::Continue };
        let body = if self.status == 0 { Some(then) } else { otherwise.as_ref() };
        match body {
            Some(body) => self.frames.push(Frame::Eval(body.clone(), flags)),
            None => self.status = 0,
        }
        Step::Continue
    }

    fn loop_test(&mut self, command: Rc<Command>, flags: Flags, ran: bool) -> Step {
        let Command::Loop(_, test, _) = &*command else { return Step::Continue };
        let test = test.clone();
        let status = if ran { self.status } else { 0 };
        self.frames.push(Frame::LoopBody(command, flags, status));
        self.frames.push(Frame::Eval(test, Flags::TESTED));
        Step::Continue
    }

    fn loop_body(&mut self, command: Rc<Command>, flags: Flags, status: i32) -> Step {
        let Command::Loop(until, _, body) = &*command else { return Step::Continue };
        if (self.status == 0) == *until {
            self.status = status;
            return Step::Continue;
        }
        let body = body.clone();
        self.frames.push(Frame::LoopTest(command, flags, true));
        self.frames.push(Frame::Eval(body, flags));
        Step::Continue
    }

    fn for_words(
        &mut self,
        sys: &mut Sys,
        command: Rc<Command>,
        flags: Flags,
        mut pending: Pending,
    ) -> Step {
        let Command::For(_, words, _) = &*command else { return Step::Continue };
        let fields = match words {
            None => Ok(self.args.to_vec()),
            Some(words) => self.attempt(sys, &mut pending, true, |e| e.all_fields(words)),
        };
        match fields {
            Ok(fields) => {
                self.status = if fields.is_empty() { 0 } else { self.status };
                self.frames.push(Frame::For(command, Rc::new(fields), 0, flags));
                Step::Continue
            }
            Err(stop) => self.stopped(sys, Frame::ForWords(command, flags, pending), stop),
        }
    }

    fn for_next(
        &mut self,
        sys: &mut Sys,
        command: Rc<Command>,
        words: Rc<Vec<String>>,
        at: usize,
        flags: Flags,
    ) -> Step {
        let Command::For(name, _, body) = &*command else { return Step::Continue };
        let Some(word) = words.get(at) else { return Step::Continue };
        if let Err(message) = self.vars.set(name, word) {
            return self.raise(sys, &message);
        }
        let body = body.clone();
        self.frames.push(Frame::For(command, words, at + 1, flags));
        self.frames.push(Frame::Eval(body, flags));
        Step::Continue
    }

    /// The body of an arm, and of those after it that bash lets follow.
    fn arm(&mut self, command: &Rc<Command>, flags: Flags, at: usize) {
        let Command::Case(_, arms) = &**command else { return };
        let Some(arm) = arms.get(at) else { return };
        let flags = if arm.end == End::Stop { flags } else { flags.not_last() };
        match arm.end {
            End::Stop => {}
            End::Next => self.frames.push(Frame::Arm(command.clone(), flags, at + 1)),
            End::Test => {
                let pending = Pending::default();
                self.frames.push(Frame::Case(command.clone(), flags, pending, at + 1));
            }
        }
        self.frames.push(Frame::Eval(arm.body.clone(), flags));
    }

    fn case(
        &mut self,
        sys: &mut Sys,
        command: Rc<Command>,
        flags: Flags,
        mut pending: Pending,
        from: usize,
    ) -> Step {
        let Command::Case(word, arms) = &*command else { return Step::Continue };
        let found = self.attempt(sys, &mut pending, true, |e| {
            let text = e.text(word)?;
            for (at, arm) in arms.iter().enumerate().skip(from) {
                for pattern in &arm.patterns {
                    if e.fits_arm(pattern, &text)? {
                        return Ok(Some(at));
                    }
                }
            }
            Ok(None)
        });
        match found {
            Ok(found) => {
                match found {
                    Some(at) => self.arm(&command, flags, at),
                    None if from == 0 => self.status = 0,
                    None => {}
                }
                Step::Continue
            }
            Err(stop) => self.stopped(sys, Frame::Case(command, flags, pending, from), stop),
        }
    }

    fn redirected(
        &mut self,
        sys: &mut Sys,
        command: Rc<Command>,
        flags: Flags,
        mut pending: Pending,
    ) -> Step {
        let Command::Redirected(body, redirects) = &*command else { return Step::Continue };
        let expanded = self.attempt(sys, &mut pending, true, |e| expand_redirects(e, redirects));
        let expanded = match expanded {
            Ok(expanded) => expanded,
            Err(stop) => {
                return self.stopped(sys, Frame::Redirected(command, flags, pending), stop);
            }
        };
        match self.redirect(sys, &expanded, true) {
            Ok(saved) => {
                self.frames.push(Frame::Restore(saved));
                self.frames.push(Frame::Eval(body.clone(), flags.not_last()));
                self.frames.extend(opening(sys, &expanded).map(Frame::Opened));
            }
            Err(message) => {
                self.complain(sys, None, &message);
                self.status = if matches!(**body, Command::Subshell(_)) { 2 } else { 1 };
            }
        }
        Step::Continue
    }

    /// Tries an expansion with the texts its substitutions have given so far. `substitutes` tells
    /// whether there are any, so that the variables must be kept.
    pub(super) fn attempt<R>(
        &mut self,
        sys: &mut Sys,
        pending: &mut Pending,
        substitutes: bool,
        act: impl FnOnce(&mut Expansion) -> Result<R, Stop>,
    ) -> Result<R, Stop> {
        pending.texts.extend(self.delivered.take());
        self.tell_bash(sys);
        if let Some(before) = &pending.before {
            self.vars = before.clone();
        }
        let before = substitutes.then(|| self.vars.clone());
        let result = act(&mut Expansion::new(self, sys, &pending.texts));
        if let Err(Stop::Substitute(_) | Stop::Process(..)) = result {
            pending.before = before;
        }
        result
    }

    /// An expansion did not come to its end: run the substitution and come back, or fail.
    pub(super) fn stopped(&mut self, sys: &mut Sys, frame: Frame, stop: Stop) -> Step {
        match stop {
            Stop::Substitute(command) => {
                self.frames.push(frame);
                self.substitute(sys, command)
            }
            Stop::Process(command, writes) => self.beside(sys, frame, command, writes),
            Stop::Fail(message) => self.raise(sys, &message),
        }
    }

    fn check(&mut self, sys: &mut Sys, flags: Flags) -> Step {
        self.keep_status();
        if self.status == 0 || flags.tested { Step::Continue } else { self.failed(sys) }
    }

    /// A copy of this shell as the program of a child.
    pub(super) fn child(&self, command: Rc<Command>, flags: Flags) -> Program {
        Program::Shell(Box::new(self.copied(command, flags)))
    }

    /// A copy of this shell that will run in a child.
    pub(super) fn copied(&self, command: Rc<Command>, flags: Flags) -> Shell {
        let mut child = self.clone();
        child.delivered = None;
        child.pending.clear();
        child.foreign_traps = is_call(&command, "trap");
        if !child.foreign_traps {
            child.drop_traps();
        }
        child.may_have_traps = false;
        child.loops += self.frames.iter().filter(|frame| frame.is_loop()).count();
        if !is_call(&command, "jobs") {
            child.jobs.clear();
        }
        child.frames = vec![Frame::Eval(command, Flags { last: true, ..flags })];
        child
    }

    fn subshell(&mut self, sys: &mut Sys, body: Rc<Command>, flags: Flags) -> Step {
        if flags.last && !self.may_have_traps {
            self.frames.push(Frame::Eval(body, flags));
            return Step::Continue;
        }
        self.frames.push(Frame::Check(flags));
        let mut child = self.copied(body, flags);
        child.drop_traps();
        match sys.fork(Program::Shell(Box::new(child))) {
            Ok(pid) => {
                let job = self.add_job(vec![pid], false);
                self.frames.push(Frame::Foreground(job));
                Step::Continue
            }
            Err(error) => self.cannot_fork(sys, error),
        }
    }
}

/// A redirection whose word is expanded.
pub type Expanded = (Redirect, String);

/// Expands the words of redirections. A fault in a here-document is one of the redirection.
/// Source: busybox ash, redirectsafe.
pub fn expand_redirects(
    expansion: &mut Expansion,
    redirects: &[Redirect],
) -> Result<Vec<Expanded>, Stop> {
    let expand = |redirect: &Redirect| match expansion.text(&redirect.word) {
        Err(Stop::Fail(why)) if redirect.kind == RedirectKind::Here => {
            Ok((Redirect { kind: RedirectKind::Failed, ..redirect.clone() }, why))
        }
        text => Ok((redirect.clone(), text?)),
    };
    redirects.iter().map(expand).collect()
}

/// Whether a command is `jobs` or `trap`, which even in a child tell of the shell it is of.
/// Source: busybox ash, forkchild
fn is_call(command: &Command, name: &str) -> bool {
    matches!(command, Command::Simple(simple)
        if simple.words.first().and_then(Word::plain) == Some(name))
}
