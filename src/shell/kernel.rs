//! The processes of one PID namespace with their files: the value the engine steps.
//!
//! ```text
//! engine ── spawn, signal, run(now, fuel) ──► Kernel ── output, exits, notes ──► engine
//! ```

use crate::base::{Map, SimTime};

use crate::shell::cgroup::{Cgroup, OomKill};
use crate::shell::files::{FileSystem, Space};
use crate::shell::image;
use crate::shell::limits;
use crate::shell::net::{Network, SocketId};
use crate::shell::open_files::{DescId, OpenFiles, Target};
use crate::shell::process::{Disposition, Process, Program, State};
use crate::shell::signal::{DefaultAction, Signal};
use crate::shell::tree::Inode;
use crate::shell::types::{Exit, Limit, Note, NoteKind, Output, Pid, SignalEffect, Stream};
use crate::shell::volume::{VolumeId, Volumes};

/// One PID namespace: its processes, their files, and what they have said since the engine asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kernel {
    pub(super) hostname: String,
    pub(super) epoch_secs: u64,
    pub(super) containers: Vec<FileSystem>,
    gone: Vec<usize>,
    pub(super) cgroups: Vec<Cgroup>,
    pub(super) oom_kills: Vec<OomKill>,
    /// Whether any process may use the processor while it waits.
    pub(super) busy: bool,
    /// Whether a process has written to files in memory since they were counted.
    pub(super) writes_memory: bool,
    /// When it ran last.
    pub(super) ran_at: SimTime,
    /// Whether any process may hold much memory, so that limits are worth looking at.
    pub(super) heavy: bool,
    pub(super) processes: Map<Pid, Process>,
    pub(super) open: OpenFiles,
    pub(super) exits: Map<Pid, Exit>,
    pub(super) next_pid: u32,
    /// The parent of spawned processes: 0 is outside of the namespace.
    pub(super) spawner: Pid,
    output: Vec<Output>,
    output_bytes: usize,
    notes: Vec<Note>,
    out_of_fuel: bool,
    /// Sockets that nothing has open any more.
    closed: Vec<(VolumeId, Inode)>,
    dropped: Vec<SocketId>,
}

impl Kernel {
    /// Whether a process of this container has a socket open.
    pub fn has_socket(&self, container: usize, socket: SocketId) -> bool {
        let is_it =
            |id: &DescId| self.open.get(*id).is_some_and(|d| d.target == Target::Socket(socket));
        let own = self.processes.values().filter(|p| p.container == container);
        own.into_iter().any(|p| p.descriptors.values().any(is_it))
    }

    /// A namespace with one container that has a busybox-like root file system.
    pub fn new(hostname: &str) -> Kernel {
        Kernel::with_files(hostname, image::busybox(hostname))
    }

    /// A namespace with one container that has this file system.
    pub fn with_files(hostname: &str, files: FileSystem) -> Kernel {
        Kernel {
            hostname: hostname.to_string(),
            epoch_secs: 1_767_225_600,
            containers: vec![files],
            gone: Vec::new(),
            cgroups: Vec::new(),
            oom_kills: Vec::new(),
            busy: false,
            writes_memory: false,
            ran_at: SimTime::ZERO,
            heavy: false,
            processes: Map::new(),
            open: OpenFiles::default(),
            exits: Map::new(),
            next_pid: 1,
            spawner: Pid(0),
            output: Vec::new(),
            output_bytes: 0,
            notes: Vec::new(),
            out_of_fuel: false,
            closed: Vec::new(),
            dropped: Vec::new(),
        }
    }

    /// Sets the wall-clock time of [`SimTime::ZERO`], in seconds since 1970; `date` needs it.
    pub fn set_epoch(&mut self, epoch_secs: u64) {
        self.epoch_secs = epoch_secs;
    }

    /// Adds another container to the namespace (`shareProcessNamespace`); its number, for
    /// [`Spawn::container`](super::Spawn). The number of one that is gone is used again.
    pub fn add_container(&mut self, files: FileSystem) -> usize {
        let free = (1..self.containers.len()).find(|at| self.gone.contains(at));
        let Some(at) = free else {
            self.containers.push(files);
            return self.containers.len() - 1;
        };
        self.gone.retain(|gone| *gone != at);
        self.containers[at] = files;
        at
    }

