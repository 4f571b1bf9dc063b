//! `stat -c %s file`

use crate::shell::commands::call::Call;
use crate::shell::commands::date::Moment;
use crate::shell::commands::ls::mode;
use crate::shell::sys::Sys;
use crate::shell::tree::{Node, NodeKind};

/// Tells about files; without a format, in short.
pub fn run(call: &mut Call) -> i32 {
    let options = match call.options("c:Lft") {
        Ok(options) => options,
        Err(code) => return code,
    };
    let format =
        options.value('c').unwrap_or("  File: %n\n  Size: %s\nAccess: (%a/%A)\nModify: %y");
    let epoch = call.sys.wall_secs() - call.sys.now().as_secs();
    let mut status = 0;
    for path in &options.rest {
        match call.sys.stat(path, options.has('L')) {
            Ok(node) => {
                let text = fill(format, path, &node, epoch, call.sys);
                call.out(format!("{text}\n"));
            }
            Err(error) => status = call.fail(format!("can't stat '{path}': {error}")),
        }
    }
    status
}

fn fill(format: &str, path: &str, node: &Node, epoch: u64, sys: &mut Sys) -> String {
    let mut out = String::new();
    let mut chars = format.chars();
    let when = epoch.saturating_add_signed(node.time());
    while let Some(c) = chars.next() {
        let letter = if c == '%' { chars.next() } else { None };
        match letter {
            None => out.push(c),
            Some('n') => out.push_str(path),
            Some('s') => out.push_str(&node.size().to_string()),
            Some('a') => out.push_str(&format!("{:o}", node.mode)),
            Some('A') => out.push_str(&mode(node)),
            Some('h') => {
                let least = if node.is_dir() { 2 } else { 0 };
                out.push_str(&node.links.max(least).to_string());
            }
            Some('u') => out.push_str(&node.uid.to_string()),
            Some('g') => out.push_str(&node.gid.to_string()),
            Some('U') => out.push_str(&sys.user_name(node.uid)),
            Some('G') => out.push_str(&sys.group_name(node.gid)),
            Some('Y' | 'X' | 'Z') => out.push_str(&when.to_string()),
            Some('y' | 'x' | 'z') => {
                out.push_str(&Moment::new(when).format("%Y-%m-%d %H:%M:%S.000000000 +0000"));
            }
            Some('F') => out.push_str(match &node.kind {
                NodeKind::Directory(_) => "directory",
                NodeKind::Link(_) => "symbolic link",
                NodeKind::Device(_) => "character special file",
                NodeKind::Fifo(_) => "fifo",
                NodeKind::File(content) if content.is_empty() => "regular empty file",
                _ => "regular file",
            }),
            Some(other) => out.extend(['%', other]),
        }
    }
    out
}
