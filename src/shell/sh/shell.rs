//! The shell's state and its step.

use crate::base::{Map, Set};
use std::rc::Rc;

use crate::shell::commands;
use crate::shell::limits;
use crate::shell::process::{Disposition, Step};
use crate::shell::sh::frame::{Flags, Frame, Source, SourceKind};
use crate::shell::sh::jobs::Job;
use crate::shell::sh::vars::Vars;
use crate::shell::signal::Signal;
use crate::shell::syntax::cursor::is_name;
use crate::shell::syntax::{self, Command};
use crate::shell::sys::{Read, Sys};
use crate::shell::types::{Limit, NoteKind, Pid};

/// What `set` has switched on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// `-e`
    pub errexit: bool,
    /// `-u`
    pub nounset: bool,
    /// `-x`
    pub xtrace: bool,
    /// `-f`
    pub noglob: bool,
    /// `-n`
    pub noexec: bool,
    /// `-C`
    pub noclobber: bool,
    /// `-a`
    pub allexport: bool,
    /// `-v`
    pub verbose: bool,
    /// `-o pipefail`
    pub pipefail: bool,
    /// The shell was started with `-c`.
    pub command: bool,
}

impl Options {
    /// The option of this letter.
    pub fn letter(&mut self, letter: char) -> Option<&mut bool> {
        Some(match letter {
            'e' => &mut self.errexit,
            'u' => &mut self.nounset,
            'x' => &mut self.xtrace,
            'f' => &mut self.noglob,
            'n' => &mut self.noexec,
            'C' => &mut self.noclobber,
            'a' => &mut self.allexport,
            'v' => &mut self.verbose,
            _ => return None,
        })
    }

    /// The option of this name, as `set -o` has it.
    pub fn named(&mut self, name: &str) -> Option<&mut bool> {
        match name {
            "errexit" => self.letter('e'),
            "nounset" => self.letter('u'),
            "xtrace" => self.letter('x'),
            "noglob" => self.letter('f'),
            "noexec" => self.letter('n'),
            "noclobber" => self.letter('C'),
            "allexport" => self.letter('a'),
            "verbose" => self.letter('v'),
            "pipefail" => Some(&mut self.pipefail),
            _ => None,
        }
    }

    /// The value of `$-`.
    pub fn letters(&self) -> String {
        let mut copy = self.clone();
        let mut on = |c| if c == 'c' { self.command } else { copy.letter(c).is_some_and(|on| *on) };
        "uaCvxcnfe".chars().filter(|c| on(*c)).collect()
    }
}

/// A shell process.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shell {
    pub(super) start: Option<Vec<String>>,
    pub(super) frames: Vec<Frame>,
    pub(super) vars: Vars,
    pub(super) functions: Rc<Map<String, Rc<Command>>>,
    pub(super) args: Rc<Vec<String>>,
    pub(super) arg0: String,
    /// Whether messages name the line: a script file runs, or `-c` was given a name.
    pub(super) named: bool,
    pub(super) line: u32,
    pub(super) status: i32,
    /// The status of the last substitution of the command being expanded.
    pub(super) substituted: Option<i32>,
    /// The text a substitution has just given.
    pub(super) delivered: Option<String>,
    pub(super) options: Options,
    /// Actions by signal number; 0 is EXIT.
    pub(super) traps: Map<i32, String>,
    /// Whether a trap was ever set, which keeps ash from replacing itself.
    pub(super) may_have_traps: bool,
    pub(super) pending: Set<i32>,
    pub(super) jobs: Vec<Job>,
    pub(super) next_job: usize,
    pub(super) last_background: Option<Pid>,
    pub(super) shell_pid: Pid,
}

impl Shell {
    /// A shell with this command line; it looks at it in its first step.
    pub fn new(argv: Vec<String>) -> Shell {
        Shell {
            arg0: argv.first().cloned().unwrap_or_default(),
            start: Some(argv),
            frames: Vec::new(),
            vars: Vars::default(),
            functions: Rc::default(),
            args: Rc::default(),
            named: false,
            line: 0,
            status: 0,
            substituted: None,
            delivered: None,
            options: Options::default(),
            traps: Map::new(),
            may_have_traps: false,
            pending: Set::new(),
            jobs: Vec::new(),
            next_job: 1,
            last_background: None,
            shell_pid: Pid(0),
        }
    }

