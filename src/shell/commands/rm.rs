//! `rm -r -f file`

use crate::shell::commands::call::Call;
use crate::shell::errno::Errno;

/// Removes files and trees.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("rRfiv") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let (force, told) = (options.has('f'), options.has('v'));
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
        match remove_told(call, path, recursive, told, 0) {
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
    remove_told(call, path, recursive, false, depth)
}

fn remove_told(
    call: &mut Call,
    path: &str,
    recursive: bool,
    told: bool,
    depth: usize,
) -> Result<(), (String, Errno)> {
    let here = |error| (path.to_string(), error);
    let node = call.sys.stat(path, false).map_err(here)?;
    if !node.is_dir() {
        call.sys.unlink(path, false).map_err(here)?;
        if told {
            call.out(["removed '", path, "'\n"].concat());
        }
        return Ok(());
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
        if let Err(error) = remove_told(call, &inner, true, told, depth + 1) {
            result = Err(error);
        }
    }
    result?;
    call.sys.unlink(path, true).map_err(here)?;
    if told {
        call.out(["removed directory: '", path, "'\n"].concat());
    }
    Ok(())
}