    /// Forgets a container's files; nothing of it runs any more.
    pub fn remove_container(&mut self, container: usize) {
        if let Some(files) = self.containers.get_mut(container) {
            *files = FileSystem::default();
            self.gone.push(container);
            if let Some(cgroup) = self.cgroups.get_mut(container) {
                *cgroup = Cgroup::empty();
            }
        }
    }

    /// The files of the first container.
    pub fn files(&self) -> &FileSystem {
        &self.containers[0]
    }

    /// The files of the first container, to change.
    pub fn files_mut(&mut self) -> &mut FileSystem {
        &mut self.containers[0]
    }

    /// The files of a container of the namespace.
    pub fn container_files(&self, container: usize) -> Option<&FileSystem> {
        self.containers.get(container)
    }

    /// The files of a container of the namespace, to change.
    pub fn container_files_mut(&mut self, container: usize) -> Option<&mut FileSystem> {
        self.containers.get_mut(container)
    }

    /// What was written to the logs since the last call, in order.
    pub fn take_output(&mut self) -> Vec<Output> {
        self.output_bytes = 0;
        std::mem::take(&mut self.output)
    }

    /// What the learner should know, since the last call.
    pub fn take_notes(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }

    /// How a spawned process ended; `None` while it runs.
    pub fn exit(&self, pid: Pid) -> Option<Exit> {
        self.exits.get(&pid).copied()
    }

    /// Forgets how a spawned process ended.
    pub fn forget(&mut self, pid: Pid) {
        self.exits.remove(&pid);
    }

    /// Whether the last [`Kernel::run`] ended because its fuel did.
    pub fn is_out_of_fuel(&self) -> bool {
        self.out_of_fuel
    }

    pub(super) fn set_out_of_fuel(&mut self, out: bool) {
        self.out_of_fuel = out;
    }

    /// Whether a process still holds the output of a spawned process open. The runtime's exec
    /// waits for that: an orphan with the probe's standard output delays the probe's answer.
    pub fn output_is_open(&self, root: Pid) -> bool {
        self.open.all().any(|d| matches!(d.target, Target::Stream(r, _) if r == root))
    }

    /// Sends a signal from outside of the namespace, as the runtime does.
    ///
    /// PID 1 ignores what it has no handler for, SIGKILL and SIGSTOP excepted.
    /// Source: pid_namespaces(7).
    pub fn signal(&mut self, now: SimTime, pid: Pid, signal: Signal) -> SignalEffect {
        self.send(now, pid, signal, true)
    }

    /// Kills every process of a container, as its cgroup is killed when its first process ends.
    /// In a PID namespace of its own that is not needed: the kernel does it.
    /// Source: containerd shim ShouldKillAllOnExit; runc kill --all.
    pub fn kill_container(&mut self, now: SimTime, container: usize) {
        let all: Vec<Pid> =
            self.processes.values().filter(|p| p.container == container).map(|p| p.pid).collect();
        for pid in all {
            self.terminate(pid, Exit::signal(Signal::Kill, now));
        }
    }

    pub(super) fn send(
        &mut self,
        now: SimTime,
        pid: Pid,
        signal: Signal,
        outside: bool,
    ) -> SignalEffect {
        let Some(process) = self.processes.get_mut(&pid) else { return SignalEffect::NoProcess };
        if !process.is_alive() {
            return SignalEffect::Ignored;
        }
        let immune = pid == Pid::INIT && !(outside && signal.is_forced());
        if process.stopped && !matches!(signal, Signal::Kill | Signal::Cont) {
            // Source: kernel/signal.c wants_signal: it stays pending until SIGCONT.
            if !process.held.contains(&signal) {
                process.held.push(signal);
            }
            return SignalEffect::Delivered;
        }
        match process.dispositions.get(&signal) {
            Some(disposition) if !signal.is_forced() => {
                let handled = *disposition == Disposition::Handle;
                let effect = if handled { handle(process, signal) } else { SignalEffect::Ignored };
                if signal == Signal::Cont {
                    self.go_on(now, pid);
                }
                return effect;
            }
            _ => {}
        }
        if pid == Pid::INIT && signal == Signal::Int && is_shell(process) {
            // Source: busybox ash, raise_interrupt: a shell catches SIGINT and ends itself.
            self.terminate(pid, Exit::code(130, now));
            return SignalEffect::Killed;
        }
        match signal.default_action() {
            DefaultAction::Continue => {
                self.go_on(now, pid);
                SignalEffect::Delivered
            }
            _ if immune => SignalEffect::Immune,
            DefaultAction::Ignore => SignalEffect::Ignored,
            DefaultAction::Stop => {
                process.stopped = true;
                SignalEffect::Delivered
            }
            DefaultAction::Terminate => {
                self.terminate(pid, Exit::signal(signal, now));
                SignalEffect::Killed
            }
        }
    }

