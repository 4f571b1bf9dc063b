//! `export readonly local unset let`

use std::rc::Rc;

use crate::shell::sh::arith;
use crate::shell::sh::builtins::Done;
use crate::shell::sh::frame::Frame;
use crate::shell::sh::quote;
use crate::shell::sh::shell::Shell;
use crate::shell::sh::vars::Var;
use crate::shell::syntax::cursor::is_name;
use crate::shell::sys::Sys;

/// `export a=1 b`
pub fn export(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    if args.first().is_some_and(|a| a == "-n") {
        return mark(shell, &args[1..], |var| var.exported = false);
    }
    if listed(args) {
        return list(shell, sys, "export", |var| var.exported);
    }
    mark(shell, args, |var| var.exported = true)
}

/// `readonly a=1 b`
pub fn read_only(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    if listed(args) {
        return list(shell, sys, "readonly", |var| var.read_only);
    }
    mark(shell, args, |var| var.read_only = true)
}

fn listed(args: &[String]) -> bool {
    args.is_empty() || args == ["-p"]
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

fn mark(shell: &mut Shell, args: &[String], change: fn(&mut Var)) -> Done {
    for arg in args.iter().filter(|a| *a != "-p" && *a != "--") {
        let (name, value) = match split(arg) {
            Ok(parts) => parts,
            Err(done) => return done,
        };
        if let Some(Err(message)) = value.map(|value| shell.vars.set(name, value)) {
            return Done::Fail(message);
        }
        change(shell.vars.entry(name));
    }
    Done::Status(0)
}

/// `local a=1 b`
pub fn local(shell: &mut Shell, args: &[String]) -> Done {
    for arg in args {
        let (name, value) = match split(arg) {
            Ok(parts) => parts,
            Err(done) => return done,
        };
        let old = shell.vars.var(name).cloned();
        let call = shell.frames.iter_mut().rev().find_map(|f| match f {
            Frame::Call(_, locals) => Some(locals),
            _ => None,
        });
        let Some(locals) = call else { return Done::Fail("not in a function".to_string()) };
        if !locals.iter().any(|(n, _)| n == name) {
            locals.push((name.to_string(), old));
        }
        match value.map(|value| shell.vars.set(name, value)) {
            Some(Err(message)) => return Done::Fail(message),
            None if shell.vars.var(name).is_none_or(|v| !v.read_only) => {
                shell.vars.entry(name).value = None;
            }
            _ => {}
        }
    }
    Done::Status(0)
}

/// `unset a`, `unset -f name`
pub fn unset(shell: &mut Shell, args: &[String]) -> Done {
    let functions = args.first().is_some_and(|a| a == "-f");
    for name in args.iter().filter(|a| !matches!(a.as_str(), "-f" | "-v")) {
        if functions {
            Rc::make_mut(&mut shell.functions).remove(name);
        } else if !is_name(name) {
            return Done::Fail(format!("{name}: bad variable name"));
        } else if shell.vars.var(name).is_some_and(|v| v.read_only) {
            return Done::Fail(format!("{name}: is read only"));
        } else {
            shell.vars.unset(name);
        }
    }
    Done::Status(0)
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
