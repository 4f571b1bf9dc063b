//! A server that a task can be: it accepts, reads, answers and writes without ever blocking.

use crate::base::SimTime;
use crate::shell::errno::Errno;
use crate::shell::http::message::{Parsed, Request, Response};
use crate::shell::limits;
use crate::shell::net::Addr;
use crate::shell::sys::{Read, Sys};

/// What a program does with a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// This, now.
    Now(Response),
    /// This, at that time.
    At(SimTime, Response),
    /// Nothing, ever: it hangs.
    Never,
    /// It closes the connection.
    Drop,
    /// The program has given the connection to another process, which answers.
    Taken,
    /// What [`App::finished`] gives for this number, as soon as it does.
    Later(u64),
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Peer {
    /// The descriptor of the connection.
    pub fd: u32,
    /// The address it comes from.
    pub from: Addr,
}

/// The program behind a server.
pub trait App {
    /// Answers a request.
    fn answer(&mut self, sys: &mut Sys, request: &Request, peer: Peer) -> Reply;

    /// The answer to a request that took time, once it is there.
    fn finished(&mut self, _number: u64) -> Option<Response> {
        None
    }

    /// Answers what is no request.
    fn bad_request(&mut self, _sys: &mut Sys) -> Response {
        Response::text(400, "text/plain; charset=utf-8", "400 Bad Request")
    }
}

/// The beginning of a TLS connection, as far as it is modelled: one record each way, and what
/// follows is in clear.
///
/// DIFFERENCE: nothing is encrypted here and no certificate is looked at; only whether both sides
/// speak TLS has an effect.
pub const TLS_HELLO: &[u8] = b"\x16\x03\x01\x00\x07hello\r\n";

/// How a gRPC client begins. Source: RFC 9113 section 3.4.
pub const GRPC_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// How a gRPC server answers that: an empty SETTINGS frame. What follows has the form of HTTP/1.
///
/// DIFFERENCE: HTTP/2's frames are not modelled; a gRPC server's program sees `POST` requests and
/// answers with a `grpc-status` header.
pub const GRPC_SETTINGS: &[u8] = b"\0\0\0\x04\0\0\0\0\0";

/// What a Go server says to a client that does not speak TLS; others say much the same.
/// Source: net/http/server.go conn.serve
const NOT_TLS: &str = "Client sent an HTTP request to an HTTPS server.\n";

/// One connection.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Connection {
    fd: u32,
    from: Addr,
    /// What is still to come before the first request.
    hello: Hello,
    inbox: Vec<u8>,
    outbox: Vec<u8>,
    /// A response that is due later.
    due: Option<(SimTime, Response)>,
    /// The number of an answer that is not there yet.
    later: Option<u64>,
    /// A request is being worked on.
    busy: bool,
    /// To be closed when all is written.
    last: bool,
}

/// A server's listeners and connections.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Server {
    listeners: Vec<(u32, Hello)>,
    connections: Vec<Connection>,
    stopping: bool,
}

impl Server {
    /// Listens on an address; with `tls`, it speaks TLS there.
    ///
    /// Errors: the port is taken, or the address is not one of the namespace's.
    pub fn listen(&mut self, sys: &mut Sys, at: Addr, tls: bool) -> Result<(), Errno> {
        let fd = sys.listen(at)?;
        self.listeners.push((fd, if tls { Hello::Tls } else { Hello::No }));
        Ok(())
    }

    /// Listens on an address and speaks gRPC there.
    pub fn listen_grpc(&mut self, sys: &mut Sys, at: Addr) -> Result<(), Errno> {
        let fd = sys.listen(at)?;
        self.listeners.push((fd, Hello::Grpc));
        Ok(())
    }

    /// Closes the listeners and the connections on which nothing is under way; requests are
    /// finished, and their connections closed after the answer.
    pub fn stop_listening(&mut self, sys: &mut Sys) {
        self.stopping = true;
        for (fd, _) in std::mem::take(&mut self.listeners) {
            sys.close(fd);
        }
        for connection in &mut self.connections {
            connection.last = true;
        }
        self.connections.retain(|c| c.is_working() || close(sys, c.fd));
    }

    /// Whether it listens no more and no request is under way.
    pub fn is_idle(&self) -> bool {
        self.stopping && self.connections.is_empty()
    }

    /// Requests being worked on.
    pub fn requests(&self) -> usize {
        self.connections.iter().filter(|c| c.is_working()).count()
    }

    /// Does everything that needs no waiting; when it wants to be called again.
    pub fn step(&mut self, sys: &mut Sys, app: &mut dyn App) -> Option<SimTime> {
        for (listener, hello) in self.listeners.clone() {
            while let Some(fd) = sys.accept(listener) {
                let from = sys.ends(fd).map_or(Addr::default(), |(_, from)| from);
                self.connections.push(Connection::new(fd, from, hello));
            }
        }
        self.connections.retain_mut(|c| c.step(sys, app) || close(sys, c.fd));
        self.connections.iter().filter_map(|c| c.due.as_ref()).map(|(at, _)| *at).min()
    }
}

