//! Simple commands: assignments, redirections, and what the name stands for.
//!
//! Source: busybox ash, evalcommand.

use std::rc::Rc;

use crate::shell::commands;
use crate::shell::errno::Errno;
use crate::shell::exec;
use crate::shell::process::{Env, Step};
use crate::shell::sh::bash::builtins::{is_builtin as is_bash_builtin, is_declaration};
use crate::shell::sh::bash::quote::needed as bash_quote;
use crate::shell::sh::builtins::{self, Done};
use crate::shell::sh::eval::{Expanded, expand_redirects};
use crate::shell::sh::expand::{Expansion, Stop};
use crate::shell::sh::frame::{Flags, Frame, Pending};
use crate::shell::sh::quote;
use crate::shell::sh::redirect::opening;
use crate::shell::sh::shell::Shell;
use crate::shell::sh::vars::{Var, Vars};
use crate::shell::syntax::cursor::Cursor;
use crate::shell::syntax::parser::assignment;
use crate::shell::syntax::word::{self, Place};
use crate::shell::syntax::{Command, Part, Simple};
use crate::shell::sys::Sys;
use crate::shell::types::{Limit, NoteKind};

/// A simple command with everything expanded.
struct Ready {
    argv: Vec<String>,
    redirects: Vec<Expanded>,
    assigned: Vec<(String, String)>,
    /// What the assigned variables were before.
    old: Vec<(String, Option<Var>)>,
    /// All variables before the assignments, which do not happen if a redirection fails.
    before: Option<Vars>,
    /// What a variable that cannot be set says, after the redirections.
    fault: Option<String>,
}

impl Shell {
    /// Expands and runs a simple command.
    pub(super) fn simple(
        &mut self,
        sys: &mut Sys,
        command: Rc<Command>,
        flags: Flags,
        mut pending: Pending,
    ) -> Step {
        let Command::Simple(simple) = &*command else { return Step::Continue };
        match self.attempt(sys, &mut pending, simple.substitutes(), |e| prepare(e, simple)) {
            Ok(ready) => self.run_simple(sys, ready, flags),
            Err(stop) => self.stopped(sys, Frame::Simple(command, flags, pending), stop),
        }
    }

    fn run_simple(&mut self, sys: &mut Sys, ready: Ready, flags: Flags) -> Step {
        if self.options.on('x') {
            self.trace(sys, &ready);
        }
        if let (true, Some(last)) = (self.vars.is_bash(), ready.argv.last()) {
            self.vars.entry("_").value = Some(last.clone());
        }
        let name = ready.argv.first().cloned().unwrap_or_default();
        let special = !self.vars.is_bash() && builtins::is_special(&name);
        let saved = match self.redirect(sys, &ready.redirects, name != "exec") {
            Ok(saved) => saved,
            Err(message) => {
                self.complain(sys, None, &message);
                if let Some(before) = ready.before {
                    self.vars = before;
                }
                if special {
                    return self.fail(sys, 1);
                }
                self.status = 1;
                return Step::Continue;
            }
        };
        if let Some(message) = ready.fault {
            self.restore(sys, saved);
            return self.raise(sys, &message);
        }
        if ready.argv.is_empty() {
            self.frames.push(Frame::Restore(saved));
            self.frames.extend(opening(sys, &ready.redirects).map(Frame::Opened));
            self.status = self.substituted.take().unwrap_or(0);
            return Step::Continue;
        }
        if !special && !ready.old.is_empty() {
            self.frames.push(Frame::Variables(ready.old));
        }
        if !saved.is_empty() {
            self.frames.push(Frame::Restore(saved));
        }
        if let Some(mut opened) = opening(sys, &ready.redirects) {
            opened.then = Some((ready.argv, flags));
            self.frames.push(Frame::Opened(opened));
            return Step::Continue;
        }
        self.run_words(sys, ready.argv, flags)
    }

    /// Runs what the name of a command stands for.
    pub(super) fn run_words(&mut self, sys: &mut Sys, argv: Vec<String>, flags: Flags) -> Step {
        let bash = self.vars.is_bash();
        if !bash && builtins::is_special(&argv[0]) {
            return self.run_builtin(sys, argv, flags, true);
        }
        if let Some(body) = self.functions.get(&argv[0]).cloned() {
            return self.call(argv, body, flags);
        }
        if if bash { is_bash_builtin(&argv[0]) } else { builtins::is_builtin(&argv[0]) } {
            return self.run_builtin(sys, argv, flags, false);
        }
        self.external(sys, argv, flags)
    }

