//! `tar -czf a.tgz dir`, `tar xf - -C dir`, `tar tvf a.tar`

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::cp;
use crate::shell::commands::date::Moment;
use crate::shell::commands::find::walk;
use crate::shell::commands::inflate::{is_packed, pack, unpack};
use crate::shell::commands::ls;
use crate::shell::commands::whole::Text;
use crate::shell::errno::Errno;
use crate::shell::sys_files::OpenMode;
use crate::shell::tree::{Content, Node, NodeKind};

const BLOCK: usize = 512;

/// The arguments as other commands have theirs: the first may lack its dash.
pub fn arguments(args: &[String]) -> Vec<String> {
    let mut args = args.to_vec();
    if let Some(first) = args.first_mut().filter(|first| !first.starts_with('-')) {
        first.insert(0, '-');
    }
    for arg in &mut args {
        if let Some(count) = arg.strip_prefix("--strip-components") {
            *arg = ["-S", count.trim_start_matches('=')].concat();
        }
    }
    args
}

/// Makes, lists or unpacks an archive; to unpack, it is the only text.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let archive = options.value('f').unwrap_or("-");
    if !['c', 'x', 't'].into_iter().any(|letter| options.has(letter)) {
        return call.usage("tar c|x|t [-zvOokmh] [-f TARFILE] [-C DIR] [FILE]...");
    }
    let output = match archive {
        path if options.has('c') && path != "-" => match call.sys.open(path, OpenMode::Write) {
            Ok(file) => Some((file, call.sys.place(path, true).ok().and_then(|p| p.node))),
            Err(error) => return call.fail_path("can't open ", path, error),
        },
        _ => None,
    };
    if let Some(dir) = options.value('C')
        && let Err(error) = call.sys.chdir(dir)
    {
        return call.fail_path("can't change directory to ", dir, error);
    }
    if !options.has('c') {
        let text = texts.first().map_or(&[][..], |(_, text)| text);
        return match if is_packed(text) { unpack(text) } else { Ok(text.to_vec()) } {
            Ok(bytes) => read(call, options, &bytes),
            Err(wrong) => call.fail(wrong),
        };
    }
    let own = output.as_ref().and_then(|(_, own)| own.clone());
    let mut found: Vec<(String, Node)> = Vec::new();
    let mut status = 0;
    for root in &options.rest {
        if call.sys.stat(root, false).is_ok_and(|node| matches!(node.kind, NodeKind::Link(_))) {
            found.extend(call.sys.stat(root, false).map(|node| (root.clone(), node)));
            continue;
        }
        status |= i32::from(!call.sys.exists(root));
        walk(call, root, &mut |path, node| found.push((path.to_string(), node.clone())));
    }
    let mut bytes = Vec::new();
    for (path, node) in found {
        let place = call.sys.place(&path, false).ok().and_then(|place| place.node);
        if own.is_some() && place == own {
            call.fail([&path, ": file is the archive; skipping"].concat());
            continue;
        }
        if path.starts_with('/') && bytes.is_empty() {
            call.fail("removing leading '/' from member names");
        }
        let time = node.time() + (call.sys.wall_secs() - call.sys.now().as_secs()) as i64;
        let name = member(&path, &node);
        if add(&mut bytes, &name, &node, time) && options.has('v') {
            let line = [&name, "\n"].concat();
            if output.is_some() { call.out(line) } else { call.sys.err(line) }
        }
    }
    bytes.extend([0; 2 * BLOCK]);
    call.sys.spend(bytes.len() as u64 / 16);
    if let Some((file, _)) = output {
        call.sys.set_descriptor(1, file);
    }
    call.out(if options.has('z') { pack(&bytes) } else { bytes });
    if status != 0 {
        call.fail("error exit delayed from previous errors");
    }
    status
}

/// The name a file has in an archive.
fn member(path: &str, node: &Node) -> String {
    let name = path.trim_start_matches('/').trim_end_matches('/');
    [name, if node.is_dir() { "/" } else { "" }].concat()
}

/// Adds a file; whether it is of a kind that can be added.
fn add(bytes: &mut Vec<u8>, name: &str, node: &Node, time: i64) -> bool {
    let (kind, link, content) = match &node.kind {
        NodeKind::Directory(_) => (b'5', "", &[][..]),
        NodeKind::Link(to) => (b'2', to.as_str(), &[][..]),
        NodeKind::File(content) => (b'0', "", content.bytes()),
        _ => return false,
    };
    if name.len() > 99 {
        // The name is the content of an entry before.
        let long = Node::new(NodeKind::File(Content::new(name)), 0o644, node.modified);
        let from = bytes.len();
        add(bytes, "././@LongLink", &long, 0);
        bytes[from + 156] = b'L';
        seal(&mut bytes[from..]);
    }
    let mut head = vec![0; BLOCK];
    let mut put = |at: usize, len: usize, text: &str| {
        let text = &text.as_bytes()[..text.len().min(len)];
        head[at..at + text.len()].copy_from_slice(text);
    };
    put(0, 99, name);
    put(100, 7, &format!("{:07o}", node.mode));
    put(108, 7, &format!("{:07o}", node.uid));
    put(116, 7, &format!("{:07o}", node.gid));
    put(124, 11, &format!("{:011o}", content.len()));
    put(136, 11, &format!("{:011o}", time.max(0)));
    put(157, 99, link);
    put(257, 8, "ustar  ");
    put(265, 31, if node.uid == 0 { "root" } else { "" });
    put(297, 31, if node.gid == 0 { "root" } else { "" });
    head[156] = kind;
    seal(&mut head);
    bytes.extend(head);
    bytes.extend(content);
    bytes.resize(bytes.len().div_ceil(BLOCK) * BLOCK, 0);
    true
}

