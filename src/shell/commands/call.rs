//! How a command that is done at once is called.

use crate::shell::errno::Errno;
use crate::shell::sys::Sys;
use crate::shell::types::NoteKind;

/// A command that is done at once: returns its exit code.
pub type Plain = fn(&mut Call) -> i32;

/// One call of a command.
pub struct Call<'a, 'b> {
    /// The process that runs it.
    pub sys: &'a mut Sys<'b>,
    /// The name messages start with: the command's, or `sh` where it is built in.
    pub applet: &'a str,
    /// The name it was called by.
    pub name: &'a str,
    /// The arguments.
    pub args: &'a [String],
}

impl Call<'_, '_> {
    /// Prints to standard output.
    pub fn out(&mut self, text: impl AsRef<[u8]>) {
        self.sys.out(text);
    }

    /// Prints `applet: message` to standard error; the exit code 1.
    pub fn fail(&mut self, message: impl AsRef<str>) -> i32 {
        self.sys.err(format!("{}: {}\n", self.applet, message.as_ref()));
        1
    }

    /// Complains about a file: `applet: verb 'path': reason`.
    pub fn fail_path(&mut self, verb: &str, path: &str, error: Errno) -> i32 {
        self.fail(format!("{verb}'{path}': {error}"))
    }

    /// Complains about an option, with the usage line.
    pub fn usage(&mut self, usage: &str) -> i32 {
        self.sys.err(format!("Usage: {usage}\n"));
        1
    }

    /// Tells the learner that an option is not modelled.
    pub fn unsupported(&mut self, option: &str) {
        let what = format!("{} {option}", self.name);
        self.sys.note(NoteKind::Unsupported(what));
    }

    /// Splits the arguments into single-letter options of `known` and the rest. A letter followed
    /// by `:` takes a value. `--` ends options.
    ///
    /// Errors: an unknown option was complained about; the exit code.
    pub fn options(&mut self, known: &str) -> Result<Options, i32> {
        self.parse_options(known, false)
    }

    /// As [`Call::options`], but the first argument that is no option ends them.
    pub fn leading_options(&mut self, known: &str) -> Result<Options, i32> {
        self.parse_options(known, true)
    }

    fn parse_options(&mut self, known: &str, leading: bool) -> Result<Options, i32> {
        let mut options = Options::default();
        let mut args = self.args.iter();
        while let Some(arg) = args.next() {
            if arg == "--" {
                options.rest.extend(args.cloned());
                break;
            }
            if !arg.starts_with('-') || arg == "-" {
                options.rest.push(arg.clone());
                if leading {
                    options.rest.extend(args.cloned());
                    break;
                }
                continue;
            }
            if arg.starts_with("--") {
                self.sys.err(format!("{}: unrecognized option '{arg}'\n", self.applet));
                return Err(1);
            }
            let letters: Vec<char> = arg.chars().skip(1).collect();
            for (at, letter) in letters.iter().enumerate() {
                let Some(place) = known.find(*letter).filter(|_| *letter != ':') else {
                    self.sys.err(format!("{}: invalid option -- '{letter}'\n", self.applet));
                    return Err(1);
                };
                if !known[place + letter.len_utf8()..].starts_with(':') {
                    options.flags.push((*letter, String::new()));
                    continue;
                }
                let inline: String = letters[at + 1..].iter().collect();
                let value = if inline.is_empty() { args.next().cloned() } else { Some(inline) };
                let Some(value) = value else {
                    let text =
                        format!("{}: option requires an argument -- '{letter}'\n", self.applet);
                    self.sys.err(text);
                    return Err(1);
                };
                options.flags.push((*letter, value));
                break;
            }
        }
        Ok(options)
    }
}

/// Options and the other arguments.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// The options in order, with their values.
    pub flags: Vec<(char, String)>,
    /// The other arguments.
    pub rest: Vec<String>,
}

impl Options {
    /// Whether an option was given.
    pub fn has(&self, letter: char) -> bool {
        self.flags.iter().any(|(l, _)| *l == letter)
    }

    /// The last value of an option.
    pub fn value(&self, letter: char) -> Option<&str> {
        self.flags.iter().rev().find(|(l, _)| *l == letter).map(|(_, v)| v.as_str())
    }
}