/// Closes a descriptor; false, for `retain`.
fn close(sys: &mut Sys, fd: u32) -> bool {
    sys.close(fd);
    false
}

impl Connection {
    fn new(fd: u32, from: Addr, hello: Hello) -> Connection {
        let (inbox, outbox) = (Vec::new(), Vec::new());
        let (due, later, busy, last) = (None, None, false, false);
        Connection { fd, from, hello, inbox, outbox, due, later, busy, last }
    }

    fn is_working(&self) -> bool {
        self.busy || self.due.is_some() || !self.outbox.is_empty()
    }

    /// Goes on as far as possible; whether the connection stays.
    fn step(&mut self, sys: &mut Sys, app: &mut dyn App) -> bool {
        let open = self.read(sys);
        if let Some(response) = self.later.and_then(|number| app.finished(number)) {
            self.later = None;
            self.take(sys.now(), response);
        }
        loop {
            if let Some((at, response)) = self.due.take() {
                if at > sys.now() {
                    self.due = Some((at, response));
                    return open != Open::Broken;
                }
                self.outbox.extend(response.to_bytes());
                self.busy = false;
            }
            if !self.write(sys) {
                return false;
            }
            let waits = self.busy || !self.outbox.is_empty();
            if waits {
                return open != Open::Broken;
            }
            if self.last || !self.next_request(sys, app) {
                return !self.last && open == Open::Yes;
            }
        }
    }

    fn read(&mut self, sys: &mut Sys) -> Open {
        while self.inbox.len() < limits::HTTP_REQUEST {
            match sys.read(self.fd, 4096) {
                Read::Data(data) => self.inbox.extend(data),
                Read::Wait(_) => return Open::Yes,
                Read::End => return Open::Ended,
                Read::Failed(_) => return Open::Broken,
            }
        }
        Open::Yes
    }

    /// Writes what waits; false if nobody will read it.
    fn write(&mut self, sys: &mut Sys) -> bool {
        if self.outbox.is_empty() {
            return true;
        }
        match sys.send(self.fd, &self.outbox) {
            Ok(count) => {
                self.outbox.drain(..count);
                true
            }
            Err(_) => false,
        }
    }

    /// Begins the next request; false if there is none.
    fn next_request(&mut self, sys: &mut Sys, app: &mut dyn App) -> bool {
        if self.hello != Hello::No && !self.inbox.is_empty() {
            self.greet();
            return true;
        }
        let reply = match Request::parse(&self.inbox) {
            Parsed::More if self.inbox.len() < limits::HTTP_REQUEST => return false,
            Parsed::More | Parsed::Bad => {
                self.last = true;
                self.inbox.clear();
                Reply::Now(app.bad_request(sys))
            }
            Parsed::Done(request, used) => {
                self.inbox.drain(..used);
                self.last |= !request.keeps_alive();
                let reply = app.answer(sys, &request, Peer { fd: self.fd, from: self.from });
                without_body(reply, request.method == "HEAD")
            }
        };
        self.busy = true;
        match reply {
            Reply::Now(response) => self.take(sys.now(), response),
            Reply::At(at, response) => self.take(at, response),
            Reply::Never => {}
            Reply::Later(number) => self.later = Some(number),
            Reply::Drop | Reply::Taken => {
                self.busy = false;
                self.last = true;
            }
        }
        true
    }

    /// The beginning of a connection that speaks TLS or gRPC.
    fn greet(&mut self) {
        let (first, answer) = match self.hello {
            Hello::Grpc => (GRPC_PREFACE, GRPC_SETTINGS),
            _ => (TLS_HELLO, TLS_HELLO),
        };
        if self.inbox.starts_with(first) {
            self.inbox.drain(..first.len());
            self.outbox.extend(answer);
            self.hello = Hello::No;
            return;
        }
        if self.hello == Hello::Tls {
            let mut answer = Response::new(400, &[], NOT_TLS);
            answer.version = "HTTP/1.0".to_string();
            self.outbox.extend(answer.to_bytes());
        }
        self.last = true;
    }

    fn take(&mut self, at: SimTime, response: Response) {
        let closes = response.header("connection").is_some_and(|v| v.eq_ignore_ascii_case("close"));
        let measured = response.header("content-length").is_some()
            || response.header("transfer-encoding").is_some()
            || matches!(response.status, 204 | 304);
        self.last |= closes || !measured;
        self.due = Some((at, response));
    }
}

/// The answer to HEAD has no body.
fn without_body(reply: Reply, is_head: bool) -> Reply {
    match reply {
        Reply::Now(mut response) if is_head => {
            response.body.clear();
            Reply::Now(response)
        }
        Reply::At(at, mut response) if is_head => {
            response.body.clear();
            Reply::At(at, response)
        }
        other => other,
    }
}

/// What a connection begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hello {
    /// The first request.
    No,
    /// The beginning of TLS.
    Tls,
    /// The beginning of HTTP/2.
    Grpc,
}

/// What reading found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// More may come.
    Yes,
    /// The other end sends no more.
    Ended,
    /// The connection is broken.
    Broken,
}
