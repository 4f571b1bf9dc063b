//! `cp -r from to`

use crate::shell::commands::call::Call;
use crate::shell::errno::Errno;
use crate::shell::tree::NodeKind;

/// Copies files and trees.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("rRapfduLH") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let Some((target, sources)) = options.rest.split_last().filter(|(_, s)| !s.is_empty()) else {
        return call.usage("cp [-arPLHpfinlsTu] SOURCE DEST");
    };
    let recursive = ['r', 'R', 'a'].iter().any(|l| options.has(*l));
    let into = sources.len() > 1 || call.sys.is_dir(target);
    let mut status = 0;
    for source in sources {
        let to = if into { inside(target, source) } else { target.clone() };
        status |= copy(call, source, &to, recursive, 0);
    }
    status
}

/// The path of `source`'s last name inside a directory.
pub fn inside(dir: &str, source: &str) -> String {
    let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or(source);
    format!("{}/{name}", dir.trim_end_matches('/'))
}

fn copy(call: &mut Call, from: &str, to: &str, recursive: bool, depth: usize) -> i32 {
    let node = match call.sys.stat(from, true) {
        Ok(node) => node,
        Err(error) => return call.fail_path("can't stat ", from, error),
    };
    if !node.is_dir() {
        return match write(call, to, node.kind, node.mode) {
            Ok(()) => 0,
            Err(error) => call.fail_path("can't create ", to, error),
        };
    }
    if !recursive || depth > 60 {
        return call.fail(format!("omitting directory '{from}'"));
    }
    match call.sys.mkdir(to, node.mode) {
        Ok(()) | Err(Errno::Exists) => {}
        Err(error) => return call.fail_path("can't create directory ", to, error),
    }
    let mut status = 0;
    for name in call.sys.list(from).unwrap_or_default() {
        status |= copy(call, &format!("{from}/{name}"), &format!("{to}/{name}"), true, depth + 1);
    }
    status
}

fn write(call: &mut Call, to: &str, kind: NodeKind, mode: u16) -> Result<(), Errno> {
    let place = call.sys.place(to, true)?;
    let kind = match kind {
        NodeKind::Device(_) => NodeKind::File(Default::default()),
        kind => kind,
    };
    match place.node.clone() {
        None => call.sys.create(&place, kind, mode).map(|_| ()),
        Some(_) if place.read_only => Err(Errno::ReadOnly),
        Some(at) if call.sys.node(&at).is_some_and(|n| n.is_dir()) => Err(Errno::IsDirectory),
        Some(at) => call.sys.change(&at, |node| node.kind = kind),
    }
}
