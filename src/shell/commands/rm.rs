//! `rm -r -f file`

use crate::shell::commands::call::Call;
use crate::shell::errno::Errno;

/// Removes files and trees.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("rRfi") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let force = options.has('f');
    if options.rest.is_empty() {
        return if force { 0 } else { call.usage("rm [-irf] FILE...") };
    }
    let mut status = 0;
    for path in &options.rest {
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        if matches!(last, "." | "..") {
            status = call.fail("can't remove '.' or '..'");
            continue;
        }
        let recursive = options.has('r') || options.has('R');
        match remove(call, path, recursive, 0) {
            Ok(()) => {}
            Err((_, Errno::NotFound)) if force => {}
            Err((path, Errno::IsDirectory)) => {
                status = call.fail(format!("'{path}' is a directory"));
            }
            Err((path, error)) => status = call.fail_path("can't remove ", &path, error),
        }
    }
    status
}

/// Removes a path and what is in it.
pub fn remove(
    call: &mut Call,
    path: &str,
    recursive: bool,
    depth: usize,
) -> Result<(), (String, Errno)> {
    let here = |error| (path.to_string(), error);
    let node = call.sys.stat(path, false).map_err(here)?;
    if !node.is_dir() {
        return call.sys.unlink(path, false).map_err(here);
    }
    if !recursive {
        return Err(here(Errno::IsDirectory));
    }
    if depth > 100 {
        return Err(here(Errno::Loop));
    }
    let mut result = Ok(());
    for name in call.sys.list(path).map_err(here)? {
        let inner = format!("{}/{name}", path.trim_end_matches('/'));
        if let Err(error) = remove(call, &inner, true, depth + 1) {
            result = Err(error);
        }
    }
    result?;
    call.sys.unlink(path, true).map_err(here)
}
