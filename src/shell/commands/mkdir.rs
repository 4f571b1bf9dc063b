//! `mkdir -p dir`, `rmdir dir`

use crate::shell::commands::call::Call;
use crate::shell::errno::Errno;

/// Makes directories.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("pm:v") {
        Ok(options) => options,
        Err(code) => return code,
    };
    if options.rest.is_empty() {
        return call.usage("mkdir [-m MODE] [-p] DIRECTORY...");
    }
    let mode = options.value('m').and_then(|m| u16::from_str_radix(m, 8).ok()).unwrap_or(0o777);
    let mut status = 0;
    for path in &options.rest {
        let result =
            if options.has('p') { parents(call, path, mode) } else { call.sys.mkdir(path, mode) };
        if let Err(error) = result {
            status = call.fail_path("can't create directory ", path, error);
        }
    }
    status
}

/// Makes a directory and those on its way.
fn parents(call: &mut Call, path: &str, mode: u16) -> Result<(), Errno> {
    let mut at = 0;
    while at < path.len() {
        let end = path[at + 1..].find('/').map_or(path.len(), |i| at + 1 + i);
        let part = &path[..end];
        match call.sys.mkdir(part, mode) {
            Ok(()) => {}
            Err(Errno::Exists) if call.sys.is_dir(part) => {}
            Err(_) if call.sys.is_dir(part) => {}
            Err(error) => return Err(error),
        }
        at = end;
        if at + 1 >= path.len() {
            break;
        }
    }
    Ok(())
}

/// Removes empty directories.
pub fn remove(call: &mut Call) -> i32 {
    let options = match call.options("p") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let mut status = 0;
    for path in &options.rest {
        if let Err(error) = call.sys.unlink(path, true) {
            status = call.fail_path("", path, error);
        }
    }
    status
}
