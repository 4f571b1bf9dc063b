//! `export readonly local unset let`

use std::rc::Rc;

use crate::shell::sh::arith;
use crate::shell::sh::builtins::Done;
use crate::shell::sh::builtins::letters::letters;
use crate::shell::sh::frame::Frame;
use crate::shell::sh::quote;
use crate::shell::sh::shell::Shell;
use crate::shell::sh::vars::Var;
use crate::shell::syntax::cursor::is_name;
use crate::shell::sys::Sys;

/// The name under which `local -` keeps the options of the shell.
pub const OPTIONS: &str = "-";

/// `export a=1 b`
pub fn export(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Result<Done, Done> {
    let (found, names) = letters(args, "pn")?;
    if names.is_empty() {
        return Ok(list(shell, sys, "export", |var| var.exported));
    }
    let off = found.iter().any(|(letter, _)| *letter == 'n');
    // Source: busybox ash, exportcmd: with a value `-n` leaves the mark.
    mark(shell, names, |var, given| var.exported = if off { var.exported && given } else { true })
}

/// `readonly a=1 b`
pub fn read_only(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Result<Done, Done> {
    let (_, names) = letters(args, "p")?;
    if names.is_empty() {
        return Ok(list(shell, sys, "readonly", |var| var.read_only));
    }
    mark(shell, names, |var, _| var.read_only = true)
}

fn list(shell: &Shell, sys: &mut Sys, word: &str, wanted: fn(&Var) -> bool) -> Done {
    for (name, var) in shell.vars.all().filter(|(_, var)| wanted(var)) {
        match &var.value {
            Some(value) => sys.out(format!("{word} {name}={}\n", quote::always(value))),
            None => sys.out(format!("{word} {name}\n")),
        }
    }
    Done::Status(0)
}

fn split(arg: &str) -> Result<(&str, Option<&str>), Done> {
    let (name, value) = match arg.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (arg, None),
    };
    if is_name(name) {
        Ok((name, value))
    } else {
        Err(Done::Fail(format!("{name}: bad variable name")))
    }
}

fn mark(
    shell: &mut Shell,
    names: &[String],
    change: impl Fn(&mut Var, bool),
) -> Result<Done, Done> {
    for arg in names {
        let (name, value) = split(arg)?;
        if let Some(value) = value {
            shell.vars.set(name, value).map_err(Done::Fail)?;
        }
        change(shell.vars.entry(name), value.is_some());
    }
    Ok(Done::Status(0))
}

/// `local a=1 b`
pub fn local(shell: &mut Shell, args: &[String]) -> Result<Done, Done> {
    for arg in args {
        let (name, value) = if arg == OPTIONS { (OPTIONS, None) } else { split(arg)? };
        let letters = (name == OPTIONS).then(|| Some(shell.options.letters()));
        let old = shell.vars.var(name).cloned();
        let call = shell.frames.iter_mut().rev().find_map(|f| match f {
            Frame::Call(_, locals, _) => Some(locals),
            _ => None,
        });
        let Some(locals) = call else { return Err(Done::Fail("not in a function".to_string())) };
        let again = locals.iter().any(|(n, _)| n == name);
        if !again {
            let options = letters.map(|value| Var { value, ..Var::default() });
            locals.push((name.to_string(), options.or(old)));
        }
        match value {
            Some(value) => shell.vars.set(name, value).map_err(Done::Fail)?,
            None if again || name == OPTIONS => {}
            None if shell.vars.var(name).is_some_and(|v| v.read_only) => {
                return Err(Done::Fail([name, ": is read only"].concat()));
            }
            None => shell.vars.entry(name).value = None,
        }
    }
    Ok(Done::Status(0))
}

/// `unset a`, `unset -f name`
pub fn unset(shell: &mut Shell, args: &[String]) -> Result<Done, Done> {
    let (found, names) = letters(args, "vf")?;
    let functions = found.last().is_some_and(|(letter, _)| *letter == 'f');
    for name in names {
        if functions {
            Rc::make_mut(&mut shell.functions).remove(name);
        } else if !is_name(name) {
            return Err(Done::Fail(format!("{name}: bad variable name")));
        } else if shell.vars.var(name).is_some_and(|v| v.read_only) {
            return Err(Done::Fail(format!("{name}: is read only")));
        } else {
            shell.vars.unset(name);
        }
    }
    Ok(Done::Status(0))
}

/// `let x=1+2`
pub fn let_expressions(shell: &mut Shell, args: &[String]) -> Done {
    if args.is_empty() {
        return Done::Fail("expression expected".to_string());
    }
    let mut value = 0;
    for arg in args {
        match arith::evaluate(arg, &mut shell.vars) {
            Ok(result) => value = result,
            Err(message) => return Done::Fail(message),
        }
    }
    Done::Status(i32::from(value == 0))
}
