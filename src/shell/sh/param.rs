//! Parameters: `$x`, `${x:-…}`, `$@` and the rest.

use crate::shell::limits;
use crate::shell::sh::expand::{Expansion, Stop, value};
use crate::shell::sh::fields::Run;
use crate::shell::sh::pattern::Pattern;
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::cursor::is_name;
use crate::shell::syntax::{Param, ParamOp, Word};
use crate::shell::types::{Limit, NoteKind};

impl Shell {
    /// The value of a parameter; `None` if it is not set.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let text = match name {
            "?" => self.status.to_string(),
            "#" => self.args.len().to_string(),
            "$" => self.shell_pid.to_string(),
            "!" => self.last_background?.to_string(),
            "-" if self.vars.is_bash() => self.bash_letters(),
            "-" => self.options.letters().replace('|', ""),
            "0" => self.arg0.clone(),
            "@" => self.args.join(" "),
            "*" => self.args.join(&self.separator()),
            "LINENO" => self.line.to_string(),
            name if name.starts_with(|c: char| c.is_ascii_digit()) => {
                let nth: usize = name.parse().ok()?;
                self.args.get(nth.checked_sub(1)?)?.clone()
            }
            name => self.vars.get(name)?.to_string(),
        };
        Some(text)
    }

    /// The value of `$IFS`, or its default.
    pub fn ifs(&self) -> String {
        self.vars.get("IFS").unwrap_or(" \t\n").to_string()
    }

    /// What joins the positional parameters: the first character of `$IFS`.
    pub(super) fn separator(&self) -> String {
        self.ifs().chars().next().map(String::from).unwrap_or_default()
    }
}

impl Expansion<'_, '_> {
    /// The runs a parameter becomes.
    pub fn param(&mut self, param: &Param, quoted: bool) -> Result<Vec<Run>, Stop> {
        if self.shell.vars.is_bash() {
            return self.bash_param(param, quoted);
        }
        let runs = self.param_runs(param, quoted)?;
        if runs.is_empty() && quoted && (param.name != "@" || param.op != ParamOp::Value) {
            return Ok(vec![Run::Quoted(String::new())]);
        }
        Ok(runs)
    }

    fn param_runs(&mut self, param: &Param, quoted: bool) -> Result<Vec<Run>, Stop> {
        let name = param.name.as_str();
        self.shell.vars.refresh(name);
        let old = self.shell.parameter(name);
        let empty = |colon: bool| old.as_ref().is_none_or(|v| colon && v.is_empty());
        match &param.op {
            ParamOp::Bad => Err(Stop::Fail("syntax error: bad substitution".to_string())),
            ParamOp::Default(colon, word) if empty(*colon) => self.inner(word, quoted),
            ParamOp::Assign(colon, word) if empty(*colon) => {
                let text = self.text(word)?;
                if !is_name(name) {
                    return Err(Stop::Fail([name, ": bad variable name"].concat()));
                }
                self.shell.vars.set(name, &text).map_err(Stop::Fail)?;
                Ok(vec![value(text, quoted)])
            }
            ParamOp::Error(colon, word) if empty(*colon) => {
                let text = self.text(word)?;
                let default =
                    if *colon { "parameter not set or null" } else { "parameter not set" };
                let text = if word.parts.is_empty() { default } else { &text };
                Err(Stop::Fail(format!("{name}: {text}")))
            }
            ParamOp::Alternative(colon, _) if empty(*colon) => Ok(vec![]),
            ParamOp::Alternative(_, word) => self.inner(word, quoted),
            ParamOp::Value | ParamOp::Default(..) | ParamOp::Assign(..) | ParamOp::Error(..)
                if matches!(name, "@" | "*") =>
            {
                Ok(self.positional(name, quoted))
            }
            _ => {
                let unset = old.is_none() && !matches!(name, "@" | "*");
                if unset && self.shell.options.on('u') {
                    return Err(Stop::Fail(format!("{name}: parameter not set")));
                }
                // Source: busybox ash: what is done to `$@` is done to all of it at once.
                let apart = name == "@" || name == "*" && !quoted;
                let joined = apart.then(|| self.shell.args.join("\0"));
                let text = self.changed(&param.op, joined.or(old))?;
                Ok(separated(&text, quoted))
            }
        }
    }

