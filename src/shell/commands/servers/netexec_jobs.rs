//! Answers of `netexec` that take time: a command that runs, requests to others.
//!
//! Source: kubernetes test/images/agnhost/netexec/netexec.go; Go os/exec, net/http client.go.

use crate::base::SimTime;
use crate::shell::commands::fetch::{Failure, Fetch, Fetched};
use crate::shell::commands::resolve::{Found, Lookup};
use crate::shell::commands::servers::agnhost_answers::log;
use crate::shell::commands::servers::netexec::{object, texts};
use crate::shell::commands::xargs;
use crate::shell::http::{Request, Response, Url};
use crate::shell::limits;
use crate::shell::net::{Addr, Ip};
use crate::shell::open_files::DescId;
use crate::shell::process::Disposition;
use crate::shell::signal::Signal;
use crate::shell::sys::{Read, Sys};
use crate::shell::types::{Exit, Pid};

/// How long a request to another is waited for.
const TIMEOUT: SimTime = SimTime::secs(5);
/// The most requests of one `/dial`, so that it ends; a real one has no bound.
const TRIES: u32 = 1000;

/// Everything that is under way, and what has come of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Jobs {
    begun: u64,
    open: Vec<(u64, Job)>,
    done: Vec<(u64, Response)>,
}

/// Something under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Job {
    /// A command.
    Shell {
        /// Its process, or why there is none.
        child: Result<Pid, String>,
        /// The end of the pipe that it writes to.
        output: Option<DescId>,
        /// What it wrote.
        text: Vec<u8>,
        /// How it ended.
        exit: Option<Exit>,
    },
    /// Requests to another.
    Dial(Box<Dial>),
}

/// Requests to another, one after the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dial {
    lookup: Lookup,
    host: String,
    port: u16,
    request: String,
    tries: u32,
    to: Option<Ip>,
    fetch: Option<(Fetch, SimTime)>,
    responses: Vec<String>,
    errors: Vec<String>,
    /// The last one had an answer with text.
    is_answered: bool,
}

/// A status and a text.
type Said = (u16, String);

impl Jobs {
    /// Begins another; its number.
    pub fn add(&mut self, job: Job) -> u64 {
        self.begun += 1;
        self.open.push((self.begun, job));
        self.begun
    }

    /// The answer of this number, if it is there.
    pub fn take(&mut self, number: u64) -> Option<Response> {
        let at = self.done.iter().position(|(n, _)| *n == number)?;
        Some(self.done.remove(at).1)
    }

    /// Whether an answer waits to be taken.
    pub fn has_done(&self) -> bool {
        !self.done.is_empty()
    }

    /// Leaves answers that nobody took: their connections are gone.
    pub fn forget_done(&mut self) {
        self.done.clear();
    }

    /// A child has ended.
    pub fn ended(&mut self, pid: Pid, status: Exit) {
        for (_, job) in &mut self.open {
            if let Job::Shell { child, exit, .. } = job
                && *child == Ok(pid)
            {
                *exit = Some(status);
            }
        }
    }

    /// Goes on with all; when one wants to be looked at again.
    pub fn step(&mut self, sys: &mut Sys) -> Option<SimTime> {
        let mut wake = None;
        for (number, mut job) in std::mem::take(&mut self.open) {
            match job.step(sys) {
                Ok((status, text)) => {
                    let response = Response::text(status, "text/plain; charset=utf-8", &text);
                    self.done.push((number, response));
                }
                Err(until) => {
                    wake = wake.into_iter().chain(until).min();
                    self.open.push((number, job));
                }
            }
        }
        wake
    }

    /// A pipe whose writer may wait for room.
    pub fn input(&self) -> Option<DescId> {
        self.open.iter().find_map(|(_, job)| match job {
            Job::Shell { output, .. } => *output,
            Job::Dial(_) => None,
        })
    }
}

impl Job {
    /// Starts a command.
    pub fn shell(sys: &mut Sys, command: &str) -> Job {
        let argv = ["/bin/sh", "-c", command].map(str::to_string).to_vec();
        sys.set_disposition(Signal::Chld, Some(Disposition::Handle));
        let (text, exit) = (Vec::new(), None);
        match xargs::spawn(sys, argv) {
            Ok(pid) => {
                let (out, input) = sys.pipe();
                let null = sys.open_text(Vec::new());
                sys.as_child(pid, |sys| {
                    let own: Vec<u32> = sys.me().descriptors.keys().copied().collect();
                    own.into_iter().for_each(|fd| sys.close(fd));
                    sys.set_descriptor(0, null);
                    sys.set_descriptor(1, input);
                    let _ = sys.dup(1, 2);
                });
                Job::Shell { child: Ok(pid), output: Some(out), text, exit }
            }
            Err(error) => {
                let why = format!("fork/exec /bin/sh: {}", error.text().to_lowercase());
                Job::Shell { child: Err(why), output: None, text, exit }
            }
        }
    }

    /// Begins to ask another so many times.
    pub fn dial(sys: &mut Sys, (host, port): (&str, u16), request: &str, tries: u32) -> Job {
        Job::Dial(Box::new(Dial {
            lookup: Lookup::new(sys, host),
            host: host.to_string(),
            port,
            request: request.to_string(),
            tries: tries.min(TRIES),
            to: Ip::parse(host),
            fetch: None,
            responses: Vec::new(),
            errors: Vec::new(),
            is_answered: false,
        }))
    }