    fn trace(&mut self, sys: &mut Sys, ready: &Ready) {
        let bash = self.vars.is_bash();
        let shown = |v: &str| if bash { bash_quote(v) } else { quote::value(v) };
        let word = |w: &String| if bash { bash_quote(w) } else { quote::maybe(w) };
        let assigned = ready.assigned.iter().map(|(n, v)| format!("{n}={}", shown(v)));
        let words: Vec<String> = assigned.chain(ready.argv.iter().map(word)).collect();
        self.trace_line(sys, &words.join(" "));
    }

    /// Shows what runs, after `PS4`.
    pub(super) fn trace_line(&mut self, sys: &mut Sys, line: &str) {
        let prompt = self.vars.get("PS4").unwrap_or("+ ").to_string();
        let word = word::word(&mut Cursor::new(&prompt, 0, 0), Place::Here).unwrap_or_default();
        let shown = Expansion::new(self, sys, &[]).text(&word).unwrap_or(prompt);
        sys.err([&shown, line, "\n"].concat());
    }

    fn call(&mut self, mut argv: Vec<String>, body: Rc<Command>, flags: Flags) -> Step {
        let name = argv.remove(0);
        let line = self.line;
        if let Some(state) = self.vars.state() {
            state.calls.push((name, line));
        }
        let caller = std::mem::replace(&mut self.args, Rc::new(argv));
        let options = std::mem::replace(&mut self.vars.options, (1, 0));
        self.frames.push(Frame::Call(caller, Vec::new(), options));
        self.frames.push(Frame::Eval(body, flags.not_last()));
        Step::Continue
    }

    fn run_builtin(
        &mut self,
        sys: &mut Sys,
        argv: Vec<String>,
        flags: Flags,
        special: bool,
    ) -> Step {
        match builtins::run(self, sys, &argv, flags) {
            Done::Status(status) => self.status = status,
            Done::Fail(message) => {
                self.complain(sys, Some(&argv[0]), &message);
                if special {
                    return self.fail(sys, 2);
                }
                self.status = if self.vars.is_bash() { 1 } else { 2 };
            }
            Done::Push(frame) => self.frames.push(frame),
            Done::Jump(jump) => return self.jump(sys, jump),
            Done::Run(argv) => return self.run_named(sys, argv, flags),
            Done::Replace(argv) => return self.replace(sys, argv),
        }
        Step::Continue
    }

    /// `command name …`: no function is looked for.
    fn run_named(&mut self, sys: &mut Sys, argv: Vec<String>, flags: Flags) -> Step {
        let bash = self.vars.is_bash() && is_bash_builtin(&argv[0]);
        if bash || builtins::is_special(&argv[0]) || builtins::is_builtin(&argv[0]) {
            self.frames.push(Frame::Guard);
            return self.run_builtin(sys, argv, flags, false);
        }
        self.external(sys, argv, flags.not_last())
    }

    /// `exec name …`
    fn replace(&mut self, sys: &mut Sys, argv: Vec<String>) -> Step {
        let env = Env::new(self.vars.environment());
        match self
            .locate(sys, &argv[0])
            .and_then(|file| exec::replace(sys, &file, argv.clone(), env))
        {
            Ok(step) => step,
            Err(error) => {
                let (status, why) = self.not_run(sys, &argv[0], error);
                self.complain(sys, Some("exec"), &format!("{}: {why}", argv[0]));
                self.leave(sys, status)
            }
        }
    }

    fn locate(&self, sys: &Sys, name: &str) -> Result<String, Errno> {
        exec::search(sys, name, self.vars.get("PATH").unwrap_or(exec::DEFAULT_PATH))
    }

    /// The status and the words for a command that cannot be run; the learner gets a note.
    fn not_run(&self, sys: &mut Sys, name: &str, error: Errno) -> (i32, &'static str) {
        match error {
            Errno::NotFound | Errno::NotDirectory => {
                // A command that other images have is missing in reality too.
                let elsewhere = commands::names().chain(["bash", "curl"]).any(|n| n == name);
                if !name.contains('/') && !elsewhere {
                    sys.note(NoteKind::UnknownCommand(name.to_string()));
                }
                (127, "not found")
            }
            Errno::Permission if self.vars.is_bash() && name.contains('/') && sys.is_dir(name) => {
                (126, Errno::IsDirectory.text())
            }
            error => (126, error.text()),
        }
    }