    /// The word of an operator: unquoted, its text is split as a value is.
    pub(super) fn inner(&mut self, word: &Word, quoted: bool) -> Result<Vec<Run>, Stop> {
        let runs = self.runs(word)?;
        if quoted {
            return Ok(runs);
        }
        let split = |run| match run {
            Run::Literal(text) => Run::Split(text),
            other => other,
        };
        Ok(runs.into_iter().map(split).collect())
    }

    fn positional(&self, name: &str, quoted: bool) -> Vec<Run> {
        if quoted && name == "*" {
            return vec![Run::Quoted(self.shell.parameter("*").unwrap_or_default())];
        }
        if self.shell.args.is_empty() {
            return Vec::new();
        }
        separated(&self.shell.args.join("\0"), quoted)
    }

    pub(super) fn changed(&mut self, op: &ParamOp, old: Option<String>) -> Result<String, Stop> {
        let set = old.is_some();
        let old = old.unwrap_or_default();
        match op {
            ParamOp::Length => Ok(old.len().to_string()),
            ParamOp::RemovePrefix(longest, word) => {
                let lengths = self.compiled(word)?.prefixes(&old);
                let cut = if *longest { lengths.last() } else { lengths.first() };
                Ok(cut.map_or(old.clone(), |len| old[*len..].to_string()))
            }
            ParamOp::RemoveSuffix(longest, word) => {
                let starts = self.compiled(word)?.suffixes(&old);
                let cut = if *longest { starts.last() } else { starts.first() };
                Ok(cut.map_or(old.clone(), |at| old[..*at].to_string()))
            }
            ParamOp::Substring(offset, length) => {
                let offset = self.arithmetic(offset)?;
                let length = length.as_ref().map(|l| self.arithmetic(l)).transpose()?;
                Ok(substring(&old, offset, length))
            }
            ParamOp::Replace(all, pattern, new) => {
                let star = self.pattern(pattern)?.contains('*');
                let pattern = self.compiled(pattern)?;
                let new = self.text(new)?;
                if old.is_empty() && set && pattern.matches("") {
                    return Ok(new);
                }
                if old.len() > 10_000 && star {
                    self.sys.note(NoteKind::Limit(Limit::Text));
                    return Ok(old);
                }
                Ok(replace(&old, &pattern, &new, *all))
            }
            ParamOp::Bash(more) => self.bash_changed(more, old),
            _ => Ok(old),
        }
    }
}

/// The parameters in a text that has zero bytes between them.
fn separated(text: &str, quoted: bool) -> Vec<Run> {
    let mut runs = Vec::new();
    for part in text.split('\0') {
        if !runs.is_empty() {
            runs.push(Run::Break);
        }
        runs.push(value(part.to_string(), quoted));
    }
    runs
}

fn substring(text: &str, offset: i64, length: Option<i64>) -> String {
    let count = text.chars().count() as i64;
    let start = if offset < 0 { count.saturating_add(offset) } else { offset };
    if start < 0 || start > count {
        return String::new();
    }
    let end = match length {
        None => count,
        Some(length) if length < 0 => count.saturating_add(length),
        Some(length) => start.saturating_add(length).min(count),
    };
    text.chars().skip(start as usize).take((end - start).max(0) as usize).collect()
}

fn replace(text: &str, pattern: &Pattern, new: &str, all: bool) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut open = true;
    while at < text.len() {
        let longest = pattern.prefixes(&text[at..]).last().copied().filter(|len| *len > 0);
        match longest.filter(|_| open) {
            Some(len) => {
                out.push_str(new);
                at += len;
                open = all;
            }
            None => {
                let c = text[at..].chars().next().map_or(1, char::len_utf8);
                out.push_str(&text[at..at + c]);
                at += c;
            }
        }
        if out.len() > limits::TEXT_BYTES {
            break;
        }
    }
    out
}
