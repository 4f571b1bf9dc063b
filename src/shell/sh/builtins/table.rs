//! Which names are built in, and what runs for them.

use crate::shell::commands::{self, Call};
use crate::shell::sh::bash;
use crate::shell::sh::builtins::{
    directory, flow, getopts, kinds, options, read, trap, variables, wait,
};
use crate::shell::sh::control::Jump;
use crate::shell::sh::frame::{Flags, Frame};
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;

/// What a built-in command came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Done {
    /// Its status.
    Status(i32),
    /// It was used wrongly: status 2; a special built-in ends the shell.
    Fail(String),
    /// More is to be done.
    Push(Frame),
    /// The shell goes on elsewhere.
    Jump(Jump),
    /// Run this command without looking for functions.
    Run(Vec<String>),
    /// Become this command.
    Replace(Vec<String>),
}

const SPECIAL: [&str; 16] = [
    ".", ":", "break", "continue", "eval", "exec", "exit", "export", "local", "readonly", "return",
    "set", "shift", "times", "trap", "unset",
];

const OTHER: [&str; 27] = [
    "[", "[[", "alias", "bg", "cd", "chdir", "command", "echo", "false", "fg", "getopts", "hash",
    "jobs", "kill", "let", "printf", "pwd", "read", "source", "test", "true", "type", "ulimit",
    "umask", "unalias", "wait", "help",
];

/// Whether errors in it end the shell and assignments before it stay.
pub fn is_special(name: &str) -> bool {
    SPECIAL.contains(&name)
}

/// Whether it is built in and not special.
pub fn is_builtin(name: &str) -> bool {
    OTHER.contains(&name)
}

/// Whether its arguments may be assignments.
pub fn is_declaration(name: &str) -> bool {
    matches!(name, "export" | "readonly" | "local" | "alias")
}

/// Runs a built-in command.
pub fn run(shell: &mut Shell, sys: &mut Sys, argv: &[String], flags: Flags) -> Done {
    // tidy: dispatch
    let args = &argv[1..];
    if shell.vars.is_bash()
        && let Some(done) = bash::builtins::run(shell, sys, argv)
    {
        return done;
    }
    let result = match argv[0].as_str() {
        "hash" => kinds::hash(shell, sys, args),
        "unalias" => kinds::unalias(shell, sys, args),
        "export" => variables::export(shell, sys, args),
        "readonly" => variables::read_only(shell, sys, args),
        "unset" => variables::unset(shell, args),
        "local" => variables::local(shell, args),
        "jobs" => wait::jobs(shell, sys, args),
        "read" => read::read(shell, sys, args),
        "command" => kinds::command(shell, sys, args),
        "cd" | "chdir" => directory::cd(shell, sys, args),
        "pwd" => directory::pwd(shell, sys, args),
        _ => Ok(run_plain(shell, sys, argv, flags)),
    };
    result.unwrap_or_else(|done| done)
}

fn run_plain(shell: &mut Shell, sys: &mut Sys, argv: &[String], flags: Flags) -> Done {
    // tidy: dispatch
    let args = &argv[1..];
    match argv[0].as_str() {
        ":" | "true" => Done::Status(0),
        "times" => {
            sys.out("0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
            Done::Status(0)
        }
        "alias" => kinds::alias(shell, sys, args),
        "ulimit" => options::ulimit(shell, sys, args),
        "fg" | "bg" => wait::resume(shell, args),
        "false" => Done::Status(1),
        "break" => flow::break_loop(args, false),
        "continue" => flow::break_loop(args, true),
        "return" => flow::return_from(shell, args),
        "exit" => flow::exit(args),
        "eval" => flow::eval(shell, args, flags),
        "exec" => flow::exec(args),
        "." | "source" => flow::dot(shell, sys, args, flags),
        "shift" => flow::shift(shell, args),
        "let" => variables::let_expressions(shell, args),
        "set" => options::set(shell, sys, args),
        "umask" => options::umask(sys, args),
        "trap" => trap::trap(shell, sys, args),
        "wait" => wait::wait(shell, sys, args),
        "kill" => wait::kill(shell, sys, args),
        "getopts" => getopts::getopts(shell, sys, args),
        "type" => kinds::type_of(shell, sys, args),
        "help" => {
            sys.out(
                [
                    "Built-in commands:\n------------------\n\t",
                    &SPECIAL.join(" "),
                    " ",
                    &OTHER.join(" "),
                    "\n",
                ]
                .concat(),
            );
            Done::Status(0)
        }
        _ => Done::Status(shared(shell, sys, argv)),
    }
}

/// `echo`, `printf`, `test`: the same code as the command of that name.
fn shared(shell: &Shell, sys: &mut Sys, argv: &[String]) -> i32 {
    let bash = shell.vars.is_bash();
    let applet = if bash { shell.message_start(&argv[0]) } else { shell.applet().to_string() };
    let act = match bash && argv[0] == "printf" {
        true => Some(commands::printf::bash as commands::Plain),
        false => commands::instant(&argv[0]),
    };
    let Some(act) = act else { return 127 };
    act(&mut Call { sys, applet: &applet, name: &argv[0], args: &argv[1..] })
}
