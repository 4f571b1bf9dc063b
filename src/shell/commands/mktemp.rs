//! `mktemp`, `mktemp -d`

use crate::shell::commands::call::Call;
use crate::shell::errno::Errno;
use crate::shell::sys::Sys;
use crate::shell::tree::{Content, NodeKind};

/// Makes a file or directory with a new name, and prints it.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("dp:tqu") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let dir = options.value('p').unwrap_or("/tmp");
    let mut template = options.rest.first().cloned().unwrap_or_else(|| "tmp.XXXXXX".to_string());
    if options.rest.is_empty() || options.has('p') || options.has('t') {
        template = [dir, "/", &template].concat();
    }
    let Some(stem) = template.strip_suffix("XXXXXX") else {
        return call.fail("(null): Invalid argument");
    };
    let (kind, mode) = if options.has('d') {
        (NodeKind::Directory(Default::default()), 0o700)
    } else {
        (NodeKind::File(Content::default()), 0o600)
    };
    let made = unused(call.sys, stem).and_then(|path| {
        if !options.has('u') {
            let place = call.sys.place(&path, false)?;
            call.sys.create(&place, kind, mode)?;
        }
        Ok(path)
    });
    match made {
        Ok(path) => {
            call.out(format!("{path}\n"));
            0
        }
        Err(error) => call.fail(["(null): ", error.text()].concat()),
    }
}

/// A name that begins so and is not taken.
///
/// Errors: there is no such directory.
pub fn unused(sys: &Sys, stem: &str) -> Result<String, Errno> {
    for nth in 0..10_000_u32 {
        let path = format!("{stem}{}", letters(nth.wrapping_add(sys.pid().0 * 7_919)));
        if sys.place(&path, false)?.node.is_none() {
            return Ok(path);
        }
    }
    Err(Errno::Exists)
}

/// Six letters for a number, the same in every run.
fn letters(number: u32) -> String {
    let mut x = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (0..6)
        .map(|_| {
            x = x.rotate_left(11).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            char::from(
                b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[(x >> 40) as usize % 52],
            )
        })
        .collect()
}
