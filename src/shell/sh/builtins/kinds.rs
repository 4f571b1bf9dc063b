//! `type command hash alias unalias`: what a name stands for.

use crate::shell::exec;
use crate::shell::sh::bash::builtins as bash_builtins;
use crate::shell::sh::builtins::letters::letters;
use crate::shell::sh::builtins::{Done, is_builtin, is_special};
use crate::shell::sh::quote;
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::cursor::RESERVED;
use crate::shell::sys::Sys;

/// What a name stands for.
pub enum Kind {
    /// An alias, for this text.
    Alias(String),
    /// `if` and the like.
    Keyword,
    /// A function.
    Function,
    /// A special built-in.
    Special,
    /// Another built-in.
    Builtin,
    /// A file.
    File(String),
}

/// What a name stands for, if it is known.
pub fn kind(shell: &Shell, sys: &Sys, name: &str) -> Option<Kind> {
    let bash = shell.vars.is_bash();
    if RESERVED.contains(&name) || bash && matches!(name, "[[" | "]]" | "function" | "time") {
        return Some(Kind::Keyword);
    }
    if let Some(value) = shell.aliases.get(name) {
        return Some(Kind::Alias(value.clone()));
    }
    if is_special(name) && !bash {
        return Some(Kind::Special);
    }
    if shell.functions.contains_key(name) {
        return Some(Kind::Function);
    }
    if if bash { bash_builtins::is_builtin(name) } else { is_builtin(name) } {
        return Some(Kind::Builtin);
    }
    let path = shell.vars.get("PATH").unwrap_or(exec::DEFAULT_PATH);
    exec::search(sys, name, path).ok().map(Kind::File)
}

/// `type name…`
pub fn type_of(shell: &Shell, sys: &mut Sys, args: &[String]) -> Done {
    let mut status = 0;
    if args.first().is_some_and(|a| a == "-p") {
        let all = args[1..].iter().map(|name| short(shell, sys, name));
        return Done::Status(all.fold(0, i32::max));
    }
    for name in args {
        let text = match kind(shell, sys, name) {
            Some(Kind::Alias(value)) => format!("is an alias for {value}"),
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

/// What `command -v` and `type -p` say of a name; the status.
pub fn short(shell: &Shell, sys: &mut Sys, name: &str) -> i32 {
    match kind(shell, sys, name) {
        Some(Kind::Alias(value)) => {
            sys.out(["alias ", name, "=", &quote::always(&value), "\n"].concat());
        }
        Some(Kind::File(path)) => sys.out(path + "\n"),
        Some(_) => sys.out([name, "\n"].concat()),
        None => return 127,
    }
    0
}

/// `command name…`, `command -v name`
pub fn command(shell: &Shell, sys: &mut Sys, args: &[String]) -> Result<Done, Done> {
    let (found, rest) = letters(args, "pvV")?;
    let asks = found.iter().rev().find(|(letter, _)| *letter != 'p');
    Ok(match (asks, rest.first()) {
        (_, None) => Done::Status(0),
        (Some(('v', _)), Some(name)) => {
            let status = short(shell, sys, name);
            Done::Status(if shell.vars.is_bash() { status.min(1) } else { status })
        }
        (Some(_), _) => type_of(shell, sys, &rest[..1]),
        (None, _) => Done::Run(rest.to_vec()),
    })
}

/// `hash name…`: there is nothing to remember, but it says what it cannot find.
pub fn hash(shell: &Shell, sys: &mut Sys, args: &[String]) -> Result<Done, Done> {
    let mut status = 0;
    for name in letters(args, "r")?.1 {
        if kind(shell, sys, name).is_none() {
            shell.complain(sys, Some("hash"), &format!("{name}: not found"));
            status = 1;
        }
    }
    Ok(Done::Status(status))
}

/// `alias name=text name`
pub fn alias(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let mut status = 0;
    let all: Vec<String> = shell.aliases.keys().cloned().collect();
    for arg in if args.is_empty() { &all } else { args } {
        match (arg.split_once('='), shell.aliases.get(arg)) {
            (Some((name, value)), _) => {
                shell.aliases.insert(name.to_string(), value.to_string());
            }
            (None, Some(value)) => sys.out(format!("{arg}={}\n", quote::always(value))),
            (None, None) => {
                sys.err(format!("alias: {arg} not found\n"));
                status = 1;
            }
        }
    }
    Done::Status(status)
}

/// `unalias -a`, `unalias name…`
pub fn unalias(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Result<Done, Done> {
    let mut status = 0;
    let (found, names) = letters(args, "a")?;
    if !found.is_empty() {
        shell.aliases.clear();
        return Ok(Done::Status(0));
    }
    for arg in names {
        if shell.aliases.remove(arg).is_none() {
            sys.err(format!("unalias: {arg} not found\n"));
            status = 1;
        }
    }
    Ok(Done::Status(status))
}
