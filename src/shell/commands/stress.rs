//! `stress --vm 1 --vm-bytes 150M --vm-hang 1 --cpu 2`, `stress-ng`: workers that take memory and
//! processor time.
//!
//! Source: stress 1.0.7 and stress-ng 0.15, run side by side for their messages and exit codes.

use crate::base::SimTime;
use crate::shell::cgroup::Hold;
use crate::shell::commands::call::Call;
use crate::shell::commands::date::Moment;
use crate::shell::commands::numbers;
use crate::shell::commands::sleep::duration;
use crate::shell::commands::task::{Task, Work};
use crate::shell::process::{Disposition, Program, State, Step};
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;
use crate::shell::types::Pid;

/// Bytes a millisecond that a worker touches: about a gigabyte a second.
const TOUCH_PER_MS: u64 = 1 << 20;

/// The process that waits for its workers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stress {
    /// Whether it is `stress-ng`.
    ng: bool,
    workers: Vec<Pid>,
    until: Option<SimTime>,
    since: SimTime,
    failed: bool,
    /// It is `vish/stress`, which has no workers and never ends; this is what it still has to
    /// tell of.
    alone: Option<String>,
}

/// One worker, or a process that uses the machine itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hog {
    bytes: u64,
    burns: u32,
}

/// The flags of `vish/stress`, with their defaults; it is another program of the same name.
const GO_FLAGS: [(&str, &str); 5] = [
    ("cpus", "0"),
    ("mem-total", "0"),
    ("mem-alloc-size", "4Ki"),
    ("mem-alloc-sleep", "1ms"),
    ("logtostderr", ""),
];

/// `stress -cpus 2 -mem-total 150Mi -mem-alloc-size 10Mi -mem-alloc-sleep 1s`
/// Source: github.com/vishh/stress main.go
fn alone(call: &mut Call) -> Result<Work, Option<i32>> {
    let value = |name: &str, default: &str| {
        let named = |arg: &&String| arg.trim_start_matches('-').split('=').next() == Some(name);
        let at = call.args.iter().position(|arg| named(&arg));
        let text = at.and_then(|at| match call.args[at].split_once('=') {
            Some((_, value)) => Some(value.to_string()),
            None => call.args.get(at + 1).cloned(),
        });
        text.unwrap_or_else(|| default.to_string())
    };
    let [cpus, total, step, pause, _] = GO_FLAGS.map(|(name, default)| value(name, default));
    let bytes = |text: &str| numbers::size(&text.replace('i', "iB")).unwrap_or(0);
    let wait = match pause.strip_suffix("ms") {
        Some(ms) => ms.parse().unwrap_or(1),
        None => duration(&pause).unwrap_or(1),
    };
    log(
        call.sys,
        26,
        &format!(
            "Allocating {total:?} memory, in {step:?} chunks, with a {pause} sleep between allocations"
        ),
    );
    let threads: u32 = cpus.parse().unwrap_or(0);
    for _ in 0..threads {
        log(call.sys, 39, "Spawning a thread to consume CPU");
    }
    let per_ms = (bytes(&step) / wait.max(1)).max(1);
    call.sys.grow(bytes(&total), per_ms);
    let until = call.sys.now() + SimTime::ms(bytes(&total) / per_ms);
    call.sys.burn(threads.saturating_mul(1000));
    for signal in [Signal::Term, Signal::Int, Signal::Hup] {
        call.sys.set_disposition(signal, Some(Disposition::Handle));
    }
    Ok(Work::Stress(Box::new(Stress {
        workers: Vec::new(),
        ng: false,
        until: Some(until),
        since: call.sys.now(),
        failed: false,
        alone: Some(total),
    })))
}

/// A line as glog writes it.
fn log(sys: &mut Sys, line: u32, text: &str) {
    let moment = Moment::new(sys.wall_secs()).format("%m%d %H:%M:%S");
    let (part, pid) = (sys.now().as_ms() % 1000, sys.pid().to_string());
    sys.err(format!("I{moment}.{part:03}000 {pid:>7} main.go:{line}] {text}\n"));
}

