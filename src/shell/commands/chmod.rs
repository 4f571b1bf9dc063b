//! `chmod 755 file`, `chmod +x file`; `chown` and `chgrp` only look whether the file is there.

use crate::shell::commands::call::Call;

/// Changes permission bits.
pub fn run(call: &mut Call) -> i32 {
    let args: Vec<String> = call.args.iter().filter(|a| *a != "-R").cloned().collect();
    let Some((mode, paths)) = args.split_first().filter(|(_, p)| !p.is_empty()) else {
        return call.usage("chmod [-Rcvf] MODE[,MODE]... FILE...");
    };
    let mut status = 0;
    for path in paths {
        let place = match call.sys.place(path, true) {
            Ok(place) => place,
            Err(error) => {
                status = call.fail(format!("{path}: {error}"));
                continue;
            }
        };
        let Some(at) = place.node else {
            status = call.fail(format!("{path}: No such file or directory"));
            continue;
        };
        let old = call.sys.node(&at).map_or(0, |n| n.mode);
        match changed(mode, old) {
            Some(new) => {
                let _ = call.sys.change(&at, |node| node.mode = new);
            }
            None => return call.fail(format!("invalid mode '{mode}'")),
        }
    }
    status
}

/// The bits after a change in octal or by letters; `None` if it is neither.
pub fn changed(mode: &str, old: u16) -> Option<u16> {
    if let Ok(octal) = u16::from_str_radix(mode, 8) {
        return Some(octal & 0o7777);
    }
    mode.split(',').try_fold(old, clause)
}

fn clause(old: u16, text: &str) -> Option<u16> {
    let at = text.find(['+', '-', '='])?;
    let bits = text[at + 1..].chars().try_fold(0_u16, |bits, c| {
        Some(
            bits | match c {
                'r' => 0o444,
                'w' => 0o222,
                'x' | 'X' => 0o111,
                's' | 't' => 0,
                _ => return None,
            },
        )
    })?;
    let who = text[..at].chars().try_fold(0_u16, |who, c| {
        Some(
            who | match c {
                'u' => 0o700,
                'g' => 0o070,
                'o' => 0o007,
                'a' => 0o777,
                _ => return None,
            },
        )
    })?;
    let who = if who == 0 { 0o777 } else { who };
    Some(match &text[at..=at] {
        "+" => old | bits & who,
        "-" => old & !(bits & who),
        _ => old & !who | bits & who,
    })
}

/// `chown`, `chgrp`: everything belongs to root here.
pub fn owner(call: &mut Call) -> i32 {
    let paths: Vec<String> =
        call.args.iter().filter(|a| !a.starts_with('-')).skip(1).cloned().collect();
    let mut status = 0;
    for path in paths {
        if !call.sys.exists(&path) {
            status = call.fail(format!("{path}: No such file or directory"));
        }
    }
    status
}
