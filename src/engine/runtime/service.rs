//! The runtime's service: takes calls, works on them for a while, answers.

use super::disk;
use super::images::{Images, Said};
use super::instance::Instance;
use super::namespace::Namespace;
use super::sandbox::Sandbox;
use crate::base::{Map, Shared, SimTime};
use crate::engine::cri::{
    CreateSpec, InstanceState, NETWORK_VOLUME, PodSnapshot, RuntimeCall, RuntimeReply,
};
use crate::engine::cx::Cx;
use crate::engine::latency::{self, Work};
use crate::engine::message::{Call, Component, Message};
use crate::engine::trace::Subject;
use crate::engine::wire::SimEvent;
use crate::rules::Rule;
use crate::shell::behaviour::Behaviour;
use crate::shell::net::{Addr, Befell, Fate, Ip};
use crate::shell::{NetId, Pid, Volumes};
use std::collections::VecDeque;
use std::rc::Rc;

/// A timer of the runtime.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RuntimeTimer {
    /// The memory of all containers is to be looked at, as it grows.
    Memory,
    /// The work of a call is done.
    Done(u64, RuntimeCall),
    /// A started container's answer is due.
    Answer(u64, RuntimeReply),
    /// Something in a PID namespace can run.
    Wake(u64),
    /// The end of an instance's PID 1 is noticed.
    Exited(u64),
    /// The grace of a stop is over.
    KillAt(u64),
    /// A command took too long.
    ExecDeadline(u64, Pid),
}

/// A pull that is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Pull {
    id: u64,
    image: String,
    behaviour: Rc<Behaviour>,
    asked: SimTime,
}

/// The runtime of a node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Runtime {
    pub(super) sandboxes: Map<String, Sandbox>,
    pub(super) instances: Shared<u64, Instance>,
    pub(super) namespaces: Shared<u64, Namespace>,
    pub(super) images: Images,
    pub(super) disk: Volumes,
    pulls: VecDeque<Pull>,
    pub(super) next_instance: u64,
    host: NetId,
    /// The addresses of its Pods begin here.
    range: Ip,
    next_ip: u32,
    version: u64,
    /// Whether something outside of Pods takes all memory, or all disk, that is left.
    pub(in crate::engine) hogged: [bool; 2],
    /// A container holds memory that may grow.
    pub(super) strained: bool,
    /// What the containers of the node can have together, in bytes.
    pub(in crate::engine) memory: u64,
    /// What they had when that was looked at last.
    pub(super) had: u64,
    /// Processes that were killed as the node had no memory left: command line and PID.
    pub(in crate::engine) system_ooms: Vec<(String, u32)>,
}

impl Runtime {
    /// A runtime without Pods on the node with this namespace and this range of addresses; `said`
    /// is what a scenario says of images.
    pub fn new(said: &Rc<Vec<Said>>, host: NetId, range: Ip) -> Self {
        let mut images = Images::default();
        images.say(said);
        Runtime {
            sandboxes: Map::new(),
            instances: Shared::new(),
            namespaces: Shared::new(),
            images,
            disk: disk::new(),
            pulls: VecDeque::new(),
            next_instance: 0,
            host,
            range,
            next_ip: 4,
            version: 0,
            hogged: [false; 2],
            strained: false,
            memory: u64::MAX,
            had: 0,
            system_ooms: Vec::new(),
        }
    }

    /// Rises whenever a container or sandbox changes its state.
    pub fn version(&self) -> u64 {
        self.version
    }

    pub(super) fn changed(&mut self) {
        self.version += 1;
    }

    /// The sandbox of a Pod.
    pub fn sandbox(&self, uid: &str) -> Option<&Sandbox> {
        self.sandboxes.get(uid)
    }

    /// All volumes of the node, and its own disk.
    pub fn disk(&self) -> &Volumes {
        &self.disk
    }

