//! `head -n 10`, `head -c 10`

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::commands::numbers;
use crate::shell::limits;
use crate::shell::sys::Sys;

/// `head`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    bytes: bool,
    /// All but so many of the last ones.
    but: Option<u64>,
    kept: Vec<u8>,
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
    let but = text.strip_prefix('-').and_then(numbers::size);
    let Some(count) = but.or_else(|| numbers::size(&text)) else {
        return Err(call.fail(format!("invalid number '{text}'")));
    };
    let files = if options.has('q') { 1 } else { options.rest.len() };
    let head = Head { bytes, but, kept: Vec::new(), count, left: count, files, begun: 0 };
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
        if self.but.is_some() {
            self.kept.extend(data);
            return if self.kept.len() > limits::TEXT_BYTES { Flow::NextFile } else { Flow::More };
        }
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

    fn end_file(&mut self, sys: &mut Sys) {
        let Some(but) = self.but else { return };
        let kept = std::mem::take(&mut self.kept);
        if self.bytes {
            sys.out(&kept[..kept.len().saturating_sub(but as usize)]);
            return;
        }
        let lines: Vec<&[u8]> = kept.split_inclusive(|b| *b == b'\n').collect();
        sys.out(lines[..lines.len().saturating_sub(but as usize)].concat());
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        0
    }
}
