//! The shell's state and its step.

use crate::base::{Map, Set};
use std::rc::Rc;

use crate::shell::commands;
use crate::shell::exec;
use crate::shell::limits;
use crate::shell::open_files::DescId;
use crate::shell::process::{Disposition, Step};
use crate::shell::sh::frame::{Flags, Frame, Input, Source, SourceKind};
use crate::shell::sh::jobs::Job;
use crate::shell::sh::random::Random;
use crate::shell::sh::vars::Vars;
use crate::shell::signal::Signal;
use crate::shell::syntax::{self, Command, SyntaxError};
use crate::shell::sys::{Read, Sys};
use crate::shell::sys_files::OpenMode;
use crate::shell::types::{Limit, NoteKind, Pid};

/// The options of `set` by name and letter, in the order `set -o` lists them; those without a name
/// tell how the shell was started. Source: busybox ash, optletters_optnames.
pub const OPTIONS: [(&str, char); 17] = [
    ("errexit", 'e'),
    ("noglob", 'f'),
    ("ignoreeof", 'I'),
    ("", 'i'),
    ("monitor", 'm'),
    ("noexec", 'n'),
    ("", 's'),
    ("", 'c'),
    ("xtrace", 'x'),
    ("verbose", 'v'),
    ("noclobber", 'C'),
    ("allexport", 'a'),
    ("notify", 'b'),
    ("nounset", 'u'),
    ("errtrace", 'E'),
    ("vi", 'V'),
    ("pipefail", '|'),
];

/// The variables that every shell begins with; two of them are not taken from the environment.
/// Source: busybox ash, varinit_data.
const GIVEN: [(&str, &str); 8] = [
    ("FUNCNAME", ""),
    ("IFS", " \t\n"),
    ("LINENO", ""),
    ("OPTIND", "1"),
    ("PATH", exec::DEFAULT_PATH),
    ("PS1", "\\w \\$ "),
    ("PS2", "> "),
    ("PS4", "+ "),
];

/// What `set` has switched on: a bit for each of [`OPTIONS`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options(u32);

impl Options {
    fn bit(letter: char) -> u32 {
        OPTIONS.iter().position(|(_, l)| *l == letter).map_or(0, |at| 1 << at)
    }

    /// Whether the option of this letter is on.
    pub fn on(self, letter: char) -> bool {
        self.0 & Options::bit(letter) != 0
    }

    /// Switches the option of this letter; whether there is one.
    pub fn set(&mut self, letter: char, on: bool) -> bool {
        let bit = Options::bit(letter);
        self.0 = if on { self.0 | bit } else { self.0 & !bit };
        bit != 0
    }

    /// Switches the option of this name, as `set -o` has it; whether there is one.
    pub fn set_named(&mut self, name: &str, on: bool) -> bool {
        let option = OPTIONS.iter().find(|(n, _)| *n == name && !n.is_empty());
        option.is_some_and(|(_, letter)| self.set(*letter, on))
    }

    /// Whether the option of this name is on.
    pub fn named(self, name: &str) -> bool {
        OPTIONS.iter().any(|(known, letter)| *known == name && self.on(*letter))
    }

    /// Whether `set -o` knows this name.
    pub fn is_name(self, name: &str) -> bool {
        !name.is_empty() && OPTIONS.iter().any(|(known, _)| *known == name)
    }

    /// The options of these letters.
    pub fn of(letters: &str) -> Options {
        Options(letters.chars().map(Options::bit).sum())
    }

