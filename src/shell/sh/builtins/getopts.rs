//! `getopts ab: name`

use crate::shell::sh::builtins::Done;
use crate::shell::sh::shell::Shell;
use crate::shell::sh::vars::OptionPlace;
use crate::shell::syntax::cursor::is_name;
use crate::shell::sys::Sys;

/// Takes the next option. `OPTIND` tells the next argument; the place inside of the one before is
/// the shell's secret, and a function has its own. Source: busybox ash, getopts.
pub fn getopts(shell: &mut Shell, sys: &mut Sys, args: &[String]) -> Done {
    let [spec, name, rest @ ..] = args else {
        return Done::Fail("usage: getopts optstring var [arg]".to_string());
    };
    let words = if rest.is_empty() { shell.args.to_vec() } else { rest.to_vec() };
    let known = Some(shell.vars.options).filter(|(next, _)| *next <= words.len() + 1);
    let (mut next, mut at) = known.unwrap_or((1, 0));
    let before = next.checked_sub(2).and_then(|nth| words.get(nth)).filter(|_| at > 0);
    let mut letters: String = before.map(|w| w.chars().skip(at).collect()).unwrap_or_default();
    if letters.is_empty() {
        let word = words.get(next - 1).filter(|w| w.len() > 1 && w.starts_with('-'));
        next += usize::from(word.is_some());
        let Some(word) = word.filter(|w| *w != "--") else {
            return finish(shell, name, '?', None, (next, 0), 1);
        };
        letters = word[1..].to_string();
        at = 1;
    }
    let letter = letters.remove(0);
    let place = (next, if letters.is_empty() { 0 } else { at + 1 });
    let silent = spec.starts_with(':');
    let quiet = silent || shell.vars.get("OPTERR") == Some("0");
    let arg = quiet.then(|| letter.to_string());
    let Some(found) = spec.find(letter).filter(|_| letter != ':') else {
        if !quiet {
            sys.err(format!("Illegal option -{letter}\n"));
        }
        return finish(shell, name, '?', arg, place, 0);
    };
    if !spec[found + letter.len_utf8()..].starts_with(':') {
        return finish(shell, name, letter, Some(String::new()), place, 0);
    }
    if !letters.is_empty() {
        return finish(shell, name, letter, Some(letters), (next, 0), 0);
    }
    match words.get(next - 1).cloned() {
        Some(value) => finish(shell, name, letter, Some(value), (next + 1, 0), 0),
        None => {
            if !quiet {
                sys.err(format!("No arg for -{letter} option\n"));
            }
            finish(shell, name, if quiet { ':' } else { '?' }, arg, (next, 0), 0)
        }
    }
}

fn finish(
    shell: &mut Shell,
    name: &str,
    value: char,
    arg: Option<String>,
    place: OptionPlace,
    status: i32,
) -> Done {
    if !is_name(name) {
        return Done::Fail([name, ": bad variable name"].concat());
    }
    let vars = &mut shell.vars;
    let set = vars
        .set("OPTIND", &place.0.to_string())
        .and_then(|()| vars.set(name, value.encode_utf8(&mut [0; 4])));
    match arg {
        Some(arg) => {
            let _ = vars.set("OPTARG", &arg);
        }
        None => vars.restore("OPTARG", None),
    }
    vars.options = place;
    set.map_or_else(Done::Fail, |()| Done::Status(status))
}
