//! Programs that ask a server whether it is there: `redis-cli`, `pg_isready`, `mysqladmin ping`,
//! `mysql -e "SELECT 1"`.
//!
//! Of SQL only `SELECT 1` has an answer; everything else is noted and answered with nothing.

use crate::shell::commands::call::Call;
use crate::shell::commands::resolve::{Found, Lookup};
use crate::shell::commands::task::Work;
use crate::shell::net::{Addr, Ip, Link};
use crate::shell::process::Step;
use crate::shell::sys::{Read, Sys};
use crate::shell::types::NoteKind;

/// A question to a server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Client {
    program: &'static Program,
    host: String,
    port: u16,
    lookup: Option<Lookup>,
    fd: Option<u32>,
    /// What is sent to Redis.
    request: Vec<u8>,
    /// What a database is asked.
    statement: String,
    inbox: Vec<u8>,
}

/// One of these programs.
#[derive(PartialEq, Eq, Debug)]
struct Program {
    names: &'static [&'static str],
    port: u16,
    /// The host that it names where none is given.
    host: &'static str,
    /// What it says if nobody answers, on standard output with a leading `>`; `{h}` is the host,
    /// `{p}` the port.
    refused: &'static str,
    code: i32,
    /// What it says if somebody does.
    up: &'static str,
}

const PROGRAMS: &[Program] = &[
    Program {
        names: &["redis-cli", "valkey-cli"],
        port: 6379,
        host: "127.0.0.1",
        refused: "Could not connect to Redis at {h}:{p}: Connection refused\n",
        code: 1,
        up: "",
    },
    Program {
        names: &["pg_isready"],
        port: 5432,
        host: "/var/run/postgresql",
        refused: ">{h}:{p} - no response\n",
        code: 2,
        up: "{h}:{p} - accepting connections\n",
    },
    Program {
        names: &["psql"],
        port: 5432,
        host: "/var/run/postgresql",
        refused: "psql: error: connection to server at \"{h}\", port {p} failed: Connection refused\n\tIs \
                  the server running on that host and accepting TCP/IP connections?\n",
        code: 2,
        up: "",
    },
    Program {
        names: &["mysqladmin", "mariadb-admin"],
        port: 3306,
        host: "localhost",
        refused: "mysqladmin: connect to server at '{h}' failed\nerror: 'Can't connect to MySQL server \
                  on '{h}:{p}' (111)'\n",
        code: 1,
        up: "mysqld is alive\n",
    },
    Program {
        names: &["mysql", "mariadb"],
        port: 3306,
        host: "localhost",
        refused: "ERROR 2003 (HY000): Can't connect to MySQL server on '{h}:{p}' (111)\n",
        code: 1,
        up: "",
    },
    Program {
        names: &["mongosh"],
        port: 27017,
        host: "127.0.0.1",
        refused: "MongoNetworkError: connect ECONNREFUSED {h}:{p}\n",
        code: 1,
        up: "{ ok: 1 }\n",
    },
];

/// Options that take a value nobody needs here.
const SKIPPED: &[&str] =
    &["-U", "-u", "-d", "-D", "-t", "-a", "-n", "-w", "--user", "--dbname", "--username", "--eval"];

