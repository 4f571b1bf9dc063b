//! The processes of a container on the stage, and what they use.

use crate::base::SimTime;
use crate::engine::Machine;
use crate::engine::cri::PidMode;
use crate::engine::runtime::Instance;
use crate::session::view::{ProcessView, SharedView, UsageView};
use crate::shell::commands::sleep;
use crate::shell::{Activity, Kernel, Pid, ProcessInfo, Signal};

/// The processes of an instance, by PID.
pub fn processes(now: SimTime, machine: &Machine, instance: &Instance) -> Vec<ProcessView> {
    let Some((home, kernel)) = instance.home.zip(machine.runtime.kernel_of(instance)) else {
        return Vec::new();
    };
    let own = kernel.processes_at(now).into_iter().filter(|p| p.container == home.container);
    own.map(|p| process(p, kernel, home.init)).collect()
}

/// The process table that the containers of a Pod share, if they do.
pub fn shared(now: SimTime, machine: &Machine, uid: &str) -> Option<SharedView> {
    let sandbox = machine.runtime.sandbox(uid)?;
    let kernel = machine.runtime.shared_kernel(uid)?;
    let of_none = kernel.processes_at(now).into_iter().filter(|p| p.container == 0);
    let processes = of_none.map(|p| process(p, kernel, Pid(0))).collect();
    Some(SharedView { node: sandbox.pid_mode == PidMode::Node, processes })
}

/// What an instance uses, while it runs.
pub fn usage(now: SimTime, machine: &Machine, instance: &Instance) -> Option<UsageView> {
    let (home, kernel) = instance.home.zip(machine.runtime.kernel_of(instance))?;
    let cgroup = kernel.cgroup(home.container)?;
    let stat = cgroup.cpu.stat(now);
    let held_back = stat.throttled_periods * 100 / stat.periods.max(1);
    Some(UsageView {
        memory: kernel.memory(home.container, now),
        memory_limit: cgroup.limits.memory,
        cpu: cgroup.cpu.given,
        cpu_wanted: cgroup.cpu.wanted,
        cpu_limit: cgroup.limits.cpu,
        throttled: u32::try_from(held_back).unwrap_or(100),
    })
}

fn process(p: ProcessInfo, kernel: &Kernel, init: Pid) -> ProcessView {
    let (state, until) = match p.activity {
        Activity::Sleeping(until) => ("sleeping", Some(until)),
        Activity::Zombie(_) => ("zombie", None),
        Activity::Stopped => ("stopped", None),
        _ if p.busy => ("busy", None),
        Activity::Running => ("running", None),
        Activity::Paused => ("paused", None),
        Activity::Waiting(_) => ("waiting", None),
        Activity::Reading => ("reading", None),
        Activity::Writing => ("writing", None),
        Activity::Network => ("network", None),
    };
    let child = match p.activity {
        Activity::Waiting(child) => child.or_else(|| only_child(kernel, p.pid)),
        _ => None,
    };
    let exit = match p.activity {
        Activity::Zombie(exit) => Some(exit.code),
        _ => None,
    };
    let name = |s: &Signal| format!("SIG{}", s.name());
    ProcessView {
        pid: p.pid.0,
        parent: p.ppid.0,
        state: state.to_string(),
        since: until.and_then(|until| sleeps_since(&p.command, until)),
        until,
        child: child.map(|pid| pid.0),
        exit,
        line: p.line.filter(|_| p.command.contains('\n')),
        memory: p.memory,
        traps: p.traps.iter().map(|(s, _)| name(s)).collect(),
        pending: p.pending.iter().map(name).collect(),
        exec: init != Pid(0) && p.root == p.pid && p.pid != init,
        command: p.command,
    }
}

/// The living child of a process, if it has one and no more.
fn only_child(kernel: &Kernel, parent: Pid) -> Option<Pid> {
    let mut children = kernel.children(parent);
    children.next().filter(|_| children.next().is_none())
}

/// When a `sleep` began that lasts until then.
fn sleeps_since(command: &str, until: SimTime) -> Option<SimTime> {
    let mut words = command.split(' ');
    let name = words.next()?.rsplit('/').next()?;
    if name != "sleep" {
        return None;
    }
    let total: u64 = words.map(sleep::duration).sum::<Option<u64>>()?;
    Some(until.since(SimTime::ms(total)))
}