    /// Goes on. Errors: it waits, until then at most.
    fn step(&mut self, sys: &mut Sys) -> Result<Said, Option<SimTime>> {
        match self {
            Job::Shell { child, output, text, exit } => {
                read_all(sys, output, text);
                let why = match (&*child, *exit) {
                    (Err(why), _) => why.clone(),
                    (Ok(_), Some(exit)) if output.is_none() => ending(exit),
                    _ => return Err(None),
                };
                Ok((200, outcome(sys, text, &why)))
            }
            Job::Dial(dial) => dial.step(sys),
        }
    }
}

/// Reads what has come; at its end the pipe is closed.
fn read_all(sys: &mut Sys, output: &mut Option<DescId>, text: &mut Vec<u8>) {
    while let Some(file) = *output {
        match sys.read_file(file, limits::PIPE_BYTES) {
            Read::Data(data) if text.len() < limits::TEXT_BYTES => text.extend(data),
            Read::Wait(_) => return,
            _ => {
                sys.release(file);
                *output = None;
            }
        }
    }
}

/// What Go says of a process that has failed.
fn ending(exit: Exit) -> String {
    match exit.signal {
        Some(signal) => format!("signal: {}", signal.description().to_lowercase()),
        None if exit.code == 0 => String::new(),
        None => format!("exit status {}", exit.code),
    }
}

fn outcome(sys: &mut Sys, text: &[u8], why: &str) -> String {
    let text = String::from_utf8_lossy(text).into_owned();
    let all = [("error", why), ("output", text.as_str())];
    let said: Vec<(&str, &str)> = all.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    let shown: Vec<String> = said.iter().map(|(name, text)| format!("{name}:{text}")).collect();
    log(sys, &format!("Output: map[{}]", shown.join(" ")));
    let entries: Vec<_> = said.iter().map(|(name, text)| (*name, (*text).into())).collect();
    object(&entries)
}

impl Dial {
    fn step(&mut self, sys: &mut Sys) -> Result<Said, Option<SimTime>> {
        let ip = match self.to {
            Some(ip) => ip,
            None => match self.lookup.step(sys) {
                Found::Wait(until) => return Err(Some(until)),
                Found::Addresses(ips) => *self.to.insert(ips[0]),
                Found::Nothing => {
                    let why = format!("lookup {}: no such host", self.host);
                    return Ok((400, format!("host and/or port param are invalid. {why}\n")));
                }
            },
        };
        while self.tries > 0 {
            let said = self.once(sys, Addr::new(ip, self.port))?;
            self.tries -= 1;
            self.fetch = None;
            self.is_answered = said.as_ref().is_ok_and(|text| !text.is_empty());
            match said {
                Ok(text) => self.responses.push(text),
                Err(why) => self.errors.push(why),
            }
        }
        Ok((200, self.result()))
    }

    /// One request: what came, or why nothing did.
    fn once(&mut self, sys: &mut Sys, to: Addr) -> Result<Result<String, String>, Option<SimTime>> {
        let text = format!("http://{to}/{}", self.request);
        let failed = |why: &str| Ok(Err(format!("Get \"{text}\": {why}")));
        let now = sys.now();
        let (fetch, begun) = self.fetch.get_or_insert_with(|| (get(&text), now));
        loop {
            match fetch.step(sys) {
                Fetched::Resolved(_) | Fetched::Connected => {}
                Fetched::Done(response) | Fetched::Failed(Failure::Short(response)) => {
                    return Ok(Ok(String::from_utf8_lossy(&response.body).into_owned()));
                }
                Fetched::Failed(Failure::Connect(error)) => {
                    let why = error.text().to_lowercase();
                    return failed(&format!("dial tcp {to}: connect: {why}"));
                }
                Fetched::Failed(Failure::Broken(error)) => {
                    return failed(&format!("read tcp {to}: {}", error.text().to_lowercase()));
                }
                Fetched::Failed(_) => return failed("EOF"),
                Fetched::Wait(_) if now < *begun + TIMEOUT => return Err(Some(*begun + TIMEOUT)),
                Fetched::Wait(_) => {
                    fetch.hang_up(sys);
                    let why = "context deadline exceeded (Client.Timeout exceeded while awaiting \
                               headers)";
                    return failed(why);
                }
            }
        }
    }

    /// Responses count only if the last request had one.
    fn result(&self) -> String {
        let mut entries = Vec::new();
        if !self.errors.is_empty() {
            entries.push(("errors", texts(&self.errors)));
        }
        if self.is_answered {
            entries.push(("responses", texts(&self.responses)));
        }
        object(&entries)
    }
}

/// A GET as a Go program sends it.
fn get(text: &str) -> Fetch {
    let url = Url::parse(text).unwrap_or_default();
    let mut request = Request::new("GET", &url.target);
    let headers = [("Host", url.authority()), ("User-Agent", "Go-http-client/1.1".to_string())];
    request.headers = headers.map(|(name, value)| (name.to_string(), value)).to_vec();
    Fetch::new(url, request)
}
