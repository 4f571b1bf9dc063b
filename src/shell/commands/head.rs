//! `head -n 10`, `head -c 10`

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::numbers;
use crate::shell::sys::Sys;

/// `head`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    bytes: bool,
    count: u64,
    left: u64,
    files: usize,
    begun: usize,
}

/// Reads the command line; `-5` means `-n 5`.
pub fn parse(call: &mut Call) -> Parsed {
    let args = numbers::dashed(call.args);
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    let options = call.options("n:c:qv")?;
    let bytes = options.has('c');
    let text = options.value(if bytes { 'c' } else { 'n' }).unwrap_or("10").to_string();
    let Some(count) = numbers::size(&text) else {
        return Err(call.fail(format!("invalid number '{text}'")));
    };
    let files = if options.has('q') { 1 } else { options.rest.len() };
    let head = Head { bytes, count, left: count, files, begun: 0 };
    Ok((Kind::Head(head), options.rest))
}

impl Stage for Head {
    fn begin(&mut self, sys: &mut Sys, name: &str) {
        self.left = self.count;
        if self.files > 1 {
            let gap = if self.begun > 0 { "\n" } else { "" };
            sys.out(format!("{gap}==> {name} <==\n"));
        }
        self.begun += 1;
    }

    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        let mut end = 0;
        if self.bytes {
            end = data.len().min(self.left as usize);
            self.left -= end as u64;
        } else {
            for line in data.split_inclusive(|b| *b == b'\n') {
                if self.left == 0 {
                    break;
                }
                end += line.len();
                self.left -= u64::from(line.ends_with(b"\n"));
            }
        }
        sys.out(&data[..end]);
        if self.left == 0 { Flow::NextFile } else { Flow::More }
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        0
    }
}
