//! `awk` as a command: its command line, and its input as it comes.

use std::rc::Rc;

use crate::shell::commands::awk::lexer::unescaped;
use crate::shell::commands::awk::machine::Machine;
use crate::shell::commands::awk::parser;
use crate::shell::commands::awk::state::State;
use crate::shell::commands::awk::syntax::Program;
use crate::shell::commands::awk::value::Value;
use crate::shell::commands::awk::world::World;
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
    world: World,
    /// Whether it has work to do before it reads more: it has not begun, or waited for a command.
    pauses: bool,
}

/// Reads the command line.
pub fn parse(call: &mut Call) -> Parsed {
    let options = call.options("F:v:f:")?;
    let mut rest = options.rest.clone().into_iter();
    let text = match options.value('f') {
        Some(file) => match call.sys.read_script(file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => return Err(call.fail_path("can't open ", file, error)),
        },
        None => match rest.next() {
            Some(text) => text,
            None => return Err(call.usage("awk [OPTIONS] [AWK_PROGRAM] [FILE]...")),
        },
    };
    let program = match parser::parse(&text) {
        Ok(program) => program,
        Err(message) => {
            let file = options.value('f').unwrap_or("cmd. line");
            return Err(call.fail(message.replacen("cmd. line", file, 1)));
        }
    };
    let words: Vec<String> = rest.collect();
    let (set, mut files): (Vec<_>, Vec<_>) = words.iter().cloned().partition(|arg| {
        arg.split_once('=').is_some_and(|(n, _)| crate::shell::syntax::cursor::is_name(n))
    });
    if !program.reads() {
        files = vec!["/dev/null".to_string()];
    }
    let state = state_of(call, &options, (&set, &words), &program);
    let (name, program) = (call.name.to_string(), Rc::new(program));
    let awk = Awk { name, program, state, world: World::default(), pauses: true };
    Ok((Kind::Awk(Box::new(awk)), files))
}

fn state_of(
    call: &Call,
    options: &Options,
    (set, given): (&[String], &[String]),
    program: &Program,
) -> State {
    let environment = call.sys.me().env.iter();
    let environment = environment.map(|(n, v)| (n.clone(), Value::Input(v.clone()))).collect();
    let mut state = State::new(program, environment);
    let words = std::iter::once(call.name).chain(given.iter().map(String::as_str));
    for (at, word) in words.enumerate() {
        let key = at.to_string();
        state.array_mut("ARGV".to_string()).insert(key, Value::Input(word.to_string()));
    }
    state.vars.insert("ARGC".to_string(), Value::whole(given.len() + 1));
    if let Some(separator) = options.value('F') {
        let separator = if separator == "t" { "\t" } else { separator };
        state.set("FS", unescaped(separator));
    }
    let before = options.flags.iter().filter(|(letter, _)| *letter == 'v').map(|(_, text)| text);
    for (name, value) in before.chain(set).filter_map(|text| text.split_once('=')) {
        state.set_input(name, unescaped(value));
    }
    state
}

impl Awk {
    /// Lets the program work on what is there.
    fn work(&mut self, sys: &mut Sys) -> Flow {
        let mut call = Call { sys, applet: &self.name, name: &self.name, args: &[] };
        let result =
            Machine::new(&mut call, &self.program, &mut self.state, &mut self.world).drive();
        self.pauses = result.is_err();
        match result {
            Err(state) => Flow::Wait(state),
            Ok(over) => over.map_or(Flow::More, Flow::Exit),
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
        if self.program.waits { Flow::More } else { self.work(sys) }
    }

    fn resume(&mut self, sys: &mut Sys) -> Option<Flow> {
        let waits = self.program.waits && !self.state.ended;
        (self.pauses && !waits).then(|| self.work(sys))
    }

    fn ends(&mut self, sys: &mut Sys) -> Option<Doing> {
        self.state.ended = true;
        match self.work(sys) {
            Flow::Wait(state) => Some(state),
            _ => None,
        }
    }

    fn lingers(&mut self, sys: &mut Sys) -> Option<Doing> {
        self.world.reap(sys);
        self.world.children.first().map(|pid| Doing::Child(Some(*pid)))
    }

    fn finish(&mut self, _sys: &mut Sys) -> i32 {
        self.state.place.code
    }
}
