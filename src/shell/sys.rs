//! The system calls: all that a program of a simulated process can do to the world around it.

use crate::base::SimTime;
use crate::shell::cgroup::Hold;
use crate::shell::commands::init;
use crate::shell::errno::Errno;
use crate::shell::files::FileRef;
use crate::shell::files::Space;
use crate::shell::kernel::Kernel;
use crate::shell::limits;
use crate::shell::net::{Network, Received};
use crate::shell::open_files::{DescId, Target};
use crate::shell::process::{Disposition, Process, Program, State};
use crate::shell::signal::Signal;
use crate::shell::tree::{Device, NodeKind, Tree};
use crate::shell::types::{Exit, Limit, NoteKind, Pid, SignalEffect};
use crate::shell::volume::Volumes;

/// A process as its program sees it from inside.
pub struct Sys<'a> {
    pub(super) kernel: &'a mut Kernel,
    pub(super) volumes: &'a mut Volumes,
    pub(super) network: &'a mut Network,
    /// The network's history when the step began.
    pub(super) since: u64,
    pub(super) pid: Pid,
    pub(super) now: SimTime,
    fuel: &'a mut u64,
    /// Standard output that is collected instead of written.
    collected: Option<Vec<u8>>,
}

/// What a read gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Read {
    /// Some bytes, at least one.
    Data(Vec<u8>),
    /// The end.
    End,
    /// Nothing yet; block in this state.
    Wait(State),
    /// It failed.
    Failed(Errno),
}

/// What became of bytes that waited for room in a pipe.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flushed {
    /// All were written.
    All,
    /// The pipe is full.
    Full(DescId),
    /// Nobody will read them.
    Broken,
}

