//! The built-in commands that only bash has, and those that are another thing in bash.

use crate::shell::commands::{self, Call, test};
use crate::shell::sh::arith;
use crate::shell::sh::bash::{declare, read_lines, shopt, stack};
use crate::shell::sh::builtins::kinds::{self, Kind};
use crate::shell::sh::builtins::{self, Done};
use crate::shell::sh::control::Jump;
use crate::shell::sh::expand::{Expansion, Stop};
use crate::shell::sh::shell::Shell;
use crate::shell::syntax::cursor::is_name;
use crate::shell::sys::Sys;

/// The names of those that ash does not have.
const NAMES: [&str; 11] = [
    "builtin",
    "caller",
    "declare",
    "dirs",
    "disown",
    "mapfile",
    "popd",
    "pushd",
    "readarray",
    "shopt",
    "typeset",
];

/// Whether bash has it built in.
pub fn is_builtin(name: &str) -> bool {
    let ash = builtins::is_special(name) || builtins::is_builtin(name);
    NAMES.contains(&name) || ash && !matches!(name, "[[" | "chdir")
}

/// Whether its arguments may be assignments.
pub fn is_declaration(name: &str) -> bool {
    matches!(name, "declare" | "typeset" | "local" | "export" | "readonly")
}

/// Runs one, if it is another thing than in ash.
pub fn run(shell: &mut Shell, sys: &mut Sys, argv: &[String]) -> Option<Done> {
    let args = &argv[1..];
    Some(match argv[0].as_str() {
        name @ ("declare" | "typeset" | "local" | "export" | "readonly") => {
            declare::declare(shell, sys, name, args)
        }
        "unset" => declare::unset(shell, sys, args),
        "mapfile" | "readarray" => read_lines::mapfile(shell, sys, args),
        "shopt" => shopt::shopt(shell, sys, args),
        name @ ("pushd" | "popd" | "dirs") => stack::run(shell, sys, name, args),
        "let" => let_expressions(shell, sys, args),
        "printf" if args.first().is_some_and(|a| a == "-v") => print_to(shell, sys, args),
        "test" | "[" => ask(shell, sys, argv),
        "type" => type_of(shell, sys, args),
        "builtin" if !args.is_empty() && is_builtin(&args[0]) => Done::Run(args.to_vec()),
        "builtin" if args.is_empty() => Done::Status(0),
        "builtin" => {
            shell.complain(sys, Some("builtin"), &[&args[0], ": not a shell builtin"].concat());
            Done::Status(1)
        }
        "disown" => disown(shell, args),
        "caller" => caller(shell, sys),
        "command" if args.first().is_some_and(|a| a == "-v") => {
            let known = args[1..].iter().map(|name| kinds::short(shell, sys, name) == 0);
            Done::Status(i32::from(!known.fold(false, |any, one| any | one)))
        }
        name @ ("exit" | "return") if shell.may_return() || name == "exit" => {
            let code = args.first().and_then(|arg| arg.parse::<i64>().ok())?;
            let code = (code & 255) as i32;
            Done::Jump(if name == "exit" { Jump::Exit(Some(code)) } else { Jump::Return(code) })
        }
        "return" => {
            let why = "can only `return' from a function or sourced script";
            shell.complain(sys, Some("return"), why);
            Done::Status(2)
        }
        _ => return None,
    })
}

/// `disown`: the shell forgets its jobs; they run on.
fn disown(shell: &mut Shell, args: &[String]) -> Done {
    let named = args.iter().filter(|arg| !arg.starts_with('-')).filter_map(|arg| arg.parse().ok());
    let named: Vec<u32> = named.collect();
    let is_meant = |pid: u32| named.is_empty() || named.contains(&pid);
    shell
        .jobs
        .retain(|job| !job.background || !job.processes.iter().any(|(pid, _)| is_meant(pid.0)));
    Done::Status(0)
}