    /// A trapped signal has arrived. Whether its trap must wait for a foreground child.
    pub fn notice(&mut self, signal: Signal) -> bool {
        self.pending.insert(signal.number());
        self.waits_in_foreground()
    }

    /// Whether a child runs in the foreground, so that traps are put off.
    pub fn waits_in_foreground(&self) -> bool {
        matches!(
            self.frames.last(),
            Some(Frame::Foreground(_) | Frame::Capture(..) | Frame::Captured(..))
        )
    }

    /// The signals it has traps for, with their actions.
    pub fn traps(&self) -> impl Iterator<Item = (Option<Signal>, &str)> {
        self.traps.iter().map(|(number, action)| (Signal::from_number(*number), action.as_str()))
    }

    /// The signals whose traps are due.
    pub fn pending(&self) -> impl Iterator<Item = Signal> {
        self.pending.iter().filter_map(|n| Signal::from_number(*n))
    }

    /// The line of the script that runs, from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if let Some(argv) = self.start.take() {
            return self.begin(sys, argv);
        }
        if self.frames.len() > limits::FRAMES {
            sys.note(NoteKind::Limit(Limit::Depth));
            return self.raise(sys, "nesting too deep");
        }
        if self.is_trap_due() {
            self.start_trap();
            return Step::Continue;
        }
        match self.frames.pop() {
            Some(frame) => self.resume(sys, frame),
            None => self.leave(sys, self.status),
        }
    }

    fn begin(&mut self, sys: &mut Sys, argv: Vec<String>) -> Step {
        self.shell_pid = sys.pid();
        // Source: busybox ash, setsignal.
        if !sys.me().dispositions.contains_key(&Signal::Quit) {
            sys.set_disposition(Signal::Quit, Some(Disposition::IgnoreAlone));
        }
        for (name, value) in sys.me().env.clone() {
            if is_name(&name) {
                let var = self.vars.entry(&name);
                var.value = Some(value);
                var.exported = true;
            }
        }
        let cwd = sys.me().cwd.clone();
        let _ = self.vars.set("PWD", &cwd);
        let mut args = argv.into_iter().skip(1).peekable();
        let (mut command, mut stdin) = (false, false);
        while let Some(arg) = args.next_if(|a| a.len() > 1 && a.starts_with(['-', '+'])) {
            if arg == "--" {
                break;
            }
            let on = arg.starts_with('-');
            for letter in arg.chars().skip(1) {
                match letter {
                    'c' => command = true,
                    's' => stdin = true,
                    'i' | 'l' | '-' => {}
                    'o' => {
                        let name = args.next().unwrap_or_default();
                        if let Some(option) = self.options.named(&name) {
                            *option = on;
                        }
                    }
                    letter => match self.options.letter(letter) {
                        Some(option) => *option = on,
                        None => return self.raise(sys, &format!("invalid option -{letter}")),
                    },
                }
            }
        }
        let rest: Vec<String> = args.collect();
        self.begin_script(sys, rest, command, stdin)
    }

    fn begin_script(
        &mut self,
        sys: &mut Sys,
        rest: Vec<String>,
        command: bool,
        stdin: bool,
    ) -> Step {
        let mut rest = rest.into_iter();
        if command {
            self.options.command = true;
            let Some(text) = rest.next() else {
                return self.raise(sys, "-c requires an argument");
            };
            if let Some(name) = rest.next() {
                self.arg0 = name;
                self.named = true;
            }
            self.args = Rc::new(rest.collect());
            self.push_source(&text, SourceKind::Main, 0, Flags { last: true, tested: false });
        } else if let (Some(file), false) = (rest.as_slice().first().cloned(), stdin) {
            self.args = Rc::new(rest.skip(1).collect());
            match sys.read_whole(&file) {
                Ok(bytes) => {
                    self.arg0 = file;
                    self.named = true;
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    self.push_source(&text, SourceKind::Main, 1, Flags::default());
                }
                Err(error) => {
                    self.complain(sys, None, &format!("can't open '{file}': {error}"));
                    return Step::Exit(2);
                }
            }
        } else {
            self.args = Rc::new(rest.collect());
            self.frames.push(Frame::Input(Vec::new()));
        }
        Step::Continue
    }

    /// Standard input as script: read to its end, then run.
    pub(super) fn input(&mut self, sys: &mut Sys, mut text: Vec<u8>) -> Step {
        match sys.read(0, 4096) {
            Read::Data(data) if text.len() < limits::TEXT_BYTES => {
                text.extend(data);
                self.frames.push(Frame::Input(text));
                Step::Continue
            }
            Read::Wait(state) => {
                self.frames.push(Frame::Input(text));
                Step::Block(state)
            }
            _ => {
                let text = String::from_utf8_lossy(&text).into_owned();
                self.push_source(&text, SourceKind::Main, 1, Flags::default());
                Step::Continue
            }
        }
    }

    /// Puts a text on the stack, to be run next.
    pub(super) fn push_source(&mut self, text: &str, kind: SourceKind, line: u32, flags: Flags) {
        let source = Source { text: Rc::from(text), at: 0, line, kind, name: None, flags };
        self.frames.push(Frame::Source(source));
    }

    /// Parses and runs the next complete command of a text.
    pub(super) fn source(&mut self, sys: &mut Sys, mut source: Source) -> Step {
        match syntax::next_command(&source.text, source.at, source.line) {
            Ok((None, ..)) => Step::Continue,
            Ok((Some(command), at, line)) => {
                if self.options.verbose {
                    sys.err(&source.text[source.at..at]);
                }
                (source.at, source.line) = (at, line);
                // Source: busybox ash, evalstring: only a command that reaches the very end is
                // known to be the last one; a newline after it hides the end.
                let text = &source.text[..at];
                let last = source.flags.last && at == source.text.len() && !text.ends_with('\n');
                let flags = Flags { last, ..source.flags };
                if !last {
                    self.frames.push(Frame::Source(source));
                }
                self.frames.push(Frame::Eval(command, flags));
                Step::Continue
            }
            Err(error) => {
                self.line = error.line;
                self.frames.push(Frame::Source(source));
                self.raise(sys, &format!("syntax error: {}", error.message))
            }
        }
    }

    /// Says what is wrong, in ash's form.
    pub(super) fn complain(&self, sys: &mut Sys, builtin: Option<&str>, message: &str) {
        let (arg0, line) = (&self.arg0, self.line);
        let text = match builtin.or_else(|| self.inner_source()) {
            Some(name) => format!("{arg0}: {name}: line {line}: {message}\n"),
            None if self.named => format!("{arg0}: line {line}: {message}\n"),
            None => format!("{arg0}: {message}\n"),
        };
        sys.err(text);
    }

    /// `eval` or the file of `.`, if such a text is being run.
    fn inner_source(&self) -> Option<&str> {
        self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Source(source) => source.name.as_deref(),
            _ => None,
        })
    }

    /// An error that ends the shell.
    pub(super) fn raise(&mut self, sys: &mut Sys, message: &str) -> Step {
        self.complain(sys, None, message);
        self.leave(sys, 2)
    }

    /// The name messages of built-in commands start with.
    pub(super) fn applet(&self) -> &str {
        let name = self.arg0.rsplit('/').next().unwrap_or("sh");
        if self.named || name.is_empty() { "sh" } else { commands::without_dash(name) }
    }

    /// Ends the shell with this code, after its trap on EXIT.
    pub(super) fn leave(&mut self, sys: &mut Sys, status: i32) -> Step {
        while let Some(frame) = self.frames.pop() {
            self.undo(sys, frame);
        }
        self.status = status;
        match self.traps.remove(&0) {
            Some(action) if !action.is_empty() => {
                self.frames.push(Frame::End(status));
                self.push_source(&action, SourceKind::Eval, self.line, Flags::default());
                Step::Continue
            }
            _ => Step::Exit(status),
        }
    }
}
