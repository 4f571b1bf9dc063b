//! `httpd -f -p 8080 -h /www`: busybox's web server, with CGI programs below `/cgi-bin`.
//!
//! Source: busybox 1.35 networking/httpd.c, and what it answers (recorded).
//! DIFFERENCE: a real one forks for each connection; here only CGI programs are processes.

use crate::shell::commands::call::Call;
use crate::shell::commands::date::Moment;
use crate::shell::commands::net_task::NetTask;
use crate::shell::commands::task::{Task, Work};
use crate::shell::exec;
use crate::shell::http::{App, Peer, Reply, Request, Response, Server, reason};
use crate::shell::net::{Addr, Ip};
use crate::shell::process::{Disposition, Program, Step};
use crate::shell::signal::Signal;
use crate::shell::sys::Sys;
use std::rc::Rc;

/// A running `httpd`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Httpd {
    server: Server,
    files: Files,
}

/// What it serves.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Files {
    /// How much it says: `-v`, `-vv`.
    verbose: usize,
}

/// File name endings and their types, in busybox's order.
const TYPES: &[(&str, &str)] = &[
    ("txt", "text/plain"),
    ("h", "text/plain"),
    ("c", "text/plain"),
    ("cc", "text/plain"),
    ("cpp", "text/plain"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("css", "text/css"),
    ("js", "application/javascript"),
    ("mp3", "audio/mpeg"),
];

/// Reads the command line and begins to listen. Without `-f` a child goes on in the background.
pub fn start(call: &mut Call) -> Result<Httpd, i32> {
    let options = call.options("ifvp:c:u:r:h:m:e:d:")?;
    let home = options.value('h').unwrap_or(".").to_string();
    if let Err(error) = call.sys.chdir(&home) {
        return Err(call.fail(format!("can't change directory to '{home}': {error}")));
    }
    let at = address(options.value('p').unwrap_or("80"));
    let Some(at) = at else {
        return Err(call.fail(format!("invalid number '{}'", options.value('p').unwrap_or(""))));
    };
    let verbose = options.flags.iter().filter(|(letter, _)| *letter == 'v').count();
    let mut httpd = Httpd { server: Server::default(), files: Files { verbose } };
    if let Err(error) = httpd.server.listen(call.sys, at, false) {
        return Err(call.fail(format!("bind: {error}")));
    }
    if options.has('f') {
        return Ok(httpd);
    }
    let task = Task::with(call.sys.me().argv.clone(), Work::Net(Box::new(NetTask::Httpd(httpd))));
    match call.sys.fork(Program::Task(Box::new(task))) {
        Ok(_) => Err(0),
        Err(error) => Err(call.fail(format!("can't fork: {error}"))),
    }
}

/// `8080` or `127.0.0.1:8080`
fn address(text: &str) -> Option<Addr> {
    let (ip, port) = match text.rsplit_once(':') {
        Some((ip, port)) => (Ip::parse(ip)?, port),
        None => (Ip::ANY, text),
    };
    Some(Addr::new(ip, port.parse().ok().filter(|p| *p > 0)?))
}

impl Httpd {
    /// Serves whoever asks.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if !sys.take_signals().is_empty() {
            while sys.reap().is_some() {}
        }
        let until = self.server.step(sys, &mut self.files);
        sys.wait(until)
    }
}

impl App for Files {
    fn answer(&mut self, sys: &mut Sys, request: &Request, peer: Peer) -> Reply {
        let path = request.path().to_string();
        if self.verbose > 1 {
            sys.err(format!(
                "[::ffff:{}]:{}: url:{}\n",
                peer.from.ip, peer.from.port, request.target
            ));
        }
        let reply = match request.method.as_str() {
            _ if path.contains("/../") || !path.starts_with('/') => {
                problem(sys, 400, "Bad Request")
            }
            "GET" | "HEAD" | "POST" if path.starts_with("/cgi-bin/") => {
                self.run(sys, &path, request, peer)
            }
            "GET" | "HEAD" => file(sys, &path),
            _ => problem(sys, 501, "The requested method is not recognized"),
        };
        self.say(sys, &reply, peer);
        reply
    }

    fn bad_request(&mut self, sys: &mut Sys) -> Response {
        match problem(sys, 400, "Unsupported method") {
            Reply::Now(response) => response,
            _ => Response::default(),
        }
    }
}

impl Files {
    fn say(&self, sys: &mut Sys, reply: &Reply, peer: Peer) {
        let status = match reply {
            Reply::Now(response) => response.status,
            _ => 200,
        };
        if self.verbose > 0 {
            let Addr { ip, port } = peer.from;
            sys.err(format!("[::ffff:{ip}]:{port}: response:{status}\n"));
        }
    }