/// Begins to ask. Errors: an exit code, or `None` if there is no such program.
pub fn start(call: &mut Call, name: &str) -> Result<Work, Option<i32>> {
    let Some(program) = PROGRAMS.iter().find(|p| p.names.contains(&name)) else {
        return Err(None);
    };
    let (mut host, mut port, mut statement) =
        (program.host.to_string(), program.port, String::new());
    let mut words: Vec<&str> = Vec::new();
    let mut args = call.args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-h" | "--host" => host = args.next().cloned().unwrap_or_default(),
            "-p" | "-P" | "--port" if !arg.starts_with("-p") || program.port != 3306 => {
                port = args.next().and_then(|p| p.parse().ok()).unwrap_or(port);
            }
            "-e" | "-c" | "--execute" | "--command" => {
                statement = args.next().cloned().unwrap_or_default();
            }
            option if SKIPPED.contains(&option) => drop(args.next()),
            option if option.starts_with('-') => match option.split_once('=') {
                Some(("--host", value)) => host = value.to_string(),
                Some(("--execute" | "--command", value)) => statement = value.to_string(),
                _ => host = option.strip_prefix("-h").map_or(host, str::to_string),
            },
            word => words.push(word),
        }
    }
    let is_shell = program.up.is_empty();
    if is_shell && statement.is_empty() && (words.is_empty() || program.port != 6379) {
        // It would read commands from its input, which is empty.
        return Err(Some(0));
    }
    let bulk = |word: &&str| format!("${}\r\n{word}\r\n", word.len());
    let request = format!("*{}\r\n{}", words.len(), words.iter().map(bulk).collect::<String>());
    let near = ["localhost", "127.0.0.1", "/var/run/postgresql"].contains(&host.as_str());
    let lookup = Lookup::new(call.sys, if near { "127.0.0.1" } else { &host });
    let (request, inbox, lookup) = (request.into_bytes(), Vec::new(), Some(lookup));
    let client = Client { program, host, port, lookup, fd: None, request, statement, inbox };
    Ok(Work::Client(Box::new(client)))
}

impl Client {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if let Some(lookup) = &mut self.lookup {
            match lookup.step(sys) {
                Found::Wait(until) => return sys.wait(Some(until)),
                Found::Addresses(ips) => self.connect(sys, &ips),
                Found::Nothing => return self.refused(sys),
            }
        }
        let Some(fd) = self.fd else { return self.refused(sys) };
        match sys.link(fd) {
            Link::Connecting => sys.wait(None),
            Link::Failed(_) => self.refused(sys),
            Link::Up if self.program.port == 6379 => self.redis(sys, fd),
            Link::Up => {
                self.answered(sys);
                Step::Exit(0)
            }
        }
    }

    fn connect(&mut self, sys: &mut Sys, ips: &[Ip]) {
        self.lookup = None;
        self.fd = ips.first().and_then(|ip| sys.connect(Addr::new(*ip, self.port)).ok());
    }

    fn redis(&mut self, sys: &mut Sys, fd: u32) -> Step {
        let request = std::mem::take(&mut self.request);
        if !request.is_empty() {
            // What finds no room is lost: commands are short.
            let _ = sys.send(fd, &request);
        }
        let ended = loop {
            match sys.read(fd, 4096) {
                Read::Data(data) => self.inbox.extend(data),
                Read::Wait(_) => break false,
                Read::End | Read::Failed(_) => break true,
            }
        };
        match reply(&self.inbox) {
            Some(text) => {
                sys.out(text);
                Step::Exit(0)
            }
            None if ended => Step::Exit(0),
            None => sys.wait(None),
        }
    }

    /// What a database says.
    fn answered(&self, sys: &mut Sys) {
        let statement = self.statement.trim().trim_end_matches(';').to_ascii_lowercase();
        let text = match (statement.as_str(), self.program.names[0]) {
            ("", _) => self.filled(self.program.up),
            ("select 1", "mysql") => "1\n1\n".to_string(),
            ("select 1", _) => " ?column? \n----------\n        1\n(1 row)\n\n".to_string(),
            _ => {
                sys.note(NoteKind::Unsupported(format!("SQL: {}", self.statement)));
                String::new()
            }
        };
        sys.out(text);
    }

    fn filled(&self, text: &str) -> String {
        text.replace("{h}", &self.host).replace("{p}", &self.port.to_string())
    }

    /// Nobody answers.
    fn refused(&self, sys: &mut Sys) -> Step {
        let text = self.filled(self.program.refused);
        match text.strip_prefix('>') {
            Some(text) => sys.out(text),
            None => sys.err(text),
        }
        Step::Exit(self.program.code)
    }
}

/// A whole answer as `redis-cli` prints it without a terminal.
fn reply(inbox: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(inbox).into_owned();
    let (first, rest) = text.split_once("\r\n")?;
    let body = first.get(1..).unwrap_or_default();
    match first.chars().next()? {
        '-' => Some(format!("{body}\n\n")),
        '$' if body == "-1" => Some("\n".into()),
        '$' => {
            let length: usize = body.parse().ok()?;
            Some(format!("{}\n", rest.get(..length)?))
        }
        _ => Some(format!("{body}\n")),
    }
}
