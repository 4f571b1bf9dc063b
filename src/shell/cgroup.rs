//! What a container may use of memory and processor, what it uses, and the end of its processes
//! when that is too much memory.
//!
//! A process's memory is its program's, what its shell variables take, and what it has said it
//! holds ([`Hold`]), which may grow with time. Growth is not simulated step by step: when the
//! limit will be passed is computed, and [`Kernel::next_wake`] says so.

use crate::base::SimTime;
use crate::shell::kernel::Kernel;
use crate::shell::process::{Process, Program, State};
use crate::shell::signal::Signal;
use crate::shell::tree::Tree;
use crate::shell::types::{Exit, Pid};
use crate::shell::volume::{VolumeId, Volumes};

/// Memory that a process holds beyond its program; it grows evenly to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Hold {
    from: u64,
    to: u64,
    since: SimTime,
    per_ms: u64,
}

impl Hold {
    /// So many bytes.
    pub fn of(bytes: u64) -> Hold {
        Hold { from: bytes, to: bytes, ..Hold::default() }
    }

    /// From now on growing to so many bytes.
    pub fn growing(from: u64, to: u64, per_ms: u64, since: SimTime) -> Hold {
        Hold { from, to: to.max(from), since, per_ms: per_ms.max(1) }
    }

    /// Bytes at a time.
    pub fn at(self, now: SimTime) -> u64 {
        let grown = self.per_ms.saturating_mul(now.since(self.since).as_ms());
        self.from.saturating_add(grown).min(self.to)
    }

    /// When it will be as large as `bytes` or as large as it gets; `None` if it is.
    fn reaches(self, bytes: u64, now: SimTime) -> Option<SimTime> {
        let end = self.to.min(bytes);
        if self.per_ms == 0 || self.at(now) >= end {
            return None;
        }
        Some(self.since + SimTime::ms((end - self.from).div_ceil(self.per_ms)))
    }
}

/// What a container may use, and how it is told what to use.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    /// `memory.max` in bytes; `None`: what the node has.
    pub memory: Option<u64>,
    /// `cpu.max` in thousandths of a processor; `None`: no limit.
    pub cpu: Option<u32>,
    /// Memory that its first process holds beside all else: bytes by the time since its start.
    /// Between two points it goes straight; after the last it stays.
    pub curve: Vec<(SimTime, u64)>,
    /// Whether an OOM kills only the largest process (`memory.oom.group` off).
    pub single_oom: bool,
}

/// The cgroup of a container.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cgroup {
    /// What it may use.
    pub limits: Limits,
    /// A number that no other container has.
    pub id: u64,
    /// Its first process.
    pub main: Pid,
    /// When that started.
    pub started: SimTime,
    /// The most memory it has had when anybody looked, in bytes.
    pub peak: u64,
    /// How often it went over its memory limit (`oom` of memory.events).
    pub ooms: u32,
    /// How many of its processes were killed for that (`oom_kill`).
    pub oom_kills: u32,
    /// Processor time.
    pub cpu: Cpu,
    /// Bytes of files in memory that its processes wrote, when last looked.
    pub files: u64,
}

impl Cgroup {
    /// The cgroup of a container whose first process has just been started.
    fn new(limits: Limits, id: u64, main: Pid, started: SimTime) -> Cgroup {
        let (peak, ooms, oom_kills, files) = (0, 0, 0, 0);
        Cgroup { limits, id, main, started, peak, ooms, oom_kills, cpu: Cpu::default(), files }
    }

    /// That of a container without processes.
    pub(super) fn empty() -> Cgroup {
        Cgroup::new(Limits::default(), 0, Pid(0), SimTime::ZERO)
    }
}

/// The end of a container's processes for want of memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OomKill {
    /// Which container of the namespace.
    pub container: usize,
    /// The process that the kernel chose: the largest.
    pub pid: Pid,
    /// Its command line.
    pub command: String,
    /// What the container wanted, in bytes.
    pub wanted: u64,
    /// Its limit, in bytes.
    pub limit: u64,
    /// How many processes were killed.
    pub killed: u32,
}

/// What a container without a limit can have at most, in bytes: the memory of the node of the
/// recordings, less what the node's own processes use. What all of them have together is not
/// looked at here.
pub const NODE_MEMORY: u64 = 24_000 << 20;