/// Sets the sum of the bytes of a header.
fn seal(head: &mut [u8]) {
    head[148..156].fill(b' ');
    let sum: u32 = head[..BLOCK].iter().map(|byte| u32::from(*byte)).sum();
    head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
}

/// Lists or unpacks.
fn read(call: &mut Call, options: &Options, bytes: &[u8]) -> i32 {
    let (mut at, mut long, mut status) = (0, None, 0);
    let mut missing: Vec<&String> = options.rest.iter().collect();
    loop {
        let Some(head) = bytes.get(at..at + BLOCK) else { return call.fail("short read") };
        let text = |from: usize, len: usize| {
            let end = head[from..from + len].iter().position(|byte| *byte == 0).unwrap_or(len);
            String::from_utf8_lossy(&head[from..from + end]).into_owned()
        };
        if head[0] == 0 {
            break;
        }
        let number = |from, len| u64::from_str_radix(text(from, len).trim(), 8).unwrap_or(0);
        let size = number(124, 12) as usize;
        let Some(content) = bytes.get(at + BLOCK..(at + BLOCK).saturating_add(size)) else {
            return call.fail("short read");
        };
        at += BLOCK + size.div_ceil(BLOCK) * BLOCK;
        let kind = match head[156] {
            b'L' => {
                let name = String::from_utf8_lossy(content);
                long = Some(name.trim_end_matches('\0').to_string());
                continue;
            }
            b'5' => NodeKind::Directory(Default::default()),
            b'2' => NodeKind::Link(text(157, 100)),
            b'0' | 0 => NodeKind::File(Content::new(content)),
            _ => continue,
        };
        let before = if &head[257..263] == b"ustar\0" { text(345, 155) } else { String::new() };
        let short = [&*before, if before.is_empty() { "" } else { "/" }, &*text(0, 100)].concat();
        let name = long.take().unwrap_or(short);
        let wanted = |want: &&String| {
            let want = want.trim_end_matches('/');
            name.strip_prefix(want).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if !options.rest.is_empty() && !options.rest.iter().any(|want| wanted(&want)) {
            continue;
        }
        missing.retain(|want| !wanted(want));
        let mut node = Node::new(kind, number(100, 8) as u16 & 0o7777, call.sys.now());
        let time = number(136, 12);
        node.given = Some(time as i64 - (call.sys.wall_secs() - call.sys.now().as_secs()) as i64);
        (node.uid, node.gid) = (number(108, 8) as u32, number(116, 8) as u32);
        let owner = [text(265, 32), "/".into(), text(297, 32)].concat();
        if options.has('v') || options.has('t') {
            tell(call, options, &name, &node, (&owner, time));
        }
        if options.has('x') {
            status |= unpack_one(call, options, &name, node);
        }
    }
    for name in missing {
        status = call.fail([name, ": not found in archive"].concat());
    }
    status
}

fn tell(call: &mut Call, options: &Options, name: &str, node: &Node, (owner, time): (&str, u64)) {
    let link = match &node.kind {
        NodeKind::Link(to) => [" -> ", to].concat(),
        _ => String::new(),
    };
    if options.has('t') && options.has('v') {
        let (mode, when) = (ls::mode(node), Moment::new(time).format("%Y-%m-%d %H:%M:%S"));
        let size = if node.is_dir() { 0 } else { node.size() };
        let size = if link.is_empty() { size } else { 0 };
        call.out(format!("{mode} {owner} {size:>9} {when} {name}{link}\n"));
    } else if options.has('O') {
        call.sys.err([name, "\n"].concat());
    } else {
        call.out([name, "\n"].concat());
    }
}

fn unpack_one(call: &mut Call, options: &Options, name: &str, node: Node) -> i32 {
    let skipped = options.value('S').and_then(|n| n.parse().ok()).unwrap_or(0);
    let parts: Vec<&str> = name.split('/').filter(|p| !matches!(*p, "" | "." | "..")).collect();
    let parts = parts.get(skipped..).unwrap_or(&[]);
    if let (true, NodeKind::File(content)) = (options.has('O'), &node.kind) {
        call.out(content.bytes());
    }
    if parts.is_empty() || options.has('O') {
        return 0;
    }
    let path = parts.join("/");
    for depth in 1..parts.len() {
        let _ = call.sys.mkdir(&parts[..depth].join("/"), 0o755);
    }
    if options.has('k') && call.sys.exists(&path) && !node.is_dir() {
        return call.fail_path("can't open ", &path, Errno::Exists);
    }
    if !node.is_dir() {
        let _ = call.sys.unlink(&path, false);
    }
    let made = match node.kind {
        NodeKind::Directory(_) => match call.sys.mkdir(&path, node.mode) {
            Err(Errno::Exists) => Ok(()),
            made => made,
        },
        kind => cp::write(call, &path, kind, node.mode),
    };
    if let Err(error) = made {
        return call.fail_path("can't open ", &path, error);
    }
    let root = call.sys.me().user.uid == 0;
    if let Ok(Some(at)) = call.sys.place(&path, false).map(|place| place.node) {
        let _ = call.sys.change(&at, |new| {
            (new.mode, new.given) = (node.mode, node.given);
            if root && !options.has('o') {
                (new.uid, new.gid) = (node.uid, node.gid);
            }
        });
    }
    0
}