    /// A stopped process goes on, and what came meanwhile comes now.
    fn go_on(&mut self, now: SimTime, pid: Pid) {
        let Some(process) = self.processes.get_mut(&pid) else { return };
        process.stopped = false;
        for signal in std::mem::take(&mut process.held) {
            self.send(now, pid, signal, false);
        }
    }

    /// Ends a process: closes its files, hands its children to PID 1, tells its parent.
    pub(super) fn terminate(&mut self, pid: Pid, exit: Exit) {
        let Some(process) = self.processes.get_mut(&pid) else { return };
        if !process.is_alive() {
            return;
        }
        process.program = Program::None;
        process.state = State::Zombie(exit);
        let (parent, spawned) = (process.ppid, process.root == pid);
        let mut files: Vec<DescId> =
            std::mem::take(&mut process.descriptors).into_values().collect();
        files.extend(std::mem::take(&mut process.unwritten).into_iter().map(|(file, _)| file));
        for file in files {
            self.close(file);
        }
        if pid == Pid::INIT {
            self.end_namespace(exit);
            return;
        }
        self.reparent(pid);
        if spawned {
            self.exits.insert(pid, exit);
            self.processes.remove(&pid);
        } else {
            self.child_ended(parent);
            self.tell_zombie(pid, exit.at);
        }
    }

    /// Tells of a zombie whose parent does not look like it will ever wait. A shell does in time.
    fn tell_zombie(&mut self, pid: Pid, at: SimTime) {
        let Some(child) = self.processes.get(&pid) else { return };
        let Some(parent) = self.processes.get(&child.ppid) else { return };
        let waits = matches!(parent.state, State::Child(_) | State::Runnable);
        if waits || !matches!(parent.program, Program::Task(_)) {
            return;
        }
        let (process, parent) = (child.argv.join(" "), parent.argv.join(" "));
        self.note(at, pid, NoteKind::Zombie { process, parent });
    }

    fn end_namespace(&mut self, exit: Exit) {
        self.exits.insert(Pid::INIT, exit);
        self.processes.remove(&Pid::INIT);
        let others: Vec<Pid> = self.processes.keys().copied().collect();
        for pid in others {
            if self.processes[&pid].root == pid {
                self.exits.insert(pid, Exit::signal(Signal::Kill, exit.at));
            }
        }
        self.processes.clear();
        let open = std::mem::take(&mut self.open);
        self.dropped.extend(open.all().filter_map(|d| match d.target {
            Target::Socket(id) => Some(id),
            _ => None,
        }));
    }

    /// Orphans go to the nearest sub-reaper above, else to PID 1. Source: kernel/exit.c
    /// find_new_reaper.
    fn reparent(&mut self, dead: Pid) {
        let mut zombies = Vec::new();
        let reaper = self.reaper(dead);
        for child in self.processes.values_mut().filter(|p| p.ppid == dead) {
            child.ppid = reaper;
            if let State::Zombie(exit) = child.state {
                zombies.push((child.pid, exit.at));
            }
        }
        if zombies.is_empty() {
            return;
        }
        self.child_ended(reaper);
        for (pid, at) in zombies {
            self.tell_zombie(pid, at);
        }
    }

