//! `ln -s target name`

use crate::shell::commands::call::Call;
use crate::shell::commands::cp::inside;

/// Makes links.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("sfnT") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let [to, rest @ ..] = options.rest.as_slice() else {
        return call.usage("ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR");
    };
    let name = rest.first().cloned().unwrap_or_else(|| inside(".", to));
    let name = if call.sys.is_dir(&name) && !options.has('n') { inside(&name, to) } else { name };
    if options.has('f') {
        let _ = call.sys.unlink(&name, false);
    }
    let result =
        if options.has('s') { call.sys.symlink(to, &name) } else { call.sys.hard_link(to, &name) };
    match result {
        Ok(()) => 0,
        Err(error) if call.sys.exists(to) => call.fail(format!("{name}: {error}")),
        Err(error) => call.fail(format!("{to}: {error}")),
    }
}
