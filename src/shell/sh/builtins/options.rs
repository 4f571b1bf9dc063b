//! `set umask`

use std::rc::Rc;

use crate::shell::sh::builtins::Done;
use crate::shell::sh::quote;
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;

const NAMES: [&str; 9] = [
    "errexit",
    "noglob",
    "nounset",
    "xtrace",
    "verbose",
    "noexec",
    "noclobber",
    "allexport",
    "pipefail",
];

/// `set -e -o pipefail -- a b`
pub fn set(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    if args.is_empty() {
        for (name, var) in shell.vars.all() {
            if let Some(value) = &var.value {
                sys.out(format!("{name}={}\n", quote::always(value)));
            }
        }
        return Done::Status(0);
    }
    let mut args = args.iter();
    while let Some(arg) = args.clone().next() {
        let on = arg.starts_with('-');
        if arg == "--" || arg == "-" || !on && !arg.starts_with('+') {
            if matches!(arg.as_str(), "--" | "-") {
                args.next();
            }
            let rest: Vec<String> = args.cloned().collect();
            if arg != "-" || !rest.is_empty() {
                shell.args = Rc::new(rest);
            }
            return Done::Status(0);
        }
        args.next();
        for letter in arg.chars().skip(1) {
            if letter == 'o' {
                let Some(name) = args.next() else { return list(shell, sys) };
                match shell.options.named(name) {
                    Some(option) => *option = on,
                    None => return Done::Fail(format!("illegal option {arg} {name}")),
                }
                continue;
            }
            match shell.options.letter(letter) {
                Some(option) => *option = on,
                None if matches!(letter, 'm' | 'b' | 'h' | 'i' | 'I') => {}
                None => return Done::Fail(format!("illegal option -{letter}")),
            }
        }
    }
    Done::Status(0)
}

fn list(shell: &mut Shell, sys: &mut Sys) -> Done {
    sys.out("Current option settings\n");
    for name in NAMES {
        let on = shell.options.named(name).is_some_and(|on| *on);
        sys.out(format!("{name:<16}{}\n", if on { "on" } else { "off" }));
    }
    Done::Status(0)
}

/// `umask 022`
pub fn umask(sys: &mut Sys, args: &[String]) -> Done {
    match args.first() {
        None => {
            let mask = sys.me().umask;
            sys.out(format!("{mask:04o}\n"));
        }
        Some(text) => match u16::from_str_radix(text, 8) {
            Ok(mask) => sys.me_mut().umask = mask & 0o777,
            Err(_) => return Done::Fail(format!("illegal mode: {text}")),
        },
    }
    Done::Status(0)
}
