//! A server program from its start to its end.

use crate::base::SimTime;
use crate::shell::behaviour::{PortKind, Reaction};
use crate::shell::commands::call::Call;
use crate::shell::commands::servers::netexec_jobs::Jobs;
use crate::shell::commands::servers::program::Program;
use crate::shell::commands::servers::redis::Redis;
use crate::shell::commands::servers::site::Site;
use crate::shell::commands::servers::tcp::Taps;
use crate::shell::commands::servers::text::{Values, log};
use crate::shell::commands::servers::{agnhost, nginx};
use crate::shell::errno::Errno;
use crate::shell::http::Server;
use crate::shell::net::{Addr, Ip};
use crate::shell::process::{Disposition, Step};
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;
use crate::shell::types::Pid;

/// A server program and how far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Daemon {
    /// What it answers.
    pub site: Site,
    server: Server,
    taps: Taps,
    redis: Redis,
    phase: Phase,
    /// nginx's worker.
    worker: Option<Pid>,
    /// Speaks TLS on its HTTP ports.
    pub tls: bool,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    /// It has not begun.
    Begin,
    /// Its ports open then.
    Starting(SimTime),
    /// Its ports are open.
    Up,
    /// It ends.
    Ending(Ending),
}

/// How it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Ending {
    code: i32,
    at: SimTime,
    signal: Option<Signal>,
    /// Requests and connections are finished first.
    drains: bool,
}