    /// Brings volumes of the network here from the machine that had them last.
    pub fn fetch_volumes(&mut self, from: &mut Runtime) {
        self.disk.fetch(&mut from.disk, NETWORK_VOLUME);
    }

    /// UIDs of the Pods that have something on the node.
    pub fn pods(&self) -> impl Iterator<Item = &String> {
        self.sandboxes.keys()
    }

    /// The instances of a Pod, the oldest first.
    pub fn instances_of<'a>(&'a self, uid: &'a str) -> impl Iterator<Item = &'a Instance> {
        self.instances.values().filter(move |i| i.spec.uid == uid)
    }

    /// The instance of this number.
    pub fn instance(&self, id: u64) -> Option<&Instance> {
        self.instances.get(&id)
    }

    /// Handles a call.
    pub fn handle(&mut self, message: Message, cx: &mut Cx) {
        let Call::Runtime(id, call) = message.call else { return };
        let work = match &call {
            RuntimeCall::RunSandbox { .. } => latency::SANDBOX,
            RuntimeCall::Create(_) => latency::CREATE,
            RuntimeCall::Start(_) => latency::START,
            RuntimeCall::Stop { .. } => latency::SIGNAL,
            RuntimeCall::Exec { .. } => latency::EXEC,
            RuntimeCall::StopSandbox { .. } => latency::STOP_SANDBOX,
            RuntimeCall::RemovePod { .. } => latency::UNMOUNT,
            RuntimeCall::Pull { image, behaviour } => {
                let pull =
                    Pull { id, image: image.clone(), behaviour: behaviour.clone(), asked: cx.now };
                return self.queue_pull(pull, cx);
            }
            RuntimeCall::ImageStatus { image } => {
                return reply_to(id, RuntimeReply::ImageStatus(self.images.has(image)), cx);
            }
            RuntimeCall::RemoveContainers { instances } => {
                self.instances.retain(|i, _| !instances.contains(i));
                self.changed();
                return reply_to(id, RuntimeReply::Removed, cx);
            }
            RuntimeCall::Volumes { work, .. } => {
                let errors = disk::carry_out(&mut self.disk, work, cx.now);
                return reply_to(id, RuntimeReply::Volumes(errors), cx);
            }
            RuntimeCall::Storage { uid } => {
                let found = Rc::new(self.storage_use(uid));
                return reply_to(id, RuntimeReply::Storage(found), cx);
            }
            RuntimeCall::NodeUse => {
                self.relieve(cx);
                let found = Rc::new(self.node_use(cx.now));
                return reply_to(id, RuntimeReply::NodeUse(found), cx);
            }
            RuntimeCall::Files { uid, wanted } => {
                let found = disk::files(&self.disk, uid, wanted);
                return reply_to(id, RuntimeReply::Files(found), cx);
            }
            RuntimeCall::List { of } => return self.list(id, of.as_deref(), cx),
        };
        let wait = self.work(work, id, cx);
        cx.after(wait, SimEvent::Runtime(RuntimeTimer::Done(id, call)));
    }

    /// Handles a timer.
    pub fn fire(&mut self, timer: RuntimeTimer, cx: &mut Cx) {
        match timer {
            RuntimeTimer::Memory => self.strained = true,
            RuntimeTimer::Done(id, call) => self.done(id, call, cx),
            RuntimeTimer::Answer(id, reply) => reply_to(id, reply, cx),
            RuntimeTimer::Wake(namespace) => self.pump_space(namespace, cx),
            RuntimeTimer::Exited(instance) => self.exit_noticed(instance, cx),
            RuntimeTimer::KillAt(instance) => self.kill_now(instance, cx),
            RuntimeTimer::ExecDeadline(instance, pid) => self.exec_deadline(instance, pid, cx),
        }
    }