    /// The letters of all options.
    pub fn letters(self) -> String {
        OPTIONS.iter().rev().map(|(_, letter)| *letter).filter(|l| self.on(*l)).collect()
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
    /// Loops of the parent that this copy of it was made in.
    pub(super) loops: usize,
    /// Whether the traps are those of the parent, to be listed only.
    pub(super) foreign_traps: bool,
    pub(super) aliases: Map<String, String>,
    pub(super) limits: Map<char, String>,
    /// The working directory by the name `cd` was given.
    pub(super) directory: Option<String>,
    /// Text made since it was last looked how much is held, and what was held then.
    pub(super) made: usize,
    pub(super) held: usize,
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
            loops: 0,
            foreign_traps: false,
            aliases: Map::default(),
            limits: Map::default(),
            directory: None,
            made: 0,
            held: 0,
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
        if commands::base_name(&argv) == "bash" {
            self.begin_bash(sys);
        }
        // Source: busybox ash, setsignal.
        if !sys.me().dispositions.contains_key(&Signal::Quit) {
            sys.set_disposition(Signal::Quit, Some(Disposition::IgnoreAlone));
        }
        // Names that no script can write are kept too, for the children; Debian's 1.35 drops them.
        // Source: kubernetes test/e2e/common/node/secrets.go, where `sh -c env` tells `data-1`
        for (name, value) in sys.me().env.clone().iter() {
            let var = self.vars.entry(name);
            var.value = Some(value.clone());
            var.exported = true;
        }
        let cwd = sys.me().cwd.clone();
        let level = self.vars.get("SHLVL").and_then(|l| l.parse().ok()).unwrap_or(0_i64) + 1;
        for (name, value) in [("PWD", cwd), ("SHLVL", level.to_string())] {
            if self.vars.set(name, &value).is_ok() {
                self.vars.entry(name).exported = true;
            }
        }
        let moment = u32::try_from(sys.now().as_ms() % (1 << 32)).unwrap_or_default();
        self.vars.random = Some(Random::new(self.shell_pid.0.max(1), moment));
        self.vars.options = (1, 0);
        self.vars.entry("PPID").value = Some(sys.me().ppid.0.to_string());
        for (name, value) in GIVEN.into_iter().chain([("HOSTNAME", sys.hostname())]) {
            let var = self.vars.entry(name);
            if matches!(name, "IFS" | "OPTIND") || var.value.is_none() {
                var.value = Some(value.to_string());
            }
        }
        let mut args = argv.into_iter().skip(1).peekable();
        let (mut command, mut stdin) = (false, false);
        while let Some(arg) = args.next_if(|a| a.len() > 1 && a.starts_with(['-', '+'])) {
            if arg == "--" {
                break;
            }
            if self.vars.is_bash() && arg.starts_with("--") {
                continue;
            }
            let on = arg.starts_with('-');
            for letter in arg.chars().skip(1) {
                match letter {
                    'c' => command = true,
                    's' => stdin = true,
                    'l' | '-' => {}
                    'o' => {
                        let name = args.next().unwrap_or_default();
                        if !self.options.set_named(&name, on) {
                            return self.raise(sys, &format!("illegal option {arg} {name}"));
                        }
                    }
                    letter if !self.options.set(letter, on) => {
                        return self.raise(sys, &format!("invalid option -{letter}"));
                    }
                    _ => {}
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
            self.options.set('c', true);
            let Some(text) = rest.next() else {
                return self.raise(sys, "-c requires an argument");
            };
            if let Some(name) = rest.next() {
                self.arg0 = name;
                self.named = true;
            }
            self.args = Rc::new(rest.collect());
            let line = u32::from(self.vars.is_bash());
            self.push_source(&text, SourceKind::Main, line, Flags { last: true, tested: false });
        } else if let (Some(file), false) = (rest.as_slice().first().cloned(), stdin) {
            self.args = Rc::new(rest.skip(1).collect());
            match sys.read_whole(&file) {
                Ok(_) if sys.is_stream(&file) => {
                    let from = sys.open(&file, OpenMode::Read).ok();
                    self.arg0 = file;
                    self.named = true;
                    self.read_script(from, SourceKind::Main);
                }
                Ok(bytes) => {
                    if let Some(state) = self.vars.state() {
                        state.script = file.clone();
                    }
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
            self.read_script(None, SourceKind::Main);
        }
        Step::Continue
    }

    /// Reads a script from an open file, or from standard input, next.
    pub(super) fn read_script(&mut self, file: Option<DescId>, kind: SourceKind) {
        self.frames.push(Frame::Input(Input::new(file, kind)));
    }

    /// A stream as script: read to its end, then run.
    pub(super) fn input(&mut self, sys: &mut Sys, mut input: Input) -> Step {
        let read = match input.file {
            Some(file) => sys.read_file(file, 4096),
            None => sys.read(0, 4096),
        };
        match read {
            Read::Data(data) if input.text.len() < limits::TEXT_BYTES => {
                input.text.extend(data);
                self.frames.push(Frame::Input(input));
                Step::Continue
            }
            Read::Wait(state) => {
                self.frames.push(Frame::Input(input));
                Step::Block(state)
            }
            _ => {
                if let Some(file) = input.file {
                    sys.release(file);
                }
                let text = String::from_utf8_lossy(&input.text).into_owned();
                self.push_source(&text, input.kind, 1, Flags::default());
                Step::Continue
            }
        }
    }

    /// Puts a text on the stack, to be run next.
    pub(super) fn push_source(&mut self, text: &str, kind: SourceKind, line: u32, flags: Flags) {
        let source = Source {
            text: Rc::from(text),
            at: 0,
            line,
            kind,
            name: None,
            flags,
            spliced: Vec::new(),
        };
        self.frames.push(Frame::Source(source));
    }

    /// Parses and runs the next complete command of a text.
    pub(super) fn source(&mut self, sys: &mut Sys, mut source: Source) -> Step {
        let none = Map::default();
        match syntax::next_command(
            &source.text,
            source.at,
            source.line,
            if self.vars.is_bash() && !self.shopt("expand_aliases") {
                &none
            } else {
                &self.aliases
            },
            &source.spliced,
            (self.vars.is_bash(), self.shopt("extglob")),
        ) {
            Ok((None, ..)) => {
                // Nothing at all to run is a success; a script has the status 0 anyway.
                self.status = if source.at == 0 { 0 } else { self.status };
                Step::Continue
            }
            Ok((Some(command), at, line)) => {
                if self.options.on('v') && !self.options.on('c') {
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
            Err(SyntaxError { alias: Some((start, end)), .. }) => {
                self.splice(&mut source, start, end);
                self.frames.push(Frame::Source(source));
                Step::Continue
            }
            Err(error) => {
                self.line = error.line;
                self.frames.push(Frame::Source(source));
                match self.vars.is_bash() {
                    true => self.raise(sys, &error.message),
                    false => self.raise(sys, &format!("syntax error: {}", error.message)),
                }
            }
        }
    }

    /// Puts the text of an alias in the place of its name.
    fn splice(&self, source: &mut Source, start: usize, end: usize) {
        let name = source.text[start..end].to_string();
        let value = self.aliases.get(&name).map_or("", |v| v.as_str());
        let longer = value.len() as isize - (end - start) as isize;
        source.text = Rc::from([&source.text[..start], value, &source.text[end..]].concat());
        for (_, upto) in source.spliced.iter_mut().filter(|(_, upto)| *upto >= end) {
            *upto = upto.saturating_add_signed(longer);
        }
        source.spliced.push((name, start + value.len()));
    }

    /// Says what is wrong, in ash's form.
    pub(super) fn complain(&self, sys: &mut Sys, builtin: Option<&str>, message: &str) {
        if self.vars.is_bash() {
            return self.bash_complain(sys, builtin, message);
        }
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
        if self.vars.is_bash() {
            return self.bash_raise(sys, message);
        }
        self.complain(sys, None, message);
        self.fail(sys, 2)
    }

    /// Ends the shell after an error, or only what `command` runs.
    pub(super) fn fail(&mut self, sys: &mut Sys, status: i32) -> Step {
        if !self.frames.contains(&Frame::Guard) {
            return self.leave(sys, status);
        }
        self.status = status;
        while let Some(frame) = self.frames.pop().filter(|frame| *frame != Frame::Guard) {
            self.undo(sys, frame);
        }
        Step::Continue
    }

    /// The name messages of built-in commands start with.
    pub(super) fn applet(&self) -> &str {
        let name = self.arg0.rsplit('/').next().unwrap_or("sh");
        if self.named || name.is_empty() { "sh" } else { commands::without_dash(name) }
    }

    /// Ends the shell with this code, after its trap on EXIT.
    pub(super) fn leave(&mut self, sys: &mut Sys, status: i32) -> Step {
        let ending = self.frames.iter().any(|frame| matches!(frame, Frame::End(_)));
        while let Some(frame) = self.frames.pop() {
            self.undo(sys, frame);
        }
        self.status = status;
        match self.traps.remove(&0) {
            Some(action) if !(ending || self.foreign_traps || action.is_empty()) => {
                self.frames.push(Frame::End(status));
                self.push_source(&action, SourceKind::Eval, self.line, Flags::default());
                Step::Continue
            }
            _ => Step::Exit(status),
        }
    }
}
