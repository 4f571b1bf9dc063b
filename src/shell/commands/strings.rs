//! `strings -n 4 -t d`: runs of characters that can be printed.

use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::whole::Text;

/// Prints the runs of at least four characters, or of so many.
pub fn run(call: &mut Call, options: &Options, texts: &[Text]) -> i32 {
    let least: usize = options.value('n').and_then(|n| n.parse().ok()).unwrap_or(4);
    let base = if options.has('o') { Some("o") } else { options.value('t') };
    for (name, text) in texts {
        let mut from = 0;
        let shown = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t');
        for run in text.split(|byte| !shown(byte)) {
            if run.len() >= least.max(1) {
                if options.has('f') {
                    call.out([name, ": "].concat());
                }
                match base {
                    Some("o") => call.out(format!("{from:7o} ")),
                    Some("x") => call.out(format!("{from:7x} ")),
                    Some(_) => call.out(format!("{from:7} ")),
                    None => {}
                }
                call.out([run, b"\n"].concat());
            }
            from += run.len() + 1;
        }
    }
    0
}
