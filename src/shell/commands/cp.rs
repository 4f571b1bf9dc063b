//! `cp -r from to`

use crate::shell::commands::call::{Call, Options};
use crate::shell::errno::Errno;
use crate::shell::tree::NodeKind;

/// Copies files and trees.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("rRapfduLHPnilsvTt:") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let Some((target, sources)) = target(&options) else {
        return call.usage("cp [-arPLHpfinlsTu] SOURCE DEST");
    };
    let has = |letters: &str| letters.chars().any(|letter| options.has(letter));
    let how = How {
        recursive: has("rRa"),
        follows: has("L") || !has("rRadP"),
        enters: has("H"),
        keeps: has("n"),
        symlink: has("s"),
        link: has("l"),
        told: has("v"),
    };
    let into = sources.len() > 1 || call.sys.is_dir(&target) && !options.has('T');
    let mut status = 0;
    for source in &sources {
        let to = if into { inside(&target, source) } else { target.clone() };
        status |= copy(call, source, &to, how, 0);
    }
    status
}

/// How files are copied.
#[derive(Clone, Copy)]
struct How {
    recursive: bool,
    /// Whether links are followed.
    follows: bool,
    /// Whether those that are named are.
    enters: bool,
    /// Whether what is there stays.
    keeps: bool,
    symlink: bool,
    link: bool,
    told: bool,
}

/// Where to and what: the last argument or that of `-t`, and the others.
pub fn target(options: &Options) -> Option<(String, Vec<String>)> {
    if let Some(dir) = options.value('t') {
        return Some((dir.to_string(), options.rest.clone()));
    }
    let (target, sources) = options.rest.split_last().filter(|(_, s)| !s.is_empty())?;
    Some((target.clone(), sources.to_vec()))
}

/// The path of `source`'s last name inside a directory.
pub fn inside(dir: &str, source: &str) -> String {
    let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or(source);
    format!("{}/{name}", dir.trim_end_matches('/'))
}

fn copy(call: &mut Call, from: &str, to: &str, how: How, depth: usize) -> i32 {
    let node = match call.sys.stat(from, how.follows || how.enters && depth == 0) {
        Ok(node) => node,
        Err(error) => return call.fail_path("can't stat ", from, error),
    };
    if !node.is_dir() {
        if is_same(call, from, to) {
            return call.fail(["'", from, "' and '", to, "' are the same file"].concat());
        }
        if how.keeps && call.sys.exists(to) {
            return 0;
        }
        let made = match () {
            () if how.symlink => call.sys.symlink(from, to),
            () if how.link => call.sys.hard_link(from, to),
            () => write(call, to, node.kind, node.mode),
        };
        return match made {
            Ok(()) => tell(call, from, to, how),
            Err(error) => call.fail_path("can't create ", to, error),
        };
    }
    if !how.recursive || depth > 60 {
        return call.fail(format!("omitting directory '{from}'"));
    }
    match call.sys.mkdir(to, node.mode) {
        Ok(()) | Err(Errno::Exists) => {}
        Err(error) => return call.fail_path("can't create directory ", to, error),
    }
    let mut status = tell(call, from, to, how);
    for name in call.sys.list(from).unwrap_or_default() {
        status |= copy(call, &format!("{from}/{name}"), &format!("{to}/{name}"), how, depth + 1);
    }
    status
}

fn tell(call: &mut Call, from: &str, to: &str, how: How) -> i32 {
    if how.told {
        call.out(["'", from, "' -> '", to, "'\n"].concat());
    }
    0
}

/// Whether both paths lead to one file.
fn is_same(call: &Call, from: &str, to: &str) -> bool {
    let node = |path| call.sys.place(path, true).ok().and_then(|place| place.node);
    node(from).is_some() && node(from) == node(to)
}

/// Makes a file, or makes what is there this.
pub fn write(call: &mut Call, to: &str, kind: NodeKind, mode: u16) -> Result<(), Errno> {
    let place = call.sys.place(to, !matches!(kind, NodeKind::Link(_)))?;
    let kind = match kind {
        NodeKind::Device(_) => NodeKind::File(Default::default()),
        NodeKind::Fifo(_) => NodeKind::Fifo(call.sys.new_fifo()),
        kind => kind,
    };
    match place.node.clone() {
        None => call.sys.create(&place, kind, mode).map(|_| ()),
        Some(_) if place.read_only => Err(Errno::ReadOnly),
        Some(at) if call.sys.node(&at).is_some_and(|n| n.is_dir()) => Err(Errno::IsDirectory),
        Some(at) => call.sys.change(&at, |node| node.kind = kind),
    }
}