    /// Runs a CGI program: it writes to the connection itself.
    fn run(&mut self, sys: &mut Sys, path: &str, request: &Request, peer: Peer) -> Reply {
        let name = format!(".{path}");
        let found = sys.stat(&name, true).is_ok_and(|n| !n.is_dir() && n.mode & 0o111 != 0);
        let argv = vec![name.clone()];
        let env = sys.me().env.clone();
        let program = match exec::load(sys, &name, argv.clone(), &env) {
            Ok(program) if found => program,
            _ if sys.exists(&name) => return problem(sys, 403, ""),
            _ => return problem(sys, 404, "The requested URL was not found"),
        };
        let _ = sys.send(peer.fd, b"HTTP/1.1 200 OK\r\n");
        sys.set_disposition(Signal::Chld, Some(Disposition::Handle));
        let Ok(child) = sys.fork(program) else {
            return problem(sys, 500, "Internal Server Error");
        };
        let body = sys.open_text(request.body.clone());
        sys.as_child(child, |sys| {
            sys.set_descriptor(0, body);
            let _ = sys.dup(peer.fd, 1);
            let others: Vec<u32> =
                sys.me().descriptors.keys().copied().filter(|f| *f > 2).collect();
            others.into_iter().for_each(|fd| sys.close(fd));
        });
        if let Some(process) = sys.child_mut(child) {
            process.argv = argv;
            Rc::make_mut(&mut process.env).extend(environment(path, request, peer));
        }
        Reply::Taken
    }
}

fn environment(path: &str, request: &Request, peer: Peer) -> Vec<(String, String)> {
    let length = request.body.len().to_string();
    [
        ("REQUEST_METHOD", request.method.as_str()),
        ("REQUEST_URI", &request.target),
        ("QUERY_STRING", request.query()),
        ("SCRIPT_NAME", path),
        ("SERVER_PROTOCOL", "HTTP/1.1"),
        ("GATEWAY_INTERFACE", "CGI/1.1"),
        ("REMOTE_ADDR", &peer.from.ip.to_string()),
        ("REMOTE_PORT", &peer.from.port.to_string()),
        ("HTTP_HOST", request.header("host").unwrap_or_default()),
        ("CONTENT_LENGTH", &length),
    ]
    .map(|(name, value)| (name.to_string(), value.to_string()))
    .to_vec()
}

fn file(sys: &mut Sys, path: &str) -> Reply {
    let mut name = format!(".{path}");
    let node = match sys.stat(&name, true) {
        Ok(node) if node.is_dir() && !path.ends_with('/') => {
            return Reply::Now(Response {
                headers: headers(sys, &[("Location", &format!("{path}/"))]),
                ..Response::new(302, &[], "")
            });
        }
        Ok(node) if node.is_dir() => {
            name.push_str("index.html");
            sys.stat(&name, true)
        }
        other => other,
    };
    let (Ok(node), Ok(body)) = (node, sys.read_whole(&name)) else {
        return problem(sys, 404, "The requested URL was not found");
    };
    let changed = (sys.wall_secs() - sys.now().as_secs()).saturating_add_signed(node.time());
    let ending = name.rsplit('/').next().and_then(|n| n.rsplit_once('.')).map_or("", |(_, e)| e);
    let kind = TYPES.iter().find(|(e, _)| *e == ending).map(|(_, kind)| *kind);
    let mut all = vec![("Date", http_date(sys.wall_secs())), ("Connection", "close".to_string())];
    all.extend(kind.map(|kind| ("Content-type", kind.to_string())));
    all.push(("Accept-Ranges", "bytes".to_string()));
    all.push(("Last-Modified", http_date(changed)));
    all.push(("ETag", format!("\"{changed:x}-{:x}\"", body.len())));
    all.push(("Content-Length", body.len().to_string()));
    let headers = all.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    Reply::Now(Response { headers, ..Response::new(200, &[], body) })
}

fn problem(sys: &Sys, status: u16, text: &str) -> Reply {
    let title = format!("{status} {}", reason(status));
    let body = format!(
        "<HTML><HEAD><TITLE>{title}</TITLE></HEAD>\n<BODY><H1>{title}</H1>\n{text}\n</BODY></HTML>\n"
    );
    Reply::Now(Response { headers: headers(sys, &[]), ..Response::new(status, &[], body) })
}

fn headers(sys: &Sys, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let date = http_date(sys.wall_secs());
    let usual = [("Date", date.as_str()), ("Connection", "close"), ("Content-type", "text/html")];
    usual.iter().chain(more).map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

/// A time as HTTP headers have it.
pub fn http_date(secs: u64) -> String {
    Moment::new(secs).format("%a, %d %b %Y %T GMT")
}
