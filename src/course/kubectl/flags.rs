//! Flags of a command line, read by a table of those that a verb knows.
//!
//! Source: spf13/pflag parseArgs, as kubectl uses it

/// A flag that a verb knows.
#[derive(Clone, Copy)]
pub struct Flag {
    /// Its long name, without the dashes.
    pub long: &'static str,
    /// Its letter, or a blank.
    pub short: char,
    /// Whether a value follows; else it is a switch.
    pub takes_value: bool,
}

/// A switch: `--now`, `--now=false`.
pub const fn switch(long: &'static str, short: char) -> Flag {
    Flag { long, short, takes_value: false }
}

/// A flag with a value: `--grace-period=5`, `-c app`.
pub const fn value(long: &'static str, short: char) -> Flag {
    Flag { long, short, takes_value: true }
}

/// What stands behind a verb.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parsed {
    /// What is no flag, before `--`.
    pub names: Vec<String>,
    /// What comes after `--`; `None` if there is none.
    pub command: Option<Vec<String>>,
    given: Vec<(&'static str, String)>,
}

impl Parsed {
    /// The last value given for a flag.
    pub fn get(&self, long: &str) -> Option<&str> {
        self.given.iter().rev().find(|(name, _)| *name == long).map(|(_, v)| v.as_str())
    }

    /// Every value given for a flag, in order.
    pub fn all<'a>(&'a self, long: &'a str) -> impl Iterator<Item = &'a str> {
        self.given.iter().filter(move |(name, _)| *name == long).map(|(_, v)| v.as_str())
    }

    /// Whether a switch is on.
    pub fn is_on(&self, long: &str) -> bool {
        self.get(long).is_some_and(|v| v != "false")
    }
}

/// Reads a label selector, as `-l` has it.
pub fn selector(text: &str) -> Result<crate::base::json::Value, String> {
    let wrong = || format!("error: unable to parse requirement: {text:?} is no label selector\n");
    crate::api::selector::parse(text).ok_or_else(wrong)
}

/// Reads the words behind `verb`. The error is kubectl's own.
pub fn read(verb: &str, words: &[String], known: &[Flag]) -> Result<Parsed, String> {
    let mut parsed = Parsed::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == "--" {
            parsed.command = Some(words.cloned().collect());
            break;
        }
        let mut next = || words.next().cloned();
        let read = match word.strip_prefix("--") {
            Some(long) => read_long(long, known, &mut next, &mut parsed),
            None if word.len() > 1 && word.starts_with('-') => {
                read_short(&word[1..], known, &mut next, &mut parsed)
            }
            None => {
                parsed.names.push(word.clone());
                Ok(())
            }
        };
        read.map_err(|e| format!("error: {e}\nSee 'kubectl {verb} --help' for usage.\n"))?;
    }
    Ok(parsed)
}

fn read_long(
    word: &str,
    known: &[Flag],
    next: &mut dyn FnMut() -> Option<String>,
    parsed: &mut Parsed,
) -> Result<(), String> {
    let (name, given) = word.split_once('=').map_or((word, None), |(n, v)| (n, Some(v)));
    let flag = known.iter().find(|f| f.long == name);
    let flag = flag.ok_or_else(|| format!("unknown flag: --{name}"))?;
    let value = match given {
        Some(value) => value.to_string(),
        None if !flag.takes_value => "true".to_string(),
        None => next().ok_or_else(|| format!("flag needs an argument: --{name}"))?,
    };
    parsed.given.push((flag.long, value));
    Ok(())
}

fn read_short(
    letters: &str,
    known: &[Flag],
    next: &mut dyn FnMut() -> Option<String>,
    parsed: &mut Parsed,
) -> Result<(), String> {
    for (at, letter) in letters.char_indices() {
        let flag = known.iter().find(|f| f.short == letter && letter != ' ');
        let flag =
            flag.ok_or_else(|| format!("unknown shorthand flag: '{letter}' in -{letters}"))?;
        let rest = &letters[at + letter.len_utf8()..];
        if !flag.takes_value {
            parsed.given.push((flag.long, "true".into()));
            continue;
        }
        let value = match rest {
            "" => {
                next().ok_or_else(|| format!("flag needs an argument: '{letter}' in -{letters}"))?
            }
            rest => rest.strip_prefix('=').unwrap_or(rest).to_string(),
        };
        parsed.given.push((flag.long, value));
        return Ok(());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Flag] = &[switch("stdin", 'i'), switch("tty", 't'), value("container", 'c')];

    fn parsed(line: &str) -> Result<Parsed, String> {
        let words: Vec<String> = line.split(' ').map(str::to_string).collect();
        read("exec", &words, KNOWN)
    }

    #[test]
    fn flags_are_read_in_every_form() {
        for line in ["web -itc app -- ls -l", "-it=true web --container=app -- ls -l"] {
            let Ok(got) = parsed(line) else { continue };
            assert_eq!((got.names.len(), got.get("container")), (1, Some("app")), "{line}");
            assert_eq!(got.command.as_deref(), Some(&["ls".to_string(), "-l".to_string()][..]));
        }
        let got = parsed("web --container app --tty=false -i").expect("all are known");
        assert_eq!((got.is_on("tty"), got.is_on("stdin")), (false, true));
    }

    #[test]
    fn mistakes_are_kubectls() {
        let error = |line| parsed(line).expect_err(line);
        assert!(error("--contaner x").starts_with("error: unknown flag: --contaner\nSee '"));
        assert!(error("-ix").starts_with("error: unknown shorthand flag: 'x' in -ix\n"));
        assert!(error("-c").starts_with("error: flag needs an argument: 'c' in -c\n"));
    }
}
