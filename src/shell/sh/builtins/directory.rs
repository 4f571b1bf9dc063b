//! `cd pwd`

use crate::shell::files::normalize;
use crate::shell::sh::builtins::Done;
use crate::shell::sh::builtins::letters::letters;
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;

/// `cd`, `cd dir`, `cd -`: links on the way stay in the name, unless `-P` says otherwise.
pub fn cd(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Result<Done, Done> {
    let (found, rest) = letters(args, "LP")?;
    let (physical, dir) = (is_physical(&found), rest.first());
    let back = dir.is_some_and(|d| d == "-");
    let target = match dir {
        None => shell.vars.get("HOME").map(str::to_string),
        Some(_) if back => shell.vars.get("OLDPWD").map(str::to_string),
        Some(dir) => Some(dir.clone()),
    };
    let Some(mut target) = target.filter(|t| !t.is_empty()) else { return Ok(Done::Status(0)) };
    let below = listed(shell, sys, &target).filter(|_| dir.is_some());
    let told = back || below.is_some();
    target = below.unwrap_or(target);
    let old = here(shell, sys);
    let logical = normalize(&old, &target);
    if let Err(error) = sys.chdir(if physical { &target } else { &logical }) {
        return Err(Done::Fail(format!("can't cd to {target}: {error}")));
    }
    let new = if physical { sys.me().cwd.clone() } else { logical };
    shell.directory = Some(new.clone());
    let mut set = Ok(());
    for (name, value) in [("OLDPWD", &old), ("PWD", &new)] {
        set = set.and_then(|()| shell.vars.set(name, value));
        shell.vars.entry(name).exported = true;
    }
    if told {
        sys.out([if back { &new } else { &target }, "\n"].concat());
    }
    set.map(|()| Done::Status(0)).map_err(Done::Fail)
}

/// Where `CDPATH` finds a directory.
fn listed(shell: &Shell, sys: &Sys, name: &str) -> Option<String> {
    let first = name.split('/').next().unwrap_or_default();
    let places = shell.vars.get("CDPATH").filter(|_| !matches!(first, "" | "." | ".."))?;
    let places = places.split(':').filter(|place| !place.is_empty());
    places.map(|place| [place, "/", name].concat()).find(|path| sys.is_dir(path))
}

/// The working directory by the name it was reached by.
fn here(shell: &Shell, sys: &Sys) -> String {
    shell.directory.clone().unwrap_or_else(|| sys.me().cwd.clone())
}

/// `pwd`, `pwd -P`
pub fn pwd(shell: &Shell, sys: &mut Sys, args: &[String]) -> Result<Done, Done> {
    let physical = is_physical(&letters(args, "LP")?.0);
    let text = if physical { sys.me().cwd.clone() } else { here(shell, sys) };
    sys.out([&text, "\n"].concat());
    Ok(Done::Status(0))
}

/// Whether the last of `-L` and `-P` is the second.
fn is_physical(found: &[(char, String)]) -> bool {
    found.last().is_some_and(|(letter, _)| *letter == 'P')
}
