//! What bash says when something is wrong, and what it then does.

use crate::shell::process::Step;
use crate::shell::sh::frame::{Frame, SourceKind};
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;

/// What a message begins with that ends the shell, wherever it runs.
pub const FATAL: char = '\u{1}';

/// Words of ash, at the end of a message, with those of bash.
const WORDS: [(&str, &str); 14] = [
    (": is read only", ": readonly variable"),
    (": bad variable name", ": not a valid identifier"),
    (": bad number", ": integer expression expected"),
    (": unknown operand", ": binary operator expected"),
    (": nonexistent directory", ": No such file or directory"),
    (": no such file", ": No such file or directory"),
    (": File exists", ": cannot overwrite existing file"),
    ("missing ]", "missing `]'"),
    ("argument expected", "argument expected"),
    ("filename argument required", "filename argument required"),
    ("bad fd number", "ambiguous redirect"),
    ("Argument list too long", "Argument list too long"),
    ("not in a function", "can only be used in a function"),
    ("expression expected", "expression expected"),
];

/// A message of ash in bash's words.
fn said(builtin: Option<&str>, message: &str) -> String {
    let mut text = message.to_string();
    for start in ["can't open '", "can't open ", "can't create ", "can't cd to "] {
        if let Some(rest) = text.strip_prefix(start) {
            text =
                if start.ends_with('\'') { rest.replacen("':", ":", 1) } else { rest.to_string() };
        }
    }
    if let Some(number) = text.strip_prefix("Illegal number: ") {
        return [number, ": numeric argument required"].concat();
    }
    if let (Some(name), None) = (text.strip_suffix(": not found"), builtin) {
        let why =
            if name.contains('/') { "No such file or directory" } else { "command not found" };
        return [name, ": ", why].concat();
    }
    let found = WORDS.iter().find_map(|(old, new)| Some([text.strip_suffix(old)?, new].concat()));
    found.unwrap_or(text)
}

impl Shell {
    /// Says what is wrong, in bash's form.
    pub(in crate::shell::sh) fn bash_complain(
        &self,
        sys: &mut Sys,
        builtin: Option<&str>,
        message: &str,
    ) {
        let file = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Source(source) if source.kind == SourceKind::Dot => source.name.as_deref(),
            _ => None,
        });
        let inside = self.vars.bash.as_ref().is_some_and(|state| !state.calls.is_empty());
        let main = if inside && self.options.on('c') { "environment" } else { &self.arg0 };
        let name = file.unwrap_or(main);
        let plain = matches!(builtin, Some("." | "source"));
        let command = builtin.filter(|_| !plain).map(|b| [b, ": "].concat()).unwrap_or_default();
        let text = said(builtin, message);
        sys.err(format!("{name}: line {}: {command}{text}\n", self.line.max(1)));
    }

    /// An error that ends what runs: the shell, or only the command of a script.
    pub(in crate::shell::sh) fn bash_raise(&mut self, sys: &mut Sys, message: &str) -> Step {
        let by_option = self.options.on('c');
        if message.starts_with("syntax error") || message.starts_with("unexpected EOF") {
            return self.bash_syntax(sys, message, by_option);
        }
        let fatal = message.strip_prefix(FATAL);
        self.bash_complain(sys, None, fatal.unwrap_or(message));
        if fatal.is_some() {
            let own = sys.pid() == self.shell_pid;
            return self.leave(sys, if by_option && own { 127 } else { 1 });
        }
        let main = |f: &Frame| matches!(f, Frame::Source(s) if s.kind == SourceKind::Main);
        let Some(at) = self.frames.iter().position(main).filter(|_| !by_option) else {
            return self.leave(sys, 1);
        };
        while self.frames.len() > at + 1 {
            if let Some(frame) = self.frames.pop() {
                self.undo(sys, frame);
            }
        }
        self.status = 1;
        Step::Continue
    }

    fn bash_syntax(&mut self, sys: &mut Sys, message: &str, by_option: bool) -> Step {
        let source = match self.frames.pop() {
            Some(Frame::Source(source)) => source,
            frame => {
                self.frames.extend(frame);
                return self.leave(sys, 2);
            }
        };
        let inner = source.kind != SourceKind::Main;
        let (begin, line) = (&self.arg0, self.line.max(1));
        let what = match (&source.name, by_option) {
            (Some(name), _) if source.kind == SourceKind::Eval => [begin, ": ", name, ":"].concat(),
            (Some(name), _) => [name, ":"].concat(),
            (None, true) if !inner => [begin, ": -c:"].concat(),
            _ => [begin, ":"].concat(),
        };
        sys.err(format!("{what} line {line}: {message}\n"));
        let first = if source.kind == SourceKind::Eval { 0 } else { 1 };
        let shown = source.text.lines().nth(line.saturating_sub(first.max(1)) as usize);
        if message.contains("near unexpected token") {
            sys.err(format!("{what} line {line}: `{}'\n", shown.unwrap_or_default()));
        }
        if !inner {
            return self.leave(sys, 2);
        }
        self.status = 2;
        Step::Continue
    }
}
