//! `nc -z -w 1 web 80`, `nc -lk -p 8080 -e cat`: a connection's bytes to and from here.
//!
//! Source: busybox 1.36 networking/nc_bloaty.c (what its images have).

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::net_task::NetTask;
use crate::shell::commands::resolve::{Found, Lookup};
use crate::shell::commands::task::{Task, Work};
use crate::shell::errno::Errno;
use crate::shell::exec;
use crate::shell::limits;
use crate::shell::net::{Addr, Ip, Link};
use crate::shell::process::{Disposition, Program, Step};
use crate::shell::signal::Signal;
use crate::shell::sys::{Read, Sys};

/// An `nc` under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nc {
    phase: Phase,
    host: String,
    port: u16,
    wait: Option<SimTime>,
    verbose: usize,
    zero: bool,
    keep: bool,
    /// It is `telnet`: other words, and it ends with its input.
    telnet: bool,
    program: Vec<String>,
    until: Option<SimTime>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Phase {
    Lookup(Lookup),
    Connect(u32, Addr),
    Listen(u32),
    /// The connection; unsent bytes; whether the input and the net are open; quiet turns.
    Pipe {
        fd: u32,
        unsent: Vec<u8>,
        input: bool,
        net: bool,
        quiet: u32,
    },
}

const USAGE: &str = "nc [OPTIONS] HOST PORT  - connect\n\
    nc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen";

/// Reads the command line. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<Nc, i32> {
    let (args, program) = split_program(call.args);
    let mut call = Call { sys: call.sys, applet: call.applet, name: call.name, args: &args };
    let options = call.options("lkp:s:w:i:vnzuo:be")?;
    if options.has('u') {
        call.unsupported("-u");
        return Err(1);
    }
    let port = |text: &str| text.parse::<u16>().ok();
    let count = |letter| options.flags.iter().filter(|(l, _)| *l == letter).count();
    let wait = options.value('w').and_then(|w| w.parse().ok()).map(SimTime::secs);
    let mut nc = Nc {
        phase: Phase::Listen(0),
        host: options.rest.first().cloned().unwrap_or_default(),
        port: 0,
        wait,
        verbose: count('v'),
        zero: options.has('z'),
        keep: options.has('k') || count('l') > 1,
        telnet: false,
        program,
        until: wait.map(|wait| call.sys.now() + wait),
    };
    if options.has('l') {
        let number = options.value('p').unwrap_or("0");
        let Some(number) = port(number) else { return Err(call.usage(USAGE)) };
        let ip = options.value('s').and_then(Ip::parse).unwrap_or(Ip::ANY);
        match call.sys.listen(Addr::new(ip, number)) {
            Ok(fd) => nc.phase = Phase::Listen(fd),
            Err(error) => return Err(call.fail(format!("bind: {error}"))),
        }
        if nc.keep {
            call.sys.set_disposition(Signal::Chld, Some(Disposition::Handle));
        }
        if nc.verbose > 0 {
            call.sys.err(format!("listening on [::]:{number} ...\n"));
        }
        return Ok(nc);
    }
    let Some(number) = options.rest.get(1).and_then(|text| port(text)) else {
        return Err(call.usage(USAGE));
    };
    nc.port = number;
    nc.phase = Phase::Lookup(Lookup::new(call.sys, &nc.host));
    Ok(nc)
}

/// `telnet web 80`: to see whether a port answers. Errors: an exit code.
///
/// Source: busybox 1.35 networking/telnet.c, and what it prints (recorded).
pub fn telnet(call: &mut Call) -> Result<Nc, i32> {
    let args = call.args.to_vec();
    let [host, rest @ ..] = args.as_slice() else {
        return Err(call.usage("telnet [-a] [-l USER] HOST [PORT]"));
    };
    let port = rest.first().map_or(Ok(23), |text| text.parse::<u16>());
    let Ok(port) = port else {
        return Err(call.fail(format!("bad port '{}'", rest[0])));
    };
    Ok(Nc {
        phase: Phase::Lookup(Lookup::new(call.sys, host)),
        host: host.clone(),
        port,
        wait: None,
        verbose: 0,
        zero: false,
        keep: false,
        telnet: true,
        program: Vec::new(),
        until: None,
    })
}

