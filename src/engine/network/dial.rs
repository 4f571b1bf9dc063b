//! Requests that the kubelet makes from the node: probes and hooks over the network.

use super::http_get::HttpAction;
use crate::base::SimTime;

/// A request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dial {
    /// GET a URL.
    Http(HttpAction),
    /// Open a connection, and close it.
    Tcp {
        /// Name or address.
        host: String,
        /// Port.
        port: u16,
        /// How long it may take.
        timeout: SimTime,
    },
    /// Ask the gRPC health service.
    Grpc {
        /// Name or address.
        host: String,
        /// Port.
        port: u16,
        /// Which service; may be empty.
        service: String,
        /// How long it may take.
        timeout: SimTime,
    },
    /// Nothing that could be asked: why.
    Impossible(String),
}

/// What a probe makes of an attempt. Source: pkg/probe/probe.go
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It succeeded.
    Success,
    /// It succeeded, but something is to be told.
    Warning,
    /// It failed.
    Failure,
    /// The attempt itself went wrong.
    Error,
}

/// What came of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dialed {
    /// The outcome; of a hook, any answer is a success.
    pub outcome: Outcome,
    /// What is told of it.
    pub output: String,
    /// In short, for the stage: `200 OK`, `connection refused`.
    pub label: String,
    /// Whether an HTTPS request was answered over HTTP, and made again so.
    pub fell_back: bool,
}

impl Dialed {
    /// An outcome with what is told of it, and in short.
    pub fn new(outcome: Outcome, output: impl Into<String>, label: impl Into<String>) -> Dialed {
        Dialed { outcome, output: output.into(), label: label.into(), fell_back: false }
    }
}

impl Dial {
    /// The time after which it is given up.
    pub fn timeout(&self) -> Option<SimTime> {
        match self {
            Dial::Http(action) => action.timeout,
            Dial::Tcp { timeout, .. } | Dial::Grpc { timeout, .. } => Some(*timeout),
            Dial::Impossible(_) => None,
        }
    }

    /// A short label.
    pub fn label(&self) -> String {
        match self {
            Dial::Http(action) => format!("GET {}", action.url),
            Dial::Tcp { host, port, .. } => format!("tcp {host}:{port}"),
            Dial::Grpc { host, port, service, .. } => format!("grpc {host}:{port} {service}"),
            Dial::Impossible(why) => why.clone(),
        }
    }
}
