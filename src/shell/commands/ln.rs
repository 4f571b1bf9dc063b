//! `ln -s target name`

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::cp::inside;

/// Makes links.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("sfnbtvTS:") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let (targets, name) = match options.rest.as_slice() {
        [] => return call.usage("ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR"),
        [to] => (vec![to.clone()], inside(".", to).split_off(2)),
        [targets @ .., name] => (targets.to_vec(), name.clone()),
    };
    let mut status = 0;
    for to in &targets {
        let own = options.has('T')
            || options.has('n') && call.sys.look(&name, false).is_ok_and(|n| !n.is_dir());
        let name = if call.sys.is_dir(&name) && !own { inside(&name, to) } else { name.clone() };
        status |= link(call, &options, to, &name);
    }
    status
}

fn link(call: &mut Call, options: &Options, to: &str, name: &str) -> i32 {
    if options.has('b') || options.has('S') {
        let _ = call.sys.rename(name, &[name, options.value('S').unwrap_or("~")].concat());
    }
    if options.has('f') {
        let _ = call.sys.unlink(name, false);
    }
    if options.has('v') {
        call.out(["'", name, "' -> '", to, "'\n"].concat());
    }
    let result =
        if options.has('s') { call.sys.symlink(to, name) } else { call.sys.hard_link(to, name) };
    match result {
        Ok(()) => 0,
        Err(error) if options.has('s') || call.sys.exists(to) => {
            call.fail([name, ": ", error.text()].concat())
        }
        Err(error) => call.fail([to, ": ", error.text()].concat()),
    }
}
