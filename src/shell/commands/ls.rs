//! `ls -l -a -A -1 -d`

use crate::base::{sort, sort_by_key};
use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::date::Moment;
use crate::shell::commands::find::walk;
use crate::shell::commands::system::short;
use crate::shell::tree::{Node, NodeKind};

/// Lists directories, one name a line as without a terminal.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("laA1dhRFprtSincCxsLHe") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let mut paths = options.rest.clone();
    if paths.is_empty() {
        paths.push(".".to_string());
    }
    sort(&mut paths);
    let (mut files, mut dirs, mut status) = (Vec::new(), Vec::new(), 0);
    for path in paths {
        match call.sys.stat(&path, !options.has('d') && !options.has('l')) {
            Ok(node) if node.is_dir() && !options.has('d') => dirs.push(path),
            Ok(node) => files.push((path, node)),
            Err(error) => status = call.fail(format!("{path}: {error}")),
        }
    }
    if options.has('R') {
        let (roots, hidden) = (std::mem::take(&mut dirs), options.has('a') || options.has('A'));
        for root in roots {
            walk(call, &root, &mut |path, node| {
                let below = &path[root.len()..];
                if node.is_dir() && (hidden || !below.contains("/.")) {
                    dirs.push(path.to_string());
                }
            });
        }
    }
    let headed = options.has('R') || dirs.len() + files.len() > 1 || options.rest.len() > 1;
    let mut gap = !files.is_empty();
    print(call, &options, files);
    for dir in dirs {
        if headed {
            call.out(format!("{}{dir}:\n", if gap { "\n" } else { "" }));
        }
        gap = true;
        if let Err(error) = call.sys.list(&dir) {
            status = call.fail(format!("can't open '{dir}': {error}"));
            continue;
        }
        let nodes = entries(call, &options, &dir);
        if options.has('l') {
            let total: u64 = nodes.iter().map(|(_, node)| blocks(node)).sum();
            call.out(format!("total {total}\n"));
        }
        print(call, &options, nodes);
    }
    status
}

fn entries(call: &Call, options: &Options, dir: &str) -> Vec<(String, Node)> {
    let mut names = call.sys.list(dir).unwrap_or_default();
    if options.has('a') {
        names.splice(0..0, [".".to_string(), "..".to_string()]);
    }
    let hidden = options.has('a') || options.has('A');
    let base = dir.trim_end_matches('/');
    let node = |name: &String| call.sys.stat(&format!("{base}/{name}"), false).ok();
    names
        .iter()
        .filter(|name| hidden || !name.starts_with('.'))
        .filter_map(|name| Some((name.clone(), node(name)?)))
        .collect()
}

fn print(call: &mut Call, options: &Options, mut nodes: Vec<(String, Node)>) {
    if options.has('t') {
        sort_by_key(&mut nodes, |(_, node)| std::cmp::Reverse((node.time(), node.modified)));
    }
    if options.has('S') {
        sort_by_key(&mut nodes, |(_, node)| std::cmp::Reverse(node.size()));
    }
    if options.has('r') {
        nodes.reverse();
    }
    let epoch = call.sys.wall_secs() - call.sys.now().as_secs();
    let mut text = String::new();
    for (name, node) in nodes {
        if options.has('l') || options.has('n') {
            let names = match options.has('n') {
                true => [node.uid.to_string(), node.gid.to_string()],
                false => [call.sys.user_name(node.uid), call.sys.group_name(node.gid)],
            };
            text.push_str(&long(&node, epoch, options.has('h'), &names));
        }
        text.push_str(&name);
        if let (true, NodeKind::Link(to)) = (options.has('l'), &node.kind) {
            text.push_str(&format!(" -> {to}"));
        } else if node.is_dir() && (options.has('F') || options.has('p')) {
            text.push('/');
        } else if options.has('F') {
            text.push_str(match &node.kind {
                NodeKind::Link(_) => "@",
                NodeKind::Fifo(_) => "|",
                _ if node.mode & 0o111 != 0 => "*",
                _ => "",
            });
        }
        text.push('\n');
    }
    call.out(text);
}

/// The kilobytes a node takes on a disk with blocks of four.
fn blocks(node: &Node) -> u64 {
    match &node.kind {
        NodeKind::Directory(_) => 4,
        NodeKind::File(content) => content.len().div_ceil(4096) * 4,
        _ => 0,
    }
}

fn long(node: &Node, epoch: u64, human: bool, [user, group]: &[String; 2]) -> String {
    let size = if human { short(node.size()) } else { node.size().to_string() };
    let links = if node.is_dir() { node.links.max(2) } else { node.links };
    let date = Moment::new(epoch.saturating_add_signed(node.time())).format("%b %e %H:%M");
    format!("{} {links:4} {user:<8.8} {group:<8.8} {size:>9} {date} ", mode(node))
}

/// The mode as `ls -l` shows it: `drwxr-xr-x`.
pub fn mode(node: &Node) -> String {
    let kind = match node.kind {
        NodeKind::Directory(_) => 'd',
        NodeKind::Link(_) => 'l',
        NodeKind::Device(_) => 'c',
        NodeKind::Fifo(_) => 'p',
        _ => '-',
    };
    let bits = (0..9).map(|at| {
        let on = node.mode & (0o400 >> at) != 0;
        let special = at % 3 == 2 && node.mode & (0o4000 >> (at / 3)) != 0;
        match (special, on, at) {
            (true, true, 8) => 't',
            (true, false, 8) => 'T',
            (true, true, _) => 's',
            (true, false, _) => 'S',
            (_, true, _) => ['r', 'w', 'x'][at % 3],
            _ => '-',
        }
    });
    let mut text: String = std::iter::once(kind).chain(bits).collect();
    if node.mode & 0o1000 != 0 {
        let last = if text.pop() == Some('x') { 't' } else { 'T' };
        text.push(last);
    }
    text
}