/// A connection that waits; children that have ended leave no zombies.
fn next_connection(sys: &mut Sys, listener: u32) -> Option<u32> {
    if !sys.take_signals().is_empty() {
        while sys.reap().is_some() {}
    }
    sys.accept(listener)
}

/// What comes after `-e` is a command line of its own.
fn split_program(args: &[String]) -> (Vec<String>, Vec<String>) {
    let is_exec = |arg: &String| {
        arg.starts_with('-') && !arg.starts_with("--") && arg.ends_with('e') && arg.len() < 8
    };
    match args.iter().position(is_exec) {
        Some(at) => (args[..=at].to_vec(), args[at + 1..].to_vec()),
        None => (args.to_vec(), Vec::new()),
    }
}

impl Nc {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        let late = self.until.is_some_and(|until| sys.now() >= until);
        match &mut self.phase {
            Phase::Lookup(lookup) => match lookup.step(sys) {
                Found::Wait(until) => sys.wait(Some(until)),
                Found::Nothing => self.die(sys, &format!("bad address '{}'", self.host)),
                Found::Addresses(ips) => self.connect(sys, Addr::new(ips[0], self.port)),
            },
            Phase::Connect(fd, to) => match sys.link(*fd) {
                Link::Connecting if late => {
                    let to = *to;
                    self.refused(sys, to, Errno::TimedOut)
                }
                Link::Connecting => sys.wait(self.until),
                Link::Failed(error) => {
                    let to = *to;
                    self.refused(sys, to, error)
                }
                Link::Up => {
                    let (fd, to) = (*fd, *to);
                    if self.verbose > 0 {
                        sys.err(format!("{} ({to}) open\n", self.host));
                    }
                    if self.telnet {
                        sys.out(format!("Connected to {}\n", self.host));
                    }
                    if self.zero && self.program.is_empty() {
                        return Step::Exit(0);
                    }
                    self.connected(sys, fd)
                }
            },
            Phase::Listen(listener) => match next_connection(sys, *listener) {
                None if late => self.die(sys, "timeout"),
                None => sys.wait(self.until),
                Some(fd) => {
                    let listener = *listener;
                    self.accepted(sys, listener, fd)
                }
            },
            Phase::Pipe { .. } => self.pipe(sys),
        }
    }

    fn connect(&mut self, sys: &mut Sys, to: Addr) -> Step {
        self.until = self.wait.map(|wait| sys.now() + wait);
        match sys.connect(to) {
            Ok(fd) => {
                self.phase = Phase::Connect(fd, to);
                Step::Continue
            }
            Err(error) => self.die(sys, &format!("socket: {error}")),
        }
    }

    /// With one `-v` a refusal is not told.
    fn refused(&self, sys: &mut Sys, to: Addr, error: Errno) -> Step {
        if self.telnet {
            return self.die(sys, &format!("can't connect to remote host ({}): {error}", to.ip));
        }
        if self.verbose > 1 || self.verbose == 1 && error != Errno::Refused {
            sys.err(format!("nc: {} ({to}): {error}\n", self.host));
        }
        Step::Exit(1)
    }

    fn accepted(&mut self, sys: &mut Sys, listener: u32, fd: u32) -> Step {
        if self.verbose > 0
            && let Some((own, from)) = sys.ends(fd)
        {
            let from = format!("[::ffff:{}]:{}", from.ip, from.port);
            let own = format!("[::ffff:{}]:{}", own.ip, own.port);
            sys.err(format!("connect to {own} from {from} ({from})\n"));
        }
        if self.keep && !self.program.is_empty() {
            return self.serve(sys, listener, fd);
        }
        sys.close(listener);
        self.connected(sys, fd)
    }

    /// A child for this connection; the parent goes on listening.
    fn serve(&mut self, sys: &mut Sys, listener: u32, fd: u32) -> Step {
        let pipe = Phase::Pipe { fd, unsent: Vec::new(), input: false, net: true, quiet: 0 };
        let child = Nc { phase: pipe, keep: false, ..self.clone() };
        let task = Work::Net(Box::new(NetTask::Nc(child)));
        let argv = sys.me().argv.clone();
        if let Ok(pid) = sys.fork(Program::Task(Box::new(Task::with(argv, task)))) {
            sys.as_child(pid, |sys| sys.close(listener));
        }
        sys.close(fd);
        Step::Continue
    }

    fn connected(&mut self, sys: &mut Sys, fd: u32) -> Step {
        self.until = self.wait.map(|wait| sys.now() + wait);
        self.phase = Phase::Pipe { fd, unsent: Vec::new(), input: true, net: true, quiet: 0 };
        Step::Continue
    }

    /// Becomes the program, with the connection as its input and output.
    fn become_program(&self, sys: &mut Sys, fd: u32) -> Step {
        for to in 0..3 {
            let _ = sys.dup(fd, to);
        }
        sys.close(fd);
        let env = sys.me().env.clone();
        let path = env.iter().find(|(n, _)| n == "PATH").map_or(exec::DEFAULT_PATH, |(_, v)| v);
        let name = &self.program[0];
        let file = exec::search(sys, name, path);
        match file.and_then(|file| exec::replace(sys, &file, self.program.clone(), env.clone())) {
            Ok(step) => step,
            Err(error) => self.die(sys, &format!("can't execute '{name}': {error}")),
        }
    }

    fn pipe(&mut self, sys: &mut Sys) -> Step {
        let Phase::Pipe { fd, mut unsent, mut input, mut net, mut quiet } = self.phase.clone()
        else {
            return Step::Exit(1);
        };
        if !self.program.is_empty() {
            return self.become_program(sys, fd);
        }
        let mut busy = false;
        if net {
            match sys.read(fd, 8192) {
                Read::Data(data) => {
                    sys.out(data);
                    busy = true;
                }
                Read::Wait(_) => {}
                Read::End | Read::Failed(_) => {
                    net = false;
                    unsent.clear();
                }
            }
        }
        if input && unsent.len() < limits::PIPE_BYTES {
            match sys.read(0, 8192) {
                Read::Data(data) => {
                    unsent.extend(data);
                    busy = true;
                }
                Read::Wait(_) => {}
                Read::End | Read::Failed(_) => {
                    input = false;
                    busy = true;
                }
            }
        }
        if let Ok(count) = sys.send(fd, &unsent) {
            unsent.drain(..count);
        }
        if !input && unsent.is_empty() {
            sys.shut_down(fd);
        }
        if !net && !input || self.telnet && !(net && input) {
            return Step::Exit(0);
        }
        let late = !busy && self.until.is_some_and(|until| sys.now() >= until);
        if busy || late {
            quiet = if late { quiet + 1 } else { quiet };
            self.until = self.wait.map(|wait| sys.now() + wait);
        }
        self.phase = Phase::Pipe { fd, unsent, input, net, quiet };
        match () {
            // Source: readwrite: "we actually try a coupla times".
            () if quiet >= 2 => Step::Exit(0),
            () if busy => Step::Continue,
            () if input => sys.wait_or_input(self.until, sys.description(0)),
            () => sys.wait(self.until),
        }
    }
}

impl Nc {
    fn die(&self, sys: &mut Sys, text: &str) -> Step {
        let name = if self.telnet { "telnet" } else { "nc" };
        sys.err(format!("{name}: {text}\n"));
        Step::Exit(1)
    }
}