struct Plan {
    /// cpu, io, vm, hdd
    workers: [u64; 4],
    bytes: u64,
    hang: bool,
    timeout: Option<u64>,
    quiet: bool,
}

const KINDS: [&str; 4] = ["cpu", "io", "vm", "hdd"];

/// Starts the workers. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<Work, Option<i32>> {
    let ng = call.name == "stress-ng";
    let is_go = |arg: &String| GO_FLAGS.iter().any(|(f, _)| arg.trim_start_matches('-') == *f);
    // Without a flag the Go program, which is all of its image, does nothing and stays.
    let bare = call.args.is_empty() && call.sys.me().argv.first().is_some_and(|a| a == "/stress");
    if bare || call.args.iter().any(is_go) {
        return alone(call);
    }
    let plan = plan(call, ng).map_err(|text| {
        call.sys.err(format!("{}: FAIL: [{}] {text}\n", call.name, call.sys.pid()));
        Some(1)
    })?;
    if plan.workers == [0; 4] {
        call.out("Usage: stress [OPTION [ARG]] ...\n");
        return Err(Some(0));
    }
    let since = call.sys.now();
    let until = plan.timeout.map(|ms| since + SimTime::ms(ms));
    let mut stress = Stress { ng, workers: Vec::new(), until, since, failed: false, alone: None };
    if !plan.quiet {
        stress.announce(call.sys, &plan);
    }
    for (kind, count) in KINDS.iter().zip(plan.workers) {
        for _ in 0..count {
            let hog = Hog {
                bytes: if *kind == "vm" { plan.bytes } else { 0 },
                burns: if *kind == "vm" && plan.hang { 0 } else { 1000 },
            };
            let mut argv = call.sys.me().argv.clone();
            if ng {
                argv = vec![format!("stress-ng-{kind}")];
            }
            let task = Task::with(argv.clone(), Work::Hog(hog));
            match call.sys.fork(Program::Task(Box::new(task))) {
                Ok(pid) => {
                    if let Some(child) = call.sys.child_mut(pid) {
                        child.argv = argv;
                    }
                    stress.workers.push(pid);
                }
                Err(error) => return Err(Some(call.fail(format!("fork failed: {error}")))),
            }
        }
    }
    Ok(Work::Stress(Box::new(stress)))
}

fn plan(call: &Call, ng: bool) -> Result<Plan, String> {
    let bytes = 256 << 20;
    let mut plan = Plan { workers: [0; 4], bytes, hang: false, timeout: None, quiet: false };
    let mut args = call.args.iter();
    while let Some(arg) = args.next() {
        let (name, inline) = match arg.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (arg.as_str(), None),
        };
        let mut value = || {
            let value = inline.clone().or_else(|| args.next().cloned());
            value.ok_or_else(|| format!("(244) missing argument to option '{name}'"))
        };
        let size = |text: String| {
            let bare = text.trim_end_matches(['B', 'b']);
            numbers::size(bare).ok_or_else(|| format!("(665) unrecognized suffix: {text}"))
        };
        match name {
            "-c" | "--cpu" => plan.workers[0] = size(value()?)?,
            "-i" | "--io" => plan.workers[1] = size(value()?)?,
            "-m" | "--vm" => plan.workers[2] = size(value()?)?,
            "-d" | "--hdd" => plan.workers[3] = size(value()?)?,
            "--vm-bytes" => plan.bytes = size(value()?)?,
            "--vm-hang" => {
                value()?;
                plan.hang = true;
            }
            "-t" | "--timeout" => plan.timeout = duration(&value()?),
            "-q" | "--quiet" => plan.quiet = true,
            "--vm-stride" | "--hdd-bytes" | "--backoff" | "--vm-method" | "-l" | "--cpu-load"
            | "--cpu-method" => drop(value()?),
            "--vm-keep" | "-v" | "--verbose" => {}
            _ if ng => {}
            _ => return Err(format!("(244) unrecognized option: {name}")),
        }
    }
    Ok(plan)
}

