//! `timeout 5 command`: a watcher is left behind, and the process becomes the command.
//!
//! Source: busybox, timeout.c.

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::env::become_command;
use crate::shell::commands::kill::named;
use crate::shell::commands::sleep::duration;
use crate::shell::commands::task::{Task, Work};
use crate::shell::process::{Program, State, Step};
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;
use crate::shell::types::Pid;

/// Who kills whom, with what, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watch {
    until: SimTime,
    target: Pid,
    signal: Option<Signal>,
    /// How long after it SIGKILL follows.
    kill: Option<SimTime>,
}

/// Starts the watcher and becomes the command.
pub fn run(call: &mut Call) -> Step {
    let options = match call.leading_options("s:k:") {
        Ok(options) => options,
        Err(code) => return Step::Exit(code),
    };
    let name = options.value('s').unwrap_or("TERM");
    let Some(signal) = named(name) else {
        return Step::Exit(call.fail(format!("unknown signal '{name}'")));
    };
    let kill = options.value('k').and_then(duration).filter(|ms| *ms > 0).map(SimTime::ms);
    let mut args = options.rest;
    if args.len() < 2 {
        return Step::Exit(call.usage("timeout [-s SIG] SECS PROG ARGS"));
    }
    let text = args.remove(0);
    let Some(ms) = duration(&text) else {
        return Step::Exit(call.fail(format!("invalid number '{text}'")));
    };
    let watch =
        Watch { until: call.sys.now() + SimTime::ms(ms), target: call.sys.pid(), signal, kill };
    let task = Task::with(call.sys.me().argv.clone(), Work::Watch(watch));
    match call.sys.fork(Program::Task(Box::new(task))) {
        Ok(pid) => orphan(call.sys, pid),
        Err(error) => return Step::Exit(call.fail(format!("can't fork: {error}"))),
    }
    let env = call.sys.me().env.clone();
    become_command(call, args, env)
}

/// The watcher is nobody's child and holds nothing open.
fn orphan(sys: &mut Sys, pid: Pid) {
    let open: Vec<u32> = sys.me().descriptors.keys().copied().collect();
    sys.as_child(pid, |child| open.iter().for_each(|fd| child.close(*fd)));
    if let Some(child) = sys.child_mut(pid) {
        child.ppid = Pid::INIT;
    }
}

/// Looks each second whether the command still runs.
pub fn step(sys: &mut Sys, watch: &mut Watch) -> Step {
    if sys.kill(watch.target, None).is_err() {
        return Step::Exit(1);
    }
    if sys.now() >= watch.until {
        let _ = sys.kill(watch.target, watch.signal);
        let Some(later) = watch.kill.take() else { return Step::Exit(0) };
        (watch.until, watch.signal) = (sys.now() + later, Some(Signal::Kill));
    }
    let next = (sys.now() + SimTime::secs(1)).min(watch.until);
    Step::Block(State::Sleeping(next))
}
