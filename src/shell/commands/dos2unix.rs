//! `dos2unix file`, `unix2dos file`: what ends the lines of a text.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::Text;
use crate::shell::tree::{Content, NodeKind};

/// Changes files in their place, or its input; `-u` and `-d` say to what.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let to_dos = options.has('d') || call.name == "unix2dos" && !options.has('u');
    let mut status = 0;
    for (name, text) in texts {
        let mut out = Vec::with_capacity(text.len());
        for byte in text.iter().filter(|byte| **byte != b'\r') {
            if to_dos && *byte == b'\n' {
                out.push(b'\r');
            }
            out.push(*byte);
        }
        if name == "-" {
            call.out(out);
            continue;
        }
        let place = call.sys.place(name, true);
        let changed = place.and_then(|place| {
            let at = call.sys.may_own(&place)?;
            call.sys.change(&at, |node| node.kind = NodeKind::File(Content::new(out)))
        });
        if let Err(error) = changed {
            status = call.fail_path("can't open ", name, error);
        }
    }
    status
}
