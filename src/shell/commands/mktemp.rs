//! `mktemp`, `mktemp -d`

use crate::shell::commands::call::Call;
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
    for nth in 0..10_000_u32 {
        let path = format!("{stem}{}", letters(nth.wrapping_add(call.sys.pid().0 * 7_919)));
        let Ok(place) = call.sys.place(&path, false) else { break };
        if place.node.is_some() {
            continue;
        }
        let (kind, mode) = if options.has('d') {
            (NodeKind::Directory(Default::default()), 0o700)
        } else {
            (NodeKind::File(Content::default()), 0o600)
        };
        if !options.has('u')
            && let Err(error) = call.sys.create(&place, kind, mode)
        {
            return call.fail(["(null): ", error.text()].concat());
        }
        call.out(format!("{path}\n"));
        return 0;
    }
    call.fail("(null): No such file or directory")
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