impl<'a> Sys<'a> {
    pub(super) fn new(
        kernel: &'a mut Kernel,
        volumes: &'a mut Volumes,
        network: &'a mut Network,
        pid: Pid,
        now: SimTime,
        fuel: &'a mut u64,
    ) -> Sys<'a> {
        let since = network.history();
        Sys { kernel, volumes, network, since, pid, now, fuel, collected: None }
    }

    /// Whether a signal that the process sent has ended it. It does nothing more then, and nothing
    /// but this can be asked of it.
    pub fn is_gone(&self) -> bool {
        self.kernel.processes.get(&self.pid).is_none_or(|me| !me.is_alive())
    }

    /// The process itself.
    pub fn me(&self) -> &Process {
        &self.kernel.processes[&self.pid]
    }

    /// The process itself, to change.
    pub fn me_mut(&mut self) -> &mut Process {
        self.kernel.processes.get_mut(&self.pid).expect("a process being stepped is in the table")
    }

    /// Its id.
    pub fn pid(&self) -> Pid {
        self.pid
    }

    /// The time.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// Seconds since 1970, as `date` shows them.
    pub fn wall_secs(&self) -> u64 {
        self.kernel.epoch_secs + self.now.as_secs()
    }

    /// The node name inside the container.
    pub fn hostname(&self) -> &str {
        &self.kernel.hostname
    }

    /// All processes of the namespace.
    pub fn processes(&self) -> impl Iterator<Item = &Process> {
        self.kernel.processes.values()
    }

    /// Tells the learner something.
    pub fn note(&mut self, kind: NoteKind) {
        self.kernel.note(self.now, self.pid, kind);
    }

    /// Takes fuel for work that is more than a step.
    pub fn spend(&mut self, units: u64) {
        *self.fuel = self.fuel.saturating_sub(units);
    }

    /// Says how many bytes of memory the process holds beside its program and variables.
    pub fn hold(&mut self, bytes: u64) {
        self.kernel.hold(self.pid, Hold::of(bytes));
    }

    /// Lets what the process holds grow to so many bytes, so many a millisecond.
    pub fn grow(&mut self, to: u64, per_ms: u64) {
        let from = self.me().hold.at(self.now);
        self.kernel.hold(self.pid, Hold::growing(from, to, per_ms, self.now));
    }

    /// The memory of a process, in bytes.
    pub fn memory_of(&self, process: &Process) -> u64 {
        self.kernel.memory_of(process, self.now)
    }

    /// Says how much of a processor the process takes while it waits, in thousandths.
    pub fn burn(&mut self, thousandths: u32) {
        self.me_mut().burns = thousandths;
        self.kernel.busy |= thousandths > 0;
    }

    // --- descriptors ---

    /// What a descriptor is open on.
    pub fn description(&self, fd: u32) -> Option<DescId> {
        self.me().descriptors.get(&fd).copied()
    }

    /// Lets descriptor `fd` be this open file, whose reference passes to it.
    pub fn set_descriptor(&mut self, fd: u32, file: DescId) {
        if let Some(old) = self.me_mut().descriptors.insert(fd, file) {
            self.kernel.close(old);
        }
    }

    /// Lets descriptor `to` be what `from` is.
    pub fn dup(&mut self, from: u32, to: u32) -> Result<(), Errno> {
        if to >= limits::DESCRIPTORS {
            return Err(Errno::BadDescriptor);
        }
        let file = self.description(from).ok_or(Errno::BadDescriptor)?;
        self.kernel.open.retain(file);
        self.set_descriptor(to, file);
        Ok(())
    }

    /// Closes a descriptor.
    pub fn close(&mut self, fd: u32) {
        if let Some(file) = self.me_mut().descriptors.remove(&fd) {
            self.kernel.close(file);
        }
    }

    /// One reference more to an open file, so that it can be put back later.
    pub fn retain(&mut self, file: DescId) {
        self.kernel.open.retain(file);
    }

    /// One reference less to an open file.
    pub fn release(&mut self, file: DescId) {
        self.kernel.close(file);
    }

    /// A new pipe: its reading and its writing end, not yet descriptors.
    pub fn pipe(&mut self) -> (DescId, DescId) {
        self.kernel.open.pipe()
    }

    /// An open file that gives this text.
    pub fn open_text(&mut self, text: Vec<u8>) -> DescId {
        self.kernel.open.add(Target::Text(text), true, false)
    }

    /// The lowest free descriptor from `from` on.
    pub fn free_descriptor(&self, from: u32) -> u32 {
        (from..).find(|fd| !self.me().descriptors.contains_key(fd)).unwrap_or(from)
    }

    // --- reading and writing ---

    /// Reads at most `max` bytes from a descriptor.
    pub fn read(&mut self, fd: u32, max: usize) -> Read {
        match self.description(fd) {
            Some(file) => self.read_file(file, max),
            None => Read::Failed(Errno::BadDescriptor),
        }
    }

    /// Reads at most `max` bytes from an open file.
    pub fn read_file(&mut self, file: DescId, max: usize) -> Read {
        let Some(description) = self.kernel.open.get(file) else {
            return Read::Failed(Errno::BadDescriptor);
        };
        if !description.readable {
            return Read::Failed(Errno::BadDescriptor);
        }
        let offset = description.offset;
        let data = match description.target.clone() {
            Target::Device(Device::Zero | Device::Full) => vec![0; max],
            Target::Device(Device::Random) => noise(offset, max),
            Target::Device(_) | Target::Stream(..) => Vec::new(),
            Target::Directory => return Read::Failed(Errno::IsDirectory),
            Target::Socket(socket) => match self.network.receive(socket, max) {
                Received::Data(data) => data,
                Received::End => Vec::new(),
                Received::Wait => return Read::Wait(State::Reading(file)),
                Received::Failed(error) => return Read::Failed(error),
            },
            Target::PipeIn(_) => return Read::Failed(Errno::BadDescriptor),
            Target::Text(text) => {
                let start = text.len().min(offset as usize);
                text[start..text.len().min(start.saturating_add(max))].to_vec()
            }
            Target::PipeOut(pipe) => match self.kernel.open.pipe_read(pipe, max) {
                Some(data) => data,
                None => return Read::Wait(State::Reading(file)),
            },
            Target::File(container, at, _) => {
                let files = &self.kernel.containers[container];
                match files.node(self.volumes, &at).map(|n| &n.kind) {
                    Some(NodeKind::File(content)) => content.read(offset, max),
                    Some(NodeKind::Binary(name)) if offset == 0 => {
                        format!("\u{7f}ELF {name}\n").into_bytes()
                    }
                    _ => Vec::new(),
                }
            }
        };
        self.spend(data.len() as u64 / 4096);
        if data.is_empty() {
            return Read::End;
        }
        if let Some(description) = self.kernel.open.get_mut(file) {
            description.offset += data.len() as u64;
        }
        Read::Data(data)
    }

    /// Writes to a descriptor. What finds no room in a pipe waits; the process then blocks.
    pub fn write(&mut self, fd: u32, data: impl AsRef<[u8]>) -> Result<(), Errno> {
        let data = data.as_ref();
        let file = self.description(fd).ok_or(Errno::BadDescriptor)?;
        let description = self.kernel.open.get(file).ok_or(Errno::BadDescriptor)?;
        if !description.writable {
            return Err(Errno::BadDescriptor);
        }
        if data.is_empty() {
            return Ok(());
        }
        let target = description.target.clone();
        self.spend(1 + data.len() as u64 / 4096);
        match target {
            Target::PipeIn(pipe)
                if self.ignores(Signal::Pipe) && !self.kernel.open.is_read(pipe) =>
            {
                Err(Errno::BrokenPipe)
            }
            Target::PipeIn(_) | Target::Socket(_) => {
                self.kernel.open.retain(file);
                self.me_mut().unwritten.push_back((file, data.to_vec()));
                Ok(())
            }
            Target::Stream(root, stream) => {
                self.spend(data.len() as u64 / limits::LOGGED_PER_STEP);
                self.kernel.write_log(self.now, self.pid, (root, stream), data);
                Ok(())
            }
            Target::Device(Device::Full) => Err(Errno::NoSpace),
            Target::File(container, at, append) => {
                self.write_content(file, container, &at, append, data)
            }
            _ => Ok(()),
        }
    }

    fn write_content(
        &mut self,
        file: DescId,
        container: usize,
        at: &FileRef,
        append: bool,
        data: &[u8],
    ) -> Result<(), Errno> {
        let offset = (!append).then_some(self.offset(file)?);
        let now = self.now;
        let end = self.tree_mut(container, at)?.write(at.inode, offset, data, now);
        self.charge(&at.space);
        self.set_offset(file, end)
    }

    fn offset(&self, file: DescId) -> Result<u64, Errno> {
        self.kernel.open.get(file).map(|d| d.offset).ok_or(Errno::BadDescriptor)
    }

    /// Notes how far a write came.
    fn set_offset(&mut self, file: DescId, end: Result<u64, Errno>) -> Result<(), Errno> {
        let description = self.kernel.open.get_mut(file).ok_or(Errno::BadDescriptor)?;
        description.offset = end?;
        Ok(())
    }

    /// Goes to this byte of an open file.
    pub fn seek(&mut self, fd: u32, offset: u64) {
        if let Some(description) = self.description(fd).and_then(|f| self.kernel.open.get_mut(f)) {
            description.offset = offset;
        }
    }

    fn tree_mut(&mut self, container: usize, at: &FileRef) -> Result<&mut Tree, Errno> {
        self.kernel.containers[container].tree_mut(self.volumes, &at.space).ok_or(Errno::Io)
    }

    /// What is written to files in memory counts as the container's memory.
    pub(super) fn charge(&mut self, space: &Space) {
        let container = self.me().container;
        if let Space::Volume(id) = space
            && let Some(tree) = self.volumes.get_mut(id)
        {
            self.kernel.charge(container, tree);
        }
    }

    /// Makes an open regular file longer by `bytes` that are counted, not kept.
    pub fn write_filler(&mut self, fd: u32, bytes: u64) -> Result<(), Errno> {
        let file = self.description(fd).ok_or(Errno::BadDescriptor)?;
        let description = self.kernel.open.get_mut(file).ok_or(Errno::BadDescriptor)?;
        let Target::File(container, at, _) = description.target.clone() else { return Ok(()) };
        let (end, now) = (description.offset + bytes, self.now);
        let grown = self.tree_mut(container, &at)?.grow(at.inode, end, now);
        self.charge(&at.space);
        self.set_offset(file, grown.map(|()| end))
    }

    fn ignores(&self, signal: Signal) -> bool {
        self.me().dispositions.get(&signal) == Some(&Disposition::Ignore)
    }

    /// Writes text to standard output; a failure is not told.
    pub fn out(&mut self, text: impl AsRef<[u8]>) {
        match &mut self.collected {
            Some(collected) => collected.extend(text.as_ref()),
            None => drop(self.write(1, text)),
        }
    }

    /// From now on collects standard output behind what is there already.
    pub fn collect(&mut self, before: Vec<u8>) {
        self.collected = Some(before);
    }

    /// What was collected; standard output is written again.
    pub fn collected(&mut self) -> Vec<u8> {
        self.collected.take().unwrap_or_default()
    }

    /// Whether a descriptor is a terminal.
    pub fn is_terminal(&self, fd: u32) -> bool {
        let open = self.description(fd).and_then(|file| self.kernel.open.get(file));
        self.me().terminal && open.is_some_and(|open| matches!(open.target, Target::Stream(..)))
    }

    /// Whether a descriptor has text that is there already.
    pub fn is_text(&self, fd: u32) -> bool {
        let open = self.description(fd).and_then(|file| self.kernel.open.get(file));
        open.is_some_and(|open| matches!(open.target, Target::Text(_)))
    }

    /// Whether a descriptor is the writing end of a pipe, or a connection.
    pub fn is_pipe(&self, fd: u32) -> bool {
        let open = self.description(fd).and_then(|file| self.kernel.open.get(file));
        open.is_some_and(|o| matches!(o.target, Target::PipeIn(_) | Target::Socket(_)))
    }

    /// Writes text to standard error; a failure is not told.
    pub fn err(&mut self, text: impl AsRef<[u8]>) {
        let _ = self.write(2, text);
    }

    /// Tries to write what waits for room.
    pub fn flush(&mut self) -> Flushed {
        while let Some((file, data)) = self.me_mut().unwritten.pop_front() {
            let written = match self.kernel.open.get(file).map(|d| d.target.clone()) {
                Some(Target::PipeIn(pipe)) => self.kernel.open.pipe_write(pipe, &data),
                Some(Target::Socket(socket)) => self.network.send(self.now, socket, &data).ok(),
                _ => continue,
            };
            match written {
                None => {
                    self.kernel.close(file);
                    return Flushed::Broken;
                }
                Some(count) if count == data.len() => self.kernel.close(file),
                Some(count) => {
                    self.me_mut().unwritten.push_front((file, data[count..].to_vec()));
                    return Flushed::Full(file);
                }
            }
        }
        Flushed::All
    }

    /// Signals with a handler that have arrived since the last call, for commands.
    pub fn take_signals(&mut self) -> Vec<Signal> {
        std::mem::take(&mut self.me_mut().arrived)
    }

    // --- processes ---

    /// Starts a child that is a copy of this process but runs `program`.
    ///
    /// Errors: too many processes.
    pub fn fork(&mut self, program: Program) -> Result<Pid, Errno> {
        if self.kernel.processes.len() >= limits::PROCESSES {
            self.note(NoteKind::Limit(Limit::Processes));
            return Err(Errno::Again);
        }
        let mut child = self.me().clone();
        child.pid = Pid(self.kernel.next_pid);
        self.kernel.next_pid += 1;
        child.ppid = self.pid;
        child.program = program;
        child.state = State::Runnable;
        child.started = self.now;
        child.subreaper = false;
        (child.hold, child.burns) = (Hold::default(), 0);
        child.held.clear();
        child.unwritten.clear();
        child.arrived.clear();
        child.dispositions.retain(|_, d| *d == Disposition::Ignore);
        for file in child.descriptors.values() {
            self.kernel.open.retain(*file);
        }
        let pid = child.pid;
        self.kernel.processes.insert(pid, child);
        Ok(pid)
    }

    /// A child of this process that has been forked and not yet run, to set up.
    pub fn child_mut(&mut self, pid: Pid) -> Option<&mut Process> {
        let parent = self.pid;
        self.kernel.processes.get_mut(&pid).filter(|p| p.ppid == parent)
    }

    /// Acts for a child that has not yet run, to set up its files.
    pub fn as_child<R>(&mut self, pid: Pid, act: impl FnOnce(&mut Sys) -> R) -> R {
        let me = self.pid;
        self.pid = pid;
        let result = act(self);
        self.pid = me;
        result
    }

    /// A child that has ended and whose status nobody has taken: the one [`Sys::reap`] takes next.
    pub fn zombie(&self) -> Option<&Process> {
        self.kernel.processes.values().find(|p| !p.is_alive() && p.ppid == self.pid)
    }

    /// Tells the learner something of another process.
    pub fn note_of(&mut self, pid: Pid, kind: NoteKind) {
        self.kernel.note(self.now, pid, kind);
    }

    /// Takes the status of a child that has ended, the lowest id first.
    pub fn reap(&mut self) -> Option<(Pid, Exit)> {
        let me = self.pid;
        let (pid, exit) = self.kernel.processes.values().find_map(|p| match p.state {
            State::Zombie(exit) if p.ppid == me => Some((p.pid, exit)),
            _ => None,
        })?;
        self.kernel.processes.remove(&pid);
        Some((pid, exit))
    }

    /// Sends a signal from inside of the namespace.
    ///
    /// Source: pid_namespaces(7): PID 1 gets from its own namespace only what it handles.
    pub fn kill(&mut self, pid: Pid, signal: Option<Signal>) -> Result<(), Errno> {
        if !self.kernel.processes.contains_key(&pid) {
            return Err(Errno::NoProcess);
        }
        let Some(signal) = signal else { return Ok(()) };
        if self.kernel.is_of_node(pid) {
            self.note(init::spared());
            return Ok(());
        }
        match self.kernel.send(self.now, pid, signal, false) {
            SignalEffect::NoProcess => Err(Errno::NoProcess),
            _ => Ok(()),
        }
    }

    /// Says what to do with a signal; `None` is the default.
    pub fn set_disposition(&mut self, signal: Signal, what: Option<Disposition>) {
        let dispositions = &mut self.me_mut().dispositions;
        match what {
            Some(what) => {
                dispositions.insert(signal, what);
            }
            None => {
                dispositions.remove(&signal);
            }
        }
    }
}

/// Bytes that look random and are the same in every run.
fn noise(offset: u64, count: usize) -> Vec<u8> {
    let byte = |at: u64| {
        let mut x = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x >> 56) as u8
    };
    (0..count as u64).map(|i| byte(offset + i)).collect()
}
