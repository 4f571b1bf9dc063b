//! Programs made to be PID 1: the Pod sandbox's `pause`, `tini`, `dumb-init`, and the daemons of a
//! node, which a container with `hostPID` sees.
//!
//! Source: kubernetes build/pause/linux/pause.c; tini 0.19 tini.c; dumb-init 1.2.5 dumb-init.c.

use crate::shell::commands::call::Call;
use crate::shell::commands::task::{Task, Work};
use crate::shell::exec;
use crate::shell::process::{Disposition, Program, State, Step};
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;
use crate::shell::types::{Exit, NoteKind, Pid};

/// A program that takes in orphans.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Init {
    /// `pause`: waits, reaps, ends on SIGINT and SIGTERM.
    Pause,
    /// A daemon of the node: waits and reaps.
    Daemon,
    /// `tini`, `dumb-init`: reaps, hands signals on, ends with its child.
    Supervisor(Supervisor),
}

/// `tini` and `dumb-init`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Supervisor {
    child: Pid,
    /// Whether signals go to the child's whole group.
    group: bool,
    /// What is sent instead of what came: numbers; 0 sends nothing.
    rewrite: Vec<(i32, i32)>,
    /// Exit codes that count as 0.
    forgiven: Vec<i32>,
    /// Whether the rest of the group gets SIGTERM when the child has ended.
    farewell: bool,
}

/// What a supervisor's child does before it becomes its program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Launch {
    /// `tini`: a group of its own.
    Tini,
    /// `dumb-init`: a session of its own.
    Session,
    /// `dumb-init -c`: nothing.
    Plain,
    /// `setsid` by the leader of a group: a session of its own.
    Setsid,
}

/// A task that runs such a program with nothing to launch.
pub fn task(argv: &str, init: Init) -> Task {
    Task::with(argv.split(' ').map(str::to_string).collect(), Work::Init(init))
}

impl Init {
    /// Looks at what came, reaps, and waits again.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        for signal in sys.take_signals() {
            match self {
                _ if signal == Signal::Chld => {}
                Init::Pause => return Step::Exit(0),
                Init::Daemon => {}
                Init::Supervisor(s) => s.forward(sys, signal),
            }
        }
        while let Some((pid, exit)) = self.reap(sys) {
            if let Init::Supervisor(s) = self
                && s.child == pid
            {
                return s.end(sys, exit.code);
            }
        }
        let handled: &[Signal] = match self {
            Init::Pause => &[Signal::Chld, Signal::Int, Signal::Term],
            Init::Daemon => &[Signal::Chld],
            Init::Supervisor(_) => &[],
        };
        handled.iter().for_each(|s| sys.set_disposition(*s, Some(Disposition::Handle)));
        Step::Block(State::Paused)
    }
}

impl Init {
    fn reap(&self, sys: &mut Sys) -> Option<(Pid, Exit)> {
        let zombie = sys.zombie()?;
        let (pid, process) = (zombie.pid, zombie.argv.join(" "));
        let own = matches!(self, Init::Supervisor(s) if s.child == pid);
        if !own {
            let init = sys.me().argv.first().cloned().unwrap_or_default();
            sys.note_of(pid, NoteKind::Reaped { process, init });
        }
        sys.reap()
    }
}

impl Supervisor {
    fn forward(&self, sys: &mut Sys, signal: Signal) {
        let number = signal.number();
        let number = self.rewrite.iter().find(|(from, _)| *from == number).map_or(number, |r| r.1);
        let Some(signal) = Signal::from_number(number) else { return };
        self.send(sys, signal);
    }

    fn send(&self, sys: &mut Sys, signal: Signal) {
        let all: Vec<Pid> = match self.group {
            true => sys.processes().filter(|p| p.group == self.child).map(|p| p.pid).collect(),
            false => vec![self.child],
        };
        for pid in all {
            // Who has ended meanwhile needs no signal.
            let _ = sys.kill(pid, Some(signal));
        }
    }

    fn end(&self, sys: &mut Sys, code: i32) -> Step {
        if self.farewell {
            self.send(sys, Signal::Term);
        }
        Step::Exit(if self.forgiven.contains(&code) { 0 } else { code })
    }
}

/// Signals that `tini` leaves to the kernel. Source: tini.c configure_signals.
const LEFT: [Signal; 9] = [
    Signal::Fpe,
    Signal::Ill,
    Signal::Segv,
    Signal::Bus,
    Signal::Abrt,
    Signal::Trap,
    Signal::Sys,
    Signal::Ttin,
    Signal::Ttou,
];

/// `tini [-g] [-s] [-e CODE] [--] PROGRAM ARGS`
pub fn tini(call: &mut Call) -> Result<Work, Option<i32>> {
    let mut args = call.args.iter().cloned().collect::<std::collections::VecDeque<_>>();
    let is_set = |call: &Call, name: &str| call.sys.me().env.iter().any(|(n, _)| n == name);
    let mut group = is_set(call, "TINI_KILL_PROCESS_GROUP");
    let mut subreaper = is_set(call, "TINI_SUBREAPER");
    let mut forgiven = Vec::new();
    while let Some(option) = args.front().filter(|a| a.starts_with('-')).cloned() {
        args.pop_front();
        match option.as_str() {
            "--" => break,
            "-g" => group = true,
            "-s" => subreaper = true,
            "-e" => forgiven.extend(args.pop_front().and_then(|code| code.parse::<i32>().ok())),
            "-p" => drop(args.pop_front()),
            "-v" | "-vv" | "-vvv" | "-w" => {}
            "--version" => {
                call.out("tini version 0.19.0\n");
                return Err(Some(0));
            }
            _ => args.clear(),
        }
    }
    if args.is_empty() {
        return Err(Some(call.usage("tini [OPTIONS] PROGRAM -- [ARGS] | --version")));
    }
    let pid = call.sys.pid();
    if pid != Pid::INIT && !subreaper {
        call.sys.err(format!(
            "[WARN  tini ({pid})] Tini is not running as PID 1 and isn't registered as a child \
             subreaper.\nZombie processes will not be re-parented to Tini, so zombie reaping \
             won't work.\nTo fix the problem, use the -s option or set the environment variable \
             TINI_SUBREAPER to register Tini as a child subreaper, or run Tini as PID 1.\n"
        ));
    }
    call.sys.me_mut().subreaper = subreaper;
    let rules = Supervisor { child: pid, group, rewrite: vec![], forgiven, farewell: false };
    supervise(call, args.into(), Launch::Tini, rules, &LEFT)
}

