//! `set umask ulimit`

use std::rc::Rc;

use crate::shell::commands::chmod::changed;
use crate::shell::sh::builtins::Done;
use crate::shell::sh::quote;
use crate::shell::sh::shell::{OPTIONS, Shell};
use crate::shell::sys::Sys;

/// Options of bash that change nothing here.
const SILENT: [&str; 9] = [
    "braceexpand",
    "emacs",
    "functrace",
    "hashall",
    "histexpand",
    "history",
    "physical",
    "posix",
    "privileged",
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
                shell.vars.options = (1, 0);
            }
            return Done::Status(0);
        }
        args.next();
        for letter in arg.chars().skip(1) {
            if letter == 'o' {
                let Some(name) = args.next() else { return list(shell, sys, on) };
                let silent = shell.vars.is_bash() && SILENT.contains(&name.as_str());
                if !silent && !shell.options.set_named(name, on) {
                    shell.complain(sys, Some("set"), &format!("illegal option {arg} {name}"));
                    return Done::Status(1);
                }
            } else if shell.vars.is_bash() && "BHPThkpt".contains(letter) {
                continue;
            } else if letter == '|' || !shell.options.set(letter, on) {
                return Done::Fail(format!("illegal option -{letter}"));
            }
        }
    }
    Done::Status(0)
}

fn list(shell: &Shell, sys: &mut Sys, table: bool) -> Done {
    for (name, letter) in OPTIONS.iter().filter(|(name, _)| !name.is_empty()) {
        let on = shell.options.on(*letter);
        sys.out(match table {
            true => format!("{name:<16}{}\n", if on { "on" } else { "off" }),
            false => format!("set {}o {name}\n", if on { '-' } else { '+' }),
        });
    }
    Done::Status(0)
}

/// `umask 022`, `umask -S`, `umask u=rwx,g=rx`
pub fn umask(sys: &mut Sys, args: &[String]) -> Done {
    let mask = sys.me().umask;
    match args.first().map(String::as_str) {
        None => sys.out(format!("{mask:04o}\n")),
        Some("-S") => {
            let rights = |shift: u16| -> String {
                "rwx"
                    .chars()
                    .zip([4, 2, 1])
                    .filter(|(_, b)| mask >> shift & b == 0)
                    .map(|(c, _)| c)
                    .collect()
            };
            sys.out(format!("u={},g={},o={}\n", rights(6), rights(3), rights(0)));
        }
        Some(text) => {
            let octal = text.starts_with(|c: char| c.is_ascii_digit());
            match changed(text, !mask & 0o777) {
                Some(mode) => sys.me_mut().umask = if octal { mode } else { !mode } & 0o777,
                None => return Done::Fail(format!("illegal mode: {text}")),
            }
        }
    }
    Done::Status(0)
}

/// `ulimit -n`: what a container usually has; a new limit is remembered, not enforced.
pub fn ulimit(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let mut letters: Vec<char> = Vec::new();
    let mut value = None;
    for arg in args {
        match arg.strip_prefix('-') {
            Some(more) => letters.extend(more.chars().filter(|c| !matches!(c, 'S' | 'H'))),
            None => value = Some(arg.clone()),
        }
    }
    let all = letters.first() == Some(&'a');
    let wanted = |letter: char| letter == *letters.first().unwrap_or(&'f');
    let known = ULIMITS.iter().filter(|(letter, ..)| all || wanted(*letter));
    let mut any = false;
    for (letter, what, default) in known {
        any = true;
        let limit = shell.limits.get(letter).map_or(*default, |l| l.as_str()).to_string();
        match &value {
            Some(value) => drop(shell.limits.insert(*letter, value.clone())),
            None if all => sys.out(format!("{what:<32}(-{letter}) {limit}\n")),
            None => sys.out(limit + "\n"),
        }
    }
    if !any {
        sys.err(format!("ulimit: invalid option -- '{}'\n", letters[0]));
    }
    Done::Status(i32::from(!any))
}

/// Source: busybox, shell_common.c; the values are those of a container under containerd.
const ULIMITS: [(char, &str, &str); 16] = [
    ('c', "core file size (blocks)", "0"),
    ('d', "data seg size (kb)", "unlimited"),
    ('e', "scheduling priority", "0"),
    ('f', "file size (blocks)", "unlimited"),
    ('i', "pending signals", "31344"),
    ('l', "max locked memory (kb)", "unlimited"),
    ('m', "max memory size (kb)", "unlimited"),
    ('n', "open files", "1048576"),
    ('p', "pipe size (512 bytes)", "8"),
    ('q', "POSIX message queues (bytes)", "819200"),
    ('r', "real-time priority", "0"),
    ('s', "stack size (kb)", "8192"),
    ('t', "cpu time (seconds)", "unlimited"),
    ('u', "max user processes", "unlimited"),
    ('v', "address space (kb)", "unlimited"),
    ('x', "file locks", "unlimited"),
];
