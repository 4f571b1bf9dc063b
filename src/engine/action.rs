//! What a person does to the cluster.

use serde_json::Value;
use std::rc::Rc;

/// One act, at a moment of the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// A kubectl command that sends requests, one after the other.
    Kubectl {
        /// The command line, without the word kubectl.
        args: String,
        /// What it asks of the API server.
        requests: Rc<Vec<Request>>,
    },
    /// A kubectl command that never reaches the API server.
    Refused {
        /// The command line.
        args: String,
        /// What kubectl says on standard error.
        error: String,
    },
    /// Kill the newest instance of a container from outside, as a node's administrator could.
    Kill {
        /// Pod name.
        pod: String,
        /// Container name.
        container: String,
        /// Signal, such as `SIGKILL`.
        signal: String,
    },
}

/// A request to the API server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// Create the object, or update it if it is there: `kubectl apply`.
    Apply(Rc<Value>),
    /// Delete an object.
    Delete {
        /// `Pod` or `Service`.
        kind: String,
        /// Name.
        name: String,
        /// `gracePeriodSeconds` of the request.
        grace: Option<i64>,
        /// Whether `--force` was given: another answer, and no waiting.
        force: bool,
    },
}
