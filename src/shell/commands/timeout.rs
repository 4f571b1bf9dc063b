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
}

/// Starts the watcher and becomes the command.
pub fn run(call: &mut Call) -> Step {
    let mut args = call.args.to_vec();
    let mut signal = Some(Signal::Term);
    while args.first().is_some_and(|a| a.starts_with('-')) {
        let option = args.remove(0);
        if matches!(option.as_str(), "-s" | "-k") && !args.is_empty() {
            let value = args.remove(0);
            match named(&value).filter(|_| option == "-s") {
                Some(named) => signal = named,
                None if option == "-s" => {
                    return Step::Exit(call.fail(format!("bad signal name '{value}'")));
                }
                None => call.unsupported("-k"),
            }
        }
    }
    if args.len() < 2 {
        return Step::Exit(call.usage("timeout [-s SIG] SECS PROG ARGS"));
    }
    let text = args.remove(0);
    let Some(ms) = duration(&text) else {
        return Step::Exit(call.fail(format!("invalid number '{text}'")));
    };
    let watch = Watch { until: call.sys.now() + SimTime::ms(ms), target: call.sys.pid(), signal };
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
pub fn step(sys: &mut Sys, watch: &Watch) -> Step {
    if sys.kill(watch.target, None).is_err() {
        return Step::Exit(1);
    }
    if sys.now() >= watch.until {
        let _ = sys.kill(watch.target, watch.signal);
        return Step::Exit(0);
    }
    let next = (sys.now() + SimTime::secs(1)).min(watch.until);
    Step::Block(State::Sleeping(next))
}
