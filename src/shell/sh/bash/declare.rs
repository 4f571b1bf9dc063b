//! `declare typeset local export readonly unset` of bash.

use std::rc::Rc;

use crate::shell::sh::arith;
use crate::shell::sh::bash::quote;
use crate::shell::sh::bash::run::LIST;
use crate::shell::sh::builtins::Done;
use crate::shell::sh::expand::{Expansion, Stop};
use crate::shell::sh::frame::Frame;
use crate::shell::sh::shell::Shell;
use crate::shell::sh::vars::{Var, Vars};
use crate::shell::syntax::ast::Part;
use crate::shell::syntax::cursor::{Cursor, is_name};
use crate::shell::syntax::word::{self, Place};
use crate::shell::sys::Sys;

impl Vars {
    /// The letters of a variable's marks, as `declare` takes them.
    pub(in crate::shell::sh) fn marks(&self, name: &str) -> String {
        let refers = |var: &&Var| var.more.as_ref().is_some_and(|more| more.reference);
        let var = self.raw(name).filter(refers).or_else(|| self.var(name));
        let Some(var) = var else { return String::new() };
        let more = var.more.clone().unwrap_or_default();
        let items = more.items.as_ref();
        let marks = [
            (items.is_some_and(|items| !items.keyed), 'a'),
            (items.is_some_and(|items| items.keyed), 'A'),
            (more.integer, 'i'),
            (more.reference, 'n'),
            (var.read_only, 'r'),
            (var.exported, 'x'),
            (more.upper == Some(false), 'l'),
            (more.upper == Some(true), 'u'),
        ];
        marks.into_iter().filter(|(on, _)| *on).map(|(_, letter)| letter).collect()
    }

    /// A variable as `declare -p` shows it.
    pub(in crate::shell::sh) fn declaration(&mut self, name: &str) -> Option<String> {
        let marks = self.marks(name);
        let var = self.raw(name)?.clone();
        let marks = if marks.is_empty() { "-" } else { &marks };
        let start = ["declare -", marks, " ", name].concat();
        let more = var.more.unwrap_or_default();
        let Some(items) = more.items else {
            let value = var.value.map(|value| ["=", &quote::double(&value)].concat());
            return Some(start + &value.unwrap_or_default());
        };
        let shown = |(index, value): (String, String)| {
            let plain = index.chars().all(|c| c.is_ascii_alphanumeric() || "_-./:".contains(c));
            let index = if plain { index } else { quote::double(&index) };
            ["[", &index, "]=", &quote::double(&value)].concat()
        };
        let all: Vec<String> = self.elements(name).into_iter().map(shown).collect();
        let end = if items.keyed && !all.is_empty() { " )" } else { ")" };
        Some([&start, "=(", &all.join(" "), end].concat())
    }
}

/// What the options of `declare` ask for.
#[derive(Clone, Default)]
struct Asked {
    on: String,
    off: String,
}

impl Asked {
    fn has(&self, letter: char) -> bool {
        self.on.contains(letter)
    }
}

/// `declare -aAgilnprux name=value`, and those that are such a `declare`.
pub fn declare(shell: &mut Shell, sys: &mut Sys, command: &str, args: &[String]) -> Done {
    let mut asked = Asked::default();
    let mut rest = args;
    while let [first, more @ ..] = rest {
        if first.len() < 2 || !first.starts_with(['-', '+']) {
            break;
        }
        rest = more;
        if first == "--" {
            break;
        }
        let letters = &first[1..];
        if let Some(bad) = letters.chars().find(|letter| !"aAfFgiIlnprtux".contains(*letter)) {
            shell.complain(sys, Some(command), &format!("-{bad}: invalid option"));
            return Done::Status(2);
        }
        if first.starts_with('-') { &mut asked.on } else { &mut asked.off }.push_str(letters);
    }
    match command {
        "export" if asked.has('n') => (asked.on, asked.off) = (String::new(), "x".to_string()),
        "export" => asked.on.push('x'),
        "readonly" => asked.on.push('r'),
        "local" if !shell.frames.iter().any(|f| matches!(f, Frame::Call(..))) => {
            shell.complain(sys, Some(command), "can only be used in a function");
            return Done::Status(1);
        }
        _ => {}
    }
    if asked.has('f') || asked.has('F') {
        return functions(shell, sys, &asked, rest);
    }
    if rest.is_empty() || asked.has('p') {
        return print(shell, sys, command, &asked, rest);
    }
    let local = matches!(command, "local" | "declare" | "typeset") && !asked.has('g');
    let mut status = 0;
    for arg in rest {
        if let Err(message) = one(shell, sys, &asked, arg, local) {
            shell.complain(sys, Some(command), &message);
            status = 1;
        }
    }
    Done::Status(status)
}

