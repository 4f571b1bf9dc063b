//! `agnhost`: the servers of Kubernetes' own tests, and the `liveness` server of its tutorials.
//!
//! Source: kubernetes test/images/agnhost.
//! DIFFERENCE: UDP and SCTP are not modelled.

use crate::base::SimTime;
use crate::shell::behaviour::{Behaviour, Port, PortKind, Reaction};
use crate::shell::commands::call::Call;
use crate::shell::commands::servers::agnhost_answers::log;
use crate::shell::commands::servers::daemon::Daemon;
use crate::shell::commands::servers::program::Program;
use crate::shell::commands::servers::site::Site;
use crate::shell::commands::task::Work;
use crate::shell::signal::Signal;

/// Which of agnhost's servers it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Agnhost {
    /// `netexec`
    Netexec,
    /// `liveness`, and the `/server` of the image of that name.
    Liveness,
    /// `test-webserver`
    TestWebserver,
    /// `serve-hostname`
    ServeHostname,
    /// `porter`: what each port says.
    Porter,
    /// `grpc-health-checking`
    Grpc {
        /// The service it knows.
        service: String,
        /// When it begins to say NOT_SERVING, after its start.
        until: Option<SimTime>,
        /// What it was told to say.
        forced: Option<bool>,
    },
    /// `pause`, and others without a port.
    Silent,
}

/// Words and options of a command line.
struct Arguments<'a>(&'a [String]);

impl Arguments<'_> {
    /// The value of `--name=value` or `--name value`.
    fn value(&self, name: &str) -> Option<&str> {
        let at = self.0.iter().position(|arg| {
            let bare = arg.trim_start_matches('-');
            arg.starts_with('-') && (bare == name || bare.split('=').next() == Some(name))
        })?;
        match self.0[at].split_once('=') {
            Some((_, value)) => Some(value),
            None => self.0.get(at + 1).map(String::as_str),
        }
    }

    fn number(&self, name: &str, otherwise: i64) -> i64 {
        self.value(name).and_then(|v| v.parse().ok()).unwrap_or(otherwise)
    }
}

fn port(number: i64, kind: PortKind) -> Option<Port> {
    u16::try_from(number).ok().filter(|n| *n > 0).map(|number| Port { number, kind })
}

/// What a command line of agnhost asks for.
struct Asked {
    agnhost: Agnhost,
    ports: Vec<Port>,
    term: Reaction,
    line: String,
}

/// The port of an option, on which HTTP is spoken.
fn http(args: &Arguments, option: &str, otherwise: i64) -> Vec<Port> {
    port(args.number(option, otherwise), PortKind::Http).into_iter().collect()
}

/// A server that ends as a Go program without a handler does: as PID 1 with 2.
/// Source: Go runtime/signal_unix.go dieFromSignal.
fn asked(agnhost: Agnhost, ports: Vec<Port>) -> Asked {
    let term = Reaction::Exit(2, SimTime::ZERO);
    Asked { agnhost, ports, term, line: String::new() }
}

fn netexec(args: &Arguments) -> Asked {
    let delay = u64::try_from(args.number("delay-shutdown", 0)).unwrap_or(0);
    Asked {
        term: Reaction::Exit(0, SimTime::secs(delay)),
        line: format!("Started HTTP server on port {}", args.number("http-port", 8080)),
        ..asked(Agnhost::Netexec, http(args, "http-port", 8080))
    }
}

fn serve_hostname(args: &Arguments) -> Asked {
    Asked {
        term: Reaction::Exit(0, SimTime::secs(60)),
        line: format!("Serving on port {}.", args.number("port", 9376)),
        ..asked(Agnhost::ServeHostname, http(args, "port", 9376))
    }
}

fn grpc(args: &Arguments) -> Asked {
    let mut ports = http(args, "http-port", 8080);
    ports.extend(port(args.number("port", 5000), PortKind::Grpc));
    let until = u64::try_from(args.number("delay-unhealthy-sec", -1)).ok().map(SimTime::secs);
    let service = args.value("service").unwrap_or_default().to_string();
    let number = args.number("http-port", 8080);
    Asked {
        line: format!("Http server starting to listen on :{number}"),
        ..asked(Agnhost::Grpc { service, until, forced: None }, ports)
    }
}

