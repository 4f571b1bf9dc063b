//! `mkfifo -m mode name`, and `mknod name p`

use crate::shell::commands::call::Call;
use crate::shell::commands::chmod::changed;

/// Makes named pipes.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("m:") {
        Ok(options) => options,
        Err(code) => return code,
    };
    // Source: busybox coreutils/mkfifo.c: one after the other, with one mode.
    let mode = options.value('m').and_then(|m| changed(m, 0o666)).unwrap_or(0o666);
    if options.rest.is_empty() {
        return call.usage("mkfifo [-m MODE] NAME");
    }
    let mut status = 0;
    for path in &options.rest {
        if let Err(error) = call.sys.make_fifo(path, mode) {
            status = call.fail(format!("{path}: {error}"));
        }
    }
    status
}

/// Makes a named pipe; devices are not made.
pub fn node(call: &mut Call) -> i32 {
    let options = match call.options("m:") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let mode = options.value('m').and_then(|m| changed(m, 0o666)).unwrap_or(0o666);
    let (path, error) = match options.rest.as_slice() {
        [path, kind] if kind == "p" => (path, call.sys.make_fifo(path, mode).err()),
        [path, _, _, _] => (path, Some(crate::shell::errno::Errno::NotPermitted)),
        _ => return call.usage("mknod [-m MODE] NAME TYPE [MAJOR MINOR]"),
    };
    error.map_or(0, |error| call.fail(format!("{path}: {error}")))
}
