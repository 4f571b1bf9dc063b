//! `gzip`, `gunzip`, `zcat`

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::inflate::{pack, unpack};
use crate::shell::commands::whole::Text;
use crate::shell::tree::{Content, NodeKind};

/// Packs or unpacks files in place, or with `-c` to its output.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let unpacks = call.name != "gzip" || options.has('d') || options.has('t');
    let mut status = 0;
    for (name, text) in texts {
        let out = options.has('c') || call.name == "zcat" || name == "-";
        let to = match (out, unpacks) {
            (true, _) => None,
            (_, false) => Some([name, ".gz"].concat()),
            _ if options.has('t') => None,
            _ => match (name.strip_suffix(".gz"), name.strip_suffix(".tgz")) {
                (Some(stem), _) => Some(stem.to_string()),
                (_, Some(stem)) => Some([stem, ".tar"].concat()),
                _ => {
                    status = call.fail([name, ": unknown suffix - ignored"].concat());
                    continue;
                }
            },
        };
        if let Some(to) = to.as_ref().filter(|to| !options.has('f') && call.sys.exists(to)) {
            status = call.fail(["can't open '", to, "': File exists"].concat());
            continue;
        }
        call.sys.spend(text.len() as u64 / 16);
        let result = match if unpacks { unpack(text) } else { Ok(pack(text)) } {
            Ok(result) => result,
            Err(wrong) => {
                status = call.fail(wrong);
                continue;
            }
        };
        match to {
            Some(to) => status |= replace(call, name, &to, result, options.has('k')),
            None if !options.has('t') => call.out(result),
            None => {}
        }
    }
    status
}

/// Writes the new file and removes the old one.
fn replace(call: &mut Call, from: &str, to: &str, bytes: Vec<u8>, keep: bool) -> i32 {
    let mode = call.sys.stat(from, true).map_or(0o644, |node| node.mode);
    let kind = NodeKind::File(Content::new(bytes));
    if let Err(error) = super::cp::write(call, to, kind, mode) {
        return call.fail_path("can't open ", to, error);
    }
    if !keep {
        let _ = call.sys.unlink(from, false);
    }
    0
}