impl Daemon {
    /// A program that has not begun.
    pub fn new(name: &str, program: Program, call: &mut Call) -> Daemon {
        let mut said = program.behaviour();
        let mut site = Site {
            name: name.to_string(),
            program,
            said: said.clone(),
            begun: call.sys.now(),
            root: program.root.to_string(),
            text: String::new(),
            locations: Vec::new(),
            agnhost: None,
            jobs: Jobs::default(),
            exit: None,
            ending: false,
        };
        match name {
            "nginx" => nginx::configure(call.sys, &mut site, &mut said),
            "http-echo" | "http.server" => {
                agnhost::arguments(call.args, &mut site, &mut said);
            }
            _ => {}
        }
        said.overlay(&call.sys.me().behaviour.clone());
        let stands_in = matches!(name, "app" | "java" | "interpreted");
        if stands_in && said.ports.is_none() {
            said.ports = Some(call.sys.me().behaviour.expected.clone());
        }
        site.said = said;
        let (server, taps, redis) = (Server::default(), Taps::default(), Redis::default());
        Daemon { site, server, taps, redis, phase: Phase::Begin, worker: None, tls: false }
    }

    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        for signal in sys.take_signals() {
            self.signal(sys, signal);
        }
        if let Some((code, after)) = self.site.said.exit
            && sys.now() >= self.site.begun + after
        {
            return Step::Exit(code);
        }
        if self.phase == Phase::Begin {
            self.begin(sys);
        }
        if let Phase::Starting(at) = self.phase
            && sys.now() >= at
        {
            if let Err((port, error)) = self.open(sys) {
                return self.port_taken(sys, port, error);
            }
            self.phase = Phase::Up;
            let lines = self.site.program.up.split('^');
            log(sys, lines, self.values(None));
        }
        let due = self.serve(sys);
        let is_redis = self.site.name.ends_with("-server");
        let redis = &mut self.redis;
        self.taps.step(sys, |inbox| {
            if is_redis {
                redis.answer(inbox)
            } else {
                inbox.drain(..).for_each(drop);
                Vec::new()
            }
        });
        if let Some((code, at)) = self.site.exit
            && sys.now() >= at
        {
            return Step::Exit(code);
        }
        self.redis_ended(sys);
        if let Phase::Ending(ending) = self.phase
            && sys.now() >= ending.at
            && (!ending.drains || self.is_idle())
        {
            return self.end(sys, ending);
        }
        self.wait(sys, due)
    }

    fn wait(&self, sys: &Sys, due: Option<SimTime>) -> Step {
        let phase = match self.phase {
            Phase::Starting(at) => Some(at),
            Phase::Ending(ending) if ending.at > sys.now() => Some(ending.at),
            _ => None,
        };
        let exit = self.site.said.exit.map(|(_, after)| self.site.begun + after);
        let asked = self.site.exit.map(|(_, at)| at);
        let until = [due, phase, exit, asked].into_iter().flatten().min();
        sys.wait_or_input(until, self.site.jobs.input())
    }

    /// Answers what has come; when it is to be looked at again.
    fn serve(&mut self, sys: &mut Sys) -> Option<SimTime> {
        let first = self.site.jobs.step(sys);
        let due = self.server.step(sys, &mut self.site);
        self.site.jobs.forget_done();
        // A request may have begun something whose answer is there at once.
        let begun = self.site.jobs.step(sys);
        let done = self.site.jobs.has_done().then(|| sys.now());
        [first, due, begun, done].into_iter().flatten().min()
    }

    fn is_idle(&self) -> bool {
        self.server.is_idle() && self.taps.is_idle()
    }

    fn values(&self, signal: Option<Signal>) -> Values<'_> {
        Values { signal, child: self.worker, text: &self.site.text }
    }

    fn begin(&mut self, sys: &mut Sys) {
        self.site.begun = sys.now();
        // The first word about a signal counts: the later ones come before it.
        for (signal, reaction) in self.site.said.signals.iter().rev() {
            let ignores = *reaction == Reaction::Ignore && self.site.name != "nginx";
            let how = if ignores { Disposition::Ignore } else { Disposition::Handle };
            sys.set_disposition(*signal, Some(how));
        }
        if self.site.name == "nginx" {
            self.worker = nginx::worker(sys);
        }
        log(sys, self.site.program.begin.split('^'), self.values(None));
        let own = || if self.site.name == "nginx" { nginx::start(sys) } else { SimTime::ZERO };
        let start = self.site.said.start.unwrap_or_else(own);
        self.phase = Phase::Starting(sys.now() + start);
    }

    fn open(&mut self, sys: &mut Sys) -> Result<(), (u16, Errno)> {
        for port in self.site.said.ports.clone().unwrap_or_default() {
            let at = Addr::new(Ip::ANY, port.number);
            match port.kind {
                PortKind::Http => self.server.listen(sys, at, self.tls),
                PortKind::Grpc => self.server.listen_grpc(sys, at),
                PortKind::Tcp => self.taps.listen(sys, port.number),
            }
            .map_err(|error| (port.number, error))?;
        }
        Ok(())
    }

    fn port_taken(&self, sys: &mut Sys, port: u16, error: Errno) -> Step {
        let reason =
            if error == Errno::AddressInUse { "address already in use" } else { "not permitted" };
        let text = match self.site.name.as_str() {
            "nginx" => format!("nginx: [emerg] bind() to 0.0.0.0:{port} failed (98: {error})\n"),
            "httpd" | "httpd-foreground" | "apache2-foreground" => format!(
                "(98){error}: AH00072: make_sock: could not bind to address 0.0.0.0:{port}\nno \
                 listening sockets available, shutting down\n"
            ),
            "redis-server" => {
                format!("# Could not create server TCP listening socket *:{port}: bind: {error}\n")
            }
            _ => format!("listen tcp :{port}: bind: {reason}\n"),
        };
        sys.err(text);
        Step::Exit(1)
    }

    fn signal(&mut self, sys: &mut Sys, signal: Signal) {
        if signal == Signal::Chld
            || matches!(self.phase, Phase::Ending(e) if e.signal == Some(signal))
        {
            return self.worker_ended(sys);
        }
        match self.site.said.reaction(signal) {
            Some(Reaction::Exit(code, after)) => {
                let own = self.site.program.behaviour().reaction(signal);
                let drains = own == Some(Reaction::Exit(code, after))
                    && (self.site.name == "nginx" && signal == Signal::Quit
                        || !self.site.program.root.is_empty() && signal == Signal::Winch
                        || self.site.name == "postgres" && signal == Signal::Term);
                let at = sys.now() + after;
                self.phase = Phase::Ending(Ending { code, at, signal: Some(signal), drains });
                self.site.ending = true;
                if self.site.agnhost.is_none() {
                    self.server.stop_listening(sys);
                    self.taps.stop_listening(sys);
                }
                let first = self.site.program.end.split('^').take(1);
                log(sys, first, self.values(Some(signal)));
            }
            Some(Reaction::Ignore) if self.site.name == "nginx" => {
                nginx::other_signal(sys, signal, self.worker);
            }
            _ => {}
        }
    }

    fn worker_ended(&mut self, sys: &mut Sys) {
        while let Some((pid, exit)) = sys.reap() {
            self.site.jobs.ended(pid, exit);
            if self.worker == Some(pid) && !matches!(self.phase, Phase::Ending(_)) {
                self.worker = nginx::respawn(sys, pid);
            }
        }
    }

    /// `redis-cli shutdown` and the like.
    fn redis_ended(&mut self, sys: &Sys) {
        if self.redis.ended && !matches!(self.phase, Phase::Ending(_)) {
            let (code, at) = (0, sys.now());
            self.phase = Phase::Ending(Ending { code, at, signal: None, drains: false });
        }
    }

    fn end(&self, sys: &mut Sys, ending: Ending) -> Step {
        log(sys, self.site.program.end.split('^').skip(1), self.values(ending.signal));
        Step::Exit(ending.code)
    }
}
