//! `grpc_health_probe -addr=:5000 -service=x`
//!
//! Source: grpc-ecosystem/grpc-health-probe main.go: exit code 1 for bad arguments, 2 without a
//! connection, 3 if the call fails, 4 if the service is not healthy.

use crate::base::SimTime;
use crate::shell::commands::call::Call;
use crate::shell::commands::task::Work;
use crate::shell::http::server::{GRPC_PREFACE, GRPC_SETTINGS};
use crate::shell::http::{Parsed, Request, Response};
use crate::shell::net::{Addr, Ip, Link};
use crate::shell::process::{State, Step};
use crate::shell::sys::{Read, Sys};

/// How long it tries to connect. Source: its option `-connect-timeout`.
const TIMEOUT: SimTime = SimTime::secs(1);

/// A probe under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrpcProbe {
    address: String,
    service: String,
    fd: Option<u32>,
    until: SimTime,
    asked: bool,
    inbox: Vec<u8>,
}

/// Begins to ask. Errors: an exit code.
pub fn start(call: &mut Call) -> Result<Work, Option<i32>> {
    let value = |name: &str| {
        let mut args = call.args.iter();
        while let Some(arg) = args.next() {
            match arg.trim_start_matches('-').split_once('=') {
                Some((option, value)) if option == name => return Some(value.to_string()),
                None if arg.trim_start_matches('-') == name => return args.next().cloned(),
                _ => {}
            }
        }
        None
    };
    let service = value("service").unwrap_or_default();
    let Some(address) = value("addr").filter(|a| !a.is_empty()) else {
        call.sys.err("error: -addr not specified\n");
        return Err(Some(1));
    };
    let (host, port) = address.rsplit_once(':').unwrap_or((&address, ""));
    let ip =
        if host.is_empty() || host == "localhost" { Some(Ip::LOCALHOST) } else { Ip::parse(host) };
    let to = ip.and_then(|ip| Some(Addr::new(ip, port.parse().ok()?)));
    let fd = to.and_then(|to| call.sys.connect(to).ok());
    if let Some(fd) = fd {
        // What finds no room is lost: it is short.
        let _ = call.sys.send(fd, GRPC_PREFACE);
    }
    let until = call.sys.now() + TIMEOUT;
    let probe = GrpcProbe { address, service, fd, until, asked: false, inbox: Vec::new() };
    Ok(Work::GrpcProbe(Box::new(probe)))
}

impl GrpcProbe {
    /// Does the next thing.
    pub fn step(&mut self, sys: &mut Sys) -> Step {
        if sys.now() >= self.until {
            let address = &self.address;
            sys.err(format!("timeout: failed to connect service \"{address}\" within 1s\n"));
            return Step::Exit(2);
        }
        let Some(fd) = self.fd.filter(|fd| !matches!(sys.link(*fd), Link::Failed(_))) else {
            return Step::Block(State::Sleeping(self.until));
        };
        if sys.link(fd) == Link::Up {
            self.talk(sys, fd);
            if let Some(code) = self.heard(sys) {
                return Step::Exit(code);
            }
        }
        sys.wait(Some(self.until))
    }

    fn talk(&mut self, sys: &mut Sys, fd: u32) {
        while let Read::Data(data) = sys.read(fd, 4096) {
            self.inbox.extend(data);
        }
        if !self.asked && self.inbox.starts_with(GRPC_SETTINGS) {
            self.inbox.drain(..GRPC_SETTINGS.len());
            self.asked = true;
            let mut request = Request::new("POST", "/grpc.health.v1.Health/Check");
            request.headers.push(("Content-Length".into(), self.service.len().to_string()));
            request.body = self.service.clone().into_bytes();
            let _ = sys.send(fd, &request.to_bytes());
        }
    }

    /// What the service has answered, as an exit code.
    fn heard(&self, sys: &mut Sys) -> Option<i32> {
        let Parsed::Done(response, _) = Response::parse(&self.inbox, false, false) else {
            return None;
        };
        let said = String::from_utf8_lossy(&response.body).into_owned();
        let status = response.header("grpc-status").unwrap_or("0");
        let (text, code) = match (self.asked, status, said.as_str()) {
            (false, ..) => return None,
            (_, "0", "SERVING") => ("status: SERVING\n".to_string(), 0),
            (_, "0", said) => (format!("service unhealthy (responded with \"{said}\")\n"), 4),
            _ => {
                let why = response.header("grpc-message").unwrap_or_default();
                let code = if status == "5" { "NotFound" } else { "Unknown" };
                (format!("error: health rpc failed: rpc error: code = {code} desc = {why}\n"), 3)
            }
        };
        sys.err(text);
        Some(code)
    }
}