/// Begins one of agnhost's commands. Errors: its exit code.
pub fn start(call: &mut Call) -> Result<Work, Option<i32>> {
    let args = Arguments(call.args);
    let command = match call.args.first().map_or("", |a| a.as_str()) {
        "pause" => {
            call.sys.out("Paused\n");
            asked(Agnhost::Silent, Vec::new())
        }
        "netexec" => netexec(&args),
        "liveness" => asked(Agnhost::Liveness, http(&args, "", 8080)),
        "test-webserver" => asked(Agnhost::TestWebserver, http(&args, "port", 80)),
        "serve-hostname" => serve_hostname(&args),
        "grpc-health-checking" => grpc(&args),
        "porter" => {
            let names = call.sys.me().env.iter();
            let served = names.filter_map(|(name, _)| name.strip_prefix("SERVE_PORT_"));
            let ports = served.filter_map(|n| port(n.parse().ok()?, PortKind::Http)).collect();
            asked(Agnhost::Porter, ports)
        }
        other => return Err(Some(other_command(call, other))),
    };
    if !command.line.is_empty() {
        log(call.sys, &command.line);
    }
    let tls = args.value("tls-cert-file").is_some();
    let int = interrupt(&command.agnhost);
    let said = Behaviour {
        ports: Some(command.ports),
        signals: vec![(Signal::Term, command.term), (Signal::Int, int)],
        ..Behaviour::default()
    };
    daemon(call, "agnhost", command.agnhost, said, tls)
}

/// Commands that end at once; their exit code.
fn other_command(call: &mut Call, name: &str) -> i32 {
    match name {
        "entrypoint-tester" => {
            let all = call.sys.me().argv.join(" ");
            call.out(format!("[{all}]\n"));
            0
        }
        "etc-hosts" => {
            let text = call.sys.read_whole("/etc/hosts").unwrap_or_default();
            call.out(text);
            0
        }
        "" | "help" | "--help" | "-h" => {
            call.out("Usage:\n  app [command]\n");
            0
        }
        other => {
            call.unsupported(other);
            call.sys.err(format!("Error: unknown command \"{other}\" for \"app\"\n"));
            1
        }
    }
}

/// `pause` ends with 1 on SIGINT, with 2 on SIGTERM; the others have no handler.
fn interrupt(agnhost: &Agnhost) -> Reaction {
    Reaction::Exit(if *agnhost == Agnhost::Silent { 1 } else { 2 }, SimTime::ZERO)
}

/// The `/server` of the image `liveness`.
pub fn liveness(call: &mut Call) -> Result<Work, Option<i32>> {
    let said = Program::find("server").map_or_else(Behaviour::default, |p| p.behaviour());
    daemon(call, "server", Agnhost::Liveness, said, false)
}

fn daemon(
    call: &mut Call,
    name: &str,
    agnhost: Agnhost,
    mut said: Behaviour,
    tls: bool,
) -> Result<Work, Option<i32>> {
    let Some(program) = Program::find("server") else { return Err(None) };
    let mut daemon = Daemon::new(name, program, call);
    said.overlay(&call.sys.me().behaviour.clone());
    daemon.site.said = said;
    if agnhost == Agnhost::TestWebserver {
        daemon.site.root = "/".to_string();
    }
    daemon.site.agnhost = Some(agnhost);
    daemon.tls = tls;
    Ok(Work::Server(Box::new(daemon)))
}

/// Command lines of small servers that name a port and a text: `-listen=:5678 -text=hello`,
/// `-m http.server 8000`.
pub fn arguments(args: &[String], site: &mut Site, said: &mut Behaviour) {
    let args = Arguments(args);
    let listen = args
        .value("listen")
        .and_then(|at| at.rsplit(':').next())
        .or_else(|| args.0.iter().skip_while(|a| *a != "http.server").nth(1).map(String::as_str));
    if let Some(number) = listen.and_then(|p| p.parse().ok()) {
        said.ports = port(number, PortKind::Http).map(|port| vec![port]);
    }
    site.text = args.value("text").unwrap_or("hello-world").to_string();
}