/// `caller`: the line that called the function, and the file.
fn caller(shell: &mut Shell, sys: &mut Sys) -> Done {
    let call = shell.vars.bash.as_ref().and_then(|state| state.calls.last().cloned());
    let Some((_, line)) = call else { return Done::Status(1) };
    sys.out(format!("{line} NULL\n"));
    Done::Status(0)
}

/// `let a=1 b=2`
fn let_expressions(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let mut value = 0;
    if args.is_empty() {
        shell.complain(sys, Some("let"), "expression expected");
    }
    for arg in args {
        match Expansion::new(shell, sys, &[]).number(arg) {
            Ok(number) => value = number,
            Err(Stop::Fail(message)) => {
                shell.complain(sys, Some("let"), &message);
                return Done::Status(1);
            }
            Err(_) => return Done::Status(1),
        }
    }
    Done::Status(i32::from(value == 0))
}

/// `printf -v x …`
fn print_to(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let Some(name) = args.get(1) else { return Done::Status(2) };
    let (plain, index) = arith::target(name);
    if !is_name(plain) {
        let message = ["`", name, "': not a valid identifier"].concat();
        shell.complain(sys, Some("printf"), &message);
        return Done::Status(2);
    }
    sys.collect(Vec::new());
    let applet = shell.message_start("printf");
    let mut call = Call { sys, applet: &applet, name: "printf", args: &args[2..] };
    let status = commands::printf::bash(&mut call);
    let text = String::from_utf8_lossy(&sys.collected()).into_owned();
    let set = match index {
        Some(index) => shell.vars.put(plain, index, &text, false),
        None => shell.vars.set(plain, &text),
    };
    if let Err(message) = set {
        shell.complain(sys, Some("printf"), &message);
        return Done::Status(1);
    }
    Done::Status(status)
}

/// `[ -v x ]`, `[ a = b ]`
fn ask(shell: &mut Shell, sys: &mut Sys, argv: &[String]) -> Done {
    let words: Vec<&str> = argv.iter().map(String::as_str).collect();
    if let ["[", "-v", name, "]"] | ["test", "-v", name] = words.as_slice() {
        let set = Expansion::new(shell, sys, &[]).is_set(name);
        return Done::Status(i32::from(set != Ok(true)));
    }
    let applet = shell.applet().to_string();
    let mut call = Call { sys, applet: &applet, name: &argv[0], args: &argv[1..] };
    match test::answer(&mut call) {
        Ok(yes) => Done::Status(i32::from(!yes)),
        Err(message) => {
            let four = argv.len() > 5 && message.ends_with("unknown operand");
            let message = if four {
                "too many arguments".to_string()
            } else if message.ends_with("argument expected") && argv.len() == 4 {
                [&argv[1], ": unary operator expected"].concat()
            } else {
                message
            };
            shell.complain(sys, Some(&argv[0]), &message);
            Done::Status(2)
        }
    }
}

/// `type -tpPaf name…`
fn type_of(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let flags: String = args.iter().map_while(|arg| arg.strip_prefix('-')).collect();
    let mut status = 0;
    for name in args.iter().skip_while(|arg| arg.starts_with('-')) {
        let kind = kinds::kind(shell, sys, name);
        let (word, text) = match &kind {
            Some(Kind::Alias(value)) => ("alias", format!("is aliased to `{value}'")),
            Some(Kind::Keyword) => ("keyword", "is a shell keyword".to_string()),
            Some(Kind::Function) => ("function", "is a function".to_string()),
            Some(Kind::Special | Kind::Builtin) => ("builtin", "is a shell builtin".to_string()),
            Some(Kind::File(path)) => ("file", ["is ", path].concat()),
            None => ("", String::new()),
        };
        if kind.is_none() {
            status = 1;
            if !flags.contains(['t', 'p', 'P']) {
                shell.complain(sys, Some("type"), &[name, ": not found"].concat());
            }
        } else if flags.contains('t') {
            sys.out([word, "\n"].concat());
        } else if flags.contains(['p', 'P']) {
            if let Some(Kind::File(path)) = kind {
                sys.out(path + "\n");
            }
        } else {
            sys.out([name, " ", &text, "\n"].concat());
        }
    }
    Done::Status(status)
}
