//! `cd pwd`

use crate::shell::sh::builtins::Done;
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;

/// `cd`, `cd dir`, `cd -`
pub fn cd(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let dir = args.iter().find(|a| !matches!(a.as_str(), "-P" | "-L" | "--"));
    let back = dir.is_some_and(|d| d == "-");
    let target = match dir {
        None => shell.vars.get("HOME").map(str::to_string),
        Some(_) if back => shell.vars.get("OLDPWD").map(str::to_string),
        Some(dir) => Some(dir.clone()),
    };
    let Some(target) = target.filter(|t| !t.is_empty()) else { return Done::Status(0) };
    let old = sys.me().cwd.clone();
    if let Err(error) = sys.chdir(&target) {
        return Done::Fail(format!("can't cd to {target}: {error}"));
    }
    let new = sys.me().cwd.clone();
    let mut set = Ok(());
    for (name, value) in [("OLDPWD", &old), ("PWD", &new)] {
        set = set.and_then(|()| shell.vars.set(name, value));
        shell.vars.entry(name).exported = true;
    }
    if back {
        sys.out(format!("{new}\n"));
    }
    set.map_or_else(Done::Fail, |()| Done::Status(0))
}

/// `pwd`
pub fn pwd(_shell: &Shell, sys: &mut Sys) -> Done {
    let cwd = sys.me().cwd.clone();
    sys.out(format!("{cwd}\n"));
    Done::Status(0)
}