impl Stress {
    fn announce(&self, sys: &mut Sys, plan: &Plan) {
        let pid = sys.pid();
        let counted = |skip: bool| -> Vec<String> {
            let all = KINDS.iter().zip(plan.workers).filter(|(_, count)| !skip || *count > 0);
            all.map(|(kind, count)| format!("{count} {kind}")).collect()
        };
        if !self.ng {
            let hogs = counted(false).join(", ");
            return sys.out(format!("stress: info: [{pid}] dispatching hogs: {hogs}\n"));
        }
        let run = match plan.timeout {
            Some(ms) => format!("{} second", ms / 1000),
            None => "1 day".to_string(),
        };
        let hogs = counted(true).join(", ");
        sys.err(format!(
            "stress-ng: info:  [{pid}] setting to a {run} run per stressor\n\
             stress-ng: info:  [{pid}] dispatching hogs: {hogs}\n"
        ));
    }

    /// Waits for its workers and, if told so, for its time to end.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if let Some(total) = self.alone.clone() {
            return self.go_on_alone(sys, &total);
        }
        sys.take_signals();
        while let Some((pid, exit)) = sys.reap() {
            self.workers.retain(|worker| *worker != pid);
            if exit.code != 0 && !self.failed && self.until.is_none_or(|t| sys.now() < t) {
                self.fail(sys, pid, exit.signal);
            }
        }
        if self.until.is_some_and(|until| sys.now() >= until) {
            self.stop(sys);
        }
        if self.workers.is_empty() {
            return self.end(sys);
        }
        sys.set_disposition(Signal::Chld, Some(Disposition::Handle));
        Step::Block(self.until.map_or(State::Paused, State::Sleeping))
    }

    fn go_on_alone(&mut self, sys: &mut Sys, total: &str) -> Step {
        // Source: Go runtime/signal_unix.go dieFromSignal, which ends with exit(2) for PID 1.
        if !sys.take_signals().is_empty() {
            return Step::Exit(2);
        }
        match self.until.take() {
            Some(until) if until > sys.now() => {
                self.until = Some(until);
                Step::Block(State::Sleeping(until))
            }
            Some(_) => {
                log(sys, 29, &format!("Allocated {total:?} memory"));
                Step::Block(State::Paused)
            }
            None => Step::Block(State::Paused),
        }
    }

    fn fail(&mut self, sys: &mut Sys, worker: Pid, signal: Option<Signal>) {
        let me = sys.pid();
        self.failed = true;
        let number = signal.map_or(0, Signal::number);
        if !self.ng {
            sys.err(format!(
                "stress: FAIL: [{me}] (425) <-- worker {worker} got signal {number}\n\
                 stress: WARN: [{me}] (427) now reaping child worker processes\n"
            ));
        }
        self.stop(sys);
    }

    fn stop(&mut self, sys: &mut Sys) {
        for worker in &self.workers {
            // One that has ended meanwhile needs no signal.
            let _ = sys.kill(*worker, Some(Signal::Kill));
        }
        self.until = None;
    }

    fn end(&self, sys: &mut Sys) -> Step {
        let (me, took) = (sys.pid(), sys.now().since(self.since));
        let (secs, part) = (took.as_secs(), took.as_ms() % 1000 / 10);
        match (self.ng, self.failed) {
            (false, true) => {
                sys.err(format!("stress: FAIL: [{me}] (461) failed run completed in {secs}s\n"));
            }
            (false, false) => {
                sys.out(format!("stress: info: [{me}] successful run completed in {secs}s\n"));
            }
            (true, _) => sys.err(format!(
                "stress-ng: info:  [{me}] successful run completed in {secs}.{part:02}s\n"
            )),
        }
        Step::Exit(i32::from(self.failed && !self.ng))
    }
}

impl Hog {
    /// Takes what it is to take and keeps it.
    pub fn step(self, sys: &mut Sys) -> Step {
        sys.burn(self.burns);
        if self.bytes > 0 && sys.me().hold == Hold::default() {
            sys.grow(self.bytes, TOUCH_PER_MS);
        }
        Step::Block(State::Paused)
    }
}
