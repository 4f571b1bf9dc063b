//! `mkdir -p dir`, `rmdir dir`

use crate::shell::commands::call::Call;
use crate::shell::commands::chmod::changed;
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
    let mode = options.value('m').and_then(|m| changed(m, 0o777)).unwrap_or(0o777);
    let told = options.has('v');
    let mut status = 0;
    for path in &options.rest {
        let result = if options.has('p') {
            parents(call, path, mode, told)
        } else {
            make(call, path, mode, told)
        };
        if let Err(error) = result {
            status = call.fail_path("can't create directory ", path, error);
        }
    }
    status
}

fn make(call: &mut Call, path: &str, mode: u16, told: bool) -> Result<(), Errno> {
    call.sys.mkdir(path, mode)?;
    if told {
        call.out(["created directory: '", path, "'\n"].concat());
    }
    Ok(())
}

/// Makes a directory and those on its way.
fn parents(call: &mut Call, path: &str, mode: u16, told: bool) -> Result<(), Errno> {
    let mut at = 0;
    while at < path.len() {
        let slash = path.bytes().skip(at + 1).position(|byte| byte == b'/');
        let end = slash.map_or(path.len(), |i| at + 1 + i);
        let part = &path[..end];
        // Source: busybox, bb_make_directory: the slash after a name is part of what it tells.
        let name = if end < path.len() { &path[..end + 1] } else { part };
        match make(call, name, mode, told) {
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
    let options = match call.options("pv") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let mut status = 0;
    for path in &options.rest {
        let mut path = path.as_str();
        loop {
            if options.has('v') {
                call.out(["rmdir: removing directory, '", path, "'\n"].concat());
            }
            if let Err(error) = call.sys.unlink(path, true) {
                status = call.fail_path("", path, error);
                break;
            }
            match path.rsplit_once('/') {
                Some((parent, _)) if options.has('p') && !parent.is_empty() => path = parent,
                _ => break,
            }
        }
    }
    status
}