/// Memory of a program that holds nothing, in bytes: what was measured of busybox (62 KB of its
/// own, some of the page tables and the stack), more for programs with a runtime.
fn program_bytes(process: &Process) -> u64 {
    match process.name() {
        "nginx" | "httpd" | "redis-server" => 4 << 20,
        "postgres" | "agnhost" => 12 << 20,
        _ => 256 << 10,
    }
}

impl Limits {
    /// The limit of memory in bytes, the container's or the node's.
    pub fn bytes(&self) -> u64 {
        self.memory.unwrap_or(NODE_MEMORY).min(NODE_MEMORY)
    }

    fn curve_at(&self, since: SimTime) -> u64 {
        let next = self.curve.iter().position(|(t, _)| *t > since);
        let at = |i: usize| self.curve.get(i).copied();
        match next {
            None => self.curve.last().map_or(0, |(_, bytes)| *bytes),
            Some(0) => 0,
            Some(i) => {
                let (Some((t0, b0)), Some((t1, b1))) = (at(i - 1), at(i)) else { return 0 };
                let (part, whole) = (since.since(t0).as_ms(), t1.since(t0).as_ms().max(1));
                let moved = u128::from(b0.abs_diff(b1)) * u128::from(part) / u128::from(whole);
                let moved = u64::try_from(moved).unwrap_or(u64::MAX);
                if b1 > b0 { b0.saturating_add(moved) } else { b0 - moved }
            }
        }
    }
}

impl Process {
    /// Bytes of memory that it has, as `ps` shows them.
    pub fn memory(&self, now: SimTime) -> u64 {
        if !self.is_alive() {
            return 0;
        }
        let variables = match &self.program {
            Program::Shell(shell) => shell.memory(),
            _ => 0,
        };
        program_bytes(self).saturating_add(variables).saturating_add(self.hold.at(now))
    }
}

impl Kernel {
    /// Says what a container may use whose first process has just been started.
    /// `id` is a number that no other container has.
    pub fn set_limits(&mut self, now: SimTime, main: Pid, id: u64, limits: Limits) {
        let Some(container) = self.processes.get(&main).map(|p| p.container) else { return };
        if self.cgroups.len() <= container {
            self.cgroups.resize(container + 1, Cgroup::empty());
        }
        self.heavy |= !limits.curve.is_empty();
        self.cgroups[container] = Cgroup::new(limits, id, main, now);
    }

    /// The cgroup of a container; a container without limits may have none.
    pub fn cgroup(&self, container: usize) -> Option<&Cgroup> {
        self.cgroups.get(container)
    }

    /// Memory that a container uses, in bytes (`memory.current`).
    pub fn memory(&self, container: usize, now: SimTime) -> u64 {
        let mine = self.processes.values().filter(|p| p.container == container);
        let sum = mine.map(|p| self.memory_of(p, now)).fold(0, u64::saturating_add);
        sum.saturating_add(self.cgroups.get(container).map_or(0, |cgroup| cgroup.files))
    }

    /// Memory of a process, in bytes; the container's curve is its first process's.
    pub fn memory_of(&self, process: &Process, now: SimTime) -> u64 {
        let cgroup = self.cgroups.get(process.container).filter(|c| c.main == process.pid);
        let curve = cgroup.map_or(0, |c| c.limits.curve_at(now.since(c.started)));
        process.memory(now).saturating_add(if process.is_alive() { curve } else { 0 })
    }

    /// Whether a container holds memory that may grow, or has files in memory.
    pub fn is_heavy(&self) -> bool {
        self.heavy || self.cgroups.iter().any(|cgroup| cgroup.files > 0)
    }

    /// What was killed for want of memory since the last call.
    pub fn take_ooms(&mut self) -> Vec<OomKill> {
        std::mem::take(&mut self.oom_kills)
    }

    /// When some container will be over its limit if nothing else happens.
    pub(super) fn next_oom(&self) -> Option<SimTime> {
        if !self.heavy {
            return None;
        }
        (0..self.cgroups.len()).filter_map(|at| self.oom_at(at, self.ran_at)).min()
    }

