//! `shopt -s nullglob`

use crate::shell::sh::builtins::Done;
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;

/// The options there are; what begins with `+` is on from the start.
const NAMES: [&str; 30] = [
    "autocd",
    "cdspell",
    "checkhash",
    "+checkwinsize",
    "+cmdhist",
    "+complete_fullquote",
    "dirspell",
    "dotglob",
    "execfail",
    "expand_aliases",
    "extdebug",
    "extglob",
    "+extquote",
    "failglob",
    "+force_fignore",
    "+globasciiranges",
    "+globskipdots",
    "globstar",
    "huponexit",
    "inherit_errexit",
    "+interactive_comments",
    "lastpipe",
    "localvar_inherit",
    "login_shell",
    "nocaseglob",
    "nocasematch",
    "nullglob",
    "+patsub_replacement",
    "+sourcepath",
    "xpg_echo",
];

/// What is on from the start.
pub fn from_start() -> u32 {
    let on = |(at, name): (usize, &&str)| u32::from(name.starts_with('+')) << at;
    NAMES.iter().enumerate().map(on).sum()
}

fn bit(name: &str) -> Option<u32> {
    NAMES.iter().position(|known| known.trim_start_matches('+') == name).map(|at| 1 << at)
}

impl Shell {
    /// Whether an option of `shopt` is on; ash has none.
    pub(in crate::shell::sh) fn shopt(&self, name: &str) -> bool {
        let on = self.vars.bash.as_ref().map_or(0, |state| state.shopts);
        bit(name).is_some_and(|bit| on & bit != 0)
    }
}

/// `shopt -s name`, `shopt -u name`, `shopt -q name`, `shopt -o …`
pub fn shopt(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let letters: String = args.iter().map_while(|arg| arg.strip_prefix('-')).collect();
    let names: Vec<&String> = args.iter().skip_while(|arg| arg.starts_with('-')).collect();
    if let Some(bad) = letters.chars().find(|letter| !"suqpo".contains(*letter)) {
        shell.complain(sys, Some("shopt"), &format!("-{bad}: invalid option"));
        sys.err("shopt: usage: shopt [-pqsu] [-o] [optname ...]\n");
        return Done::Status(2);
    }
    let has = |letter| letters.contains(letter);
    let mut status = 0;
    let all: Vec<String> = NAMES.iter().map(|n| n.trim_start_matches('+').to_string()).collect();
    for name in if names.is_empty() { all.iter().collect() } else { names.clone() } {
        let known = if has('o') { shell.options.is_name(name) } else { bit(name).is_some() };
        if !known {
            let what = if has('o') { "invalid option name" } else { "invalid shell option name" };
            shell.complain(sys, Some("shopt"), &format!("{name}: {what}"));
            status = 1;
            continue;
        }
        if (has('s') || has('u')) && !names.is_empty() {
            switch(shell, name, has('s'), has('o'));
            continue;
        }
        let on = if has('o') { shell.options.named(name) } else { shell.shopt(name) };
        status |= i32::from(!on && !names.is_empty());
        let wanted = !names.is_empty() || !(has('s') && !on || has('u') && on);
        if !has('q') && wanted {
            sys.out(match has('p') {
                true => format!("shopt -{} {name}\n", if on { 's' } else { 'u' }),
                false => format!("{name:<15}\t{}\n", if on { "on" } else { "off" }),
            });
        }
    }
    Done::Status(status)
}

fn switch(shell: &mut Shell, name: &str, on: bool, of_set: bool) {
    if of_set {
        shell.options.set_named(name, on);
    } else if let (Some(bit), Some(state)) = (bit(name), shell.vars.state()) {
        state.shopts = if on { state.shopts | bit } else { state.shopts & !bit };
    }
}
