//! What a person does to the cluster.

use crate::api::patch::Patch;
use crate::api::taint::Taint;
use crate::base::json::Value;
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
    /// Let the newest instance of a container run out of memory.
    Oom {
        /// Pod name.
        pod: String,
        /// Container name.
        container: String,
    },
    /// Take an image out of its registry, or put it back.
    Image {
        /// Image reference.
        image: String,
        /// Whether it is gone.
        gone: bool,
    },
}

/// A request to the API server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// Create the object, or update it if it is there: `kubectl apply`.
    Apply(Rc<Value>),
    /// Create the object, which must not be there: `kubectl create`.
    Create(Rc<Value>),
    /// Delete an object.
    Delete {
        /// Its kind.
        kind: String,
        /// Name.
        name: String,
        /// `gracePeriodSeconds` of the request.
        grace: Option<i64>,
        /// Whether `--force` was given: another answer, and no waiting.
        force: bool,
    },
    /// Change a part of an object.
    Patch(Rc<PatchRequest>),
    /// Run a command in a container.
    Exec(Rc<ExecRequest>),
}

/// A change of a part of an object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PatchRequest {
    /// Its kind.
    pub kind: String,
    /// Its name; `*` for all of the kind.
    pub name: String,
    /// Whether its subresource `status` is meant.
    pub status: bool,
    /// What is to change.
    pub change: Change,
}

/// What is to change in an object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// `kubectl patch`.
    Patch(Patch),
    /// `kubectl set image`: containers (`*`: all) and their new images.
    Images(Vec<(String, String)>),
    /// `kubectl taint`.
    Taints {
        /// New taints.
        add: Vec<Taint>,
        /// Keys to take away, with one effect or all.
        remove: Vec<(String, Option<String>)>,
        /// Whether a taint that is there may get another value.
        overwrite: bool,
    },
    /// `kubectl debug`: one more ephemeral container.
    Debug(Value),
    /// `kubectl cordon` or `uncordon`.
    Cordon(bool),
    /// `kubectl label` or `annotate`.
    Marks {
        /// Annotations, not labels.
        annotations: bool,
        /// Keys with their new values; none: take the key away.
        set: Vec<(String, Option<String>)>,
        /// Whether a value that is there may be replaced.
        overwrite: bool,
    },
}

/// A command to run in a container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExecRequest {
    /// Pod name.
    pub pod: String,
    /// Container name; the default one if none is given.
    pub container: Option<String>,
    /// The command.
    pub command: Vec<String>,
}