fn functions(shell: &Shell, sys: &mut Sys, asked: &Asked, names: &[String]) -> Done {
    let all: Vec<String> = shell.functions.keys().cloned().collect();
    let mut status = 0;
    for name in if names.is_empty() { &all } else { names } {
        if !shell.functions.contains_key(name) {
            status = 1;
        } else if asked.has('F') {
            sys.out(
                if names.is_empty() { ["declare -f ", name, "\n"] } else { ["", name, "\n"] }
                    .concat(),
            );
        }
    }
    Done::Status(status)
}

fn print(shell: &mut Shell, sys: &mut Sys, command: &str, asked: &Asked, names: &[String]) -> Done {
    let all: Vec<String> = shell.vars.all().map(|(name, _)| name.clone()).collect();
    let mut status = 0;
    for name in if names.is_empty() { &all } else { names } {
        let wanted: Vec<char> = asked.on.chars().filter(|c| !"pg".contains(*c)).collect();
        let marks = shell.vars.marks(name);
        shell.vars.refresh(name);
        match shell.vars.declaration(name) {
            None => {
                shell.complain(sys, Some(command), &[name, ": not found"].concat());
                status = 1;
            }
            Some(line) if !names.is_empty() || wanted.iter().all(|c| marks.contains(*c)) => {
                sys.out(line + "\n");
            }
            Some(_) => {}
        }
    }
    Done::Status(status)
}

/// One argument.
fn one(
    shell: &mut Shell,
    sys: &mut Sys,
    asked: &Asked,
    arg: &str,
    local: bool,
) -> Result<(), String> {
    let (target, value) = match arg.split_once('=') {
        Some((target, value)) => (target, Some(value)),
        None => (arg, None),
    };
    let (target, add) = match target.strip_suffix('+') {
        Some(target) if value.is_some() => (target, true),
        _ => (target, false),
    };
    let (name, index) = arith::target(target);
    if !is_name(name) {
        return Err(
            ["`", arg.split(LIST).next().unwrap_or(arg), "': not a valid identifier"].concat()
        );
    }
    if local {
        hide(shell, name, asked);
    }
    let refers = asked.has('n') || asked.off.contains('n');
    mark(&mut shell.vars, name, asked, refers)?;
    let array = asked.on.contains(['a', 'A']) && index.is_none();
    match value {
        Some(value) if value.starts_with(LIST) || array && value.starts_with('(') => {
            let text = value.replacen(LIST, "(", 1);
            list(shell, sys, name, &text, add)?;
        }
        Some(value) if refers => shell.vars.entry(name).value = Some(value.to_string()),
        Some(value) => match index {
            Some(index) => shell.vars.put(name, index, value, add)?,
            None if array => shell.vars.put(name, "0", value, add)?,
            None if add => shell.vars.append(name, value)?,
            None => shell.vars.set(name, value)?,
        },
        None => {}
    }
    if asked.has('r') {
        shell.vars.entry(name).read_only = true;
    }
    Ok(())
}

