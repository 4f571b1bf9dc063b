//! `mv from to`

use crate::shell::commands::call::Call;
use crate::shell::commands::cp::{self, inside};
use crate::shell::commands::rm;
use crate::shell::errno::Errno;

/// Moves files; between volumes it copies and removes.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("fint:Tv") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let Some((target, sources)) = cp::target(&options) else {
        return call.usage("mv [-fin] SOURCE DEST");
    };
    let into = sources.len() > 1 || call.sys.is_dir(&target) && !options.has('T');
    let mut status = 0;
    for source in &sources {
        let to = if into { inside(&target, source) } else { target.clone() };
        if options.has('n') && call.sys.exists(&to) {
            continue;
        }
        match call.sys.rename(source, &to) {
            Ok(()) if options.has('v') => {
                call.out(["'", source, "' -> '", &to, "'\n"].concat());
            }
            Ok(()) => {}
            Err(Errno::CrossDevice) => status |= across(call, source, &to),
            Err(error) => status = call.fail(format!("can't rename '{source}': {error}")),
        }
    }
    status
}

fn across(call: &mut Call, from: &str, to: &str) -> i32 {
    let args = ["-r".to_string(), from.to_string(), to.to_string()];
    let mut copy = Call { sys: call.sys, applet: call.applet, name: "cp", args: &args };
    let status = cp::run(&mut copy);
    if status == 0 && rm::remove(call, from, true, 0).is_err() {
        return 1;
    }
    status
}
