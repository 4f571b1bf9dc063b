//! What a person does to the cluster.

use super::faults::NodeFault;
use crate::api::patch::Patch;
use crate::api::taint::Taint;
use crate::base::SimTime;
use crate::base::json::Value;
use crate::engine::reading::Reading;
use std::rc::Rc;

/// One act, at a moment of the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// A kubectl command that sends requests, one after the other.
    Kubectl {
        /// The command line, without the word kubectl.
        args: String,
        /// The namespace that it is about.
        namespace: Rc<str>,
        /// What it asks of the API server.
        requests: Rc<Vec<Request>>,
    },
    /// A kubectl command that reads and changes nothing.
    Read {
        /// The command line, without the word kubectl.
        args: String,
        /// What it asks for.
        reading: Rc<Reading>,
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
    /// Let something happen to a machine.
    Node {
        /// The name of its node.
        node: String,
        /// What happens.
        fault: NodeFault,
    },
    /// Let the scheduler run, or not.
    Scheduler(bool),
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
        /// What else the request says.
        options: DeleteOptions,
    },
    /// Evict a Pod: delete it unless a budget is against it.
    Evict {
        /// Pod name.
        name: String,
        /// `gracePeriodSeconds` of the deletion.
        grace: Option<i64>,
    },
    /// Read all objects of a kind.
    List(String),
    /// Take every Pod from a node: `kubectl drain`.
    Drain(Rc<Drain>),
    /// Something that kubectl reads and then prints, or waits for.
    Look(Rc<Look>),
    /// Create a Pod and stay with it: `kubectl run --attach`.
    Attach {
        /// The Pod.
        object: Rc<Value>,
        /// Whether it goes when its container has ended.
        remove: bool,
    },
    /// Change a part of an object.
    Patch(Rc<PatchRequest>),
    /// Run a command in a container.
    Exec(Rc<ExecRequest>),
}

/// What becomes of the objects that a deleted one owns.
/// Source: apimachinery meta/v1/types.go DeletionPropagation
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Cascade {
    /// They go after it.
    #[default]
    Background,
    /// They go before it.
    Foreground,
    /// They stay, and belong to nobody.
    Orphan,
}

/// What a delete request says besides kind, name and grace.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DeleteOptions {
    /// What becomes of what it owns.
    pub cascade: Cascade,
    /// Only the object with this UID.
    pub uid: Option<String>,
    /// Every object that this LabelSelector takes, instead of the one with the name.
    pub selector: Option<Value>,
}

/// What `kubectl drain` was told.
/// Source: kubectl/pkg/drain/drain.go Helper
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drain {
    /// Node names.
    pub nodes: Vec<String>,
    /// Pods without a controller go too.
    pub force: bool,
    /// Pods of DaemonSets are left alone.
    pub ignore_daemon_sets: bool,
    /// Pods with an emptyDir go too.
    pub delete_empty_dir: bool,
    /// Delete instead of asking for an eviction.
    pub disable_eviction: bool,
    /// Only print what would be done.
    pub dry_run: bool,
    /// Grace for every Pod; its own if there is none.
    pub grace: Option<i64>,
    /// How long to go on; zero is for ever.
    pub timeout: SimTime,
    /// Only Pods that this LabelSelector takes.
    pub pods: Option<Value>,
    /// Pods deleted longer ago than this many seconds are not waited for.
    pub skip_wait: i64,
}

/// Something that kubectl reads and then prints, or waits for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Look {
    /// `kubectl rollout status`.
    Status {
        /// Deployment.
        name: String,
        /// Whether to wait until it is done.
        watch: bool,
        /// How long to wait; zero is for ever.
        timeout: SimTime,
    },
    /// `kubectl rollout history`.
    History {
        /// Deployment.
        name: String,
        /// The revision whose template is shown; 0: all are listed.
        revision: i64,
    },
    /// `kubectl expose`: it reads an object and makes a Service for it.
    Expose {
        /// The object's kind.
        kind: String,
        /// Its name.
        name: String,
        /// The Service, without what comes from the object.
        service: Value,
        /// Its ports; the object's if there are none.
        ports: Vec<Value>,
        /// Its target port, a number or a name; empty: the port.
        target: Value,
        /// Its protocol; empty: TCP.
        protocol: String,
    },
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
    /// `kubectl set env`.
    Env {
        /// Variables with their new values; none: take the variable away.
        set: Vec<(String, Option<String>)>,
        /// The container whose variables they are; `*`: all.
        container: String,
    },
    /// `kubectl scale`.
    Scale {
        /// The number of replicas.
        replicas: i64,
        /// The number that there must be before.
        current: Option<i64>,
    },
    /// `kubectl rollout restart`, `pause`, `resume` and `undo`.
    Rollout(Rollout),
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

/// What `kubectl rollout` does to a Deployment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rollout {
    /// New Pods from the same template.
    Restart,
    /// Changes of the template wait.
    Pause,
    /// They take effect.
    Resume,
    /// The template of an earlier revision; 0: of the one before.
    Undo(i64),
}

/// A command to run in a container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExecRequest {
    /// `Pod`, or the kind of an object that has Pods.
    pub kind: String,
    /// Its name; of several Pods the first is meant.
    pub name: String,
    /// Container name; the default one if none is given.
    pub container: Option<String>,
    /// The command.
    pub command: Vec<String>,
}