/// Keeps what a variable was before the function, which then begins without it.
fn hide(shell: &mut Shell, name: &str, asked: &Asked) {
    let old = shell.vars.raw(name).cloned();
    let call = shell.frames.iter_mut().rev().find_map(|f| match f {
        Frame::Call(_, locals, _) => Some(locals),
        _ => None,
    });
    let Some(locals) = call.filter(|locals| !locals.iter().any(|(n, _)| n == name)) else { return };
    locals.push((name.to_string(), old.clone()));
    if old.as_ref().is_none_or(|var| !var.read_only) {
        let inherited = old.filter(|_| asked.has('I'));
        let exported = inherited.as_ref().is_some_and(|var| var.exported);
        *shell.vars.entry(name) = inherited.unwrap_or(Var { exported, ..Var::default() });
    }
}

fn mark(vars: &mut Vars, name: &str, asked: &Asked, refers: bool) -> Result<(), String> {
    let real = if refers { name } else { vars.real(name) }.to_string();
    if asked.on.contains(['a', 'A']) {
        vars.make_array(&real, asked.has('A'))?;
    }
    for (letters, on) in [(&asked.on, true), (&asked.off, false)] {
        for letter in letters.chars() {
            let var = vars.entry(&real);
            if var.read_only && letter == 'r' && !on {
                return Err([name, ": readonly variable"].concat());
            }
            match letter {
                'x' => var.exported = on,
                'i' => var.more.get_or_insert_default().integer = on,
                'n' => var.more.get_or_insert_default().reference = on,
                'u' | 'l' => {
                    var.more.get_or_insert_default().upper = on.then_some(letter == 'u');
                }
                _ => {}
            }
        }
    }
    if !asked.on.contains(['x', 'i', 'n', 'u', 'l', 'a', 'A']) {
        vars.entry(&real);
    }
    Ok(())
}

/// `declare a=(…)`: the list is read again.
fn list(shell: &mut Shell, sys: &mut Sys, name: &str, text: &str, add: bool) -> Result<(), String> {
    let text = [name, if add { "+=" } else { "=" }, text].concat();
    let mut cursor = Cursor::new(&text, 0, 0);
    cursor.set_bash();
    let word = word::word(&mut cursor, Place::Plain).map_err(|error| error.message)?;
    let Some(Part::Assign(target)) = word.parts.first() else { return Ok(()) };
    Expansion::new(shell, sys, &[]).assign(target, &word.parts[1..]).map_err(|stop| match stop {
        Stop::Fail(message) => message,
        _ => "a command in a list that was quoted".to_string(),
    })
}

/// `unset -fvn name 'a[1]'`
pub fn unset(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let flags: String = args.iter().map_while(|arg| arg.strip_prefix('-')).collect();
    if let Some(bad) = flags.chars().find(|letter| !"fvn".contains(*letter)) {
        shell.complain(sys, Some("unset"), &format!("-{bad}: invalid option"));
        sys.err("unset: usage: unset [-f] [-v] [-n] [name ...]\n");
        return Done::Status(2);
    }
    let mut status = 0;
    for arg in args.iter().skip_while(|arg| arg.starts_with('-')) {
        let (name, index) = arith::target(arg);
        let variable = shell.vars.raw(name).is_some() && !flags.contains('f');
        let result = if !variable && !flags.contains('v') {
            Rc::make_mut(&mut shell.functions).remove(name);
            Ok(())
        } else if shell.vars.var(name).is_some_and(|var| var.read_only) {
            Err([name, ": cannot unset: readonly variable"].concat())
        } else if let Some(index) = index {
            shell.vars.remove_element(name, index)
        } else {
            let real = if flags.contains('n') { name } else { shell.vars.real(name) };
            let real = real.to_string();
            shell.vars.unset(&real);
            Ok(())
        };
        if let Err(message) = result {
            shell.complain(sys, Some("unset"), &message);
            status = 1;
        }
    }
    Done::Status(status)
}
