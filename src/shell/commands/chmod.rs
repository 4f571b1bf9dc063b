//! `chmod 755 file`, `chmod +x file`; `chown user:group file`.

use crate::shell::commands::call::Call;
use crate::shell::commands::find::walk;
use crate::shell::errno::Errno;

/// Changes permission bits.
pub fn run(call: &mut Call) -> i32 {
    // A mode may start with a dash, so options are taken by hand.
    let options = |a: &&String| matches!(a.as_str(), "-R" | "-c" | "-v" | "-f" | "--");
    let recursive = call.args.iter().filter(options).any(|a| a == "-R");
    let args: Vec<String> = call.args.iter().filter(|a| !options(a)).cloned().collect();
    let Some((mode, paths)) = args.split_first().filter(|(_, p)| !p.is_empty()) else {
        return call.usage("chmod [-Rcvf] MODE[,MODE]... FILE...");
    };
    let mut all = Vec::new();
    for path in paths {
        if recursive && call.sys.is_dir(path) {
            walk(call, path, &mut |path, _| all.push(path.to_string()));
        } else {
            all.push(path.clone());
        }
    }
    let mut status = 0;
    for path in all {
        let found = call.sys.place(&path, true).and_then(|place| call.sys.may_own(&place));
        let at = match found {
            Ok(at) => at,
            Err(error) => {
                status = call.fail([&path, ": ", error.text()].concat());
                continue;
            }
        };
        let old = call.sys.node(&at).map_or(0, |n| n.mode);
        match changed(mode, old) {
            Some(new) => {
                let _ = call.sys.change(&at, |node| node.mode = new);
            }
            None => return call.fail(["invalid mode '", mode, "'"].concat()),
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
                's' => 0o6000,
                't' => 0o1000,
                _ => return None,
            },
        )
    })?;
    let who = text[..at].chars().try_fold(0_u16, |who, c| {
        Some(
            who | match c {
                'u' => 0o4700,
                'g' => 0o2070,
                'o' => 0o1007,
                'a' => 0o7777,
                _ => return None,
            },
        )
    })?;
    let who = if who == 0 { 0o7777 } else { who };
    Some(match &text[at..=at] {
        "+" => old | bits & who,
        "-" => old & !(bits & who),
        _ => old & !who | bits & who,
    })
}

/// `chown user:group file`, `chgrp group file`: only root may.
pub fn owner(call: &mut Call) -> i32 {
    let args: Vec<String> = call.args.iter().filter(|a| !a.starts_with('-')).cloned().collect();
    let Some((who, paths)) = args.split_first().filter(|(_, paths)| !paths.is_empty()) else {
        return call.usage(&[call.name, " USER[:[GRP]] FILE..."].concat());
    };
    let (user, group) = match call.name == "chgrp" {
        true => ("", who.as_str()),
        false => who.split_once([':', '.']).unwrap_or((who, "")),
    };
    let mut ids = [None, None];
    let names = [("/etc/passwd", user, "user"), ("/etc/group", group, "group")];
    for (at, (file, name, what)) in names.into_iter().enumerate().filter(|(_, n)| !n.1.is_empty()) {
        ids[at] = call.sys.id_in(file, name);
        if ids[at].is_none() {
            return call.fail(["unknown ", what, " ", name].concat());
        }
    }
    let mut status = 0;
    for path in paths {
        let root = call.sys.me().user.uid == 0;
        let found = call.sys.place(path, true).and_then(|place| call.sys.may_own(&place));
        match found.and_then(|at| if root { Ok(at) } else { Err(Errno::NotPermitted) }) {
            Ok(at) => {
                let _ = call.sys.change(&at, |node| {
                    node.uid = ids[0].unwrap_or(node.uid);
                    node.gid = ids[1].unwrap_or(node.gid);
                });
            }
            Err(error) => status = call.fail([path, ": ", error.text()].concat()),
        }
    }
    status
}
