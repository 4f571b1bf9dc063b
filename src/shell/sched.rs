//! Who runs when: wakes what can run and steps it until everything is blocked or fuel is out.

use crate::base::SimTime;
use crate::shell::cgroup::Hold;
use crate::shell::kernel::Kernel;
use crate::shell::limits;
use crate::shell::net::{Network, SocketId};
use crate::shell::open_files::{DescId, Target};
use crate::shell::process::{Process, Program, State, Step};
use crate::shell::signal::Signal;
use crate::shell::sys::{Flushed, Sys};
use crate::shell::types::{Exit, Pid};
use crate::shell::volume::Volumes;

impl Kernel {
    /// Runs everything that can run at `now` until all processes are blocked.
    ///
    /// Each step of a process takes one unit of `fuel`, writing takes more. When fuel ends
    /// first, [`Kernel::is_out_of_fuel`] is true and [`Kernel::next_wake`] says `now`.
    pub fn run(
        &mut self,
        now: SimTime,
        fuel: &mut u64,
        volumes: &mut Volumes,
        network: &mut Network,
    ) {
        self.set_out_of_fuel(false);
        self.hang_up(now, network);
        self.forget_closed(volumes);
        loop {
            let is_ready = |p: &&Process| self.is_ready(p, now, network);
            let ready: Vec<Pid> = self.processes.values().filter(is_ready).map(|p| p.pid).collect();
            if ready.is_empty() {
                self.count_files(volumes);
                if !self.kill_for_memory(now) {
                    break;
                }
            }
            for pid in ready {
                self.run_slice(now, pid, fuel, volumes, network);
                if self.heavy {
                    self.kill_for_memory(now);
                }
            }
            if *fuel == 0 {
                let more = self.can_run(now, network);
                self.set_out_of_fuel(more);
                break;
            }
        }
        // What was killed for memory has sockets too.
        self.hang_up(now, network);
        self.count_cpu(now);
        self.ran_at = now;
    }

    /// Whether something can run at `now`.
    pub fn can_run(&self, now: SimTime, network: &Network) -> bool {
        self.processes.values().any(|p| self.is_ready(p, now, network))
    }

    /// The earliest time at which something can run: `Some(time not after now)` if something can
    /// run at once, `None` if only signals or the network could wake anything.
    pub fn next_wake(&self) -> Option<SimTime> {
        let woken = self
            .processes
            .values()
            .filter_map(|p| match p.state {
                _ if p.stopped => None,
                State::Sleeping(until) => Some(until),
                State::Network { until, .. } => until,
                State::ReadingUntil(file, until) if !self.open.can_read(file) => Some(until),
                State::ReadingUntil(..) | State::Runnable => Some(SimTime::ZERO),
                State::Reading(file) if self.socket(file).is_none() => {
                    self.open.can_read(file).then_some(SimTime::ZERO)
                }
                State::Writing(file) if self.socket(file).is_none() => {
                    self.open.can_write(file).then_some(SimTime::ZERO)
                }
                _ => None,
            })
            .min();
        [woken, self.next_oom()].into_iter().flatten().min()
    }

    fn is_ready(&self, process: &Process, now: SimTime, network: &Network) -> bool {
        if process.stopped {
            return false;
        }
        match process.state {
            State::Runnable => true,
            State::Sleeping(until) => until <= now,
            State::ReadingUntil(file, until) => until <= now || self.can_read(file, network),
            State::Reading(file) => self.can_read(file, network),
            State::Opening(file) => self.socket(file).is_none_or(|end| !network.waits(end)),
            State::Writing(file) => match self.socket(file) {
                Some(socket) => network.room(socket) != Ok(0),
                None => self.open.can_write(file),
            },
            State::Network { since, until, input } => {
                until.is_some_and(|until| until <= now)
                    || self.has_news(process, since, network)
                    || input.is_some_and(|file| self.can_read(file, network))
            }
            State::Paused | State::Child(_) | State::Zombie(_) => false,
        }
    }

    fn has_news(&self, process: &Process, since: u64, network: &Network) -> bool {
        let news = |file: &DescId| {
            let socket = self.socket(*file).and_then(|id| network.socket(id));
            socket.is_some_and(|s| s.news > since)
        };
        network.history() > since && process.descriptors.values().any(news)
    }

    fn can_read(&self, file: DescId, network: &Network) -> bool {
        match self.socket(file) {
            Some(socket) => network.can_read(socket),
            None => self.open.can_read(file),
        }
    }

    fn socket(&self, file: DescId) -> Option<SocketId> {
        match self.open.get(file)?.target {
            Target::Socket(id) => Some(id),
            _ => None,
        }
    }

    fn run_slice(
        &mut self,
        now: SimTime,
        pid: Pid,
        fuel: &mut u64,
        volumes: &mut Volumes,
        network: &mut Network,
    ) {
        for _ in 0..limits::SLICE {
            if *fuel == 0 {
                return;
            }
            match self.processes.get_mut(&pid) {
                Some(process) if process.is_alive() && !process.stopped => {
                    process.state = State::Runnable;
                }
                _ => return,
            }
            *fuel -= 1;
            let goes_on = self.step(now, pid, fuel, volumes, network);
            self.hang_up(now, network);
            if !goes_on {
                return;
            }
        }
    }

    /// One step of one process; whether it can go on.
    fn step(
        &mut self,
        now: SimTime,
        pid: Pid,
        fuel: &mut u64,
        volumes: &mut Volumes,
        network: &mut Network,
    ) -> bool {
        let mut sys = Sys::new(self, volumes, network, pid, now, fuel);
        match sys.flush() {
            Flushed::All => {}
            Flushed::Full(file) => {
                self.set_state(pid, State::Writing(file));
                return false;
            }
            Flushed::Broken => {
                self.send(now, pid, Signal::Pipe, false);
                return true;
            }
        }
        let Some(process) = self.processes.get_mut(&pid) else { return false };
        if let Some(code) = process.ending {
            self.terminate(pid, Exit::code(code, now));
            return false;
        }
        let mut program = std::mem::replace(&mut process.program, Program::None);
        let mut sys = Sys::new(self, volumes, network, pid, now, fuel);
        let step = match &mut program {
            Program::Shell(shell) => shell.step(&mut sys),
            Program::Task(task) => task.step(&mut sys),
            Program::None => Step::Exit(0),
        };
        self.after(now, pid, program, step)
    }

    fn after(&mut self, now: SimTime, pid: Pid, program: Program, step: Step) -> bool {
        let Some(process) = self.processes.get_mut(&pid).filter(|p| p.is_alive()) else {
            return false;
        };
        process.program = program;
        if let Program::Shell(shell) = &mut process.program {
            for signal in std::mem::take(&mut process.arrived) {
                shell.notice(signal);
            }
        }
        if process.stopped {
            return false;
        }
        match step {
            Step::Continue => true,
            Step::Become(program) => {
                process.program = program;
                (process.hold, process.burns) = (Hold::default(), 0);
                process.arrived.clear();
                true
            }
            Step::Block(_) if !process.unwritten.is_empty() || !process.arrived.is_empty() => true,
            Step::Block(state) => {
                process.state = state;
                false
            }
            Step::Exit(code) => {
                process.ending = Some(code);
                true
            }
            Step::Die(signal) => {
                self.terminate(pid, Exit::signal(signal, now));
                false
            }
        }
    }

    fn set_state(&mut self, pid: Pid, state: State) {
        if let Some(process) = self.processes.get_mut(&pid) {
            process.state = state;
        }
    }
}