    fn done(&mut self, id: u64, call: RuntimeCall, cx: &mut Cx) {
        match call {
            RuntimeCall::RunSandbox {
                uid,
                hostname,
                pid_mode,
                resolv,
                host_network,
                bandwidth,
                host_ports,
            } => {
                if let Some(error) = bandwidth.error().filter(|_| !host_network) {
                    let name = super::images::hex(&format!("sandbox {uid} {id}"));
                    let error = format!("failed to setup network for sandbox \"{name}\": {error}");
                    return reply_to(id, RuntimeReply::SandboxFailed(error), cx);
                }
                let net = self.namespace(host_network, &host_ports, cx);
                let ip = cx.network.address(net).to_string();
                let (namespace, ready) = (None, true);
                let created = cx.now;
                let sandbox =
                    Sandbox { hostname, ip, net, created, ready, pid_mode, namespace, resolv };
                self.sandbox_up(id, uid, sandbox, cx);
            }
            RuntimeCall::Pull { .. } => self.pulled(cx),
            RuntimeCall::Create(spec) => self.create(id, spec, cx),
            RuntimeCall::Start(instance) => self.start(id, instance, cx),
            RuntimeCall::Stop { instance, timeout } => self.stop(id, instance, timeout, cx),
            RuntimeCall::Exec { instance, argv, timeout } => {
                self.exec(id, instance, argv, timeout, cx);
            }
            RuntimeCall::StopSandbox { uid } => self.sandbox_down(id, &uid, cx),
            RuntimeCall::RemovePod { uid } => self.remove_pod(id, &uid, cx),
            RuntimeCall::List { .. }
            | RuntimeCall::Files { .. }
            | RuntimeCall::Storage { .. }
            | RuntimeCall::NodeUse
            | RuntimeCall::Volumes { .. }
            | RuntimeCall::RemoveContainers { .. }
            | RuntimeCall::ImageStatus { .. } => {}
        }
    }

    /// How long this work takes; the call's number makes each draw its own.
    pub(super) fn work(&self, work: Work, call: u64, cx: &Cx) -> SimTime {
        cx.work(work, "node", call)
    }

    fn sandbox_up(&mut self, id: u64, uid: String, sandbox: Sandbox, cx: &mut Cx) {
        let ip = sandbox.ip.clone();
        self.sandboxes.insert(uid.clone(), sandbox);
        self.open_namespace(&uid, cx);
        self.changed();
        reply_to(id, RuntimeReply::Sandbox(ip), cx);
    }

    /// A network namespace with an address of its own and the node's ports that lead to it, or
    /// the node's.
    fn namespace(&mut self, of_host: bool, ports: &[(u16, u16)], cx: &mut Cx) -> NetId {
        if of_host {
            return self.host;
        }
        let ip = self.free_ip(cx);
        let forwards = ports.iter().map(|(host, own)| (*host, Addr::new(ip, *own)));
        cx.network.host_ports.extend(forwards);
        cx.network.add_space(self.host, ip)
    }

    /// The next address that no Pod has. A range is full at 250; a node with more Pods goes on in
    /// a range that no other node has.
    /// Source: CNI plugin host-local, allocator.go Get (goes round)
    fn free_ip(&mut self, cx: &Cx) -> Ip {
        let crowded = self.sandboxes.len() >= 250;
        let beyond = 0x0af5_0000 + ((self.range.0 & 0xff00) << 6);
        loop {
            self.next_ip += 1;
            let ip = match crowded {
                true => Ip(beyond | (self.next_ip & 0x3fff)),
                false => Ip(self.range.0 | (self.next_ip % 250 + 1)),
            };
            if cx.network.is_free(ip) {
                return ip;
            }
        }
    }

    fn sandbox_down(&mut self, id: u64, uid: &str, cx: &mut Cx) {
        if let Some(sandbox) = self.sandboxes.get_mut(uid) {
            sandbox.ready = false;
            cx.network.remove_space(sandbox.net);
            let namespace = sandbox.namespace.take();
            self.changed();
            namespace.into_iter().for_each(|number| self.close_namespace(number, cx));
        }
        reply_to(id, RuntimeReply::SandboxStopped, cx);
    }

