//! Options of built-in commands.

use crate::shell::sh::builtins::Done;

/// Options with their values, and the arguments after them.
pub type Letters<'a> = (Vec<(char, String)>, &'a [String]);

/// Takes the options before the other arguments; a letter with `:` after it in `known` has a value.
///
/// Errors: ash's complaint. Source: busybox ash, nextopt.
pub fn letters<'a>(args: &'a [String], known: &str) -> Result<Letters<'a>, Done> {
    let (mut found, mut rest) = (Vec::new(), args);
    while let Some((arg, after)) = rest.split_first() {
        let Some(word) = arg.strip_prefix('-').filter(|word| !word.is_empty()) else { break };
        rest = after;
        if word == "-" {
            break;
        }
        let mut chars = word.chars();
        while let Some(letter) = chars.next() {
            let bad = |why: &str| Err(Done::Fail(format!("{why} -{letter}")));
            let Some(at) = known.find(letter).filter(|_| letter != ':') else {
                return bad("illegal option");
            };
            let mut value = String::new();
            if known[at + letter.len_utf8()..].starts_with(':') {
                value = chars.by_ref().collect();
                if value.is_empty() {
                    let Some((next, more)) = rest.split_first() else {
                        return Err(Done::Fail(format!("no arg for -{letter} option")));
                    };
                    (value, rest) = (next.clone(), more);
                }
            }
            found.push((letter, value));
        }
    }
    Ok((found, rest))
}
