//! `kill -TERM pid`, `kill -0 pid`, `kill -l`, `killall name`
//!
//! Source: busybox, kill.c.

use crate::shell::commands::call::Call;
use crate::shell::signal::Signal;
use crate::shell::types::Pid;

/// The signal an option names; `Some(None)` is number 0, which only asks.
pub fn named(text: &str) -> Option<Option<Signal>> {
    if text == "0" || text.eq_ignore_ascii_case("EXIT") {
        return Some(None);
    }
    Signal::from_name(text).map(Some)
}

/// Takes `-SIG`, `-s SIG` from the front of arguments. Errors: an exit code.
pub fn signal_option(call: &mut Call, args: &mut Vec<String>) -> Result<Option<Signal>, i32> {
    let Some(first) = args.first().and_then(|a| a.strip_prefix('-')).map(str::to_string) else {
        return Ok(Some(Signal::Term));
    };
    if first.is_empty() {
        return Ok(Some(Signal::Term));
    }
    args.remove(0);
    let name = match first.as_str() {
        "-" => return Ok(Some(Signal::Term)),
        "s" if !args.is_empty() => args.remove(0),
        name => name.to_string(),
    };
    named(&name).ok_or_else(|| call.fail(format!("bad signal name '{name}'")))
}

/// Sends a signal to processes.
pub fn run(call: &mut Call) -> i32 {
    let mut args = call.args.to_vec();
    if args.first().is_some_and(|a| a == "-l") {
        return list(call, &args[1..]);
    }
    let signal = match signal_option(call, &mut args) {
        Ok(signal) => signal,
        Err(code) => return code,
    };
    if args.first().is_some_and(|a| a == "--") {
        args.remove(0);
    }
    if args.is_empty() {
        return call.fail("you need to specify whom to kill");
    }
    let mut status = 0;
    for arg in args {
        let Ok(number) = arg.parse::<i64>() else {
            status = call.fail(format!("invalid number '{arg}'"));
            continue;
        };
        for pid in targets(call, number) {
            let sent = call.sys.kill(pid, signal);
            if call.sys.is_gone() {
                return status;
            }
            if let Err(error) = sent {
                status = call.fail(format!("can't kill pid {number}: {error}"));
            }
        }
    }
    status
}

/// The processes a number means: one, or all of its group for 0 and −1.
fn targets(call: &Call, number: i64) -> Vec<Pid> {
    let me = call.sys.me();
    let all = call.sys.processes();
    match number {
        0 => all.filter(|p| p.group == me.group).map(|p| p.pid).collect(),
        -1 => all.filter(|p| p.pid != Pid::INIT && p.pid != me.pid).map(|p| p.pid).collect(),
        n if n < 0 => {
            let found: Vec<Pid> =
                all.filter(|p| u64::from(p.group.0) == n.unsigned_abs()).map(|p| p.pid).collect();
            // Nobody has PID 0, so the complaint is about the group.
            if found.is_empty() { vec![Pid(0)] } else { found }
        }
        n => vec![Pid(n.unsigned_abs().min(u64::from(u32::MAX)) as u32)],
    }
}

fn list(call: &mut Call, args: &[String]) -> i32 {
    if args.is_empty() {
        let text: String =
            Signal::ALL.iter().map(|s| format!("{:2}) {}\n", s.number(), s.name())).collect();
        call.out(text);
        return 0;
    }
    for arg in args {
        let number = arg.parse::<i32>().ok();
        let signal = match number {
            Some(n) => Signal::from_number(if n > 128 { n - 128 } else { n }),
            None => Signal::from_name(arg),
        };
        match (signal, number) {
            (Some(signal), Some(_)) => call.out(format!("{}\n", signal.name())),
            (Some(signal), None) => call.out(format!("{}\n", signal.number())),
            (None, _) => return call.fail(format!("unknown signal '{arg}'")),
        }
    }
    0
}

/// `killall`: by name.
pub fn all(call: &mut Call) -> i32 {
    let mut args = call.args.to_vec();
    let quiet = args.first().is_some_and(|a| a == "-q");
    if quiet {
        args.remove(0);
    }
    let signal = match signal_option(call, &mut args) {
        Ok(signal) => signal,
        Err(code) => return code,
    };
    if args.is_empty() {
        return call.fail("you need to specify whom to kill");
    }
    let mut status = 0;
    for name in args {
        let me = call.sys.pid();
        let pids: Vec<Pid> = call
            .sys
            .processes()
            .filter(|p| p.is_alive() && p.name() == name && p.pid != me)
            .map(|p| p.pid)
            .collect();
        if pids.is_empty() {
            status = 1;
            if !quiet {
                call.fail(format!("{name}: no process killed"));
            }
        }
        for pid in pids {
            let _ = call.sys.kill(pid, signal);
            if call.sys.is_gone() {
                return status;
            }
        }
    }
    status
}
