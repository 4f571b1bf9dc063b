//! `awk` as a command: its command line, and its input as it comes.

use std::rc::Rc;

use crate::shell::commands::awk::lexer::unescaped;
use crate::shell::commands::awk::machine::{Machine, Stop};
use crate::shell::commands::awk::parser;
use crate::shell::commands::awk::state::State;
use crate::shell::commands::awk::syntax::Program;
use crate::shell::commands::awk::value::Value;
use crate::shell::commands::call::{Call, Options};
use crate::shell::commands::filter::{Flow, Kind, Parsed, Stage};
use crate::shell::limits;
use crate::shell::process::State as Doing;
use crate::shell::sys::Sys;
use crate::shell::types::{Limit, NoteKind};

/// A program at work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Awk {
    name: String,
    program: Rc<Program>,
    state: State,
    /// The exit code, once it has ended.
    over: Option<i32>,
}

type Work = fn(&mut Machine<'_, '_, '_>) -> Result<(), Stop>;

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("F:v:f:")?;
    let mut rest = options.rest.clone().into_iter();
    let text = match options.value('f') {
        Some(file) => match call.sys.read_whole(file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => return Err(call.fail_path("can't open ", file, error)),
        },
        None => match rest.next() {
            Some(text) => text,
            None => return Err(call.usage("awk [OPTIONS] [AWK_PROGRAM] [FILE]...")),
        },
    };
    let Some(program) = parser::parse(&text) else {
        if text.contains('|') && text.contains("getline") {
            call.unsupported("command | getline");
        }
        return Err(call.fail("cmd. line:1: Unexpected token"));
    };
    let (set, mut files): (Vec<_>, Vec<_>) = rest.partition(|arg| {
        arg.split_once('=').is_some_and(|(n, _)| crate::shell::syntax::cursor::is_name(n))
    });
    if !program.reads() {
        files = vec!["/dev/null".to_string()];
    }
    let state = state_of(call, &options, &set, &program);
    let mut awk = Awk { name: call.name.to_string(), program: Rc::new(program), state, over: None };
    if !awk.program.waits {
        awk.run(call.sys, |machine| machine.begin(), false);
    }
    awk.over.map_or(Ok((Kind::Awk(Box::new(awk)), files)), Err)
}

fn state_of(call: &Call, options: &Options, set: &[String], program: &Program) -> State {
    let environment = call.sys.me().env.iter();
    let environment = environment.map(|(n, v)| (n.clone(), Value::Input(v.clone()))).collect();
    let mut state = State::new(program, environment);
    if let Some(separator) = options.value('F') {
        let separator = if separator == "t" { "\t" } else { separator };
        state.set("FS", unescaped(separator));
    }
    let given = options.flags.iter().filter(|(letter, _)| *letter == 'v').map(|(_, text)| text);
    for (name, value) in given.chain(set).filter_map(|text| text.split_once('=')) {
        state.set_input(name, unescaped(value));
    }
    state
}

impl Awk {
    /// Lets the program work. What stops it ends it, and so does its `last` work.
    fn run(&mut self, sys: &mut Sys, work: Work, last: bool) {
        if self.over.is_some() {
            return;
        }
        let mut call = Call { sys, applet: &self.name, name: &self.name, args: &[] };
        let mut machine = Machine::new(&mut call, &self.program, &mut self.state);
        let result = work(&mut machine);
        if last || result.is_err() {
            self.over = Some(machine.end(result));
        }
    }
}

impl Stage for Awk {
    fn begin(&mut self, _sys: &mut Sys, name: &str) {
        self.state.texts.push((name.to_string(), Vec::new()));
    }

    fn feed(&mut self, sys: &mut Sys, data: &[u8]) -> Flow {
        if let Some((_, text)) = self.state.texts.last_mut() {
            text.extend(data);
        }
        let held = self.state.held();
        sys.hold(held as u64);
        if held > limits::TEXT_BYTES {
            sys.note(NoteKind::Limit(Limit::Text));
            return Flow::NextFile;
        }
        if !self.program.waits {
            self.run(sys, |machine| machine.input(), false);
        }
        self.over.map_or(Flow::More, Flow::Exit)
    }

    fn lingers(&mut self, sys: &mut Sys) -> Option<Doing> {
        while let Some((pid, _)) = sys.reap() {
            self.state.children.remove(&pid);
        }
        self.state.children.first().map(|pid| Doing::Child(Some(*pid)))
    }

    fn finish(&mut self, sys: &mut Sys) -> i32 {
        self.state.ended = true;
        if self.program.waits {
            self.run(sys, |machine| machine.begin(), false);
        }
        self.run(sys, |machine| machine.input(), true);
        self.over.unwrap_or_default()
    }
}
