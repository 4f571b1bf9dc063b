//! A process that runs a command which is not a shell.

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::dd::{self, Dd};
use crate::shell::commands::filter::Filter;
use crate::shell::commands::find::Find;
use crate::shell::commands::init::{self, Init, Launch};
use crate::shell::commands::net_task::{self, NetTask};
use crate::shell::commands::servers::{self, Daemon, client::Client, grpc_probe::GrpcProbe};
use crate::shell::commands::stress::{self, Hog, Stress};
use crate::shell::commands::timeout::Watch;
use crate::shell::commands::xargs::Xargs;
use crate::shell::commands::{base_name, env, filter, find, instant, sleep, timeout, xargs, yes};
use crate::shell::limits;
use crate::shell::process::{State, Step};
use crate::shell::sys::{Read, Sys};
use crate::shell::sys_files::is_stdin;
use crate::shell::types::NoteKind;

/// A command and how far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Task {
    argv: Vec<String>,
    work: Work,
}

/// How far a command is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Work {
    /// It has not begun.
    Start,
    /// It reads what it is told to do from its standard input, which it names.
    Gather(Vec<u8>),
    /// It sleeps until then and ends with 0.
    Sleep(SimTime),
    /// It sleeps for ever.
    Forever,
    /// It watches over another (`timeout`).
    Watch(Watch),
    /// It runs commands one after the other.
    Xargs(Box<Xargs>),
    /// It looks for files.
    Find(Box<Find>),
    /// It copies blocks.
    Dd(Dd),
    /// It takes in orphans, as a PID 1 should.
    Init(Init),
    /// It is a new child and becomes its program.
    Launch(Launch),
    /// It waits for workers that use the machine.
    Stress(Box<Stress>),
    /// It is such a worker.
    Hog(Hog),
    /// It says something for ever.
    Yes,
    /// It is fed with its input.
    Filter(Box<Filter>),
    /// It works over the network.
    Net(Box<NetTask>),
    /// It is a program of an image and has not begun.
    Program(String),
    /// It is a server of an image.
    Server(Box<Daemon>),
    /// It asks such a server something.
    Client(Box<Client>),
    /// It asks a gRPC server for its health.
    GrpcProbe(Box<GrpcProbe>),
}

impl Task {
    /// A command that has not begun.
    pub fn new(argv: Vec<String>) -> Task {
        Task { argv, work: Work::Start }
    }

    /// A command that goes on with this work.
    pub fn with(argv: Vec<String>, work: Work) -> Task {
        Task { argv, work }
    }

    /// How far it is, for the process view.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        match &mut self.work {
            Work::Start if is_told(sys, &self.argv) => {
                self.work = Work::Gather(Vec::new());
                Step::Continue
            }
            Work::Start => self.start(sys),
            Work::Gather(text) => match sys.read(0, limits::PIPE_BYTES) {
                Read::Data(data) if text.len() < limits::TEXT_BYTES => {
                    text.extend(data);
                    Step::Continue
                }
                Read::Wait(state) => Step::Block(state),
                _ => {
                    let text = sys.open_text(std::mem::take(text));
                    sys.set_descriptor(0, text);
                    self.start(sys)
                }
            },
            Work::Program(name) => {
                let name = name.clone();
                self.start_program(sys, &name)
            }
            Work::Server(daemon) => daemon.step(sys),
            Work::Client(client) => client.step(sys),
            Work::GrpcProbe(probe) => probe.step(sys),
            Work::Sleep(until) if sys.now() >= *until => Step::Exit(0),
            Work::Sleep(until) => Step::Block(State::Sleeping(*until)),
            Work::Forever => Step::Block(State::Paused),
            Work::Watch(watch) => timeout::step(sys, watch),
            Work::Xargs(xargs) => xargs.step(sys),
            Work::Find(find) => find.step(sys),
            Work::Dd(dd) => dd.step(sys),
            Work::Init(init) => init.step(sys),
            Work::Launch(how) => init::launch(sys, &self.argv, *how),
            Work::Stress(stress) => stress.step(sys),
            Work::Hog(hog) => hog.step(sys),
            Work::Yes => yes::step(sys, self.argv.get(1..).unwrap_or_default()),
            Work::Filter(filter) => filter.step(sys),
            Work::Net(task) => task.step(sys),
        }
    }

    fn start_program(&mut self, sys: &mut Sys, program: &str) -> Step {
        let name = base_name(&self.argv).to_string();
        let args = self.argv.get(1..).unwrap_or_default();
        let begun = servers::start(&mut Call { sys, applet: &name, name: &name, args }, program);
        self.begun(sys, &name, begun)
    }

    fn start(&mut self, sys: &mut Sys) -> Step {
        let name = base_name(&self.argv).to_string();
        let args = self.argv.get(1..).unwrap_or_default();
        let mut call = Call { sys, applet: &name, name: &name, args };
        let begun = match name.as_str() {
            "sleep" => sleep::start(&mut call),
            "usleep" => sleep::micro(&mut call),
            "dd" => dd::start(&mut call),
            "yes" => Ok(Work::Yes),
            "xargs" => xargs::start(&mut call),
            "time" => xargs::time(&mut call),
            "watch" => xargs::watch(&mut call),
            "find" => find::start(&mut call),
            "timeout" => return timeout::run(&mut call),
            "env" => return env::run(&mut call),
            "setsid" => return init::setsid(&mut call),
            "stress" | "stress-ng" => stress::start(&mut call),
            "tini" => init::tini(&mut call),
            "dumb-init" => init::dumb_init(&mut call),
            "pause" => Ok(Work::Init(Init::Pause)),
            "nohup" | "nice" => return env::wrapper(&mut call),
            _ => match instant(&name) {
                Some(act) => return Step::Exit(act(&mut call)),
                None => match net_task::start(&mut call) {
                    Err(None) => filter::start(&mut call).map(|f| Work::Filter(Box::new(f))),
                    task => task.map(|t| Work::Net(Box::new(t))),
                },
            },
        };
        self.begun(sys, &name, begun)
    }

    fn begun(&mut self, sys: &mut Sys, name: &str, begun: Result<Work, Option<i32>>) -> Step {
        match begun {
            Ok(work) => {
                self.work = work;
                Step::Continue
            }
            Err(Some(code)) => Step::Exit(code),
            Err(None) => {
                sys.note(NoteKind::UnknownCommand(name.to_string()));
                sys.err(format!("{name}: applet not found\n"));
                Step::Exit(127)
            }
        }
    }
}

/// Whether a command names its standard input as a script, list or data, so that it is read to its
/// end before anything else: `awk -f -`, `grep -vf -`, `curl -d @-`.
fn is_told(sys: &Sys, argv: &[String]) -> bool {
    let args = argv.get(1..).unwrap_or_default();
    let file = |flag: &str, name: &str| {
        let short = flag.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
        short.is_some_and(|letters| letters.ends_with('f')) && is_stdin(name)
    };
    let told = match base_name(argv) {
        "awk" | "sed" | "grep" | "egrep" | "fgrep" => {
            args.windows(2).any(|pair| file(&pair[0], &pair[1])) || args.iter().any(|a| a == "-f-")
        }
        "curl" => args.iter().any(|arg| arg.ends_with("@-") || arg.ends_with("@/dev/stdin")),
        "wget" => args.iter().any(|arg| arg.strip_prefix("--post-file=").is_some_and(is_stdin)),
        _ => false,
    };
    told && !sys.is_text(0)
}