    fn remove_pod(&mut self, id: u64, uid: &str, cx: &mut Cx) {
        if let Some(sandbox) = self.sandboxes.remove(uid) {
            cx.network.remove_space(sandbox.net);
        }
        let ours = self.namespaces.iter().filter(|(_, space)| space.pod == uid);
        let ours: Vec<u64> = ours.map(|(number, _)| *number).collect();
        ours.into_iter().for_each(|number| self.close_namespace(number, cx));
        self.instances.retain(|_, instance| instance.spec.uid != uid);
        disk::remove_pod(&mut self.disk, uid);
        reply_to(id, RuntimeReply::Removed, cx);
    }

    /// Pulls go one after the other. Source: kubelet config serializeImagePulls
    fn queue_pull(&mut self, pull: Pull, cx: &mut Cx) {
        self.pulls.push_back(pull);
        if self.pulls.len() == 1 {
            self.begin_pull(cx);
        }
    }

    fn begin_pull(&mut self, cx: &mut Cx) {
        let Some(Pull { id, image, behaviour, .. }) = self.pulls.front().cloned() else { return };
        let took = self.pull_time(id, &image, &behaviour, cx);
        let call = RuntimeCall::Pull { image, behaviour };
        cx.after(took, SimEvent::Runtime(RuntimeTimer::Done(id, call)));
    }

    fn pull_time(&self, id: u64, image: &str, behaviour: &Behaviour, cx: &Cx) -> SimTime {
        if self.images.pull_error(image, behaviour).is_some() {
            return self.work(latency::PULL_PRESENT, id, cx);
        }
        let present = self.images.has(image);
        let work = if present { latency::PULL_PRESENT } else { latency::PULL_NEW };
        self.work(work, id, cx) + self.images.transfer(image, behaviour)
    }

    fn pulled(&mut self, cx: &mut Cx) {
        let Some(Pull { id, image, behaviour, asked }) = self.pulls.pop_front() else { return };
        let reply = match self.images.pull_error(&image, &behaviour) {
            Some(error) => RuntimeReply::PullFailed(error),
            None => {
                let took = self.pull_time(id, &image, &behaviour, cx);
                self.images.keep(&image);
                let size = self.images.size(&image, &behaviour);
                RuntimeReply::Pulled { took, waited: cx.now.since(asked), size }
            }
        };
        reply_to(id, reply, cx);
        self.begin_pull(cx);
    }

    pub(super) fn forget_pulls(&mut self) {
        self.pulls.clear();
    }

    /// An image is taken out of its registry, or put back.
    pub fn set_image_gone(&mut self, image: &str, gone: bool) {
        self.images.set_gone(image, gone);
    }

    /// Dead instances beyond the newest of each container go: as the kubelet's garbage collection
    /// leaves one, and the new one makes two. Source: kubelet MaxPerPodContainerCount 1
    fn create(&mut self, id: u64, spec: Rc<CreateSpec>, cx: &mut Cx) {
        let same = |i: &Instance| i.spec.uid == spec.uid && i.spec.container == spec.container;
        let mut old: Vec<u64> = self.instances.values().filter(|i| same(i)).map(|i| i.id).collect();
        let before = old.pop().and_then(|id| self.instances.get(&id));
        if let Some(before) = before.filter(|i| i.wrote > 0) {
            let subject = Subject::container(&spec.pod, &spec.container);
            cx.cite(
                subject,
                Rule::FilesGone,
                vec![("bytes", i64::try_from(before.wrote).unwrap_or(i64::MAX).into())],
            );
        }
        for instance in old {
            self.instances.remove(&instance);
        }
        self.next_instance += 1;
        let number = self.next_instance;
        let mut behaviour = self.images.behaviour(&spec.image, &spec.behaviour);
        behaviour.expected.clone_from(&spec.ports);
        let mut instance = Instance::new(number, spec, cx.now);
        instance.behaviour = Rc::new(behaviour);
        self.instances.insert(number, instance);
        reply_to(id, RuntimeReply::Created(number), cx);
    }

