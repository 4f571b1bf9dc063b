//! `tr a-z A-Z`, `tr -d x`, `tr -s ' '`

use crate::shell::commands::call::Call;
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::sh::pattern::class;
use crate::shell::sys::Sys;

/// `tr`: what each byte becomes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tr {
    map: Vec<u8>,
    delete: Vec<bool>,
    squeeze: Vec<bool>,
    last: Option<u8>,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("cCds")?;
    let sets: Vec<Vec<u8>> = options.rest.iter().map(|s| set(s)).collect();
    let Some(first) = sets.first() else {
        return Err(call.usage("tr [-cds] STRING1 [STRING2]"));
    };
    let complement = options.has('c') || options.has('C');
    let first: Vec<u8> =
        if complement { (0..=255).filter(|b| !first.contains(b)).collect() } else { first.clone() };
    let mut tr = Tr {
        map: (0..=255).collect(),
        delete: vec![false; 256],
        squeeze: vec![false; 256],
        last: None,
    };
    let second = sets.get(1);
    if second.is_some_and(|s| s.is_empty()) {
        return Err(call.fail("STRING2 cannot be empty"));
    }
    if options.has('d') {
        first.iter().for_each(|b| tr.delete[usize::from(*b)] = true);
    } else if let Some(second) = second.filter(|s| !s.is_empty()) {
        for (at, byte) in first.iter().enumerate() {
            tr.map[usize::from(*byte)] = second[at.min(second.len() - 1)];
        }
    }
    if options.has('s') {
        let squeezed = second.unwrap_or(&first);
        squeezed.iter().for_each(|b| tr.squeeze[usize::from(*b)] = true);
    }
    Ok((Kind::Tr(tr), Vec::new()))
}

fn set(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let Some((name, _)) = text.get(at..).and_then(|t| t.strip_prefix("[:")?.split_once(":]"))
        {
            for (low, high) in class(name) {
                out.extend(low as u32 as u8..=high as u32 as u8);
            }
            at += name.len() + 4;
            continue;
        }
        if let [b'[', b'=', one, b'=', b']', ..] = bytes[at..] {
            out.push(one);
            at += 5;
            continue;
        }
        let (low, next) = literal(bytes, at);
        let ranged = bytes.get(next) == Some(&b'-') && next + 1 < bytes.len();
        let (high, next) = if ranged { literal(bytes, next + 1) } else { (low, next) };
        out.extend(low..=high);
        at = next;
    }
    out
}

fn literal(bytes: &[u8], at: usize) -> (u8, usize) {
    if bytes[at] != b'\\' || at + 1 >= bytes.len() {
        return (bytes[at], at + 1);
    }
    let octal = bytes[at + 1..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
    if octal > 0 {
        let digits = &bytes[at + 1..=at + octal];
        let value = digits.iter().fold(0_u32, |v, d| v * 8 + u32::from(d - b'0'));
        return (value as u8, at + 1 + octal);
    }
    let byte = match bytes[at + 1] {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'v' => 11,
        other => other,
    };
    (byte, at + 2)
}

impl Stage for Tr {
    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        let mut out = Vec::new();
        for byte in data {
            if self.delete[usize::from(*byte)] {
                continue;
            }
            let new = self.map[usize::from(*byte)];
            if self.squeeze[usize::from(new)] && self.last == Some(new) {
                continue;
            }
            self.last = Some(new);
            out.push(new);
        }
        sys.out(out);
        Flow::More
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        0
    }
}