    fn oom_at(&self, container: usize, now: SimTime) -> Option<SimTime> {
        let limits = &self.cgroups[container].limits;
        let max = limits.bytes();
        let mut at = now;
        loop {
            let turn = self.next_turn(container, max, at)?;
            if self.memory(container, turn) > max {
                // It rises evenly from `at` to `turn`.
                let (mut low, mut high) = (at.as_ms(), turn.as_ms());
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    match self.memory(container, SimTime::ms(middle)) > max {
                        true => high = middle,
                        false => low = middle,
                    }
                }
                return Some(SimTime::ms(high));
            }
            at = turn;
        }
    }

    /// When a process or the curve next stops growing as it does; later than `at`.
    fn next_turn(&self, container: usize, max: u64, at: SimTime) -> Option<SimTime> {
        let cgroup = &self.cgroups[container];
        let mine = self.processes.values().filter(|p| p.container == container && p.is_alive());
        let holds = mine.filter_map(|p| p.hold.reaches(max.saturating_add(1), at));
        let points = cgroup.limits.curve.iter().map(|(t, _)| cgroup.started + *t);
        holds.chain(points).filter(|turn| *turn > at).min()
    }

    /// A process says what it holds, beside its program.
    pub(super) fn hold(&mut self, pid: Pid, hold: Hold) {
        if let Some(process) = self.processes.get_mut(&pid) {
            process.hold = hold;
            self.heavy |= hold != Hold::default();
        }
    }

    /// Charges a container with what its processes have just written to a volume in memory.
    pub(super) fn charge(&mut self, container: usize, tree: &mut Tree) {
        if let Some(cgroup) = self.cgroups.get_mut(container).filter(|_| tree.is_in_memory()) {
            tree.charge(cgroup.id);
            // How much all its volumes come to is counted when it is looked at.
            self.writes_memory = true;
        }
    }

    /// Counts the files in memory that the containers are charged with.
    pub(super) fn count_files(&mut self, volumes: &mut Volumes) {
        let some = self.cgroups.iter().any(|cgroup| cgroup.files > 0);
        if !std::mem::take(&mut self.writes_memory) && !some {
            return;
        }
        for (cgroup, files) in self.cgroups.iter_mut().zip(&self.containers) {
            let mut seen: Vec<&VolumeId> = files.mounts().values().map(|m| &m.volume).collect();
            seen.dedup();
            let trees =
                seen.into_iter().map(|id| volumes.get_mut(id).map_or(0, |t| t.charge(cgroup.id)));
            cgroup.files = trees.sum();
        }
    }

    /// Kills what is over its limit; whether anything was.
    pub(super) fn kill_for_memory(&mut self, now: SimTime) -> bool {
        let mut any = false;
        for container in 0..self.cgroups.len() {
            if !self.heavy && self.cgroups[container].limits.memory.is_none() {
                continue;
            }
            let used = self.memory(container, now);
            let cgroup = &mut self.cgroups[container];
            let limit = cgroup.limits.bytes();
            cgroup.peak = cgroup.peak.max(used.min(limit));
            if used > limit {
                any |= self.oom_kill(now, container, used, limit);
            }
        }
        self.heavy = self.heavy
            && (self.processes.values().any(|p| p.hold != Hold::default() && p.is_alive())
                || self.cgroups.iter().any(|cgroup| !cgroup.limits.curve.is_empty()));
        any
    }

    /// The kernel kills the largest process and, as the kubelet sets `memory.oom.group`, all others
    /// of the container with it.
    /// Source: mm/oom_kill.c oom_badness, mem_cgroup_get_oom_group; kubelet singleProcessOOMKill
    pub(super) fn oom_kill(
        &mut self,
        now: SimTime,
        container: usize,
        wanted: u64,
        limit: u64,
    ) -> bool {
        let is_mine = |p: &&Process| p.container == container && p.is_alive();
        let mine: Vec<&Process> = self.processes.values().filter(is_mine).collect();
        let largest = mine.iter().max_by_key(|p| (self.memory_of(p, now), p.pid));
        let Some(largest) = largest else { return false };
        let (pid, command) = (largest.pid, largest.argv.join(" "));
        let group = self.cgroups.get(container).is_none_or(|cgroup| !cgroup.limits.single_oom);
        let killed = if group { mine.len() as u32 } else { 1 };
        match group {
            true => self.kill_container(now, container),
            false => self.terminate(pid, Exit::signal(Signal::Kill, now)),
        }
        if let Some(cgroup) = self.cgroups.get_mut(container) {
            cgroup.ooms += 1;
            cgroup.oom_kills += killed;
        }
        self.oom_kills.push(OomKill { container, pid, command, wanted, limit, killed });
        true
    }

    /// Ends a container as the whole node has no memory left.
    pub fn node_oom(&mut self, now: SimTime, container: usize) {
        let used = self.memory(container, now);
        self.oom_kill(now, container, used, 0);
    }

    /// Ends a container as if it had taken more memory than it may: the fault `oom`.
    pub fn force_oom(&mut self, now: SimTime, container: usize) {
        let limit = self.cgroups.get(container).map_or(NODE_MEMORY, |cgroup| cgroup.limits.bytes());
        self.oom_kill(now, container, limit.saturating_add(4096), limit);
    }
}