    /// One pass over the instances, so that a relist costs what there is on the node.
    fn list(&mut self, id: u64, of: Option<&str>, cx: &mut Cx) {
        let wanted = |uid: &str| of.is_none_or(|one| one == uid);
        let sandboxes = self.sandboxes.iter().filter(|(uid, _)| wanted(uid));
        let mut pods: Vec<Rc<PodSnapshot>> =
            sandboxes.map(|(uid, sandbox)| Rc::new(snapshot(uid, sandbox))).collect();
        // The newest first.
        for instance in self.instances.values().rev() {
            let at = pods.binary_search_by(|pod| pod.uid.cmp(&instance.spec.uid));
            if let Ok(at) = at {
                Rc::make_mut(&mut pods[at]).instances.push(instance.status());
            }
        }
        let pods = Rc::new(pods);
        reply_to(id, RuntimeReply::Listed { at: cx.now, pods }, cx);
    }

    /// Starts the instance's process; the answer comes a little later.
    fn start(&mut self, id: u64, number: u64, cx: &mut Cx) {
        let answer_after = self.work(latency::STARTED, id, cx);
        let reply = match self.spawn_init(number, cx) {
            Ok(()) => RuntimeReply::Started,
            Err(error) => RuntimeReply::StartFailed(error),
        };
        self.changed();
        cx.after(answer_after, SimEvent::Runtime(RuntimeTimer::Answer(id, reply)));
        self.pump(number, cx);
    }

    fn spawn_init(&mut self, number: u64, cx: &mut Cx) -> Result<(), String> {
        let Some(instance) = self.instances.get(&number) else {
            return Err("no such container".into());
        };
        let subject = Subject::container(&instance.spec.pod, &instance.spec.container);
        let fields = instance.spec.fields.clone();
        instance.cite_image(cx);
        let (spec, command) = (instance.spec.clone(), instance.argv().join(" "));
        let result = self.spawn_first(number, cx);
        match &result {
            Ok(()) => {
                let facts = vec![("command", command.into()), ("restarts", spec.attempt.into())];
                cx.cite_fields(subject, Rule::ContainerStarted, facts, fields);
                self.cite_namespace(number, cx);
                self.befell(number, Befell::Nothing, cx);
            }
            Err(error) => {
                let facts = vec![("error", error.as_str().into())];
                cx.cite_fields(subject, Rule::ContainerStartFailed, facts, fields);
            }
        }
        result
    }

    /// Notes on the network what befell an instance: why connections to it break.
    pub(super) fn befell(&self, number: u64, what: Befell, cx: &mut Cx) {
        let Some(spec) = self.instances.get(&number).map(|instance| &instance.spec) else { return };
        if let Some(sandbox) = self.sandboxes.get(&spec.uid) {
            cx.network.tell_fate(sandbox.net, &spec.pod, Fate { what, record: cx.cause });
        }
    }

    /// The running instance of a container, if there is one.
    pub fn running(&self, uid: &str, container: &str) -> Option<&Instance> {
        let it = |i: &&Instance| {
            i.spec.uid == uid && i.spec.container == container && i.state == InstanceState::Running
        };
        self.instances.values().rev().find(it)
    }
}

/// Answers a call.
pub(super) fn reply_to(id: u64, reply: RuntimeReply, cx: &mut Cx) {
    cx.send(Component::Kubelet(cx.node()), latency::CRI_HOP, Call::RuntimeReply(id, reply));
}

/// A Pod without its instances.
fn snapshot(uid: &str, sandbox: &Sandbox) -> PodSnapshot {
    PodSnapshot {
        uid: uid.to_string(),
        sandbox_ready: sandbox.ready,
        sandbox_created: sandbox.created,
        ip: sandbox.ip.clone(),
        ..PodSnapshot::default()
    }
}
