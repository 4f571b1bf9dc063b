//! `readlink link`, `readlink -f path`, `realpath path`

use crate::shell::commands::call::Call;
use crate::shell::files::Found;
use crate::shell::tree::NodeKind;

/// Where a link leads.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("fnv") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let Some(path) = options.rest.first() else {
        return call.usage("readlink [-fnv] FILE");
    };
    let text = if options.has('f') {
        resolved(call, path)
    } else {
        match call.sys.stat(path, false).map(|n| n.kind) {
            Ok(NodeKind::Link(to)) => Some(to),
            _ => None,
        }
    };
    match text {
        Some(text) => {
            call.out(text + if options.has('n') { "" } else { "\n" });
            0
        }
        None => 1,
    }
}

/// Source: busybox 1.35, xmalloc_realpath_coreutils: a name without a directory must be there.
fn resolved(call: &Call, path: &str) -> Option<String> {
    if !path.contains('/') && call.sys.look(path, false).is_err() {
        return None;
    }
    match call.sys.find(path, true).ok()? {
        Found::Place(place) => Some(place.path),
        Found::Proc(rest) => Some(format!("/proc/{rest}")),
    }
}

/// Paths without links and dots.
pub fn real(call: &mut Call) -> i32 {
    let mut status = 0;
    for path in call.args {
        match resolved(call, path) {
            Some(text) => call.out(text + "\n"),
            None => status = call.fail([path, ": No such file or directory"].concat()),
        }
    }
    status
}
