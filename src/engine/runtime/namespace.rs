//! PID namespaces of the node: a container's own, the Pod's, or the node's.

use super::disk;
use super::instance::Instance;
use super::sandbox::Sandbox;
use super::service::Runtime;
use super::storage::room;
use crate::base::SimTime;
use crate::engine::cri::{InstanceState, PidMode};
use crate::engine::cx::Cx;
use crate::engine::wire::EventKey;
use crate::rules::Rule;
use crate::shell::{Kernel, Limits, Pid, Spawn, Volumes};

/// Process ids that runc's own threads take while it makes a process.
pub(super) const RUNC_THREADS: u32 = 5;

/// A PID namespace with its processes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Namespace {
    /// The processes and their files.
    pub kernel: Kernel,
    /// UID of the Pod whose it is.
    pub pod: String,
    /// The instances with processes in it.
    pub members: Vec<u64>,
    pub(super) wake: Option<EventKey>,
    /// How often in a row its processes could have gone on.
    pub(super) busy: u32,
    pub(super) rush: Rush,
}

/// How often the network has woken a namespace without time passing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Rush {
    at: SimTime,
    wakes: u32,
    wait: SimTime,
}

/// Wakes at one instant after which time has to pass.
const RUSH: u32 = 20;
/// The longest wait after them.
const RUSH_MAX: SimTime = SimTime::secs(1);

impl Rush {
    /// When to wake next: at once, but containers that talk over localhost without end take their
    /// time, more and more as long as they do nothing else.
    ///
    /// DIFFERENCE: talking over localhost takes microseconds, which the clock here does not have.
    pub(super) fn next(&mut self, now: SimTime) -> SimTime {
        if now != self.at {
            let paused = now.since(self.at) > self.wait;
            self.wait = if paused { SimTime::ZERO } else { self.wait };
            (self.at, self.wakes) = (now, 0);
        }
        self.wakes += 1;
        if self.wakes < RUSH {
            return now;
        }
        let doubled = SimTime::ms(self.wait.as_ms() * 2);
        self.wait = doubled.max(SimTime::ms(1)).min(RUSH_MAX);
        now + self.wait
    }

    /// Whether such a wait has begun now.
    pub(super) fn holds(&self, now: SimTime) -> bool {
        now == self.at && self.wakes >= RUSH
    }
}

/// Where an instance's processes are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Home {
    /// The number of its namespace.
    pub namespace: u64,
    /// The number of its file system there.
    pub container: usize,
    /// Its first process.
    pub init: Pid,
}

impl Namespace {
    pub(super) fn new(kernel: Kernel, pod: &str) -> Self {
        let (pod, members) = (pod.to_string(), Vec::new());
        Namespace { kernel, pod, members, wake: None, busy: 0, rush: Rush::default() }
    }
}

impl Runtime {
    /// Makes the Pod's namespace if its containers share one; its number is one of an instance
    /// that never was.
    pub(super) fn open_namespace(&mut self, uid: &str, cx: &mut Cx) {
        let Some(sandbox) = self.sandboxes.get(uid) else { return };
        let kernel = match sandbox.pid_mode {
            PidMode::Container => return,
            PidMode::Pod => Kernel::of_pod(&sandbox.hostname, cx.now),
            PidMode::Node => Kernel::of_node(&sandbox.hostname, cx.now),
        };
        self.next_instance += 1;
        let number = self.next_instance;
        let mut space = Namespace::new(kernel, uid);
        space.kernel.skip_pids(RUNC_THREADS);
        self.namespaces.insert(number, space);
        if let Some(sandbox) = self.sandboxes.get_mut(uid) {
            sandbox.namespace = Some(number);
        }
        self.pump_space(number, cx);
    }

    /// Ends a namespace with all that is in it.
    pub(super) fn close_namespace(&mut self, number: u64, cx: &mut Cx) {
        if let Some(key) = self.namespaces.remove(&number).and_then(|space| space.wake) {
            cx.wire.cancel(key);
        }
    }

    /// Says that an instance's first process is not PID 1.
    pub(super) fn cite_namespace(&self, number: u64, cx: &mut Cx) {
        let Some(instance) = self.instances.get(&number) else { return };
        let Some(sandbox) = self.sandboxes.get(&instance.spec.uid) else { return };
        let (rule, field) = match sandbox.pid_mode {
            PidMode::Container => return,
            PidMode::Pod => (Rule::ProcessShared, "spec.shareProcessNamespace"),
            PidMode::Node => (Rule::ProcessHost, "spec.hostPID"),
        };
        let facts = vec![("pid", instance.home.map_or(0, |home| home.init.0).into())];
        cx.cite_fields(instance.subject(), rule, facts, vec![field.to_string()]);
    }

