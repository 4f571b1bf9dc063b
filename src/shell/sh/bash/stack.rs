//! `pushd popd dirs`

use crate::shell::sh::builtins::{Done, directory};
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;

/// Goes somewhere and remembers where it was, goes back, or tells.
pub fn run(shell: &mut Shell, sys: &mut Sys, name: &str, args: &[String]) -> Done {
    let mut old = shell.vars.get("PWD").unwrap_or("/").to_string();
    let mut stack =
        shell.vars.bash.as_ref().map(|state| state.directories.clone()).unwrap_or_default();
    let target = match (name, args.first()) {
        ("dirs", _) => None,
        ("pushd", Some(dir)) => {
            stack.push(old);
            Some(dir.clone())
        }
        (_, _) => {
            let Some(top) = stack.pop() else {
                let empty =
                    if name == "pushd" { "no other directory" } else { "directory stack empty" };
                shell.complain(sys, Some(name), empty);
                return Done::Status(1);
            };
            if name == "pushd" {
                stack.push(std::mem::take(&mut old));
            }
            Some(top)
        }
    };
    if let Some(dir) = target {
        let moved = directory::cd(shell, sys, &[dir]).unwrap_or_else(|done| done);
        if moved != Done::Status(0) {
            return moved;
        }
        if let Some(state) = shell.vars.state() {
            state.directories = stack.clone();
        }
    }
    let home = shell.vars.get("HOME").unwrap_or_default().to_string();
    let here = shell.vars.get("PWD").unwrap_or("/").to_string();
    let shown = [here].into_iter().chain(stack.into_iter().rev());
    let shown = shown.map(|dir| match dir.strip_prefix(&home) {
        Some(rest) if !home.is_empty() && (rest.is_empty() || rest.starts_with('/')) => {
            ["~", rest].concat()
        }
        _ => dir,
    });
    sys.out(shown.collect::<Vec<_>>().join(" ") + "\n");
    Done::Status(0)
}
