//! Programs that ask a server whether it is there: `redis-cli`, `pg_isready`, `mysqladmin ping`.

use crate::shell::commands::call::Call;
use crate::shell::commands::task::Work;
use crate::shell::errno::Errno;
use crate::shell::net::{Addr, Ip, Link};
use crate::shell::process::Step;
use crate::shell::sys::{Read, Sys};

/// A question to a server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Client {
    kind: Kind,
    fd: u32,
    host: String,
    port: u16,
    request: Vec<u8>,
    inbox: Vec<u8>,
}

/// Which program it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Redis,
    Postgres,
    Mysql,
    Mongo,
}

/// Begins to ask. Errors: an exit code.
pub fn start(call: &mut Call, program: &str) -> Result<Work, Option<i32>> {
    let (kind, port) = match program {
        "redis-cli" | "valkey-cli" => (Kind::Redis, 6379),
        "pg_isready" => (Kind::Postgres, 5432),
        "mongosh" => (Kind::Mongo, 27017),
        _ => (Kind::Mysql, 3306),
    };
    let mut host = String::new();
    let mut number = port;
    let mut words = Vec::new();
    let mut args = call.args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-h" | "--host" => host = args.next().cloned().unwrap_or_default(),
            "-p" | "-P" | "--port" => {
                number = args.next().and_then(|p| p.parse().ok()).unwrap_or(port);
            }
            "-U" | "-u" | "-d" | "-t" | "-a" | "-n" | "--eval" | "--user" => drop(args.next()),
            option if option.starts_with('-') => {}
            word => words.push(word.to_string()),
        }
    }
    let ip = match host.as_str() {
        "" | "localhost" | "127.0.0.1" => Some(Ip::LOCALHOST),
        other => Ip::parse(other),
    };
    let mut request = format!("*{}\r\n", words.len());
    for word in &words {
        request.push_str(&format!("${}\r\n{word}\r\n", word.len()));
    }
    let request =
        if kind == Kind::Redis && !words.is_empty() { request.into_bytes() } else { Vec::new() };
    let mut client = Client { kind, fd: 0, host, port: number, request, inbox: Vec::new() };
    if kind == Kind::Redis && client.request.is_empty() {
        // It would read commands from its input, which is empty.
        return Err(Some(0));
    }
    let Some(ip) = ip else { return Err(Some(client.refused(call.sys, Errno::HostUnreachable))) };
    match call.sys.connect(Addr::new(ip, number)) {
        Ok(fd) => client.fd = fd,
        Err(error) => return Err(Some(client.refused(call.sys, error))),
    }
    Ok(Work::Client(Box::new(client)))
}

impl Client {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        match sys.link(self.fd) {
            Link::Connecting => return sys.wait(None),
            Link::Failed(error) => return Step::Exit(self.refused(sys, error)),
            Link::Up => {}
        }
        match self.kind {
            Kind::Redis => self.redis(sys),
            Kind::Postgres => {
                sys.out(format!("{} - accepting connections\n", self.place()));
                Step::Exit(0)
            }
            Kind::Mysql => {
                sys.out("mysqld is alive\n");
                Step::Exit(0)
            }
            Kind::Mongo => {
                sys.out("{ ok: 1 }\n");
                Step::Exit(0)
            }
        }
    }

    fn redis(&mut self, sys: &mut Sys) -> Step {
        let request = std::mem::take(&mut self.request);
        if !request.is_empty() {
            // What finds no room is lost: commands are short.
            let _ = sys.send(self.fd, &request);
        }
        let ended = loop {
            match sys.read(self.fd, 4096) {
                Read::Data(data) => self.inbox.extend(data),
                Read::Wait(_) => break false,
                Read::End | Read::Failed(_) => break true,
            }
        };
        match reply(&self.inbox) {
            Some((text, code)) => {
                sys.out(text);
                Step::Exit(code)
            }
            None if ended => Step::Exit(0),
            None => sys.wait(None),
        }
    }

    fn place(&self) -> String {
        let host = if self.host.is_empty() { "/var/run/postgresql" } else { &self.host };
        format!("{host}:{}", self.port)
    }

    /// Nobody answers; the exit code.
    fn refused(&self, sys: &mut Sys, error: Errno) -> i32 {
        let host = if self.host.is_empty() { "127.0.0.1" } else { &self.host };
        match self.kind {
            Kind::Redis => {
                sys.err(format!("Could not connect to Redis at {host}:{}: {error}\n", self.port));
                1
            }
            Kind::Postgres => {
                sys.out(format!("{} - no response\n", self.place()));
                2
            }
            Kind::Mysql => {
                sys.err(format!(
                    "mysqladmin: connect to server at '{host}' failed\nerror: 'Can't connect to MySQL \
                     server on '{host}:{}' (111)'\n",
                    self.port
                ));
                1
            }
            Kind::Mongo => {
                sys.err(format!("MongoNetworkError: connect ECONNREFUSED {host}:{}\n", self.port));
                1
            }
        }
    }
}

/// A whole answer as `redis-cli` prints it without a terminal, and its exit code.
fn reply(inbox: &[u8]) -> Option<(String, i32)> {
    let text = String::from_utf8_lossy(inbox).into_owned();
    let (first, rest) = text.split_once("\r\n")?;
    let body = first.get(1..).unwrap_or_default();
    match first.chars().next()? {
        '-' => Some((format!("{body}\n\n"), 0)),
        '$' if body == "-1" => Some(("\n".into(), 0)),
        '$' => {
            let length: usize = body.parse().ok()?;
            Some((format!("{}\n", rest.get(..length)?), 0))
        }
        _ => Some((format!("{body}\n"), 0)),
    }
}