    /// The processes of an instance's namespace, while it runs.
    pub fn kernel_of(&self, instance: &Instance) -> Option<&Kernel> {
        self.namespaces.get(&instance.home?.namespace).map(|space| &space.kernel)
    }

    /// The processes of the namespace that the containers of a Pod share.
    pub fn shared_kernel(&self, uid: &str) -> Option<&Kernel> {
        let number = self.sandboxes.get(uid)?.namespace?;
        self.namespaces.get(&number).map(|space| &space.kernel)
    }

    pub(super) fn kernel_mut(&mut self, home: Home) -> Option<&mut Kernel> {
        self.namespaces.get_mut(&home.namespace).map(|space| &mut space.kernel)
    }

    /// Starts the first process of an instance. The error is the runtime's.
    /// Source: containerd internal/cri/server/container_start.go (exit code 128, StartError)
    pub(super) fn spawn_first(&mut self, number: u64, cx: &mut Cx) -> Result<(), String> {
        let Some(instance) = self.instances.get_mut(&number) else {
            return Err("no such container".into());
        };
        let Some(sandbox) = self.sandboxes.get(&instance.spec.uid) else {
            return Err("no such sandbox".into());
        };
        if let Some(error) = instance.too_little_memory() {
            return Err(instance.not_started(&error, cx.now));
        }
        let at = sandbox.namespace.unwrap_or(number);
        let files = instance.root(&mut self.images, &sandbox.hostname);
        if !self.namespaces.contains_key(&at) {
            let kernel = Kernel::with_files(&sandbox.hostname, files.clone());
            self.namespaces.insert(at, Namespace::new(kernel, &instance.spec.uid));
        }
        let Some(space) = self.namespaces.get_mut(&at) else { return Err("no namespace".into()) };
        let container = match sandbox.namespace {
            Some(_) => space.kernel.add_container(files),
            None => 0,
        };
        match instance.spawn_in(space, container, (sandbox, &mut self.disk), cx.now) {
            Ok(init) => {
                space.members.push(number);
                let files = space.kernel.container_files(container);
                instance.began_with = files.map_or((0, 0), |files| room(files.root()));
                instance.home = Some(Home { namespace: at, container, init });
                Ok(())
            }
            Err(error) => {
                match sandbox.namespace {
                    Some(_) => space.kernel.remove_container(container),
                    None => drop(self.namespaces.remove(&at)),
                }
                Err(instance.not_started(&error, cx.now))
            }
        }
    }
}

impl Instance {
    fn spawn_in(
        &mut self,
        space: &mut Namespace,
        container: usize,
        (sandbox, disk): (&Sandbox, &mut Volumes),
        now: SimTime,
    ) -> Result<Pid, String> {
        if let Some(files) = space.kernel.container_files_mut(container) {
            disk::mount_all(&self.spec, sandbox, disk, files, now)?;
            // A working directory that is missing is made; why it cannot be, the start tells.
            // Source: runc libcontainer/rootfs_linux.go prepareRootfs
            let _ = files.mount_point(disk, &self.cwd(), true);
            files.set_read_only_root(self.spec.read_only_root);
            self.user = self.user_in(files, disk);
        }
        self.env = self.environment(sandbox);
        let (stdin, terminal) = (self.spec.stdin, self.spec.terminal);
        let spawn = Spawn { stdin, terminal, ..self.spawned(self.argv(), container, sandbox) };
        let spawned = space.kernel.spawn(now, &spawn, disk);
        let init = spawned.map_err(|error| error.to_string())?;
        space.kernel.skip_pids(RUNC_THREADS);
        let curve = self.behaviour.memory.clone();
        let limits = Limits { curve, ..self.spec.limits.clone() };
        space.kernel.set_limits(now, init, self.id, limits);
        self.state = InstanceState::Running;
        self.started = Some(now);
        Ok(init)
    }

    fn not_started(&mut self, error: &str, now: SimTime) -> String {
        let error = format!(
            "failed to create containerd task: failed to create shim task: OCI runtime create \
             failed: runc create failed: unable to start container process: {error}"
        );
        self.state = InstanceState::Exited;
        self.finished = Some(now);
        self.exit_code = 128;
        self.reason = "StartError".into();
        self.message = error.clone();
        error
    }
}