    fn reaper(&self, dead: Pid) -> Pid {
        let mut at = self.processes.get(&dead).map_or(Pid::INIT, |p| p.ppid);
        while let Some(process) = self.processes.get(&at) {
            if process.subreaper && process.is_alive() {
                return at;
            }
            at = process.ppid;
        }
        Pid::INIT
    }

    fn child_ended(&mut self, parent: Pid) {
        let Some(process) = self.processes.get_mut(&parent) else { return };
        if matches!(process.state, State::Child(_)) {
            process.state = State::Runnable;
        }
        if process.dispositions.get(&Signal::Chld) == Some(&Disposition::Handle) {
            handle(process, Signal::Chld);
        }
    }

    /// Drops one reference to an open file; an unlinked file nobody has open is forgotten.
    pub(super) fn close(&mut self, file: DescId) {
        let last = self.open.release(file);
        if let Some(Target::Socket(id)) = last {
            self.dropped.push(id);
        }
        if let Some(Target::File(owner, at, _)) = last {
            let still = self
                .open
                .all()
                .any(|d| matches!(&d.target, Target::File(o, a, _) if *o == owner && *a == at));
            match (at.space, self.containers.get_mut(owner)) {
                _ if still => {}
                (Space::Root, Some(files)) => files.release(at.inode),
                (Space::Root, None) => {}
                (Space::Volume(id), _) => self.closed.push((id, at.inode)),
            }
        }
    }

    /// Forgets the files of volumes that were closed, where no name leads to them any more.
    pub(super) fn forget_closed(&mut self, volumes: &mut Volumes) {
        for (id, inode) in std::mem::take(&mut self.closed) {
            if let Some(tree) = volumes.get_mut(&id) {
                tree.release(inode);
            }
        }
    }

    /// Closes the sockets that nothing has open any more.
    pub(super) fn hang_up(&mut self, now: SimTime, network: &mut Network) {
        for socket in std::mem::take(&mut self.dropped) {
            network.close(now, socket);
        }
    }

    pub(super) fn write_log(&mut self, now: SimTime, pid: Pid, to: (Pid, Stream), data: &[u8]) {
        if self.output_bytes + data.len() > limits::OUTPUT_BYTES {
            self.note(now, pid, NoteKind::Limit(Limit::Output));
            return;
        }
        self.output_bytes += data.len();
        let text = String::from_utf8_lossy(data);
        match self.output.last_mut() {
            Some(last) if last.pid == pid && (last.root, last.stream) == to => {
                last.text.push_str(&text);
            }
            _ => {
                self.output.push(Output { pid, root: to.0, stream: to.1, text: text.into_owned() })
            }
        }
    }

    pub(super) fn note(&mut self, at: SimTime, pid: Pid, kind: NoteKind) {
        let known = self.notes.iter().any(|n| n.pid == pid && n.kind == kind);
        if !known && self.notes.len() < limits::NOTES {
            let container = self.processes.get(&pid).map_or(0, |p| p.container);
            self.notes.push(Note { at, pid, container, kind });
        }
    }
}

fn is_shell(process: &Process) -> bool {
    let name = process.name();
    match process.program {
        Program::Shell(_) => true,
        // It is being stepped.
        Program::None => matches!(name, "sh" | "ash" | "dash" | "bash"),
        Program::Task(_) => false,
    }
}

/// A signal arrives at a process with a handler. A command takes it with
/// [`Sys::take_signals`](super::sys::Sys::take_signals).
fn handle(process: &mut Process, signal: Signal) -> SignalEffect {
    let delayed = match &mut process.program {
        Program::Shell(shell) => shell.notice(signal),
        Program::Task(_) | Program::None => {
            if !process.arrived.contains(&signal) {
                process.arrived.push(signal);
            }
            false
        }
    };
    let asleep = matches!(
        process.state,
        State::Child(_)
            | State::Reading(_)
            | State::ReadingUntil(..)
            | State::Opening(_)
            | State::Paused
            | State::Sleeping(_)
            | State::Network { .. }
    );
    if asleep {
        process.state = State::Runnable;
    }
    if delayed { SignalEffect::Pending } else { SignalEffect::Handler }
}