    fn external(&mut self, sys: &mut Sys, argv: Vec<String>, flags: Flags) -> Step {
        let env = Env::new(self.vars.environment());
        let found = self.locate(sys, &argv[0]);
        let in_place = flags.last && !self.may_have_traps;
        let result = found.and_then(|file| {
            if in_place {
                return exec::replace(sys, &file, argv.clone(), env.clone()).map(Err);
            }
            exec::load(sys, &file, argv.clone(), &env).map(Ok)
        });
        match result {
            Ok(Err(step)) => step,
            Ok(Ok(program)) => match sys.fork(program) {
                Ok(pid) => {
                    if let Some(child) = sys.child_mut(pid) {
                        child.argv = argv;
                        child.env = env;
                    }
                    sys.as_child(pid, exec::close_hidden);
                    let job = self.add_job(vec![pid], false);
                    self.frames.push(Frame::Foreground(job));
                    Step::Continue
                }
                Err(error) => self.cannot_fork(sys, error),
            },
            Err(error) => {
                let (status, why) = self.not_run(sys, &argv[0], error);
                self.complain(sys, None, &format!("{}: {why}", argv[0]));
                self.status = if argv[0].is_empty() { 127 } else { status };
                Step::Continue
            }
        }
    }
}

/// Expands the words, the redirections and the assignments, which it carries out.
fn prepare(e: &mut Expansion, simple: &Simple) -> Result<Ready, Stop> {
    let mut argv = Vec::new();
    for word in &simple.words {
        let runs = argv.iter().find(|name: &&String| *name != "command");
        let declares = runs.is_some_and(|name| match e.shell.vars.is_bash() {
            true => is_declaration(name),
            false => builtins::is_declaration(name),
        });
        if let (true, Some(Part::Assign(target))) = (declares, word.parts.first()) {
            argv.push(e.declared(target, &word.parts[1..])?);
            continue;
        }
        match assignment(word).filter(|_| declares) {
            // `export a=$b` is not split.
            Some((name, value)) => argv.push(format!("{name}={}", e.text(&value)?)),
            None => argv.extend(e.fields(word)?),
        }
        if argv.len() > crate::shell::limits::ARGUMENTS {
            e.sys.note(NoteKind::Limit(Limit::Arguments));
            return Err(Stop::Fail("Argument list too long".to_string()));
        }
    }
    let redirects = expand_redirects(e, &simple.redirects)?;
    // Source: busybox ash, evalcommand: what a special built-in is given is not for children.
    let special = argv.first().is_some_and(|name| builtins::is_special(name));
    let becomes = argv.len() > 1 && argv[0] == "exec";
    let exports = e.shell.options.on('a') || !argv.is_empty() && (!special || becomes);
    let (mut assigned, mut old, mut fault) = (Vec::new(), Vec::new(), None);
    let fails = !redirects.is_empty() && !simple.assignments.is_empty();
    let before = fails.then(|| e.shell.vars.clone());
    for (name, word) in &simple.assignments {
        if let Some(Part::Assign(target)) = word.parts.first() {
            old.push((name.clone(), e.shell.vars.var(name).cloned()));
            e.assign(target, &word.parts[1..])?;
            continue;
        }
        let mut value = match e.text(word) {
            Err(Stop::Fail(message)) => {
                fault = Some(message);
                break;
            }
            value => value?,
        };
        if value.len() > crate::shell::limits::TEXT_BYTES {
            e.sys.note(NoteKind::Limit(Limit::Text));
            value.clear();
        }
        old.push((name.clone(), e.shell.vars.var(name).cloned()));
        if let Err(message) = e.shell.vars.set(name, &value) {
            fault = Some(message);
            break;
        }
        if exports {
            e.shell.vars.entry(name).exported = true;
        }
        assigned.push((name.clone(), value));
    }
    let bytes: usize = argv.iter().chain(assigned.iter().map(|(_, v)| v)).map(String::len).sum();
    e.sys.spend(bytes as u64 / 256);
    e.shell.count(e.sys, bytes)?;
    Ok(Ready { argv, redirects, assigned, old, before, fault })
}
