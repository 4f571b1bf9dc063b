//! `getopts ab: name`

use crate::shell::sh::builtins::Done;
use crate::shell::sh::shell::Shell;
use crate::shell::sys::Sys;

/// Takes the next option. `OPTIND` is the next argument; the letter inside of the one before is
/// the shell's secret, forgotten when a script sets `OPTIND`. Source: busybox ash, getopts.
pub fn getopts(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let [spec, name, rest @ ..] = args else {
        return Done::Fail("usage: getopts optstring var [arg]".to_string());
    };
    let words = if rest.is_empty() { shell.args.to_vec() } else { rest.to_vec() };
    let given = shell.vars.get("OPTIND").and_then(|v| v.parse().ok()).unwrap_or(1_usize);
    let (known, letter) = shell.getopts;
    let at = if known == given { letter } else { 1 };
    let index = if at > 1 { given - 1 } else { given };
    let word = words.get(index.saturating_sub(1)).cloned().unwrap_or_default();
    let Some(letter) = word.chars().nth(at).filter(|_| word.starts_with('-') && word != "--")
    else {
        let past = index + usize::from(word == "--");
        return finish(shell, name, "?", None, past, 1, 1);
    };
    let end = at + 1 >= word.chars().count();
    let (next, next_at) = if end { (index + 1, 1) } else { (index, at + 1) };
    let silent = spec.starts_with(':');
    let found = spec.find(letter).filter(|_| letter != ':');
    let Some(found) = found else {
        if !silent {
            sys.err(format!("Illegal option -{letter}\n"));
        }
        let arg = silent.then(|| letter.to_string());
        return finish(shell, name, "?", arg, next, next_at, 0);
    };
    if !spec[found + letter.len_utf8()..].starts_with(':') {
        return finish(shell, name, &letter.to_string(), Some(String::new()), next, next_at, 0);
    }
    let inline: String = word.chars().skip(at + 1).collect();
    let (value, next) =
        if end { (words.get(index).cloned(), index + 2) } else { (Some(inline), index + 1) };
    match value {
        Some(value) => finish(shell, name, &letter.to_string(), Some(value), next, 1, 0),
        None => {
            if !silent {
                sys.err(format!("No arg for -{letter} option\n"));
            }
            let arg = silent.then(|| letter.to_string());
            finish(shell, name, if silent { ":" } else { "?" }, arg, index + 1, 1, 0)
        }
    }
}

fn finish(
    shell: &mut Shell,
    name: &str,
    value: &str,
    arg: Option<String>,
    index: usize,
    at: usize,
    status: i32,
) -> Done {
    let index = if at > 1 { index + 1 } else { index };
    shell.getopts = (index, at);
    let vars = &mut shell.vars;
    let set = vars.set(name, value).and_then(|()| vars.set("OPTIND", &index.to_string()));
    match arg {
        Some(arg) => {
            let _ = vars.set("OPTARG", &arg);
        }
        None => vars.restore("OPTARG", None),
    }
    set.map_or_else(Done::Fail, |()| Done::Status(status))
}