/// Processor time of a container.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cpu {
    /// Time used until `since`, in microseconds.
    used: u64,
    /// Time not given until `since`, in microseconds.
    throttled: u64,
    /// Milliseconds with demand until `since`, and those of them with too much.
    busy: u64,
    short: u64,
    since: SimTime,
    /// What its processes would use now, in thousandths of a processor.
    pub wanted: u32,
    /// What they get.
    pub given: u32,
}

/// The period of `cpu.max`. Source: kubelet cm/helpers_linux.go QuotaPeriod
const PERIOD_MS: u64 = 100;

/// Processor time as `cpu.stat` shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CpuStat {
    /// Microseconds used.
    pub usage: u64,
    /// Periods of 100 ms in which something ran.
    pub periods: u64,
    /// Those in which the limit was reached.
    pub throttled_periods: u64,
    /// Microseconds in which something wanted to run and could not.
    pub throttled: u64,
}

impl Cpu {
    /// What it comes to at a time.
    pub fn stat(mut self, now: SimTime) -> CpuStat {
        self.count(now);
        CpuStat {
            usage: self.used,
            periods: self.busy / PERIOD_MS,
            throttled_periods: self.short / PERIOD_MS,
            throttled: self.throttled,
        }
    }

    fn count(&mut self, now: SimTime) {
        let ms = now.since(self.since).as_ms();
        self.since = now;
        if self.wanted == 0 {
            return;
        }
        self.used += ms * u64::from(self.given);
        self.busy += ms;
        if self.given < self.wanted {
            self.short += ms;
            self.throttled += ms * u64::from(self.wanted - self.given);
        }
    }
}

impl Kernel {
    /// Counts processor time up to now, and looks who wants how much from now on. A process that
    /// is ready although all had their turn is one that never rests.
    pub(super) fn count_cpu(&mut self, now: SimTime) {
        if !self.busy && !self.is_out_of_fuel() {
            return;
        }
        self.busy = false;
        for container in 0..self.cgroups.len() {
            let mut wanted: u32 = 0;
            let runs = |p: &&Process| p.container == container && !p.stopped && p.is_alive();
            for p in self.processes.values().filter(runs) {
                let busy = p.state == State::Runnable;
                wanted += if busy { p.burns.max(1000) } else { p.burns };
            }
            let Cgroup { limits, cpu, .. } = &mut self.cgroups[container];
            self.busy |= wanted > 0;
            let given = wanted.min(limits.cpu.unwrap_or(u32::MAX)).min(NODE_CPU);
            if (wanted, given) != (cpu.wanted, cpu.given) {
                cpu.count(now);
                (cpu.wanted, cpu.given) = (wanted, given);
            }
        }
    }

    /// By how much work that takes time is slower than on a free processor, in thousandths: the
    /// most throttled container that never rests.
    pub fn slowness(&self) -> u64 {
        let slow = |c: &Cgroup| match c.cpu.given {
            0 => 1000,
            given => u64::from(c.cpu.wanted) * 1000 / u64::from(given),
        };
        self.cgroups.iter().map(slow).max().unwrap_or(1000).max(1000)
    }
}

/// Processors of a node, in thousandths.
const NODE_CPU: u32 = 2000;
