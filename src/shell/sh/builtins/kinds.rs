//! `type command`: what a name stands for.

use crate::shell::exec;
use crate::shell::sh::builtins::{Done, is_builtin, is_special};
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::cursor::RESERVED;
use crate::shell::sys::Sys;

enum Kind {
    Keyword,
    Function,
    Special,
    Builtin,
    File(String),
}

fn kind(shell: &Shell, sys: &Sys, name: &str) -> Option<Kind> {
    if RESERVED.contains(&name) {
        return Some(Kind::Keyword);
    }
    if is_special(name) {
        return Some(Kind::Special);
    }
    if shell.functions.contains_key(name) {
        return Some(Kind::Function);
    }
    if is_builtin(name) {
        return Some(Kind::Builtin);
    }
    let path = shell.vars.get("PATH").unwrap_or(exec::DEFAULT_PATH);
    exec::search(sys, name, path).ok().map(Kind::File)
}

/// `type name…`
pub fn type_of(shell: &Shell, sys: &mut Sys, args: &[String]) -> Done {
    let mut status = 0;
    for name in args {
        let text = match kind(shell, sys, name) {
            Some(Kind::Keyword) => "is a shell keyword".to_string(),
            Some(Kind::Function) => "is a function".to_string(),
            Some(Kind::Special) => "is a special shell builtin".to_string(),
            Some(Kind::Builtin) => "is a shell builtin".to_string(),
            Some(Kind::File(path)) => format!("is {path}"),
            None => {
                status = 127;
                "not found".to_string()
            }
        };
        let colon = if text == "not found" { ":" } else { "" };
        sys.out(format!("{name}{colon} {text}\n"));
    }
    Done::Status(status)
}

/// `command name…`, `command -v name`
pub fn command(shell: &Shell, sys: &mut Sys, args: &[String]) -> Done {
    match args.first().map(String::as_str) {
        None => Done::Status(0),
        Some("-v") => {
            let Some(name) = args.get(1) else { return Done::Status(0) };
            match kind(shell, sys, name) {
                Some(Kind::File(path)) => sys.out(format!("{path}\n")),
                Some(_) => sys.out(format!("{name}\n")),
                None => return Done::Status(127),
            }
            Done::Status(0)
        }
        Some("-V") => type_of(shell, sys, &args[1..]),
        Some("-p" | "--") if args.len() > 1 => Done::Run(args[1..].to_vec()),
        Some(_) => Done::Run(args.to_vec()),
    }
}
