//! The gRPC health check that a grpc probe makes.
//!
//! Source: pkg/probe/grpc/grpc.go.
//! DIFFERENCE: behind the preface and the settings of HTTP/2, messages go in the form of HTTP/1
//! with a `grpc-status` header; only the simulated servers see that.

use super::dial::{Dialed, Outcome};
use crate::api::time::go_duration;
use crate::base::SimTime;
use crate::shell::http::server::{GRPC_PREFACE, GRPC_SETTINGS};
use crate::shell::http::{Parsed, Request, Response};

/// A check under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrpcCheck {
    service: String,
    address: String,
    timeout: SimTime,
    ready: bool,
    inbox: Vec<u8>,
}

/// What is to be done after something arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GrpcProgress {
    /// Wait for more.
    Wait,
    /// Send this.
    Send(Vec<u8>),
    /// This is no gRPC server: connect anew after a while.
    Retry,
    /// It is over.
    Done(Dialed),
}

impl GrpcCheck {
    /// A check that has not begun.
    pub fn new(host: &str, port: u16, service: &str, timeout: SimTime) -> GrpcCheck {
        let address = format!("{host}:{port}");
        let (service, inbox) = (service.to_string(), Vec::new());
        GrpcCheck { service, address, timeout, ready: false, inbox }
    }

    /// The connection stands: what is sent first.
    pub fn connected(&mut self) -> Vec<u8> {
        self.ready = false;
        self.inbox.clear();
        GRPC_PREFACE.to_vec()
    }

    /// Something arrived, or the other side sends no more.
    pub fn received(&mut self, data: &[u8], ended: bool) -> GrpcProgress {
        self.inbox.extend(data);
        if !self.ready {
            if self.inbox.starts_with(GRPC_SETTINGS) {
                self.inbox.drain(..GRPC_SETTINGS.len());
                self.ready = true;
                return GrpcProgress::Send(self.request());
            }
            let hopeless = ended || self.inbox.len() >= GRPC_SETTINGS.len();
            return if hopeless { GrpcProgress::Retry } else { GrpcProgress::Wait };
        }
        match Response::parse(&self.inbox, ended, false) {
            Parsed::Done(response, _) => GrpcProgress::Done(judge(&response)),
            Parsed::More if !ended => GrpcProgress::Wait,
            _ => {
                let text = "error: health rpc probe failed: rpc error: code = Unavailable desc = \
                            error reading from server: EOF";
                GrpcProgress::Done(failure(text.to_string()))
            }
        }
    }

    fn request(&self) -> Vec<u8> {
        let mut request = Request::new("POST", "/grpc.health.v1.Health/Check");
        request.headers.push(("Content-Type".into(), "application/grpc".into()));
        request.headers.push(("User-Agent".into(), "kube-probe/1.36 grpc-go".into()));
        request.headers.push(("Content-Length".into(), self.service.len().to_string()));
        request.body = self.service.clone().into_bytes();
        request.to_bytes()
    }

    /// What is told when the time is over.
    pub fn timed_out(&self) -> Dialed {
        let limit = go_duration(self.timeout.as_secs());
        failure(match self.ready {
            true => format!("timeout: health rpc did not complete within {limit}"),
            false => format!(
                "timeout: failed to connect service \"{}\" within {limit}: context deadline \
                 exceeded",
                self.address
            ),
        })
    }
}

fn failure(output: String) -> Dialed {
    let label = output.split(':').next().unwrap_or_default().to_string();
    Dialed::new(Outcome::Failure, output, label)
}

fn judge(response: &Response) -> Dialed {
    let status = response.header("grpc-status").unwrap_or("0");
    let message = response.header("grpc-message").unwrap_or_default();
    let body = String::from_utf8_lossy(&response.body).into_owned();
    match (status, body.as_str()) {
        ("0", "SERVING") => Dialed::new(Outcome::Success, "service healthy", body),
        ("0", _) => failure(format!("service unhealthy (responded with \"{body}\")")),
        ("12", _) => failure(format!(
            "error: this server does not implement the grpc health protocol \
             (grpc.health.v1.Health): {message}"
        )),
        (code, _) => {
            let code = match code {
                "5" => "NotFound",
                "13" => "Internal",
                "14" => "Unavailable",
                _ => "Unknown",
            };
            failure(format!(
                "error: health rpc probe failed: rpc error: code = {code} desc = {message}"
            ))
        }
    }
}
