//! One instance of a container: from its creation to its removal.

use super::images;
use super::log::Log;
use super::namespace::Home;
use crate::base::{Map, SimTime};
use crate::engine::cri::{CreateSpec, InstanceState, InstanceStatus, RuntimeReply};
use crate::engine::wire::EventKey;
use crate::shell::behaviour::Behaviour;
use crate::shell::images::Profile;
use crate::shell::process::Env;
use crate::shell::{Limit, Pid, Signal, User};
use std::rc::Rc;

/// One instance of a container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instance {
    /// Its number.
    pub id: u64,
    /// What it was created from.
    pub spec: Rc<CreateSpec>,
    /// What is known of its image.
    pub image: Rc<Profile>,
    /// The full name of its image, and its digest.
    image_names: (String, String),
    /// What is said of its program.
    pub behaviour: Rc<Behaviour>,
    /// Its id, as the API shows it.
    pub container_id: String,
    /// Its state.
    pub state: InstanceState,
    /// When it was created.
    pub created: SimTime,
    /// When its process started.
    pub started: Option<SimTime>,
    /// When it ended.
    pub finished: Option<SimTime>,
    /// Exit code, once it ended.
    pub exit_code: i32,
    /// Why it ended, in the runtime's word.
    pub reason: String,
    /// Termination message.
    pub message: String,
    /// Who its processes are, and where they are at home.
    pub user: (User, String),
    /// The environment of its processes; the image's first, the Pod's above it.
    /// Source: containerd internal/cri/server/container_create.go
    pub(super) env: Env,
    /// Where its processes and files are; gone with it.
    pub home: Option<Home>,
    /// What it wrote.
    pub log: Log,
    /// Signals that its PID 1 got.
    pub signals: Vec<SignalSeen>,
    /// How many bytes its own files held when it started.
    pub began_with: (u64, u64),
    /// How many bytes it wrote outside of its volumes, once it ended.
    pub wrote: u64,
    /// Whether something of it was killed for want of memory.
    pub oom: bool,
    /// What has been told of it and need not be told again.
    pub(super) told: Told,
    /// A stop that is under way.
    pub stopping: Option<Stopping>,
    pub(super) execs: Map<Pid, ExecRun>,
}

/// What is told once of each instance.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Told {
    pub(super) throttled: bool,
    pub(super) zombie: bool,
    pub(super) reaped: bool,
    pub(super) limits: Vec<Limit>,
    pub(super) flood: bool,
    pub(super) held_back: bool,
}

/// A signal to PID 1, and what it did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignalSeen {
    /// When.
    pub at: SimTime,
    /// `TERM` …
    pub signal: Signal,
    /// `killed`, `trap`, `trap-waits`, `delivered`, `ignored` (PID 1 is immune), `unheeded`.
    pub effect: &'static str,
}

/// A stop under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stopping {
    /// The calls to answer when it is over.
    pub calls: Vec<u64>,
    /// When the signal was sent.
    pub since: SimTime,
    /// When SIGKILL is due.
    pub kill_at: SimTime,
    pub(super) timer: Option<EventKey>,
    /// Whether SIGKILL was sent.
    pub killed: bool,
}

/// A command run in the container from outside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExecRun {
    pub(super) call: u64,
    /// stdout and stderr.
    pub(super) output: [String; 2],
    pub(super) deadline: Option<EventKey>,
    /// Whether it was killed for taking too long.
    pub(super) timed_out: bool,
    /// Whether its time is over and only the kubelet's patience is left.
    pub(super) overdue: bool,
}

impl ExecRun {
    /// The answer once it ended.
    pub(super) fn reply(self, code: i32) -> RuntimeReply {
        let [stdout, stderr] = self.output;
        RuntimeReply::Execed { code, stdout, stderr }
    }
}

impl Instance {
    /// A new one.
    pub fn new(id: u64, spec: Rc<CreateSpec>, now: SimTime) -> Self {
        let container_id = images::hex(&format!("{}/{}/{id}", spec.uid, spec.container));
        Instance {
            id,
            image: Rc::new(images::profile_of(&spec.image)),
            image_names: (images::full_name(&spec.image), images::digest(&spec.image)),
            behaviour: spec.behaviour.clone(),
            spec,
            container_id: format!("containerd://{container_id}"),
            state: InstanceState::Created,
            created: now,
            started: None,
            finished: None,
            exit_code: 0,
            reason: String::new(),
            message: String::new(),
            user: Default::default(),
            env: Env::default(),
            home: None,
            log: Log::default(),
            signals: Vec::new(),
            began_with: (0, 0),
            wrote: 0,
            oom: false,
            told: Told::default(),
            stopping: None,
            execs: Map::new(),
        }
    }

    /// What the runtime tells of it.
    pub fn status(&self) -> InstanceStatus {
        InstanceStatus {
            id: self.id,
            container_id: self.container_id.clone(),
            name: self.spec.container.clone(),
            attempt: self.spec.attempt,
            state: self.state,
            created: self.created,
            started: self.started,
            finished: self.finished,
            exit_code: self.exit_code,
            reason: self.reason.clone(),
            message: self.message.clone(),
            image: self.image_names.clone(),
            asked_image: self.spec.image.clone(),
            user: self.user.0.clone(),
        }
    }
}
