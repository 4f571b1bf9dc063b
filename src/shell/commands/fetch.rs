//! One HTTP exchange of a command: look the name up, connect, ask, read the answer.

use crate::base::SimTime;
use crate::shell::commands::resolve::{Found, Lookup};
use crate::shell::errno::Errno;
use crate::shell::http::server::TLS_HELLO;
use crate::shell::http::{Parsed, Request, Response, Url};
use crate::shell::net::{Addr, Link};
use crate::shell::sys::{Read, Sys};

/// An exchange under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fetch {
    url: Url,
    request: Request,
    phase: Phase,
    to: Addr,
    unsent: Vec<u8>,
    inbox: Vec<u8>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Phase {
    Begin,
    Lookup(Lookup),
    Connect(u32),
    Hello(u32),
    Talk(u32),
}

/// How far an exchange is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fetched {
    /// It waits; look again when something comes, or then.
    Wait(Option<SimTime>),
    /// The address is known; it connects next.
    Resolved(Addr),
    /// The connection stands; it asks next.
    Connected,
    /// The answer.
    Done(Response),
    /// It failed.
    Failed(Failure),
}

/// Why an exchange failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// There is no such name.
    Name,
    /// No connection.
    Connect(Errno),
    /// The other side does not speak TLS.
    Tls,
    /// The other side closed without an answer.
    Empty,
    /// The connection broke.
    Broken(Errno),
    /// What came is no HTTP.
    Bad,
    /// The body ended too soon; what came of it.
    Short(Response),
}

impl Fetch {
    /// An exchange that has not begun.
    pub fn new(url: Url, request: Request) -> Fetch {
        let (unsent, inbox) = (Vec::new(), Vec::new());
        Fetch { url, request, phase: Phase::Begin, to: Addr::default(), unsent, inbox }
    }

    /// Where it connects to.
    pub fn to(&self) -> Addr {
        self.to
    }

    /// Whether anything has come.
    pub fn has_begun(&self) -> bool {
        !self.inbox.is_empty()
    }

    /// Whether the connection stands.
    pub fn is_connected(&self) -> bool {
        matches!(self.phase, Phase::Hello(_) | Phase::Talk(_))
    }

    /// Gives it up.
    pub fn hang_up(&mut self, sys: &mut Sys) {
        if let Phase::Connect(fd) | Phase::Hello(fd) | Phase::Talk(fd) = self.phase {
            sys.close(fd);
        }
        self.phase = Phase::Begin;
    }

    /// Goes on as far as possible, or to the next thing that is told.
    pub fn step(&mut self, sys: &mut Sys) -> Fetched {
        match &mut self.phase {
            Phase::Begin => {
                self.phase = Phase::Lookup(Lookup::new(sys, &self.url.host));
                self.step(sys)
            }
            Phase::Lookup(lookup) => match lookup.step(sys) {
                Found::Wait(until) => Fetched::Wait(Some(until)),
                Found::Nothing => Fetched::Failed(Failure::Name),
                Found::Addresses(ips) => {
                    self.to = Addr::new(ips[0], self.url.port);
                    match sys.connect(self.to) {
                        Ok(fd) => self.phase = Phase::Connect(fd),
                        Err(error) => return Fetched::Failed(Failure::Connect(error)),
                    }
                    Fetched::Resolved(self.to)
                }
            },
            Phase::Connect(fd) => {
                let fd = *fd;
                match sys.link(fd) {
                    Link::Connecting => Fetched::Wait(None),
                    Link::Failed(error) => self.fail(sys, Failure::Connect(error)),
                    Link::Up => {
                        let tls = self.url.scheme == "https";
                        self.unsent = match tls {
                            true => TLS_HELLO.to_vec(),
                            false => self.request.to_bytes(),
                        };
                        self.phase = if tls { Phase::Hello(fd) } else { Phase::Talk(fd) };
                        Fetched::Connected
                    }
                }
            }
            Phase::Hello(fd) | Phase::Talk(fd) => {
                let fd = *fd;
                self.talk(sys, fd)
            }
        }
    }

    fn fail(&mut self, sys: &mut Sys, failure: Failure) -> Fetched {
        self.hang_up(sys);
        Fetched::Failed(failure)
    }

    fn talk(&mut self, sys: &mut Sys, fd: u32) -> Fetched {
        if let Ok(count) = sys.send(fd, &self.unsent) {
            self.unsent.drain(..count);
        }
        loop {
            match sys.read(fd, 16_384) {
                Read::Data(data) => {
                    self.inbox.extend(data);
                    if let Some(end) = self.heard(sys, fd, false) {
                        return end;
                    }
                }
                Read::Wait(_) => return Fetched::Wait(None),
                Read::End => {
                    let end = self.heard(sys, fd, true);
                    return end.unwrap_or(Fetched::Failed(Failure::Empty));
                }
                Read::Failed(error) => return self.fail(sys, Failure::Broken(error)),
            }
        }
    }

    /// What the bytes so far come to, if anything.
    fn heard(&mut self, sys: &mut Sys, fd: u32, ended: bool) -> Option<Fetched> {
        if let Phase::Hello(_) = self.phase {
            if !self.inbox.starts_with(TLS_HELLO) {
                let over = ended || self.inbox.len() >= 5;
                return over.then(|| self.fail(sys, Failure::Tls));
            }
            self.inbox.drain(..TLS_HELLO.len());
            self.phase = Phase::Talk(fd);
            let bytes = self.request.to_bytes();
            let sent = sys.send(fd, &bytes).unwrap_or(0);
            self.unsent = bytes[sent..].to_vec();
        }
        let to_head = self.request.method == "HEAD";
        match Response::parse(&self.inbox, ended, to_head) {
            Parsed::Done(response, used) if response.status == 100 => {
                self.inbox.drain(..used);
                self.heard(sys, fd, ended)
            }
            Parsed::Done(response, _) => {
                self.hang_up(sys);
                Some(Fetched::Done(response))
            }
            Parsed::Bad if self.inbox.is_empty() => Some(self.fail(sys, Failure::Empty)),
            Parsed::Bad => Some(self.fail(sys, Failure::Bad)),
            Parsed::More if !ended => None,
            Parsed::More => {
                let failure = match Response::parse(&self.inbox, true, true) {
                    Parsed::Done(mut response, start) => {
                        response.body = self.inbox.split_off(start);
                        Failure::Short(response)
                    }
                    _ => Failure::Empty,
                };
                Some(self.fail(sys, failure))
            }
        }
    }
}
