//! `yes text`: says it for ever.

use crate::shell::process::Step;
use crate::shell::sys::Sys;

/// Says a page of it.
pub fn step(sys: &mut Sys, args: &[String]) -> Step {
    let line = if args.is_empty() { "y".to_string() } else { args.join(" ") } + "\n";
    let times = (1_024 / line.len()).max(1);
    match sys.write(1, line.repeat(times)) {
        Ok(()) => Step::Continue,
        Err(_) => Step::Exit(1),
    }
}