/// `dumb-init [-c] [-r S:R] [--] PROGRAM ARGS`
pub fn dumb_init(call: &mut Call) -> Result<Work, Option<i32>> {
    let mut args = call.args.iter().cloned().collect::<std::collections::VecDeque<_>>();
    let mut session = true;
    let mut rewrite = Vec::new();
    while let Some(option) = args.front().filter(|a| a.starts_with('-')).cloned() {
        args.pop_front();
        match option.as_str() {
            "--" => break,
            "-c" | "--single-child" => session = false,
            "-r" | "--rewrite" => {
                let rule = args.pop_front().unwrap_or_default();
                let pair = rule.split_once(':');
                let Some((Ok(from), Ok(to))) = pair.map(|(s, r)| (s.parse(), r.parse())) else {
                    return Err(Some(call.usage("dumb-init [option] command [[arg] ...]")));
                };
                rewrite.push((from, to));
            }
            "-v" | "--verbose" => {}
            _ => args.clear(),
        }
    }
    if args.is_empty() {
        return Err(Some(call.usage("dumb-init [option] command [[arg] ...]")));
    }
    if session {
        let terminal = [Signal::Tstp, Signal::Ttin, Signal::Ttou];
        rewrite.extend(terminal.map(|s| (s.number(), Signal::Stop.number())));
    }
    let launch = if session { Launch::Session } else { Launch::Plain };
    let child = call.sys.pid();
    let rules = Supervisor { child, group: session, rewrite, forgiven: vec![], farewell: session };
    supervise(call, args.into(), launch, rules, &[])
}

fn supervise(
    call: &mut Call,
    argv: Vec<String>,
    launch: Launch,
    mut rules: Supervisor,
    left: &[Signal],
) -> Result<Work, Option<i32>> {
    rules.child = start(call, argv, launch)?;
    for signal in Signal::ALL.iter().filter(|s| !s.is_forced() && !left.contains(s)) {
        call.sys.set_disposition(*signal, Some(Disposition::Handle));
    }
    Ok(Work::Init(Init::Supervisor(rules)))
}

/// Starts a child that becomes `argv`.
pub fn start(call: &mut Call, argv: Vec<String>, launch: Launch) -> Result<Pid, Option<i32>> {
    let child = Task::with(argv.clone(), Work::Launch(launch));
    let pid = call.sys.fork(Program::Task(Box::new(child)));
    let pid = pid.map_err(|error| Some(call.fail(format!("can't fork: {error}"))))?;
    if let Some(child) = call.sys.child_mut(pid) {
        child.argv = argv;
        match launch {
            Launch::Tini => child.group = pid,
            Launch::Session | Launch::Setsid => (child.group, child.session) = (pid, pid),
            Launch::Plain => {}
        }
    }
    Ok(pid)
}

/// The child becomes its program, or says why not.
pub fn launch(sys: &mut Sys, argv: &[String], how: Launch) -> Step {
    let env = sys.me().env.clone();
    let path = env.iter().find(|(n, _)| n == "PATH").map_or(exec::DEFAULT_PATH, |(_, v)| v);
    let name = argv.first().cloned().unwrap_or_default();
    let result = exec::search(sys, &name, path)
        .and_then(|file| exec::replace(sys, &file, argv.to_vec(), env.clone()));
    let error = match result {
        Ok(step) => return step,
        Err(error) => error,
    };
    let missing = error == crate::shell::Errno::NotFound;
    let pid = sys.pid();
    let (text, code) = match how {
        Launch::Tini => (
            format!("[FATAL tini ({pid})] exec {name} failed: {error}\n"),
            126 + i32::from(missing),
        ),
        Launch::Setsid => {
            (format!("setsid: can't execute '{name}': {error}\n"), 126 + i32::from(missing))
        }
        Launch::Session | Launch::Plain => (format!("[dumb-init] {name}: {error}\n"), 2),
    };
    sys.err(text);
    Step::Exit(code)
}

/// `setsid PROG ARGS`: the leader of a group cannot begin a session, so its child does.
/// Source: busybox, setsid.c.
pub fn setsid(call: &mut Call) -> Step {
    if call.args.is_empty() {
        return Step::Exit(call.usage("setsid [-c] PROG ARGS"));
    }
    let argv = call.args.to_vec();
    let me = call.sys.me_mut();
    if me.group != me.pid {
        (me.group, me.session) = (me.pid, me.pid);
        return launch(call.sys, &argv, Launch::Setsid);
    }
    match start(call, argv, Launch::Setsid) {
        Ok(_) => Step::Exit(0),
        Err(code) => Step::Exit(code.unwrap_or(1)),
    }
}

/// What is told of a signal to a process of the node, which nothing here restarts.
pub fn spared() -> NoteKind {
    NoteKind::Unsupported("a signal to a process of the node itself".to_string())
}
