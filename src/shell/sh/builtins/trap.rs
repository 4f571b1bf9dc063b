//! `trap 'action' TERM EXIT`

use crate::shell::sh::bash::quote::single;
use crate::shell::sh::builtins::Done;
use crate::shell::sh::quote;
use crate::shell::sh::shell::Shell;
use crate::shell::sh::traps;
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;

/// `trap`: lists, sets, ignores or clears.
pub fn trap(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let args = args.strip_prefix(&["--".to_string()]).unwrap_or(args);
    let bash = shell.vars.is_bash();
    let listed = bash && args.first().is_some_and(|arg| arg == "-p");
    let Some(first) = args.first().filter(|_| !listed) else {
        let asked: Vec<i32> = args.iter().filter_map(|arg| number(arg)).collect();
        for (number, action) in shell.traps.clone() {
            if !asked.is_empty() && !asked.contains(&number) {
                continue;
            }
            sys.out(match bash {
                true => {
                    let start = if Signal::from_number(number).is_some() { "SIG" } else { "" };
                    format!("trap -- {} {start}{}\n", single(&action), name(number))
                }
                false => format!("trap -- {} {}\n", quote::always(&action), name(number)),
            });
        }
        return Done::Status(0);
    };
    if first.len() > 1 && first.starts_with('-') {
        return Done::Fail(format!("illegal option -{}", &first[1..]));
    }
    // A first argument that is a number, or the only one, means: clear.
    let clears = args.len() == 1 || first.parse::<i32>().is_ok();
    let (action, names) = if clears { (None, args) } else { (Some(first.as_str()), &args[1..]) };
    let action = action.filter(|a| *a != "-");
    let mut status = 0;
    for text in names {
        match number(text) {
            Some(number) => shell.set_trap(sys, number, action),
            None => {
                shell.complain(sys, Some("trap"), &format!("{text}: invalid signal specification"));
                status = 1;
            }
        }
    }
    Done::Status(status)
}

fn name(number: i32) -> &'static str {
    let other = if number == traps::ERR { "ERR" } else { "EXIT" };
    Signal::from_number(number).map_or(other, Signal::name)
}

fn number(text: &str) -> Option<i32> {
    match text {
        "0" | "EXIT" | "exit" => Some(0),
        "ERR" | "err" => Some(traps::ERR),
        text => Signal::from_name(text).map(Signal::number),
    }
}
